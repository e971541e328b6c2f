"""A checkpoint's files to a loaded model. Safetensors only; nothing in them may run code."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from typing import Any, TypeVar

import torch
from diffusers.utils import logging as diffusers_logging
from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError
from torch import Tensor
from transformers.utils import logging as transformers_logging

from engine import __version__
from engine.checkpoints.decoders import Decoders
from engine.checkpoints.encoders import Penultimate, SecondEncoder, tokenizer
from engine.checkpoints.learned import learned
from engine.checkpoints.loras import Loras
from engine.checkpoints.networks import build, outline
from engine.checkpoints.probe import predicts
from engine.checkpoints.process import check_end, diffusion_of
from engine.checkpoints.quarters import Quarters
from engine.checkpoints.sharp import SharpPreview, find_sharp
from engine.checkpoints.together import check_parts
from engine.conditioning import Conditioning, Text
from engine.device import Device, free_memory, is_out_of_memory, runs_on
from engine.errors import OutOfMemory
from engine.guidance import embedding
from engine.library import Checkpoint
from engine.library.added import added_bytes
from engine.library.budget import NO_LIMIT, Budget, budget_of
from engine.library.placing import needs, placing
from engine.library.plan import Plan
from engine.preview import PreviewFit
from engine.prompts import Layers, PromptEncoder
from engine.recipe import Environment, Recipe
from engine.samplers import Diffusion
from engine.tally import count
from engine.vae import Decoder

_PACKAGES = ("torch", "diffusers", "transformers", "safetensors")
_FAULTS = (OSError, SafetensorError, ValueError, LookupError, TypeError, AttributeError,
           ArithmeticError, AssertionError, RuntimeError, StrictDataclassError)  # fmt: skip
"""What the libraries raise over damaged files and settings that make no sense."""

T = TypeVar("T")
Denoise = Callable[[Tensor, Tensor, Conditioning], Tensor]
"""Rows in, rows out: x (N, C, h, w) float32, t (N,), conditioning of N rows to answers float32.

Whatever runs the UNet hides behind this.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A checkpoint in memory, ready to answer.

    `second` is there in SDXL alone, `sharp` where the user has a TAESD for it. `decoder` is its
    own VAE, `decoders` has those that pictures want in its place. `budget` forecasts what pictures
    take, `room` tells how many bytes a call may work in now. With `takes_guidance` the network
    was distilled with guidance in it: it is told the scale, and needs no second row.
    """

    id: str
    device: Device
    denoise: Denoise
    prompts: PromptEncoder
    decoder: Decoder
    diffusion: Diffusion
    preview: PreviewFit
    loras: Loras
    decoders: Decoders
    budget: Budget
    room: Callable[[], int]
    second: SecondEncoder | None = None
    sharp: SharpPreview | None = None
    takes_guidance: bool = False

    def check(self, recipe: Recipe) -> None:
        """Raise OverBudget if a recipe's picture takes more than the model's memory budget."""
        if self.device.memory:
            added = added_bytes(recipe, self.device.dtype.itemsize)
            self.budget.check(recipe.width, recipe.height, added)

    def environment(self) -> Environment:
        """Return what a picture's metadata says of where it was made."""
        return Environment(self.device.name, self.device.dtype_name, "torch", _versions())

    def chunks(self, text: Text) -> int:
        """Return in how many chunks the prompt is read: SDXL's vocabularies may not agree."""
        encoders = [self.prompts] if self.second is None else [self.prompts, self.second]
        return max(encoder.chunks(text.prompt, text.overlay) for encoder in encoders)

    def encode(self, text: Text | str, chunks: int = 1, *, negative: bool = False) -> Conditioning:
        """Return the conditioning of one row: `PromptEncoder.encode`, by both encoders of SDXL.

        Asked for the same again, it returns the same tensors. Raises CheckpointError for a LoRA
        or an embedding that cannot be used with this checkpoint.
        """
        text = Text(text) if isinstance(text, str) else text
        adapters = text.overlay.adapters
        self.loras.wear(adapters)
        if self.second is None:
            states = self.prompts.encode(text.prompt, chunks, text.overlay)
            return Conditioning(states, adapters=adapters)
        return self.second.join(self.prompts, text, max(chunks, self.chunks(text)), negative)


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    """Return the program's and its libraries' versions; read from disk once, not per picture."""
    libraries = tuple((name, version(name)) for name in _PACKAGES)
    return (("etascope", __version__), *libraries)


def load(checkpoint: Checkpoint, device: Device) -> Model:
    """Load every part of a checkpoint.

    Raises CheckpointError if a file is missing, damaged or of the wrong shape, OutOfMemory, and
    OverBudget if a picture of its usual size would take more than the device's memory budget.
    """
    return _guarded(checkpoint, lambda: _load(checkpoint, checkpoint.plan(), device))


def check(checkpoint: Checkpoint) -> Plan:
    """Return what a checkpoint holds, once all of it is known to fit together; loads no weights.

    Raises CheckpointError.
    """
    return _guarded(checkpoint, lambda: _outlined(checkpoint, checkpoint.plan()))


