"""Tasks for one thread: in their order, but what can wait goes after what somebody waits for."""

from collections import deque
from queue import SimpleQueue
from threading import Lock
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
        self._lock = Lock()
        self._ended = False

    def put(self, task: _T, *, patient: bool = False) -> bool:
        """Leave a task; tell whether it will be taken, which after the end it will not."""
        with self._lock:
            if not self._ended:
                (self._patient if patient else self._tasks).append(task)
                self._put.put(item=True)
            return not self._ended

    def end(self) -> None:
        """Have `take` return None once all that was put before has been taken."""
        with self._lock:
            self._ended = True
            self._put.put(item=False)

    def take(self) -> _T | None:
        """Wait for the next task; None at the end."""
        if not self._put.get():
            return None
        return (self._tasks or self._patient).popleft()
