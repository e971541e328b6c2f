"""Sharper previews for who has a TAESD, a tiny autoencoder that decodes as the large one would.

Bohan, "Tiny AutoEncoder for Stable Diffusion", 2023; diffusers' AutoencoderTiny. It is looked for
in the models' folder, as `taesd` for Stable Diffusion 1 and 2 and as `taesdxl` for SDXL.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.checkpoints.networks import build
from engine.device import is_out_of_memory
from engine.library.folder import tiny_decoder
from engine.paths import current_paths
from engine.recipe import Pixels
from engine.vae import Decoder

Cheap = Callable[[NDArray[np.float32]], Pixels]


class SharpPreview:
    """A tiny decoder: latents (C, h, w) to a picture (H, W, 3) in some milliseconds.

    Where there is no memory even for that, `cheap` shows them: no picture ends for its preview.
    """

    def __init__(self, network: Any, cheap: Cheap) -> None:
        self._network = network
        self._cheap = cheap

    def __call__(self, latents: NDArray[np.float32]) -> Pixels:
        """Return the picture of latents of any magnitude; where they are not finite, black."""
        try:
            return self._decoded(latents)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
        return self._cheap(latents)

    @torch.inference_mode()
    def _decoded(self, latents: NDArray[np.float32]) -> Pixels:
        x = torch.tensor(latents[None], device=self._network.device)
        image = self._network.decode(x).sample[0].float().cpu()
        colours = (image / 2 + 0.5).nan_to_num(0.0).clamp(0, 1).permute(1, 2, 0)
        return np.asarray((colours.numpy() * 255).round(), np.uint8)


def find_sharp(device: str, own: Decoder, cheap: Cheap, *, large: bool) -> SharpPreview | None:
    """Return the user's TAESD for a model with the latents of its own decoder; None for none.

    Raises CheckpointError if what lies there cannot be used.
    """
    folder = current_paths().models / ("taesdxl" if large else "taesd")
    if not folder.is_dir():
        return None
    network = tiny_decoder(folder)
    config = network.config
    blocks = config.get("num_decoder_blocks", [3, 3, 3, 1])
    if (config.get("latent_channels", 4), 2 ** (len(blocks) - 1)) != (own.channels, own.factor):
        return None  # it is for latents of another kind, as the starter's are
    return SharpPreview(build(network, device, torch.float32), cheap)