def _guarded(checkpoint: Checkpoint, work: Callable[[], T]) -> T:
    """Do what reads a checkpoint; what the libraries say of damaged files becomes our error."""
    diffusers_logging.set_verbosity_error()
    diffusers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        return work()
    except _FAULTS as error:
        if is_out_of_memory(error):
            raise OutOfMemory from error
        # The first line of what they raise says which.
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        raise checkpoint.damaged(reason.rstrip(".")) from error


def _outlined(checkpoint: Checkpoint, plan: Plan) -> Plan:
    networks = {name: outline(network) for name, network in plan.networks.items()}
    check_parts(checkpoint, networks, [tokenizer(one) for one in plan.vocabularies])
    diffusion_of(checkpoint, plan)
    return plan


def _load(checkpoint: Checkpoint, plan: Plan, device: Device) -> Model:
    diffusion = diffusion_of(checkpoint, plan)
    sizes = checkpoint.sizes()
    budget = budget_of(plan, device.dtype.itemsize, device.memory or NO_LIMIT)
    budget.check(sizes.width, sizes.height)
    quarters = _quarters(plan, device, budget, (sizes.width, sizes.height))
    networks = {
        name: quarters.settled(
            build(network, quarters.home, torch.float32 if name == "vae" else device.dtype)
        )
        for name, network in plan.networks.items()
    }
    tokenizers = [tokenizer(one) for one in plan.vocabularies]
    check_parts(checkpoint, networks, tokenizers)
    vae = networks.pop("vae")
    decoder = Decoder(vae, partial(quarters.room, vae))
    text = networks["text_encoder"]
    widths = [text.config.hidden_size]
    layers, second = Layers(text), None
    if "text_encoder_2" in networks:
        summing = networks["text_encoder_2"]
        widths.append(summing.config.hidden_size)
        zero = plan.zero_negative
        second = SecondEncoder(tokenizers[1], summing, learned(widths, 1), zero_negative=zero)
        layers = Penultimate(text)
    loras = Loras(networks)
    denoise = _Rows(networks["unet"], loras, decoder.factor)
    prompts = PromptEncoder(tokenizers[0], layers, learned(widths, 0))
    if plan.ask_prediction:
        nothing, last = Conditioning(prompts.encode("")), len(diffusion.alpha_bar) - 1
        asked = predicts(denoise, decoder.channels, nothing, last)
        diffusion = replace(diffusion, prediction=asked)
        check_end(checkpoint, plan.scheduler, asked)
    preview = decoder.fit_preview()
    return Model(
        id=checkpoint.id,
        device=device,
        denoise=denoise,
        prompts=prompts,
        decoder=decoder,
        diffusion=diffusion,
        preview=preview,
        loras=loras,
        decoders=Decoders(decoder, quarters),
        budget=budget,
        room=partial(quarters.room, networks["unet"]),
        second=second,
        sharp=find_sharp(device.name, decoder, preview, large=second is not None),
        takes_guidance=networks["unet"].config.time_cond_proj_dim is not None,
    )


def _quarters(plan: Plan, device: Device, budget: Budget, usual: tuple[int, int]) -> Quarters:
    """Decide where the networks live: on the device, if pictures of the usual size fit beside."""
    limit = budget.most - budget.weights
    if device.name != "cuda":  # the others share the machine's memory
        return Quarters(device.name, limit=limit)
    told = needs(plan, device.dtype.itemsize, budget, usual)
    return Quarters(device.name, placing(told, free_memory(device.name)), limit)


class _Rows:
    """A UNet as rows in, rows out. SDXL's is told the picture's size too, `factor` a latent."""

    def __init__(self, unet: Any, loras: Loras, factor: int = 8) -> None:
        self._unet = unet
        self._loras = loras
        self._factor = factor

    @torch.inference_mode()
    def __call__(self, x: Tensor, t: Tensor, conditioning: Conditioning) -> Tensor:
        unet = self._unet
        self._loras.wear(conditioning.adapters)
        device = runs_on(unet)
        x = x.to(device, unet.dtype)
        told = {"encoder_hidden_states": conditioning.states, "return_dict": False}
        width = unet.config.time_cond_proj_dim
        if width is not None:
            waves = embedding(conditioning.scales or (1.0,) * len(x), width)
            told["timestep_cond"] = waves.to(x.device, x.dtype)
        if conditioning.pooled is not None:
            told["added_cond_kwargs"] = {
                "text_embeds": conditioning.pooled,
                "time_ids": self._sizes(x),
            }
        answer = unet(x, t.to(device), **told)
        rows: Tensor = answer[0].float().cpu()
        count(len(rows))
        return rows

    def _sizes(self, x: Tensor) -> Tensor:
        """Return (N, 6): original height and width, no cropping, and the same size again.

        Podell et al. 2023, section 2.2: the picture is asked for as if it had never been resized.
        """
        height, width = (self._factor * side for side in x.shape[2:])
        return torch.tensor([[height, width, 0, 0, height, width]] * len(x)).to(x.device, x.dtype)
