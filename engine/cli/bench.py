"""`etascope bench`: the benchmark table of this machine."""

import json
import sys
from argparse import Namespace
from dataclasses import asdict

from engine.errors import BadSetting


def run(arguments: Namespace) -> int:
    """Print the table row by row, as it is measured; returns the exit status."""
    from engine.bench import Bench  # torch comes with it; wrong usage is told without waiting

    if arguments.rounds < 1:
        raise BadSetting("rounds", f"The rounds must be 1 or more, not {arguments.rounds}.")
    bench = Bench(arguments.model, arguments.device, arguments.dtype, arguments.rounds)
    if not arguments.json:
        sys.stdout.write(f"{'ratio':>7}  {'from':>6}  {'to':>6}  of times\n")
    for result in bench.run():
        if arguments.json:
            line = json.dumps(asdict(result))
        else:
            line = (
                f"{result.ratio:7.3f}  {result.lowest:6.3f}  {result.highest:6.3f}  {result.name}"
            )
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0
