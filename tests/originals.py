"""Checkpoints of the real families at tiny size: as diffusers' folders, and as their originals.

Every folder has a twin: one file in the layout of the original programs (CompVis, Stability-AI),
with the same random weights under the names that those programs give them.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import diffusers
import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import save_file
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
)

from tests.tiny import SCHEDULE, write_tokenizer

FAMILIES = ("sd1", "sd2", "sdxl")
_RESNET = {
    "norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0", "conv2": "out_layers.3", "conv_shortcut": "skip_connection",
}  # fmt: skip
_UNET_ENDS = {
    "time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2",
    "time_embedding.cond_proj": "time_embed.cond_proj",
    "add_embedding.linear_1": "label_emb.0.0", "add_embedding.linear_2": "label_emb.0.2",
    "conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2",
}  # fmt: skip
_VAE_ATTENTION = {
    "group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out",
}  # fmt: skip
_CLIP_LAYER = {
    "layer_norm1": "ln_1", "layer_norm2": "ln_2", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj",
    "self_attn.out_proj": "attn.out_proj",
}  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How large the networks of a family are; `text` are (width, layers) of its text models."""

    unet: dict
    vae: tuple[int, ...]
    text: tuple[tuple[int, int], ...]
    words: int = 0


_ATTENDED = ("CrossAttnDownBlock2D", "CrossAttnUpBlock2D")
_PLAIN = ("DownBlock2D", "UpBlock2D")


def _levels(attended: tuple[bool, ...]) -> dict:
    """Which levels of a UNet attend to the words, from the finest."""
    kinds = [_ATTENDED if one else _PLAIN for one in attended]
    down, up = (tuple(kind[k] for kind in kinds) for k in (0, 1))
    return {"down_block_types": down, "up_block_types": up[::-1]}


def _added(pooled: int) -> dict:
    return {
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": pooled + 6 * 256,
    }


_TINY_UNET = {"block_out_channels": (64, 128), "layers_per_block": 1, "sample_size": 16}
_UNET = {"block_out_channels": (320, 640, 1280, 1280), "layers_per_block": 2, "sample_size": 64}
_LINEAR = {"use_linear_projection": True}
_FOUR = _levels((True, True, True, False))
TINY = {
    "sd1": Size(_TINY_UNET | _levels((True, False)) | {"cross_attention_dim": 64,
        "attention_head_dim": 8}, (32, 32, 64), ((64, 2),)),
    "sd2": Size(_TINY_UNET | _LINEAR | _levels((True, False)) | {"cross_attention_dim": 64,
        "attention_head_dim": (1, 2), "upcast_attention": True}, (32, 32, 64), ((64, 2),)),
    "sdxl": Size(_TINY_UNET | _LINEAR | _levels((False, True)) | _added(128) | {
        "cross_attention_dim": 64 + 128, "attention_head_dim": (1, 2),
        "transformer_layers_per_block": (1, 2)}, (32, 32, 64), ((64, 2), (128, 2))),
}  # fmt: skip
REAL = {
    "sd1": Size(_UNET | _FOUR | {"cross_attention_dim": 768, "attention_head_dim": 8},
        (128, 256, 512, 512), ((768, 12),), 49408),
    "sd2": Size(_UNET | _LINEAR | _FOUR | {"cross_attention_dim": 1024, "upcast_attention": True,
        "attention_head_dim": (5, 10, 20, 20)}, (128, 256, 512, 512), ((1024, 23),), 49408),
    "sdxl": Size(_LINEAR | _levels((False, True, True)) | _added(1280) | {
        "block_out_channels": (320, 640, 1280), "layers_per_block": 2, "sample_size": 128,
        "cross_attention_dim": 2048, "attention_head_dim": (5, 10, 20),
        "transformer_layers_per_block": (1, 2, 10)}, (128, 256, 512, 512),
        ((768, 12), (1280, 32)), 49408),
}  # fmt: skip


def write_family(
    folder: Path, family: str, size: Size | None = None, dtype: torch.dtype = torch.float32
) -> tuple[Path, Path]:
    """Write a family's checkpoint both ways, tiny as a rule; return the folder and the file.

    Tiny ones make pictures of 4 pixels a latent. The tokenizer lies beside the single file.
    """
    diffusers.utils.logging.set_verbosity_error()
    parts = _parts(folder, family, size or TINY[family], dtype)
    kind = StableDiffusionXLPipeline if family == "sdxl" else StableDiffusionPipeline
    if family != "sdxl":
        parts |= {"safety_checker": None, "feature_extractor": None}
    kind(**parts).save_pretrained(folder / "diffusers")
    file = folder / "original" / f"{family}.safetensors"
    file.parent.mkdir()
    shutil.copytree(folder / "words", file.parent / "tokenizer")
    notes = {"modelspec.prediction_type": "v"} if family == "sd2" else {}
    save_file(original(parts, family), file, notes)
    return folder / "diffusers", file


