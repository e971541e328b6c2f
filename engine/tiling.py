"""Pictures that are too large to be decoded at once, decoded in tiles that overlap.

A tile is told neither of what lies far from it nor of the whole picture's contrast (the decoder's
attention and group norms see the tile alone), so the fewer and the larger the better. All of them
are of one size and lie evenly; where they overlap, a quarter of a tile at least, one fades into
the next. diffusers' own tiling ends rows and columns with what is left over, down to a sliver of
one latent, which comes out in colours of its own, and keeps all tiles on the device.
"""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from engine.library.budget import LEAST_TILE

_OVERLAP = 4
"""The part of a tile that overlaps with the next: a quarter."""
_GRAIN = 8
"""Tiles have sides of so many latents, and of twice, three times as many."""


def side_of_tiles(height: int, width: int, most: int) -> int:
    """Return the side of a tile for latents (height, width), none of over `most` places; 0 for one.

    It is never below LEAST_TILE: what does not fit then must fail. All in latents.
    """
    if height * width <= most or max(height, width) <= LEAST_TILE:
        return 0
    side = int(max(most, 0) ** 0.5) // _GRAIN * _GRAIN
    return max(side, LEAST_TILE)


def in_tiles(decode: Callable[[Tensor], Tensor], x: Tensor, side: int, factor: int) -> Tensor:
    """Decode x (1, C, h, w) by tiles of `side` latents; return (1, 3, h f, w f), on the CPU.

    `decode` makes pixels, `factor` f of them a latent's side, of any such latents.
    """
    height, width = (factor * length for length in x.shape[-2:])
    picture = torch.zeros(1, 3, height, width)
    weights = torch.zeros(1, 1, height, width)
    for top in starts(x.shape[-2], side):
        for left in starts(x.shape[-1], side):
            tile = decode(x[..., top : top + side, left : left + side]).float().cpu()
            weight = _fading(tile.shape[-2])[:, None] * _fading(tile.shape[-1])
            rows = slice(factor * top, factor * top + tile.shape[-2])
            columns = slice(factor * left, factor * left + tile.shape[-1])
            picture[..., rows, columns] += weight * tile
            weights[..., rows, columns] += weight
    return picture / weights


def starts(length: int, side: int) -> Iterator[int]:
    """Yield where tiles begin that cover a length, evenly and each wholly within it."""
    apart = side - side // _OVERLAP
    gaps = -(-max(length - side, 0) // apart)
    yield from (round(k * (length - side) / gaps) if gaps else 0 for k in range(gaps + 1))


def _fading(length: int) -> Tensor:
    """Return how much of each pixel counts, (length,): less and less towards both ends."""
    place = torch.arange(length)
    return (torch.minimum(place, length - 1 - place) + 1.0).clamp(max=length / _OVERLAP)
