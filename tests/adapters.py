"""LoRAs, embeddings and VAEs of strangers, as tests write them: in every layout that there is."""

import re
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

from tests.originals import _unet_original

ATTENTION = r"to_[qkv]$|to_out\.0$|[qkv]_proj$|out_proj$"
EVERYWHERE = ATTENTION + r"|ff\.net|proj_in|proj_out|mlp\.fc|conv\d?$|conv_shortcut|time_emb_proj"
_TEXT = {"q_proj": "to_q", "k_proj": "to_k", "v_proj": "to_v", "out_proj": "to_out"}


@dataclass(frozen=True)
class Half:
    """What is added to one layer: down (r, in, ...), up (out, r, ...), alpha."""

    down: torch.Tensor
    up: torch.Tensor
    alpha: float


Lora = dict[tuple[str, str], Half]
"""By network and layer."""


def low_rank(
    networks: dict[str, nn.Module], layers: str, *, rank=4, alpha=2.0, seed=0, size=0.8
) -> Lora:
    """A LoRA with seeded random halves for the layers whose names match."""
    generator = torch.Generator().manual_seed(seed)
    made = {}
    for network, module in networks.items():
        for name, layer in module.named_modules():
            if not isinstance(layer, nn.Linear | nn.Conv2d) or not re.search(layers, name):
                continue
            out, into, *kernel = layer.weight.shape
            shapes = ((rank, into, *kernel), (out, rank, *(1 for _ in kernel)))
            down, up = (
                torch.randn(shape, generator=generator) * (size / shape[1] ** 0.5)
                for shape in shapes
            )
            made[network, name] = Half(down, up, alpha)
    return made


def networks_of(pipeline) -> dict[str, nn.Module]:
    """The networks of a diffusers pipeline that a LoRA may change."""
    names = ("unet", "text_encoder", "text_encoder_2")
    return {name: getattr(pipeline, name) for name in names if getattr(pipeline, name, None)}


def kohya(lora: Lora) -> dict[str, torch.Tensor]:
    """As kohya's scripts write them, with diffusers' names."""
    large = any(network == "text_encoder_2" for network, _ in lora)
    starts = {"unet": "lora_unet", "text_encoder": "lora_te1" if large else "lora_te"}
    starts["text_encoder_2"] = "lora_te2"
    file = {}
    for (network, layer), half in lora.items():
        full = layer if network == "unet" or "text_model." in layer else f"text_model.{layer}"
        file |= _kohya(f"{starts[network]}_{full.replace('.', '_')}", half)
    return file


def kohya_original(lora: Lora, config) -> dict[str, torch.Tensor]:
    """As kohya's scripts write them for SDXL: the UNet's layers by their original names."""
    attended = [kind.startswith("Cross") for kind in config.up_block_types]
    file = kohya({key: half for key, half in lora.items() if key[0] != "unet"})
    for (network, layer), half in lora.items():
        if network == "unet":
            name = _unet_original(f"{layer}.weight", config.layers_per_block, attended)
            file |= _kohya(f"lora_unet_{name.removesuffix('.weight').replace('.', '_')}", half)
    return file


def _kohya(name: str, half: Half) -> dict[str, torch.Tensor]:
    return {
        f"{name}.lora_down.weight": half.down,
        f"{name}.lora_up.weight": half.up,
        f"{name}.alpha": torch.tensor(half.alpha),
    }


def peft(lora: Lora) -> dict[str, torch.Tensor]:
    """As diffusers saves them today; alpha is part of the weights."""
    file = {}
    for (network, layer), half in lora.items():
        scale = half.alpha / len(half.down)
        file[f"{network}.{layer}.lora_A.weight"] = half.down
        file[f"{network}.{layer}.lora_B.weight"] = half.up * scale
    return file


def old_diffusers(lora: Lora) -> dict[str, torch.Tensor]:
    """As diffusers saved them in 2023: with attention processors, and their text layers."""
    file = {}
    for (network, layer), half in lora.items():
        scale = half.alpha / len(half.down)
        place, _, last = layer.removesuffix(".0").rpartition(".")
        if network == "unet":
            name = f"unet.{place}.processor.{last}_lora"
        else:
            name = f"{network}.text_model.{place}.{_TEXT[last]}_lora"
        file |= {f"{name}.down.weight": half.down, f"{name}.up.weight": half.up * scale}
    return file


def put(kind: str, name: str, tensors: dict[str, torch.Tensor], notes=None) -> Path:
    """Write a file into the library's folder of its kind; return it."""
    from engine.paths import current_paths

    path = current_paths().models / kind / f"{name}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({key: one.contiguous() for key, one in tensors.items()}, path, notes)
    return path