def write_hollow(folder: Path, family: str) -> Path:
    """Write a single file of real size whose weights are a hole in the disk; return it."""
    parts = _parts(folder, family, REAL[family], None)
    table, place = {}, 0
    for name, tensor in original(parts, family).items():
        end = place + 2 * tensor.numel()
        table[name] = {"dtype": "F16", "shape": [*tensor.shape], "data_offsets": [place, end]}
        place = end
    head = json.dumps(table).encode()
    file = folder / f"{family}.safetensors"
    with file.open("wb") as target:
        target.write(len(head).to_bytes(8, "little") + head)
        target.truncate(8 + len(head) + place)
    (folder / "words").rename(folder / "tokenizer")
    return file


def _parts(folder: Path, family: str, size: Size, dtype: torch.dtype | None) -> dict:
    """A pipeline's parts; without a dtype the networks are hollow."""
    words = _write_words(folder / "words", size.words)
    tokenizer = CLIPTokenizer.from_pretrained(folder / "words")
    excited = CLIPTokenizer.from_pretrained(folder / "words", pad_token="!")
    prediction = "v_prediction" if family == "sd2" else "epsilon"
    activation = "gelu" if family == "sd2" else "quick_gelu"
    make = partial(_random, dtype=dtype)
    parts = {
        "unet": make(lambda: UNet2DConditionModel(**size.unet)),
        "vae": make(lambda: _vae(family, size.vae)),
        "scheduler": DDIMScheduler(**SCHEDULE | {"prediction_type": prediction}),
        "tokenizer": excited if family == "sd2" else tokenizer,
        "text_encoder": make(lambda: CLIPTextModel(_text(words, *size.text[0], activation))),
    }
    if family == "sdxl":
        text = _text(words, *size.text[1], "gelu")
        parts["text_encoder_2"] = make(lambda: CLIPTextModelWithProjection(text))
        parts["tokenizer_2"] = excited
    return parts


def _random(make: Callable[[], torch.nn.Module], dtype: torch.dtype | None) -> torch.nn.Module:
    """A network with seeded weights that keep what flows through it of about its size."""
    with torch.device("meta"):
        network = make()
    if dtype is None:
        return network
    places = {
        name: torch.arange(one.shape[-1]).expand(one.shape) for name, one in network.named_buffers()
    }
    network = network.to(dtype).to_empty(device="cpu")
    for name, value in places.items():
        network.get_buffer(name).copy_(value)
    generator = torch.Generator().manual_seed(len(list(network.parameters())))
    for parameter in network.parameters():
        if parameter.ndim == 1:
            parameter.data.normal_(0.5, 0.1, generator=generator)
        else:
            spread = parameter[0].numel() ** -0.5
            parameter.data.normal_(0, spread, generator=generator)
    return network.eval()


def _write_words(folder: Path, count: int) -> int:
    """Write a vocabulary of so many words, most of which are never met; all there are for 0."""
    words = write_tokenizer(folder)
    if count:
        known = list(json.loads((folder / "vocab.json").read_text()))
        more = [f"unmet{k}</w>" for k in range(count - words)]
        table = {word: k for k, word in enumerate([*known[:-2], *more, *known[-2:]])}
        (folder / "vocab.json").write_text(json.dumps(table))
    return count or words


def _vae(family: str, widths: tuple[int, ...]) -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=widths,
        down_block_types=("DownEncoderBlock2D",) * len(widths),
        up_block_types=("UpDecoderBlock2D",) * len(widths),
        layers_per_block=1 if len(widths) == 3 else 2,
        latent_channels=4,
        sample_size=64,
        scaling_factor=0.13025 if family == "sdxl" else 0.18215,
    )


def _text(words: int, width: int, layers: int, activation: str) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=words,
        hidden_size=width,
        intermediate_size=4 * width,
        num_hidden_layers=layers,
        num_attention_heads=width // 64,
        max_position_embeddings=77,
        projection_dim=width,
        hidden_act=activation,
        bos_token_id=words - 2,
        eos_token_id=words - 1,
        pad_token_id=words - 1,
    )


