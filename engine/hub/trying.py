"""Trying again: what is worth another try, after how long, and when it is enough."""

import time
from collections.abc import Callable
from typing import TypeVar

from engine.errors import NetworkError
from engine.hub.talk import Patience, Waiting

_LONGEST_PAUSE = 30.0
_Answer = TypeVar("_Answer")


class Again(Exception):
    """A failure that may pass: `final` is what is raised if it does not, `wait` the seconds asked.

    `gained` are the bytes that came before it: a try that brought something does not count.
    """

    def __init__(self, final: NetworkError, wait: float | None = None, gained: int = 0) -> None:
        super().__init__(final.message)
        self.final = final
        self.wait = wait
        self.gained = gained


def insist(
    attempt: Callable[[], _Answer], patience: Patience, tell: Callable[[Waiting], None]
) -> _Answer:
    """Return what `attempt` returns, tried again while it raises Again. Raises the NetworkError."""
    failures = 0
    while True:
        try:
            return attempt()
        except Again as again:
            failures = 1 if again.gained >= patience.trickle else failures + 1
            wait = min(_LONGEST_PAUSE, patience.pause * 2 ** (failures - 1))
            if again.wait is not None:
                wait = again.wait
            if failures >= patience.tries or wait > patience.longest:
                raise again.final from again
            tell(Waiting(again.final.message, wait))
            time.sleep(wait)
