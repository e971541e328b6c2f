"""LoRAs over a model: worn while it answers, and taken off again.

What a LoRA adds to a layer is added to the layer's answer (Hu et al. 2021, equation 3), by a hook
on the layer; no weight of the model is ever written. So taking LoRAs off leaves it as it was, to
the last bit, and changing them costs milliseconds. Several count as one of the sum of their ranks.
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
from engine.library.extras import LORA, find
from engine.library.lora import Low, plan_lora
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
        self._layers = {
            network: {
                name: layer
                for name, layer in module.named_modules()
                if isinstance(layer, nn.Linear | nn.Conv2d)
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
    def _fit(self, adapters: tuple[Adapter, ...]) -> list[tuple[nn.Module, "_Adds"]]:
        """Return what is added to which layer."""
        halves: dict[tuple[str, str], list[_Half]] = {}
        for adapter in adapters:
            for place, half in self._halves(adapter):
                halves.setdefault(place, []).append(half)
        fitted: list[tuple[nn.Module, _Adds]] = []
        for (network, name), parts in halves.items():
            layer = self._layers[network][name]
            down = torch.cat([part.down for part in parts]).to(layer.weight)
            up = torch.cat([part.up for part in parts], dim=1).to(layer.weight)
            fitted.append((layer, _Adds(down, up)))
        return fitted

    def _halves(self, adapter: Adapter) -> Iterator[tuple[tuple[str, str], _Half]]:
        """Yield what one LoRA adds, times its weight."""
        path = find(LORA, adapter.name, adapter.sha256)
        plan = plan_lora(path, self._shapes())
        weights = {one.name: one for low in plan for one in _weights(low)}
        tensors = {name: tensor.float() for name, tensor in read_weights(weights)}
        for low in plan:
            scale = adapter.weight * low.scale
            if low.alpha is not None:
                scale *= tensors[low.alpha.name].item() / low.rank
            down = tensors[low.down.name]
            if low.mid is not None:
                down = torch.einsum("rmhw,mi->rihw", tensors[low.mid.name], down.flatten(1))
            layer = self._layers[low.network][low.layer]
            up = tensors[low.up.name].flatten(1) * scale
            if isinstance(layer, nn.Linear):
                yield (low.network, low.layer), _Half(down.flatten(1), up)
            else:
                down = down.reshape(*down.shape[:2], *layer.weight.shape[2:])
                yield (low.network, low.layer), _Half(down, up[:, :, None, None])

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


def _weights(low: Low) -> Iterator[Any]:
    yield from (one for one in (low.down, low.up, low.mid, low.alpha) if one is not None)
