"""What the window knows of the queue: which jobs are open, how far they are, how long it takes."""

from dataclasses import dataclass

from engine.commands import JobId
from engine.events import Started, Stepped

_SMOOTHING = 0.3
"""Weight of the newest step in the mean time of a step."""


@dataclass(slots=True)
class Progress:
    """How far one running job is. `pace` is the smoothed time of one step in seconds."""

    steps: int
    since: float
    step: int = 0
    pace: float | None = None

    def stepped(self, step: int, now: float) -> None:
        """Note that `step` has been taken at the time `now`."""
        taken = max(step - self.step, 1)
        newest = (now - self.since) / taken
        # The first step pays for warming up, so the second starts the mean afresh.
        if self.pace is None or self.step <= 1:
            self.pace = newest
        else:
            self.pace += _SMOOTHING * (newest - self.pace)
        self.step, self.since = step, now

    @property
    def share(self) -> float:
        return self.step / self.steps

    def seconds_left(self) -> float | None:
        """Return the time left, or None while there is nothing to go by."""
        return None if self.pace is None else self.pace * (self.steps - self.step)

    def sentence(self) -> str:
        """Return how far the job is, as the window says it."""
        words = f"Step {self.step} of {self.steps}"
        left = self.seconds_left()
        return words if left is None else f"{words}  ·  {_duration(left)} left"


class Jobs:
    """The open jobs in the order of the queue. Times are those of any steady clock."""

    def __init__(self) -> None:
        self._open: dict[JobId, Progress | None] = {}

    def __len__(self) -> int:
        return len(self._open)

    def submitted(self, job: JobId) -> None:
        self._open[job] = None

    def started(self, event: Started, now: float) -> None:
        if event.job in self._open:
            self._open[event.job] = Progress(len(event.t), now)

    def stepped(self, event: Stepped, now: float) -> None:
        progress = self._open.get(event.job)
        if progress is not None:
            progress.stepped(event.step, now)

    def ended(self, job: JobId) -> None:
        self._open.pop(job, None)

    def clear(self) -> None:
        self._open.clear()

    def progress(self) -> Progress | None:
        """Return the progress of the job that has been running longest, if any runs."""
        return next((one for one in self._open.values() if one is not None), None)

    def first_running(self) -> JobId | None:
        return next((job for job, one in self._open.items() if one is not None), None)

    def waiting(self) -> int:
        """Return how many open jobs come after the one that `progress` is about."""
        return max(len(self._open) - 1, 0)


def _duration(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
