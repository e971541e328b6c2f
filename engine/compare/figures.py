"""How pictures differ, in figures and in pixels; and the figures of a comparison as CSV."""

import csv
import io
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from engine.recipe import Pixels

Key = TypeVar("Key", bound=Hashable)

_LEAST_SSIM = 7  # pixels, the window that SSIM slides over the picture
_GAP = 8


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a reference a picture is: PSNR in dB (infinite: the same), SSIM from -1 to 1."""

    psnr: float
    ssim: float | None

    @property
    def rms(self) -> float:
        """The root mean square distance of the colours, 0 to 255: what PSNR is the logarithm of."""
        return 255 * 10 ** (-self.psnr / 20)


def likeness(picture: Pixels, reference: Pixels) -> Likeness | None:
    """Compare two pictures; None if they are of different sizes.

    SSIM after Wang, Bovik, Sheikh and Simoncelli 2004, as scikit-image has it, over the three
    colours; None for pictures smaller than its window.
    """
    if picture.shape != reference.shape:
        return None
    if min(picture.shape[:2]) < _LEAST_SSIM:
        return Likeness(psnr(picture, reference), None)
    from skimage.metrics import structural_similarity  # noqa: PLC0415 - half a second, seldom used

    ssim = structural_similarity(  # type: ignore[no-untyped-call]
        picture, reference, channel_axis=2, data_range=255
    )
    return Likeness(psnr(picture, reference), float(ssim))


def psnr(picture: Pixels, reference: Pixels) -> float:
    """Return the peak signal-to-noise ratio of two pictures of one size, in dB."""
    error = np.square(picture.astype(np.float64) - reference).mean()
    return math.inf if error == 0 else float(10 * math.log10(255**2 / error))


def difference(first: Pixels, second: Pixels, gain: float = 1.0) -> Pixels:
    """Return how far apart the colours are, times `gain`: black where they are the same."""
    apart = np.maximum(first, second) - np.minimum(first, second)
    shown: Pixels = np.minimum(np.arange(256) * gain, 255).astype(np.uint8)[apart]
    return shown


def wipe(first: Pixels, second: Pixels, share: float) -> Pixels:
    """Return the first picture's left `share` (0 to 1) and the second one's right."""
    edge = round(min(max(share, 0.0), 1.0) * first.shape[1])
    return np.concatenate([first[:, :edge], second[:, edge:]], axis=1)


def beside(pictures: Sequence[Pixels], ground: tuple[int, int, int]) -> Pixels:
    """Return pictures side by side on a ground of that colour, aligned at the top."""
    height = max(one.shape[0] for one in pictures)
    width = sum(one.shape[1] for one in pictures) + _GAP * (len(pictures) - 1)
    sheet = np.empty((height, width, 3), np.uint8)
    sheet[:] = ground
    left = 0
    for one in pictures:
        sheet[: one.shape[0], left : left + one.shape[1]] = one
        left += one.shape[1] + _GAP
    return sheet


def identical(digests: Mapping[Key, str]) -> list[tuple[Key, Key]]:
    """Return pairs whose pictures are the same throughout, each with the first of its kind."""
    firsts: dict[str, Key] = {}
    return [
        (firsts[digest], key)
        for key, digest in digests.items()
        if digest and firsts.setdefault(digest, key) is not key
    ]


def csv_text(rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV (RFC 4180) under the keys of the first; empty for no rows.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    them = list(rows)
    if not them:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(them[0]))
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in them)
    return out.getvalue()


def _harmless(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
