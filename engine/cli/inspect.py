"""`etascope inspect`: what any tool wrote into a picture, as a recipe."""

import json
import sys
from argparse import Namespace

from engine.gallery.metadata import read_metadata


def run(arguments: Namespace) -> int:
    """Print the settings found in the file; returns the exit status."""
    reading = read_metadata(arguments.file)
    if arguments.json:
        found = {
            "file": str(arguments.file),
            "tool": reading.tool,
            "recipe": reading.settings,
            "notes": list(reading.notes),
        }
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    width = max((len(name) for name in reading.settings), default=0)
    sys.stdout.write(f"Made by {reading.tool}.\n")
    for name, value in reading.settings.items():
        shown = "none" if value is None else _printable(str(value))
        sys.stdout.write(f"{name.replace('_', ' '):<{width}}  {shown}\n")
    for note in reading.notes:
        sys.stdout.write(f"{note}\n")
    return 0


def _printable(text: str) -> str:
    """Escape what a terminal would obey rather than show: the picture may be anybody's."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
