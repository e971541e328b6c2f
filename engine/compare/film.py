"""A comparison as a moving picture: its columns denoising together, labelled, as animated WebP."""

import io
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from engine.compare.axes import Cell, Plan
from engine.compare.layout import Limits
from engine.compare.linking import Link, Linked, Track
from engine.compare.sheet import Sheet
from engine.preview import PreviewMap
from engine.recipe import Pixels
from engine.trajectory import Array

LIMITS = Limits(longest=1920, pixels=2_000_000)
"""No larger than it can be played smoothly."""

MOST_FRAMES = 80
"""Of runs of more steps some are left out, the first and the last never."""

_FRAME_MS = 90
_LAST_MS = 2000
_QUALITY = 85
_EFFORT = 3  # of 6: beyond it takes twice the time to save little

Tell = Callable[[int, int], None]
"""Is told how many frames of how many are drawn; what it raises ends the drawing."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One cell's run: its steps, and how each of them looks.

    `latents` (S, C, h, w) are the predicted x0 of each step, or x_t after it, that `look` makes
    visible; without either only the finished picture is there, and shown throughout.
    """

    cell: Cell
    track: Track
    picture: Pixels
    latents: Array | None = None
    look: PreviewMap | None = None

    def frame(self, step: int) -> Pixels:
        """Return how a step (from 1) looks; the last one is the finished picture."""
        known = self.latents is not None and len(self.latents) == len(self.track)
        if self.latents is None or self.look is None or not known or step >= len(self.track):
            return self.picture
        return self.look(self.latents[step - 1])


def positions(linked: Linked) -> list[int]:
    """Return the positions of the scrubber that get a frame: all, or evenly some of them."""
    stride = max(1, math.ceil((len(linked) - 1) / (MOST_FRAMES - 1)))
    return sorted({*range(1, len(linked) + 1, stride), len(linked)} - {0})


def film(plan: Plan, runs: Sequence[Run], link: Link, tell: Tell | None = None) -> bytes:
    """Return the runs on their labelled sheet, step by step as `link` says, as animated WebP.

    There must be one run at least. `tell` is called before each frame.
    """
    linked = Linked([run.track for run in runs], link)
    shown = positions(linked)
    frames = _frames(plan, runs, linked, tell)
    first = next(frames)
    file = io.BytesIO()
    first.save(
        file,
        "WEBP",
        save_all=True,
        append_images=[_Rest(frames, len(shown) - 1)] if len(shown) > 1 else [],
        duration=[_FRAME_MS] * (len(shown) - 1) + [_LAST_MS],
        loop=0,
        quality=_QUALITY,
        method=_EFFORT,
    )
    return file.getvalue()


def _frames(
    plan: Plan, runs: Sequence[Run], linked: Linked, tell: Tell | None
) -> Iterator[Image.Image]:
    """Draw one frame after another; a cell that stays at its step is not drawn again."""
    sheet = Sheet(plan, LIMITS)
    shown = positions(linked)
    before: dict[int, int] = {}
    for done, position in enumerate(shown):
        if tell is not None:
            tell(done, len(shown))
        for number, run in enumerate(runs):
            step = linked.step(position, run.track)
            if before.get(number) != step:
                before[number] = step
                sheet.put(run.cell, run.frame(step), f"step {step} of {len(run.track)}")
        sheet.say(linked.words(position))
        yield sheet.image


class _Drawn(Protocol):
    def getim(self) -> object: ...


class _Rest:
    """All frames but the first as Pillow takes several of one file, each drawn as it is asked for.

    A list of them would take gigabytes.
    """

    mode = "RGB"

    def __init__(self, frames: Iterator[Image.Image], count: int) -> None:
        self.n_frames = count
        self._frames = frames
        self._now: _Drawn | None = None

    def seek(self, _frame: int) -> None:
        self._now = next(self._frames)

    def getim(self) -> object:
        if self._now is None:
            self.seek(0)
        return None if self._now is None else self._now.getim()