def original(parts: dict, family: str) -> dict[str, torch.Tensor]:
    """All networks' weights under the names of the original programs."""
    file = {}
    config = parts["unet"].config
    attended = [kind.startswith("Cross") for kind in config.up_block_types]
    for name, tensor in parts["unet"].state_dict().items():
        own = _unet_original(name, config.layers_per_block, attended)
        file["model.diffusion_model." + own] = tensor
    levels = len(parts["vae"].config.block_out_channels)
    for name, tensor in parts["vae"].state_dict().items():
        own = _vae_original(name, levels)
        is_linear = ".attn_1." in own and own.endswith("weight") and tensor.ndim == 2
        file["first_stage_model." + own] = tensor[:, :, None, None] if is_linear else tensor
    states = parts["text_encoder"].state_dict()
    if family == "sd2":
        file |= _open_clip("cond_stage_model.model.", states, unused=True)
    else:
        prefix = "cond_stage_model" if family == "sd1" else "conditioner.embedders.0"
        file |= {f"{prefix}.transformer.text_model.{name}": one for name, one in states.items()}
    if family == "sdxl":
        states = parts["text_encoder_2"].state_dict()
        states = {name.removeprefix("text_model."): one for name, one in states.items()}
        file |= _open_clip("conditioner.embedders.1.model.", states, unused=False)
    # Real files carry leftovers of training.
    file["model_ema.decay"] = torch.tensor(0.9)
    file["alphas_cumprod"] = torch.ones(1000)
    return {name: tensor.contiguous() for name, tensor in file.items()}


def _unet_original(name: str, layers: int, attended: list[bool]) -> str:
    """The original name; `attended` tells of each level on the way up whether it has attention."""
    end, _, kind = name.rpartition(".")
    if end in _UNET_ENDS:
        return f"{_UNET_ENDS[end]}.{kind}"
    parts = name.split(".")
    if parts[0] == "mid_block":
        place = int(parts[2])
        block = "middle_block.1" if parts[1] == "attentions" else f"middle_block.{2 * place}"
        return ".".join([block, *_inside(parts[1], parts[3:])])
    level, place = int(parts[1]), int(parts[3])
    if parts[2] == "downsamplers":
        return f"input_blocks.{(level + 1) * (layers + 1)}.0.op.{kind}"
    first = level * (layers + 1)
    if parts[2] == "upsamplers":
        return f"output_blocks.{first + layers}.{1 + attended[level]}.conv.{kind}"
    row = (
        f"input_blocks.{first + place + 1}"
        if parts[0] == "down_blocks"
        else (f"output_blocks.{first + place}")
    )
    branch = "0" if parts[2] == "resnets" else "1"
    return ".".join([row, branch, *_inside(parts[2], parts[4:])])


def _inside(kind: str, rest: list[str]) -> list[str]:
    return [_RESNET[rest[0]], *rest[1:]] if kind == "resnets" else rest


def _vae_original(name: str, levels: int) -> str:
    parts = name.replace("conv_shortcut", "nin_shortcut").split(".")
    match parts:
        case [side, "conv_norm_out", kind]:
            return f"{side}.norm_out.{kind}"
        case [side, "mid_block", "resnets", k, *rest]:
            return ".".join([side, "mid", f"block_{int(k) + 1}", *rest])
        case [side, "mid_block", "attentions", "0", *layer, kind]:
            return f"{side}.mid.attn_1.{_VAE_ATTENTION['.'.join(layer)]}.{kind}"
        case [side, "down_blocks", k, *rest]:
            return ".".join([side, "down", k, *_level(rest)])
        case [side, "up_blocks", k, *rest]:
            return ".".join([side, "up", str(levels - 1 - int(k)), *_level(rest)])
    return ".".join(parts)


def _level(rest: list[str]) -> list[str]:
    match rest:
        case ["resnets", k, *inner]:
            return ["block", k, *inner]
        case [sampler, "0", *inner]:
            return [sampler.removesuffix("rs"), *inner]
    raise ValueError(rest)


def _open_clip(prefix: str, states: dict, *, unused: bool) -> dict[str, torch.Tensor]:
    """OpenCLIP's names; with `unused` a projection and a last layer that nobody reads."""
    file = {
        "positional_embedding": states["embeddings.position_embedding.weight"],
        "token_embedding.weight": states["embeddings.token_embedding.weight"],
        "ln_final.weight": states["final_layer_norm.weight"],
        "ln_final.bias": states["final_layer_norm.bias"],
        "logit_scale": torch.tensor(4.6),
    }
    layers = 1 + max(int(name.split(".")[2]) for name in states if name.startswith("encoder."))
    for k in range(layers + unused):
        here = f"encoder.layers.{min(k, layers - 1)}"
        there = f"transformer.resblocks.{k}"
        for kind in ("weight", "bias"):
            fused = [states[f"{here}.self_attn.{one}_proj.{kind}"] for one in "qkv"]
            file[f"{there}.attn.in_proj_{kind}"] = torch.cat(fused)
            for own, theirs in _CLIP_LAYER.items():
                file[f"{there}.{theirs}.{kind}"] = states[f"{here}.{own}.{kind}"] + (k >= layers)
    width = file["ln_final.weight"].shape[0]
    projection = states.get("text_projection.weight", torch.randn(width, width))
    file["text_projection"] = projection.T
    return {prefix + name: tensor for name, tensor in file.items()}
