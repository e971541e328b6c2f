"""A checkpoint's files to a loaded model. Safetensors only; nothing in them may run code."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from diffusers.utils import logging as diffusers_logging
from safetensors import SafetensorError
from torch import Tensor
from transformers import CLIPTextModel, CLIPTokenizer
from transformers.utils import logging as transformers_logging

from engine import __version__
from engine.device import Device, is_out_of_memory
from engine.errors import OutOfMemory
from engine.library import Checkpoint
from engine.preview import PreviewFit
from engine.prompts import PromptEncoder
from engine.recipe import Environment
from engine.samplers import PREDICTIONS, Diffusion
from engine.tally import count
from engine.vae import Decoder

_PACKAGES = ("torch", "diffusers", "transformers", "safetensors")

Denoise = Callable[[Tensor, Tensor, Tensor], Tensor]
"""Rows in, rows out: x (N, C, h, w) float32, t (N,), conditioning (N, L, D) to answers float32.

Whatever runs the UNet hides behind this.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A checkpoint in memory, ready to answer."""

    id: str
    device: Device
    denoise: Denoise
    prompts: PromptEncoder
    decoder: Decoder
    diffusion: Diffusion
    preview: PreviewFit

    def environment(self) -> Environment:
        """Return what a picture's metadata says of where it was made."""
        return Environment(self.device.name, self.device.dtype_name, "torch", _versions())


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    """Return the program's and its libraries' versions; read from disk once, not per picture."""
    libraries = tuple((name, version(name)) for name in _PACKAGES)
    return (("etascope", __version__), *libraries)


def load(checkpoint: Checkpoint, device: Device) -> Model:
    """Load every part of a checkpoint in diffusers' StableDiffusionPipeline layout.

    Raises CheckpointError if a file is missing, damaged or of the wrong shape, and OutOfMemory.
    """
    diffusers_logging.set_verbosity_error()
    diffusers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        return _load(checkpoint, device)
    except (OSError, SafetensorError, ValueError, KeyError, TypeError, RuntimeError) as error:
        if is_out_of_memory(error):
            raise OutOfMemory from error
        # These are what the libraries raise over damaged files; their first line says which.
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        raise checkpoint.damaged(reason.rstrip(".")) from error


def _load(checkpoint: Checkpoint, device: Device) -> Model:
    folder = checkpoint.folder
    unet = _network(UNet2DConditionModel, folder / "unet", device.name, device.dtype)
    vae = _network(AutoencoderKL, folder / "vae", device.name, torch.float32)
    text = _network(CLIPTextModel, folder / "text_encoder", device.name, device.dtype)
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer", local_files_only=True)
    decoder = Decoder(vae)
    return Model(
        id=checkpoint.id,
        device=device,
        denoise=_Rows(unet),
        prompts=PromptEncoder(tokenizer, text),
        decoder=decoder,
        diffusion=_diffusion(checkpoint),
        preview=decoder.fit_preview(),
    )


def _network(kind: Any, folder: Path, device: str, dtype: torch.dtype) -> Any:
    """Load one network, every weight of it from a safetensors file."""
    loading = {"local_files_only": True, "use_safetensors": True, "output_loading_info": True}
    network, report = kind.from_pretrained(folder, dtype=dtype, **loading)
    if report["missing_keys"]:
        # The libraries would fill the holes with random numbers.
        missing = ", ".join(sorted(report["missing_keys"])[:3])
        message = f"{folder.name} lacks weights ({missing})"
        raise ValueError(message)
    return network.to(device).eval().requires_grad_(requires_grad=False)


def _diffusion(checkpoint: Checkpoint) -> Diffusion:
    """Read the forward process from the checkpoint's own scheduler settings."""
    settings = checkpoint.settings("scheduler/scheduler_config.json")
    prediction = settings.get("prediction_type", "epsilon")
    if prediction not in PREDICTIONS:
        raise checkpoint.damaged(f"it predicts {prediction!r}, which is not known")
    for name in ("clip_sample", "thresholding", "rescale_betas_zero_snr"):
        if settings.get(name):
            raise checkpoint.damaged(f"its scheduler wants {name}, which is not supported yet")
    kept = ("num_train_timesteps", "beta_start", "beta_end", "beta_schedule", "trained_betas")
    betas = {name: settings[name] for name in kept if name in settings}
    alpha_bar = tuple(float(a) for a in DDIMScheduler(**betas).alphas_cumprod)
    return Diffusion(
        alpha_bar,
        prediction=prediction,
        offset=settings.get("steps_offset", 0),
        final=1.0 if settings.get("set_alpha_to_one", True) else alpha_bar[0],
    )


class _Rows:
    """A UNet as rows in, rows out."""

    def __init__(self, unet: Any) -> None:
        self._unet = unet

    @torch.inference_mode()
    def __call__(self, x: Tensor, t: Tensor, conditioning: Tensor) -> Tensor:
        unet = self._unet
        x = x.to(unet.device, unet.dtype)
        answer = unet(x, t.to(unet.device), encoder_hidden_states=conditioning, return_dict=False)
        rows: Tensor = answer[0].float().cpu()
        count(len(rows))
        return rows
