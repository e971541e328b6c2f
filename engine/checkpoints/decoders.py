"""A model's own VAE and those that pictures want in its place."""

from functools import lru_cache, partial
from pathlib import Path

import torch
from safetensors import SafetensorError

from engine.checkpoints.networks import build
from engine.checkpoints.quarters import Quarters
from engine.device import is_out_of_memory
from engine.errors import OutOfMemory
from engine.library.extras import VAE, find
from engine.library.plan import unusable
from engine.library.vaes import plan_vae
from engine.recipe import Part
from engine.vae import Decoder

_REMEMBERED = 2
_FAULTS = (OSError, SafetensorError, ValueError, LookupError, TypeError, AttributeError,
           ArithmeticError, AssertionError, RuntimeError)  # fmt: skip


class Decoders:
    """Decoders by the recipe's `vae`; None is the checkpoint's own. All live in its `quarters`."""

    def __init__(self, own: Decoder, quarters: Quarters) -> None:
        self._own, self.quarters = own, quarters
        self._others = lru_cache(_REMEMBERED)(self._load)

    def of(self, part: Part | None) -> Decoder:
        """Return a decoder. Raises CheckpointError if it cannot be used with this checkpoint."""
        return self._own if part is None else self._others(part)

    def _load(self, part: Part) -> Decoder:
        place = find(VAE, part.name, part.sha256)
        decoder = self._built(place)
        if (decoder.channels, decoder.factor) != (self._own.channels, self._own.factor):
            raise unusable(
                place,
                "it is made for another kind of model: its latents have another shape",
                "Choose a VAE of this model's family.",
            )
        return decoder

    def _built(self, place: Path) -> Decoder:
        plan, quarters = plan_vae(place, self._own.scale), self.quarters
        try:
            network = quarters.settled(build(plan, quarters.home, torch.float32))
            return Decoder(network, partial(quarters.room, network))
        except _FAULTS as error:
            if is_out_of_memory(error):
                raise OutOfMemory from error
            reason = str(error).strip().partition("\n")[0].rstrip(".") or repr(error)
            raise unusable(place, reason[:300]) from error
