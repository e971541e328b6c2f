"""The settings of networks in single files, read off the shapes of their weights.

What shapes cannot tell is a rule of the families: SD 1 has 8 attention heads on every level, later
ones heads 64 wide; CLIP heads are 64 wide; groups are normalised by 32.
"""

from collections.abc import Iterator, Mapping

from engine.library.headers import Stored
from engine.library.plan import Settings, Shape

Tensors = Mapping[str, Stored]

_HEADS_OF_SD_1 = 8
_HEAD_WIDTH = 64
_GROUPS = 32
_GUIDANCE = "time_embed.cond_proj.weight"
"""In latent consistency models that take guidance in."""
_MOST = 1000


def _shape(tensors: Tensors, name: str) -> Shape:
    """Return a weight's shape; raises KeyError if there is none, for the callers of this file."""
    return tensors[name].shape


def _count(tensors: Tensors, pattern: str) -> int:
    """Return for how many numbers k, from 0 without gaps, the weight of that pattern is there.

    Raises KeyError where there are more than any network has.
    """
    return _first(k for k in range(_MOST) if pattern.format(k) not in tensors)


def _first(numbers: Iterator[int]) -> int:
    """Return the first number; KeyError if there is none: StopIteration would end its caller."""
    found = next(numbers, None)
    if found is None:
        raise KeyError("a number")
    return found


def unet_settings(tensors: Tensors) -> Settings:
    """Return the settings of a UNet2DConditionModel. Raises KeyError where a weight is missing."""
    levels = _levels(tensors)
    widths = [
        _shape(tensors, f"input_blocks.{level[0]}.0.out_layers.3.weight")[0] for level in levels
    ]
    depths = [_depth(tensors, f"input_blocks.{level[0]}.1") for level in levels]
    attended = _first(k for k, depth in enumerate(depths) if depth)
    first = f"input_blocks.{levels[attended][0]}.1"
    linear = len(_shape(tensors, f"{first}.proj_in.weight")) == 2
    settings: Settings = {
        "sample_size": 64,
        "in_channels": _shape(tensors, "input_blocks.0.0.weight")[1],
        "out_channels": _shape(tensors, "out.2.weight")[0],
        "block_out_channels": widths,
        "layers_per_block": len(levels[0]),
        "down_block_types": ["CrossAttnDownBlock2D" if d else "DownBlock2D" for d in depths],
        "up_block_types": ["CrossAttnUpBlock2D" if d else "UpBlock2D" for d in reversed(depths)],
        "transformer_layers_per_block": [max(depth, 1) for depth in depths],
        "cross_attention_dim": _shape(tensors, f"{first}.transformer_blocks.0.attn2.to_k.weight")[
            1
        ],
        "attention_head_dim": [w // _HEAD_WIDTH for w in widths] if linear else _HEADS_OF_SD_1,
        "use_linear_projection": linear,
        "norm_num_groups": _GROUPS,
    }
    if "middle_block.1.transformer_blocks.0.norm1.weight" in tensors:
        settings["transformer_layers_per_block"][-1] = _depth(tensors, "middle_block.1")
    if _GUIDANCE in tensors:
        settings["time_cond_proj_dim"] = _shape(tensors, _GUIDANCE)[1]
    return settings | _added(tensors)


def _levels(tensors: Tensors) -> list[list[int]]:
    """Return the numbers of the residual blocks on each level, which end with a halving."""
    levels: list[list[int]] = [[]]
    for k in range(1, _MOST):
        if f"input_blocks.{k}.0.op.weight" in tensors:
            levels.append([])
        elif f"input_blocks.{k}.0.in_layers.2.weight" in tensors:
            levels[-1].append(k)
        else:
            break
    if not all(levels) or not levels[0]:
        raise KeyError("input_blocks")
    return levels


def _depth(tensors: Tensors, place: str) -> int:
    return _count(tensors, place + ".transformer_blocks.{}.norm1.weight")


def _added(tensors: Tensors) -> Settings:
    """Return the settings of what SDXL is told beside the words: their sum, and the sizes."""
    if "label_emb.0.0.weight" not in tensors:
        return {}
    return {
        "addition_embed_type": "text_time",
        "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": _shape(tensors, "label_emb.0.0.weight")[1],
    }


def vae_settings(tensors: Tensors, scale: float) -> Settings:
    """Return the settings of an AutoencoderKL whose latents are multiplied by `scale`."""
    count = _count(tensors, "encoder.down.{}.block.0.conv1.weight")
    levels = range(count)
    widths = [_shape(tensors, f"encoder.down.{k}.block.0.conv1.weight")[0] for k in levels]
    if not widths:
        raise KeyError("encoder")
    return {
        "in_channels": 3,
        "out_channels": 3,
        "block_out_channels": widths,
        "layers_per_block": _count(tensors, "encoder.down.0.block.{}.conv1.weight"),
        "down_block_types": ["DownEncoderBlock2D"] * count,
        "up_block_types": ["UpDecoderBlock2D"] * count,
        "latent_channels": _shape(tensors, "decoder.conv_in.weight")[1],
        "norm_num_groups": _GROUPS,
        "scaling_factor": scale,
        "use_quant_conv": "quant_conv.weight" in tensors,
        "use_post_quant_conv": "post_quant_conv.weight" in tensors,
    }


def text_settings(shapes: Mapping[str, Shape], activation: str) -> Settings:
    """Return the settings of a CLIP text model from the shapes of its weights, by our names."""
    words, width = shapes["embeddings.token_embedding.weight"]
    layers = _first(k for k in range(_MOST) if f"encoder.layers.{k}.mlp.fc1.weight" not in shapes)
    return {
        "vocab_size": words,
        "hidden_size": width,
        "intermediate_size": shapes["encoder.layers.0.mlp.fc1.weight"][0],
        "num_hidden_layers": layers,
        "num_attention_heads": width // _HEAD_WIDTH,
        "max_position_embeddings": shapes["embeddings.position_embedding.weight"][0],
        "projection_dim": shapes.get("text_projection.weight", (width,))[0],
        "hidden_act": activation,
        "bos_token_id": words - 2,
        "eos_token_id": words - 1,
        "pad_token_id": words - 1,
    }
