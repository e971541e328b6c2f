"""How far a running job is, and how long the rest of it takes. Times are of any steady clock."""

from dataclasses import dataclass

from gui.words import tr

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

    def resumed(self, now: float) -> None:
        """Leave the time out during which the job was held back."""
        self.since = now

    @property
    def share(self) -> float:
        return self.step / self.steps

    def seconds_left(self) -> float | None:
        """Return the time left, or None while there is nothing to go by."""
        return None if self.pace is None else self.pace * (self.steps - self.step)

    def sentence(self) -> str:
        """Return how far the job is, as the window says it."""
        words = tr("Step {step} of {steps}", step=self.step, steps=self.steps)
        left = self.seconds_left()
        if left is None:
            return words
        return f"{words}  ·  {tr('{time} left', time=_duration(left))}"


def _duration(seconds: float) -> str:
    if seconds < 10:
        return tr("{seconds} s", seconds=f"{seconds:.1f}")
    if seconds < 60:
        return tr("{seconds} s", seconds=f"{seconds:.0f}")
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return tr("{minutes} min {seconds} s", minutes=minutes, seconds=f"{rest:02}")
    hours, minutes = divmod(minutes, 60)
    return tr("{hours} h {minutes} min", hours=hours, minutes=minutes)
