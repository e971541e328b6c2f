"""Tasks for one thread: in their order, but what can wait goes after what somebody waits for."""

from collections import deque
from queue import SimpleQueue
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Turns(Generic[_T]):
    """A queue of two classes. `patient` tasks are taken only while there are no others.

    Any thread may put, one thread takes.
    """

    def __init__(self) -> None:
        self._tasks: deque[_T] = deque()
        self._patient: deque[_T] = deque()
        self._put: SimpleQueue[bool] = SimpleQueue()

    def put(self, task: _T, *, patient: bool = False) -> None:
        (self._patient if patient else self._tasks).append(task)
        self._put.put(item=True)

    def end(self) -> None:
        """Have `take` return None once all that was put before has been taken."""
        self._put.put(item=False)

    def take(self) -> _T | None:
        """Wait for the next task; None at the end."""
        if not self._put.get():
            return None
        return (self._tasks or self._patient).popleft()
