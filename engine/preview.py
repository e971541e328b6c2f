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


def fit(latents: NDArray[np.float32], pixels: NDArray[np.uint8], patch: int) -> PreviewMap:
    """Fit the map from latents (N, C, h, w) and their pictures (N, H, W, 3).

    `patch` must divide the number of pixels that a latent spans. Ridge regression in float64.
    """
    rows = np.concatenate([_features(x) for x in latents]).astype(np.float64)
    targets = np.concatenate(
        [_patches(p, x.shape, patch) for p, x in zip(pixels, latents, strict=True)]
    )
    gram = rows.T @ rows
    gram[np.diag_indices_from(gram)] += _RIDGE * len(rows)
    weights = np.linalg.solve(gram, rows.T @ targets)
    return PreviewMap(weights.astype(np.float32), patch)


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
