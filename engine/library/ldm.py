"""Names of weights in the original programs' files to those of diffusers and transformers.

The original files (CompVis/latent-diffusion, Stability-AI/generative-models) keep all networks in
one; each function here reads the names of one of them, without its prefix. Names that mean
nothing to us come out as None: files carry running averages and leftovers of training.
"""

_SIDES = ("encoder", "decoder")
_RESNET = {
    ("in_layers", "0"): "norm1",
    ("in_layers", "2"): "conv1",
    ("emb_layers", "1"): "time_emb_proj",
    ("out_layers", "0"): "norm2",
    ("out_layers", "3"): "conv2",
}
_UNET_ENDS = {
    "time_embed.0": "time_embedding.linear_1",
    "time_embed.2": "time_embedding.linear_2",
    "time_embed.cond_proj": "time_embedding.cond_proj",
    "label_emb.0.0": "add_embedding.linear_1",
    "label_emb.0.2": "add_embedding.linear_2",
    "input_blocks.0.0": "conv_in",
    "out.0": "conv_norm_out",
    "out.2": "conv_out",
}
_VAE_ENDS = {
    "quant_conv": "quant_conv",
    "post_quant_conv": "post_quant_conv",
    **{
        f"{side}.{layer}": f"{side}.{layer}" for side in _SIDES for layer in ("conv_in", "conv_out")
    },
    **{f"{side}.norm_out": f"{side}.conv_norm_out" for side in _SIDES},
}
_VAE_ATTENTION = {
    "norm": "group_norm",
    "q": "to_q",
    "k": "to_k",
    "v": "to_v",
    "proj_out": "to_out.0",
}
_OPEN_CLIP = {
    "positional_embedding": "embeddings.position_embedding.weight",
    "token_embedding.weight": "embeddings.token_embedding.weight",
    "ln_final.weight": "final_layer_norm.weight",
    "ln_final.bias": "final_layer_norm.bias",
}
_OPEN_CLIP_LAYER = {
    "ln_1": "layer_norm1",
    "ln_2": "layer_norm2",
    "mlp.c_fc": "mlp.fc1",
    "mlp.c_proj": "mlp.fc2",
    "attn.out_proj": "self_attn.out_proj",
}


def unet_name(name: str, layers: int) -> str | None:
    """Return diffusers' name for a UNet's weight; its levels have `layers` residual blocks down.

    The original counts blocks in one row, diffusers by levels, of which those up have one more.
    """
    layer, _, kind = name.rpartition(".")
    if layer in _UNET_ENDS:
        return f"{_UNET_ENDS[layer]}.{kind}"
    match name.split("."):
        case ["middle_block", ("0" | "2") as k, *rest]:
            return _joined(f"mid_block.resnets.{int(k) // 2}", _resnet(rest))
        case ["middle_block", "1", *rest]:
            return _joined("mid_block.attentions.0", rest)
        case ["input_blocks", k, *rest] if _is_number(k):
            level, place = divmod(int(k) - 1, layers + 1)
            return _in_level(f"down_blocks.{level}", place, rest)
        case ["output_blocks", k, *rest] if _is_number(k):
            level, place = divmod(int(k), layers + 1)
            return _in_level(f"up_blocks.{level}", place, rest)
    return None


def _in_level(level: str, place: int, rest: list[str]) -> str | None:
    match rest:
        case ["0", "op", kind]:
            return f"{level}.downsamplers.0.conv.{kind}"
        case [("1" | "2"), "conv", kind]:
            return f"{level}.upsamplers.0.conv.{kind}"
        case ["0", *inner]:
            return _joined(f"{level}.resnets.{place}", _resnet(inner))
        case ["1", *inner]:
            return _joined(f"{level}.attentions.{place}", inner)
    return None


def _resnet(rest: list[str]) -> list[str]:
    match rest:
        case ["skip_connection", kind]:
            return ["conv_shortcut", kind]
        case [layer, k, kind] if (layer, k) in _RESNET:
            return [_RESNET[layer, k], kind]
    return []


def _joined(before: str, rest: list[str]) -> str | None:
    return ".".join([before, *rest]) if rest else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 4


def vae_name(name: str, levels: int) -> str | None:
    """Return diffusers' name for an autoencoder's weight; the original counts its way up down."""
    layer, _, kind = name.rpartition(".")
    if layer in _VAE_ENDS:
        return f"{_VAE_ENDS[layer]}.{kind}"
    match name.split("."):
        case [side, "mid", ("block_1" | "block_2") as block, layer, kind]:
            return f"{side}.mid_block.resnets.{int(block[-1]) - 1}.{_shortcut(layer)}.{kind}"
        case [side, "mid", "attn_1", layer, kind] if layer in _VAE_ATTENTION:
            return f"{side}.mid_block.attentions.0.{_VAE_ATTENTION[layer]}.{kind}"
        case [side, ("down" | "up") as way, k, *rest] if _is_number(k):
            level = int(k) if way == "down" else levels - 1 - int(k)
            return _in_vae_level(f"{side}.{way}_blocks.{level}", rest)
    return None


def _in_vae_level(level: str, rest: list[str]) -> str | None:
    match rest:
        case ["block", k, layer, kind]:
            return f"{level}.resnets.{k}.{_shortcut(layer)}.{kind}"
        case [("downsample" | "upsample") as way, "conv", kind]:
            return f"{level}.{way}rs.0.conv.{kind}"
    return None


def _shortcut(layer: str) -> str:
    return "conv_shortcut" if layer == "nin_shortcut" else layer


def clip_name(name: str) -> str | None:
    """Return transformers' name for a weight of OpenAI's CLIP, which it was taken from."""
    own = name.removeprefix("text_model.")
    return own if own.startswith(("embeddings.", "encoder.", "final_layer_norm.")) else None


def open_clip_names(name: str) -> tuple[str, ...]:
    """Return transformers' names for a weight of OpenCLIP's text model: none, one or three.

    Three where queries, keys and values are kept as one.
    """
    if name in _OPEN_CLIP:
        return (_OPEN_CLIP[name],)
    match name.split("."):
        case ["transformer", "resblocks", k, "attn", ("in_proj_weight" | "in_proj_bias") as fused]:
            kind = fused.removeprefix("in_proj_")
            return tuple(f"encoder.layers.{k}.self_attn.{one}_proj.{kind}" for one in "qkv")
        case ["transformer", "resblocks", k, *layer, kind] if ".".join(layer) in _OPEN_CLIP_LAYER:
            return (f"encoder.layers.{k}.{_OPEN_CLIP_LAYER['.'.join(layer)]}.{kind}",)
    return ()
