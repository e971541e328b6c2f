"""Which family a single file is of, told by the names and shapes of its weights."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.library.headers import Header
from engine.library.opening import open_plain
from engine.library.plan import unusable

_PLAIN = "Choose the plain model."
_FULL = "Get the same model in half or full precision."
_SUPPORTED = "Files of Stable Diffusion 1, 2 and SDXL can be used."
_UNET = "model.diffusion_model."
_LARGEST_SIDECAR = 2**20


@dataclass(frozen=True, slots=True)
class Family:
    """What is the same in all files of a family, and cannot be read off their weights.

    `clip` and `open_clip` are the prefixes of its text models; `scale` is the factor between what
    its autoencoder makes and its latents; `side` the latent size that it was trained on.
    """

    name: str
    clip: str = ""
    open_clip: str = ""
    scale: float = 0.18215
    side: int = 64


SD_1 = Family("SD 1", clip="cond_stage_model.transformer.")
SD_2 = Family("SD 2", open_clip="cond_stage_model.model.", side=96)
SDXL = Family(
    "SDXL",
    clip="conditioner.embedders.0.transformer.",
    open_clip="conditioner.embedders.1.model.",
    scale=0.13025,
    side=128,
)

_FAMILIES = (SDXL, SD_2, SD_1)


_MARKED: tuple[tuple[str, str], ...] = (
    ("edm_mean", "it is a Playground 2.5 model, whose noise is of another kind"),
    ("edm_vpred.sigma_max", "it is a CosXL model, whose noise is of another kind"),
    ("scaled_fp8", "its weights are kept as scaled float8 numbers, which are not supported"),
)
"""Weights that no other model has, and what they say: to overlook them would spoil all pictures."""
_QUANTISED = (".comfy_quant", ".weight_scale", ".scale_weight", ".scale_input", ".input_scale")
"""Endings of what is beside weights of a few bits, each of which counts so many times."""


def _starts(*beginnings: str) -> Callable[[str], bool]:
    return lambda name: name.startswith(beginnings)


def _holds(*parts: str) -> Callable[[str], bool]:
    return lambda name: any(part in name for part in parts)


_OTHERS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (_holds("lora_down", "lora_A.", "lora.down", "hada_w1", "lokr_w1", "dora_scale"),
     "it is a LoRA, which changes a model and is none by itself"),
    (_starts("control_model.", "controlnet_"), "it is a ControlNet, not a model"),
    (_holds("joint_blocks."), "it is a Stable Diffusion 3 model"),
    (_holds("double_blocks."), "it is a Flux model"),
    (_starts("emb_params", "clip_l", "clip_g", "string_to_param"),
     "it is an embedding (textual inversion), not a model"),
    (_starts("down_blocks.", "encoder.layers.", "text_model.", "encoder.down_blocks."),
     "it is one network of a model; choose the folder that it belongs to"),
    (_starts("conditioner.embedders.0.model."), "it is SDXL's refiner, which makes no pictures"),
    (_starts(_UNET), "it holds no text model, only the rest of one"),
    (_starts("encoder.", "decoder.", "first_stage_model."), "it is a VAE, not a whole model"),
)  # fmt: skip


def identify(header: Header, path: Path) -> Family:
    """Return the family of the file at `path`; raises CheckpointError saying what else it is."""
    names = header.tensors
    if any(name.startswith(_UNET) for name in names):
        for family in _FAMILIES:
            needed = [prefix for prefix in (family.clip, family.open_clip) if prefix]
            if all(any(name.startswith(prefix) for name in names) for prefix in needed):
                _check_kind(header, path, family)
                return family
    raise unusable(path, _what_else(names), _SUPPORTED)


def _what_else(names: Iterable[str]) -> str:
    names = list(names)
    for means, reason in _OTHERS:
        if any(map(means, names)):
            return reason
    return "its weights are of no model that is known"


def _check_kind(header: Header, path: Path, family: Family) -> None:
    """Raise for relatives of the family's models that look like them and are used otherwise."""
    for mark, reason in _MARKED:
        if mark in header.tensors:
            raise unusable(path, reason, _SUPPORTED)
    if any(name.endswith(_QUANTISED) for name in header.tensors):
        reason = "its weights are scaled numbers of a few bits, which are not supported"
        raise unusable(path, reason, _FULL)
    if family is not SDXL and f"{_UNET}label_emb.0.0.weight" in header.tensors:
        raise unusable(path, "it is a model for changing pictures (unCLIP)", _PLAIN)
    if not any(name.startswith("first_stage_model.") for name in header.tensors):
        raise unusable(path, "it holds no VAE, only the rest of a model", _SUPPORTED)
    first = header.tensors.get(f"{_UNET}input_blocks.0.0.weight")
    last = header.tensors.get(f"{_UNET}out.2.weight")
    if first and last and first.shape[1:2] != last.shape[:1]:
        raise unusable(
            path,
            "it is a model for changing pictures (inpainting, depth), not for making them",
            _PLAIN,
        )


def prediction(header: Header, path: Path) -> str | None:
    """Return what the UNet predicts, `epsilon` or `v_prediction`; None where nobody says.

    Told by the file's notes (modelspec), by an empty weight called `v_pred`, or by the .yaml file
    beside it that the original programs wanted.
    """
    said = header.notes.get("modelspec.prediction_type", "")
    if said:
        return "v_prediction" if said.startswith("v") else "epsilon"
    if "v_pred" in header.tensors or header.notes.get("modelspec.architecture", "").endswith("-v"):
        return "v_prediction"
    sidecar = path.with_suffix(".yaml")
    try:
        with open_plain(sidecar) as file:
            text = file.read(_LARGEST_SIDECAR).decode("utf-8", "replace")
    except OSError:
        return None
    is_v = re.search(r"^\s*parameterization:\s*[\"']?v[\"']?\s*$", text, re.MULTILINE)
    return "v_prediction" if is_v else "epsilon"
