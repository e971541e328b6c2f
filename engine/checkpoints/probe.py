"""What a UNet predicts, found out by asking it: SD 2's single files often do not say."""

from collections.abc import Callable

import torch
from torch import Tensor

from engine.conditioning import Conditioning

_SIDE = 32
_ALIKE = 0.5


def predicts(
    denoise: Callable[[Tensor, Tensor, Conditioning], Tensor],
    channels: int,
    conditioning: Conditioning,
    t: int,
) -> str:
    """Return `epsilon` or `v_prediction` by the answer at t, the noisiest level.

    There x is noise and almost nothing else. A network that predicts the noise answers with x
    itself; one that predicts v = sqrt(alpha_bar) eps - sqrt(1 - alpha_bar) x0 (Salimans and Ho
    2022) answers with a picture turned to its negative, which is nothing like x.
    """
    generator = torch.Generator().manual_seed(0)
    x = torch.randn((1, channels, _SIDE, _SIDE), generator=generator)
    answer = denoise(x, torch.tensor([float(t)]), conditioning)
    alike = torch.cosine_similarity(answer.flatten(), x.flatten(), dim=0)
    return "epsilon" if alike > _ALIKE else "v_prediction"
