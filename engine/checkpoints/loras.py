"""LoRAs over a model: worn while it answers, and taken off again.

What a LoRA adds to a layer is added to the layer's answer (Hu et al. 2021, equation 3), by a hook
on the layer; no weight of the model is ever written. So taking LoRAs off leaves it as it was, to
the last bit, and changing them costs milliseconds. Several count as one of the sum of their ranks.
LoHas and LoKrs are multiplied out at each call, one layer after the other: kept whole, they would
take as much memory as the model itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.hooks import RemovableHandle

from engine.checkpoints.networks import read_weights
from engine.checkpoints.products import Layer, Multiplied
from engine.device import runs_on
from engine.library.extras import LORA, find
from engine.library.lora import Low, plan_lora
from engine.library.lycoris import Product
from engine.library.plan import Weight
from engine.recipe import Adapter

_REMEMBERED = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Half:
    """What one LoRA adds to one layer, as float32: `down` (r, in, ...), `up` (out, r, ...)."""

    down: Tensor
    up: Tensor


class Loras:
    """The LoRAs over some networks (unet, text_encoder, text_encoder_2), all at once."""

    def __init__(self, networks: Mapping[str, Any]) -> None:
        # Not where a layer's weights are: those may be elsewhere until it is asked.
        self._device = runs_on(next(iter(networks.values())))
        self._layers = {
            network: {
                name: layer for name, layer in module.named_modules() if isinstance(layer, Layer)
            }
            for network, module in networks.items()
        }
        self._worn: tuple[Adapter, ...] = ()
        self._hooks: list[RemovableHandle] = []
        self._fitted = lru_cache(_REMEMBERED)(self._fit)

    def wear(self, adapters: tuple[Adapter, ...]) -> None:
        """Put on these LoRAs and take off all others.

        Raises CheckpointError, and changes nothing, if one cannot be used over this model.
        """
        if adapters == self._worn:
            return
        added = self._fitted(adapters) if adapters else []
        for hook in self._hooks:
            hook.remove()
        self._hooks = [layer.register_forward_hook(one) for layer, one in added]
        self._worn = adapters

    @torch.inference_mode()
    def _fit(self, adapters: tuple[Adapter, ...]) -> list[tuple[Layer, "_Adds | Multiplied"]]:
        """Return what is added to which layer."""
        halves: dict[Layer, list[_Half]] = {}
        fitted: list[tuple[Layer, _Adds | Multiplied]] = []
        for adapter in adapters:
            for layer, added in self._added(adapter):
                if isinstance(added, _Half):
                    halves.setdefault(layer, []).append(added)
                else:
                    fitted.append((layer, added))
        for layer, parts in halves.items():
            place = (self._device, next(layer.parameters()).dtype)
            down = torch.cat([part.down for part in parts]).to(*place)
            up = torch.cat([part.up for part in parts], dim=1).to(*place)
            fitted.append((layer, _Adds(down, up)))
        return fitted

    def _added(self, adapter: Adapter) -> Iterator[tuple[Layer, "_Half | Multiplied"]]:
        """Yield what one LoRA adds, times its weight."""
        path = find(LORA, adapter.name, adapter.sha256)
        plan = plan_lora(path, self._shapes())
        weights = {weight.name: weight for one in plan for weight in _weights(one)}
        tensors = {name: tensor.float() for name, tensor in read_weights(weights)}
        for one in plan:
            layer = self._layers[one.network][one.layer]
            scale = adapter.weight * one.scale
            if one.alpha is not None and one.rank is not None:
                scale *= tensors[one.alpha.name].item() / one.rank
            if isinstance(one, Product):
                parts = {name: tensors[of.name].to(self._device) for name, of in one.parts.items()}
                yield layer, Multiplied(parts, scale)
            else:
                yield layer, _half(one, tensors, scale, layer)

    def _shapes(self) -> dict[str, dict[str, tuple[int, ...]]]:
        return {
            network: {name: tuple(layer.weight.shape) for name, layer in layers.items()}
            for network, layers in self._layers.items()
        }


class _Adds:
    """Adds B A x to a layer's answer: a forward hook."""

    def __init__(self, down: Tensor, up: Tensor) -> None:
        self._down, self._up = down, up

    def __call__(self, layer: nn.Module, arguments: tuple[Tensor, ...], answer: Tensor) -> Tensor:
        (x,) = arguments
        if isinstance(layer, nn.Conv2d):
            low = F.conv2d(
                x,
                self._down,
                stride=layer.stride,
                padding=layer.padding,
                dilation=layer.dilation,
            )
            return answer + F.conv2d(low, self._up)
        return answer + F.linear(F.linear(x, self._down), self._up)


def _half(low: Low, tensors: Mapping[str, Tensor], scale: float, layer: Layer) -> _Half:
    """Return the halves as the layer wants them: matrices, or a convolution and one of a pixel."""
    down = tensors[low.down.name]
    if low.mid is not None:
        down = torch.einsum("rmhw,mi->rihw", tensors[low.mid.name], down.flatten(1))
    up = tensors[low.up.name].flatten(1) * scale
    if isinstance(layer, nn.Linear):
        return _Half(down.flatten(1), up)
    down = down.reshape(*down.shape[:2], *layer.weight.shape[2:])
    return _Half(down, up[:, :, None, None])


def _weights(one: Low | Product) -> Iterator[Weight]:
    if isinstance(one, Product):
        yield from one.parts.values()
    else:
        yield from (half for half in (one.down, one.up, one.mid) if half is not None)
    if one.alpha is not None:
        yield one.alpha
