"""Latents to a small picture, cheaply: a linear map, fitted for the VAE at hand.

Each latent pixel becomes a patch of p x p colours, a linear function of the 3 x 3 latents around
it. The map is found by least squares from pictures whose latents are known.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.recipe import Pixels

Latents = NDArray[np.float32]

_NEIGHBOURS = 9
_RIDGE = 1e-2
"""Weight of the penalty that keeps channels the pictures never moved from being blown up."""

_TRUSTED = 6
"""Finished pictures that weigh as much as all made-up ones: a single one, weighed so, would be
shown very well and every other worse than before (measured on the starter model)."""

_REMEMBERED = 24
"""Finished pictures before the oldest begin to fade."""


@dataclass(frozen=True, slots=True, eq=False)
class PreviewMap:
    """A fitted map from latents (C, h, w) to pixels (h * patch, w * patch, 3).

    `weights` is (9 C + 1, 3 patch^2), float32; the last row is the constant.
    """

    weights: NDArray[np.float32]
    patch: int

    def __call__(self, latents: Latents) -> Pixels:
        """Return the picture of `latents` (C, h, w), any magnitude, as uint8 (h p, w p, 3)."""
        _, h, w = latents.shape
        colours = _features(latents) @ self.weights
        blocks = colours.reshape(h, w, self.patch, self.patch, 3)
        picture = blocks.transpose(0, 2, 1, 3, 4).reshape(h * self.patch, w * self.patch, 3)
        return (picture.clip(0, 1) * 255).round().astype(np.uint8)


class PreviewFit:
    """A preview map that becomes better with each finished picture. `map` is the newest.

    It begins with what the VAE makes of made-up latents; real pictures weigh more the more of them
    there are, and the oldest are slowly forgotten.
    """

    def __init__(self, latents: NDArray[np.float32], pixels: NDArray[np.uint8], patch: int) -> None:
        """Fit to latents (N, C, h, w) and their pictures (N, H, W, 3).

        `patch` must divide the number of pixels that a latent spans.
        """
        self._patch = patch
        pairs = zip(latents, pixels, strict=True)
        self._made_up = _mean([_sums(x, p, patch) for x, p in pairs])
        self._real = _Sums(self._made_up.gram * 0, self._made_up.cross * 0)
        self._learnt = 0
        self.map = self._solved()

    def __call__(self, latents: Latents) -> Pixels:
        """Return the picture of `latents` (C, h, w) by the newest map."""
        return self.map(latents)

    def learn(self, latents: Latents, pixels: Pixels) -> None:
        """Take in a finished picture: latents (C, h, w) and pixels (H, W, 3)."""
        self._learnt += 1
        rate = 1 / min(self._learnt, _REMEMBERED)
        new = _sums(latents, pixels, self._patch)
        self._real = _Sums(
            self._real.gram + rate * (new.gram - self._real.gram),
            self._real.cross + rate * (new.cross - self._real.cross),
        )
        self.map = self._solved()

    def _solved(self) -> PreviewMap:
        """Ridge regression, in float64."""
        weight = min(self._learnt, _REMEMBERED) / _TRUSTED
        gram = self._made_up.gram + weight * self._real.gram
        gram[np.diag_indices_from(gram)] += _RIDGE * (1 + weight)
        cross = self._made_up.cross + weight * self._real.cross
        return PreviewMap(np.linalg.solve(gram, cross).astype(np.float32), self._patch)


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """What a least-squares fit needs of its rows: their products, per row."""

    gram: NDArray[np.float64]
    cross: NDArray[np.float64]


def _sums(latents: Latents, pixels: Pixels, patch: int) -> _Sums:
    rows = _features(latents).astype(np.float64)
    return _Sums(
        rows.T @ rows / len(rows), rows.T @ _patches(pixels, latents.shape, patch) / len(rows)
    )


def _mean(sums: list[_Sums]) -> _Sums:
    return _Sums(np.mean([s.gram for s in sums], axis=0), np.mean([s.cross for s in sums], axis=0))


def _features(latents: Latents) -> NDArray[np.float32]:
    """Return (h w, 9 C + 1): the 3 x 3 latents around each position (edges repeated), and a 1."""
    c, h, w = latents.shape
    padded = np.pad(latents, ((0, 0), (1, 1), (1, 1)), mode="edge")
    shifted = [padded[:, i : i + h, j : j + w] for i in range(3) for j in range(3)]
    rows = np.stack(shifted).reshape(_NEIGHBOURS * c, h * w).T
    return np.concatenate([rows, np.ones((h * w, 1), np.float32)], axis=1)


def _patches(pixels: NDArray[np.uint8], shape: tuple[int, ...], patch: int) -> NDArray[np.float64]:
    """Return (h w, 3 p^2): the picture's colours in 0..1, averaged to p x p for each latent."""
    _, h, w = shape
    size = pixels.shape[0] // (h * patch)
    colours = pixels.astype(np.float64) / 255
    means = colours.reshape(h, patch, size, w, patch, size, 3).mean(axis=(2, 5))
    rows: NDArray[np.float64] = means.transpose(0, 2, 1, 3, 4).reshape(h * w, 3 * patch**2)
    return rows
