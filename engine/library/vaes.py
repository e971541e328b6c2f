"""A VAE of its own, to a plan of how to load it: a file in either layout, or a folder."""

from collections.abc import Mapping
from pathlib import Path

from engine.library import ldm
from engine.library.architecture import vae_settings
from engine.library.folder import own_name, vae_in
from engine.library.headers import Stored, read_header
from engine.library.plan import Network, Settings, Shape, Weight, unusable

_KIND = "AutoencoderKL"
_PREFIX = "first_stage_model."
_ALIKE = 0.01
_GROUPS = 32


def plan_vae(place: Path, scale: float) -> Network:
    """Return the autoencoder in a file or folder, for latents that are multiplied by `scale`.

    Raises CheckpointError if it is damaged, no VAE, or made for latents of another scale.
    """
    if place.is_dir():
        network = vae_in(place)
        told = network.config.get("scaling_factor", scale)
        if not isinstance(told, int | float) or abs(told - scale) > _ALIKE * scale:
            raise unusable(
                place,
                f"it is made for another kind of model: it scales by {told}, not by {scale:g}",
                "Choose a VAE of this model's family.",
            )
        return network
    tensors = {name.removeprefix(_PREFIX): one for name, one in read_header(place).tensors.items()}
    stored = {name.removeprefix(_PREFIX): name for name in read_header(place).tensors}
    try:
        if "encoder.down.0.block.0.conv1.weight" in tensors:
            config = vae_settings(tensors, scale)
            levels = len(config["block_out_channels"])
            names = {name: ldm.vae_name(name, levels) for name in tensors}
        elif "encoder.down_blocks.0.resnets.0.conv1.weight" in tensors:
            config = _settings(tensors, scale)
            names = {name: own_name(_KIND, name) for name in tensors}
        else:
            raise unusable(place, "it is no VAE", "Choose a VAE's .safetensors file.")
    except (KeyError, IndexError, ValueError) as error:
        raise unusable(place, "some weights of a VAE are missing in it") from error
    weights = {
        own: Weight(place, stored[name], tensors[name].shape)
        for name, own in names.items()
        if own is not None
    }
    return Network(_KIND, config, weights)


def _settings(tensors: Mapping[str, Stored], scale: float) -> Settings:
    """Return the settings of a VAE under diffusers' names. Raises KeyError, IndexError."""

    def shape(name: str) -> Shape:
        return tensors[name].shape

    first = "encoder.down_blocks.{}.resnets.{}.conv1.weight"
    levels = next(k for k in range(len(tensors) + 1) if first.format(k, 0) not in tensors)
    layers = next(k for k in range(len(tensors) + 1) if first.format(0, k) not in tensors)
    return {
        "in_channels": 3,
        "out_channels": 3,
        "block_out_channels": [shape(first.format(k, 0))[0] for k in range(levels)],
        "layers_per_block": layers,
        "down_block_types": ["DownEncoderBlock2D"] * levels,
        "up_block_types": ["UpDecoderBlock2D"] * levels,
        "latent_channels": shape("decoder.conv_in.weight")[1],
        "norm_num_groups": _GROUPS,
        "scaling_factor": scale,
        "use_quant_conv": "quant_conv.weight" in tensors,
        "use_post_quant_conv": "post_quant_conv.weight" in tensors,
    }
