"""Parse the arguments, run the command, turn errors into sentences and exit statuses."""

import io
import sys
from collections.abc import Sequence

from engine.cli import bench, compare, doctor, gallery, generate, inspect, models, reproduce
from engine.cli.arguments import parse
from engine.cli.drive import printable
from engine.errors import BadSetting, KnownError

FAILED = 1
MISUSED = 2
INTERRUPTED = 130

_COMMANDS = {
    "generate": generate.run,
    "compare": compare.run,
    "gallery": gallery.run,
    "models": models.run,
    "inspect": inspect.run,
    "doctor": doctor.run,
    "bench": bench.run,
    "reproduce": reproduce.run,
}
EXAMPLE = "a red sailing boat on the sea at sunset"


def main(argv: Sequence[str]) -> int:
    """Run `etascope argv`. Returns the exit status: 0, 1 known error, 2 misuse, 130 interrupted."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack some letters
    try:
        arguments = parse(argv)
        return _COMMANDS[arguments.command](arguments)
    except KeyboardInterrupt:
        sys.stderr.write("etascope: interrupted.\n")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (| head); Python would complain again at exit.
        sys.stderr.close()
        return FAILED
    except KnownError as error:
        option = f"{_option(error.field)}: " if isinstance(error, BadSetting) else ""
        sys.stderr.write(f"etascope: {printable(f'{option}{error}')}\n")
        return MISUSED if isinstance(error, BadSetting) else FAILED


def _option(field: str) -> str:
    named = {"prompt": "PROMPT", "negative_prompt": "--negative", "id": "ID", "adapters": "--lora",
             "query": "QUERY", "repository": "REPO", "words": "WORDS"}  # fmt: skip
    return named.get(field, f"--{field.replace('_', '-')}")


def without_display() -> int:
    """Make one picture in the terminal, where no window can be opened."""
    sys.stderr.write(
        "etascope: there is no display to open a window on, "
        f'so here is one picture of "{EXAMPLE}".\n'
    )
    return main(["generate", EXAMPLE])
