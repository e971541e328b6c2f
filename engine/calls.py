"""The model call: as many rows at once as are quick on this machine and fit into its memory."""

import time

import torch
from torch import Tensor

from engine.checkpoints import Denoise
from engine.conditioning import Conditioning
from engine.device import is_out_of_memory
from engine.errors import OutOfMemory
from engine.library.budget import Budget

_TRIES = 3
"""Calls of a size before its pace is believed; the best of them counts."""
_WORTH_IT = 0.95
"""Twice the rows must take less than this of the time a row, or it is not worth the memory."""


class Calls:
    """A denoiser that answers any number of rows, in calls of at most `rows` rows.

    `rows` grows while larger calls are quicker for each row, up to `most`, and shrinks for good
    when memory runs out. No call is larger than the `budget` allows for rows of its size.
    """

    def __init__(
        self, denoise: Denoise, rows: int, most: int, budget: Budget | None = None
    ) -> None:
        self.rows = rows
        self._denoise = denoise
        self._most = most
        self._budget = budget
        self._seconds: dict[int, list[float]] = {}

    def __call__(self, x: Tensor, t: Tensor, conditioning: Conditioning) -> Tensor:
        """Answer rows x (N, C, h, w) at t (N,) under a conditioning of N rows.

        Raises OutOfMemory where not even a single row fits.
        """
        answers, start = [], 0
        while start < len(x):
            rows = slice(start, start + self._allowed(x))
            answer = self._attempt(x[rows], t[rows], conditioning[rows])
            if answer is not None:
                answers.append(answer)
                start += len(answer)
        return torch.cat(answers)

    def _allowed(self, x: Tensor) -> int:
        """Return how many rows like those of `x` a call may have."""
        if self._budget is None:
            return self.rows
        return min(self.rows, self._budget.rows(x.shape[-2] * x.shape[-1]))

    def _attempt(self, x: Tensor, t: Tensor, conditioning: Conditioning) -> Tensor | None:
        """Return the answer to one call, or None if there was no memory and fewer must do."""
        began = time.perf_counter()
        try:
            answer = self._denoise(x, t, conditioning)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if len(x) == 1:
                raise OutOfMemory from error
            self.rows = self._most = len(x) // 2
            return None
        self._learn(len(x), time.perf_counter() - began)
        return answer

    def _learn(self, rows: int, seconds: float) -> None:
        """Try twice the rows after some full calls; go back if they were not quicker."""
        if rows != self.rows:
            return
        tries = self._seconds.setdefault(rows, [])
        tries.append(seconds / rows)
        if len(tries) != _TRIES:
            return
        before = self._seconds.get(rows // 2)
        if before and min(tries) > _WORTH_IT * min(before):
            self.rows = self._most = rows // 2
        else:
            self.rows = min(2 * rows, self._most)
