"""Parse the arguments, run the command, turn errors into sentences and exit statuses."""

import errno
import io
import os
import sys
from collections.abc import Sequence

from engine.cli import bench, compare, doctor, gallery, generate, inspect, models, reproduce
from engine.cli.arguments import parse
from engine.cli.drive import printable
from engine.errors import BadSetting, KnownError

_FULL = (errno.EPIPE, errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))

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
    _see_to_streams()
    try:
        return _run(argv)
    except KeyboardInterrupt:
        sys.stderr.write("etascope: interrupted.\n")
        return INTERRUPTED
    except OSError as error:
        if not _is_of_output(error):
            raise
        if not isinstance(error, BrokenPipeError):  # else its reader had enough, as in | head
            sys.stderr.write(f"etascope: The output could not be written: {error.strerror}.\n")
        return FAILED
    except KnownError as error:
        option = f"{_option(error.field)}: " if isinstance(error, BadSetting) else ""
        sys.stderr.write(f"etascope: {printable(f'{option}{error}')}\n")
        return MISUSED if isinstance(error, BadSetting) else FAILED


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = parse(argv)
        return _COMMANDS[arguments.command](arguments)
    finally:
        sys.stdout.flush()  # here, where it can still be told that it fails


def _see_to_streams() -> None:
    """Have something to write to where a stream was closed, and every letter on the other."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack some letters


def _is_of_output(error: OSError) -> bool:
    """Whether stdout cannot be written, which is no bug; if so, Python will not say it at exit.

    Who writes files says which, and makes known errors of these.
    """
    if error.filename is not None or error.errno not in _FULL:
        return False
    if isinstance(sys.stdout, io.TextIOWrapper):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    return True


def _option(field: str) -> str:
    named = {"prompt": "PROMPT", "negative_prompt": "--negative", "id": "ID", "adapters": "--lora",
             "query": "QUERY", "repository": "REPO", "words": "WORDS", "name": "NAME"}  # fmt: skip
    return named.get(field, f"--{field.replace('_', '-')}")


def without_display() -> int:
    """Make one picture in the terminal, where no window can be opened."""
    _see_to_streams()
    sys.stderr.write(
        "etascope: there is no display to open a window on, "
        f'so here is one picture of "{EXAMPLE}".\n'
    )
    return main(["generate", EXAMPLE])
