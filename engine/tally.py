"""How much the model has been asked in this process: batched calls, and the rows in them.

Whatever runs the UNet counts here, as a clock ticks; the difference between two readings is what
the work between them took.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Model calls answered, and the rows in all of them together."""

    calls: int = 0
    rows: int = 0

    def since(self, earlier: "Tally") -> "Tally":
        """Return what has come to it since an earlier reading."""
        return Tally(self.calls - earlier.calls, self.rows - earlier.rows)


class _Counter:
    """The one that counts; only the thread of the engine calls `count`."""

    def __init__(self) -> None:
        self.total = Tally()

    def count(self, rows: int) -> None:
        self.total = Tally(self.total.calls + 1, self.total.rows + rows)


_counter = _Counter()


def count(rows: int) -> None:
    """Count one call that was answered."""
    _counter.count(rows)


def tally() -> Tally:
    """Return the count so far."""
    return _counter.total
