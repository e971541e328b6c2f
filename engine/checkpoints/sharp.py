"""Sharper previews for who has a TAESD, a tiny autoencoder that decodes as the large one would.

Bohan, "Tiny AutoEncoder for Stable Diffusion", 2023; diffusers' AutoencoderTiny. It is looked for
in the models' folder, as `taesd` for Stable Diffusion 1 and 2 and as `taesdxl` for SDXL.
"""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.checkpoints.networks import build
from engine.library.folder import tiny_decoder
from engine.paths import current_paths
from engine.recipe import Pixels


class SharpPreview:
    """A tiny decoder: latents (C, h, w) to a picture (H, W, 3) in some milliseconds."""

    def __init__(self, network: Any) -> None:
        self._network = network

    @torch.inference_mode()
    def __call__(self, latents: NDArray[np.float32]) -> Pixels:
        """Return the picture of latents of any magnitude; where they are not finite, black."""
        x = torch.tensor(latents[None], device=self._network.device)
        image = self._network.decode(x).sample[0].float().cpu()
        colours = (image / 2 + 0.5).nan_to_num(0.0).clamp(0, 1).permute(1, 2, 0)
        return np.asarray((colours.numpy() * 255).round(), np.uint8)


def find_sharp(device: str, channels: int, factor: int, *, large: bool) -> SharpPreview | None:
    """Return the user's TAESD for a model with these latents; None if there is none.

    Raises CheckpointError if what lies there cannot be used.
    """
    folder = current_paths().models / ("taesdxl" if large else "taesd")
    if not folder.is_dir():
        return None
    network = tiny_decoder(folder)
    config = network.config
    blocks = config.get("num_decoder_blocks", [3, 3, 3, 1])
    if (config.get("latent_channels", 4), 2 ** (len(blocks) - 1)) != (channels, factor):
        return None  # it is for latents of another kind, as the starter's are
    return SharpPreview(build(network, device, torch.float32))
