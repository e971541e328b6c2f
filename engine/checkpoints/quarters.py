"""Where a model's networks live: on their device, or in the main memory and lent to it.

accelerate's hooks lend them: they run before a network, or a layer of it, is asked.
"""

from typing import Any
from weakref import WeakSet

import torch
from accelerate import cpu_offload
from accelerate.hooks import ModelHook, add_hook_to_module

from engine.device import free_memory, give_back
from engine.library.budget import NO_LIMIT
from engine.library.placing import Placing

_MAIN = "cpu"


class Quarters:
    """Where the networks of a model live; all of them together may work in `limit` bytes."""

    def __init__(
        self, device: str, placing: Placing = Placing.THERE, limit: int = NO_LIMIT
    ) -> None:
        self.device, self.placing = device, placing
        self._limit = limit
        self._lent: WeakSet[Any] = WeakSet()

    @property
    def home(self) -> str:
        """Where a network is built, and its weights are while nobody asks it."""
        return self.device if self.placing is Placing.THERE else _MAIN

    def settled(self, network: Any) -> Any:
        """Return a network that was built at home, from now on to be asked as on the device."""
        if self.placing is Placing.NETWORKS:
            self._lent.add(network)
            add_hook_to_module(network, _Turn(self._lent, self.device))
        elif self.placing is Placing.LAYERS:
            cpu_offload(network, torch.device(self.device))
        return network

    def room(self, network: Any) -> int:
        """Return the bytes that a network may work in beside its weights: those free, or lent."""
        free = free_memory(self.device)
        if self.placing is Placing.NETWORKS:
            free += sum(_bytes(other) for other in self._lent if _is_out(other))
            free -= _bytes(network)
        return min(free, self._limit)


class _Turn(ModelHook):  # type: ignore[misc]  # accelerate has no types
    """Before a network is asked, sends the others home and brings it to the device.

    accelerate's own chain of hooks knows one order alone, a pipeline's; here a prompt may be read
    between two steps of another picture.
    """

    def __init__(self, lent: WeakSet[Any], device: str) -> None:
        self.execution_device = torch.device(device)
        self._lent = lent

    def pre_forward(self, module: Any, *args: Any, **kwargs: Any) -> tuple[Any, Any]:
        # Weights that were moved in inference mode would be of that mode for ever.
        with torch.inference_mode(mode=False):
            others = [other for other in self._lent if other is not module and _is_out(other)]
            for other in others:
                other.to(_MAIN)
            if others:
                give_back()
            if _device(module) != self.execution_device:
                module.to(self.execution_device)
        return args, kwargs


def _device(network: Any) -> torch.device:
    found: torch.device = next(network.parameters()).device
    return found


def _is_out(network: Any) -> bool:
    return _device(network).type != _MAIN


def _bytes(network: Any) -> int:
    return sum(one.numel() * one.element_size() for one in network.parameters())
