"""The process that downloads, seen from the one that the user sees: begun, heard and stopped.

It is another process because huggingface_hub reads its offline switch once, when it is imported,
and ours never goes online; and because a stalled connection can be ended only with its process.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

from engine.errors import NetworkError
from engine.hub.talk import Get, Report, Trouble, Wish, line_of, report_of
from engine.paths import RESOURCES

MODULE = "engine.hub"
GONE = Trouble("The download has ended unexpectedly.", "Try again; what has arrived is kept.")
_YES = {"1", "ON", "YES", "TRUE"}
_PATIENCE = 5.0


def check_allowed(wish: Wish) -> None:
    """Raise NetworkError where the user's environment forbids the network."""
    ours = os.environ.get("ETASCOPE_ASKS") == "1"
    if not ours and os.environ.get("HF_HUB_OFFLINE", "").upper() in _YES:
        what = "Nothing is got" if isinstance(wish, Get) else "Nothing is asked"
        raise NetworkError(
            f"{what} from the network: HF_HUB_OFFLINE is set.", "Unset it, and try again."
        )


def command() -> list[str]:
    """Return the command line of the process; what it shall do is never in it."""
    return [sys.executable, "-P", "-m", MODULE]


def environment() -> dict[str, str]:
    """Return the environment of the process: online, but telling nobody anything unasked."""
    told = {name: value for name, value in os.environ.items() if name != "TRANSFORMERS_OFFLINE"}
    path = [str(RESOURCES.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    return told | {
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONIOENCODING": "utf-8",
        "HF_HUB_OFFLINE": "0",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_XET": "1",
    }


class Child:
    """The process, for who can wait for it; leaving the block ends it."""

    def __init__(self, wish: Wish) -> None:
        check_allowed(wish)
        process = subprocess.Popen(  # noqa: S603 - built here, not typed by anyone
            command(),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")  # they were asked for
        self._process, self._in, self._out = process, process.stdin, process.stdout
        with suppress(OSError):
            self._in.write(line_of(wish))
            self._in.flush()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def reports(self) -> Iterator[Report]:
        """Yield what it says, to the last report; GONE if it ends without one."""
        last: Report | None = None
        for line in self._out:
            with suppress(ValueError):
                last = report_of(line)
                yield last
        self._process.wait()
        if last is None or not is_last(last):
            yield GONE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._in.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._out.close()


def is_last(report: Report) -> bool:
    """Whether nothing comes after it."""
    return type(report).__name__ in {"Done", "Found", "TokenKept", "Trouble"}
