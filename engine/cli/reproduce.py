"""`etascope reproduce`: make a picture again from its file, and compare."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict

from engine.cli.drive import progress
from engine.gallery.store import open_picture
from engine.remade import DIFFERENT, recipe_to_remake


def run(arguments: Namespace) -> int:
    """Say how the picture came out the second time; returns 1 if it is a different one."""
    recipe_to_remake(open_picture(arguments.file))  # what cannot be is said at once
    from engine.reproduce import reproduce  # torch comes with it

    with progress(0) as bar:

        def stepped(step: int, steps: int) -> None:
            bar.total = steps
            bar.update(step - bar.n)

        found = reproduce(arguments.file, stepped)
    if arguments.json:
        sys.stdout.write(json.dumps({"file": str(arguments.file), **asdict(found)}) + "\n")
    else:
        lines = [f"{found.verdict.capitalize()}."]
        if found.largest:
            off = f"{found.largest} of 255 at most, in {found.share:.2%} of the pixels"
            lines.append(f"Colours differ by {off}.")
        if found.step is not None:
            lines.append(f"The paths had parted after {found.step} steps.")
        sys.stdout.write("\n".join([*lines, *found.differs]) + "\n")
    return 1 if found.verdict == DIFFERENT else 0
