"""LoHa and LoKr over a layer: the product of their parts, worked out anew at each call."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from engine.library.lycoris import LOHA, LOKR

Layer = nn.Linear | nn.Conv2d
"""What can be changed."""


class Multiplied:
    """Adds (delta W) x to a layer's answer, delta W the product of `parts`: a forward hook."""

    def __init__(self, parts: Mapping[str, Tensor], scale: float) -> None:
        self._parts, self._scale = parts, scale

    def __call__(self, layer: Layer, arguments: tuple[Tensor, ...], answer: Tensor) -> Tensor:
        (x,) = arguments
        delta = (self._scale * product(self._parts)).reshape(layer.weight.shape).to(answer)
        if isinstance(layer, nn.Conv2d):
            return answer + F.conv2d(
                x,
                delta,
                stride=layer.stride,
                padding=layer.padding,
                dilation=layer.dilation,
            )
        return answer + F.linear(x, delta)


def product(parts: Mapping[str, Tensor]) -> Tensor:
    """Return LoHa's product number by number, or LoKr's block by block; see engine.library.lycoris.

    (out, in), (out, in, h, w) or (out, in h w), as the parts are.
    """
    if f"{LOHA}_w1_a" in parts:
        return _half(LOHA, 1, parts) * _half(LOHA, 2, parts)
    outer, inner = _half(LOKR, 1, parts), _half(LOKR, 2, parts)
    return torch.kron(outer.reshape(*outer.shape, *(1,) * (inner.ndim - 2)), inner.contiguous())


def _half(kind: str, k: int, parts: Mapping[str, Tensor]) -> Tensor:
    """Return one of the two that are multiplied: whole, of two halves, or those with a kernel."""
    whole = parts.get(f"{kind}_w{k}")
    if whole is not None:
        return whole
    a, b, middle = parts[f"{kind}_w{k}_a"], parts[f"{kind}_w{k}_b"], parts.get(f"{kind}_t{k}")
    return a @ b if middle is None else torch.einsum("abhw,ao,bi->oihw", middle, a, b)
