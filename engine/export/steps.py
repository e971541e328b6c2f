"""The steps of a comparison as small pictures, from the paths that were kept; without a model."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from engine.compare.keep import Grid, KeptCell, read_grid
from engine.compare.words import place_label
from engine.errors import PictureError
from engine.gallery.decoding import decode
from engine.gallery.png import encode_png
from engine.paths import current_paths
from engine.preview import PreviewFit, PreviewMap
from engine.recipe import Pixels
from engine.trajectory import Trajectory, kept_file, read_trajectory

_FINEST = 4
"""Pixels that a latent becomes in a step's picture, at most."""
_QUALITY = 80
_MOST_EXAMPLES = 16
"""Cells that the small pictures' colours are learnt from."""


@dataclass(frozen=True, slots=True)
class StepCell:
    """One place of a comparison: its finished picture (PNG) and how each step looked (WebP)."""

    at: tuple[int, int]
    label: str
    width: int
    height: int
    picture: bytes
    frames: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A grid's cells, column and row from 0; `missing` says what of it is not there any more."""

    across: int
    cells: tuple[StepCell, ...]
    missing: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """A cell of which the picture is there, and perhaps the path."""

    cell: KeptCell
    pixels: Pixels
    path: Trajectory | None


def comparison(file: Path) -> Comparison | None:
    """Return the comparison in a grid's file; None if there is none, or no cell beside it."""
    try:
        grid = read_grid(file)
    except PictureError:
        return None
    kept = [found for cell in grid.cells if (found := _kept(file, cell))] if grid else []
    if grid is None or not kept:
        return None
    maps = _maps(kept)
    cells = tuple(one for found in kept for one in _cells(grid, found, maps))
    across = len(grid.axes[0].values) if grid.axes else 1
    return Comparison(across, cells, _missing(grid, kept))


def _kept(file: Path, cell: KeptCell) -> _Kept | None:
    if not cell.file:
        return None
    picture = file.with_name(cell.file)
    try:
        pixels = decode(picture)
    except PictureError:
        return None
    try:
        path = read_trajectory(kept_file(current_paths().data / "trajectories", picture))
    except PictureError:
        path = None
    return _Kept(cell, pixels, path)


def _missing(grid: Grid, kept: Sequence[_Kept]) -> str:
    pictures = len(grid.cells) - len(kept)
    paths = sum(found.path is None for found in kept)
    told = [f"{pictures} of its pictures are not there."] if pictures else []
    told += [f"The steps of {paths} of its pictures are not kept any more."] if paths else []
    return " ".join(told)


def _cells(grid: Grid, found: _Kept, maps: dict[str, PreviewMap]) -> list[StepCell]:
    """Return a cell at each of its places; further axes go on below."""
    height, width, _ = found.pixels.shape
    frames: tuple[bytes, ...] = ()
    if found.path is not None and found.cell.recipe.model in maps:
        look = maps[found.cell.recipe.model]
        frames = tuple(_webp(look(x0)) for x0 in found.path.x0)
    picture = encode_png(found.pixels, {})
    counts = [len(one.values) for one in grid.axes]
    return [
        StepCell(_at(place, counts), place_label(grid.axes, place), width, height, picture, frames)
        for place in found.cell.at
    ]


def _at(place: Sequence[int], counts: Sequence[int]) -> tuple[int, int]:
    """Return column and row: the first axis across, the second down, further ones in blocks."""
    row = 0
    for k, count in zip(place[2:], counts[2:], strict=True):
        row = row * count + k
    down = (*counts, 1, 1)[1]
    return (*place, 0)[0], row * down + (*place, 0, 0)[1]


def look_of(made: Sequence[tuple[Trajectory, Pixels]]) -> PreviewMap | None:
    """Return how a model's latents look, learnt from pictures that it finished and their paths.

    None if no path among them led to its picture.
    """
    whole = [(path, pixels) for path, pixels in made if _belongs(path, pixels)]
    same = [one for one in whole if _shapes(*one) == _shapes(*whole[0])][:_MOST_EXAMPLES]
    if not same:
        return None
    latents = np.stack([path.x[-1] for path, _ in same])
    pixels = np.stack([pixels for _, pixels in same])
    patch = math.gcd(pixels.shape[1] // latents.shape[2], _FINEST)
    return PreviewFit(latents, pixels, patch).map


def _maps(kept: Sequence[_Kept]) -> dict[str, PreviewMap]:
    """Return how latents look, for each model."""
    maps = {}
    for model in {found.cell.recipe.model for found in kept}:
        theirs = [found for found in kept if found.cell.recipe.model == model]
        look = look_of([(one.path, one.pixels) for one in theirs if one.path is not None])
        if look is not None:
            maps[model] = look
    return maps


def _belongs(path: Trajectory, pixels: Pixels) -> bool:
    """Tell whether a path led to the end, and to a picture of this size."""
    if len(path) == 0 or path.x.ndim != 4:
        return False
    _, _, h, w = path.x.shape
    height, width, _ = pixels.shape
    return bool(height % h == width % w == 0 and height // h == width // w)


def _shapes(path: Trajectory, pixels: Pixels) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return pixels.shape, path.x.shape[1:]


def _webp(pixels: Pixels) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "WEBP", quality=_QUALITY)
    return buffer.getvalue()
