"""A single .safetensors file in the layout of the original programs, to a plan of how to load it.

No configuration is needed, here or from the network: the shapes of the weights tell it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from engine.library import ldm
from engine.library.architecture import text_settings, unet_settings, vae_settings
from engine.library.families import SD_2, SDXL, Family, identify, prediction
from engine.library.headers import Header, Stored, read_header
from engine.library.plan import Network, Plan, Settings, Vocabulary, Weight, unusable
from engine.library.vocabulary import find_vocabulary

_UNET = "model.diffusion_model."
_VAE = "first_stage_model."
_SCHEDULER: Settings = {
    "num_train_timesteps": 1000,
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "steps_offset": 1,
    "set_alpha_to_one": False,
}
"""The forward process of all three families, as their authors' own settings have it."""
_THIRDS = 3
_BLOCK = re.compile(
    r"(?P<side>\w+)(?:\.(?P<level>\d+))?\.attentions\.\d+\.transformer_blocks\.(?P<k>\d+)\."
)
_DISTILLED = "Get it as a folder in diffusers' layout, which tells how it is built."
_READ_OF_SD_2 = 23
"""Layers of its text model that are read, of 24."""


def plan_file(path: Path) -> Plan:
    """Return what the file holds.

    Raises CheckpointError if it is damaged, of no family that we run, or if no vocabulary for it
    is to be found on this machine.
    """
    header = read_header(path)
    family = identify(header, path)
    said = prediction(header, path)
    networks = _networks_in(header, family, path)
    return Plan(
        family=family.name,
        networks=networks,
        vocabularies=tuple(_vocabularies(networks, path, family)),
        scheduler=_scheduler(header, said),
        ask_prediction=family is SD_2 and said is None,
        zero_negative=family is SDXL,
    )


def _scheduler(header: Header, said: str | None) -> Settings:
    told = {"prediction_type": said or "epsilon"}
    endless = {"rescale_betas_zero_snr": True} if "ztsnr" in header.tensors else {}
    return _SCHEDULER | told | endless


def scheduler_in(path: Path) -> Settings:
    """Return the settings of the forward process of a file. Raises CheckpointError."""
    header = read_header(path)
    return _scheduler(header, prediction(header, path))


def networks_in(path: Path) -> dict[str, Network]:
    """Return the networks in a file, without a look at what else it needs. Raises as above."""
    return told_in(path)[1]


def told_in(path: Path) -> tuple[str, dict[str, Network]]:
    """Return the family of a file too."""
    header = read_header(path)
    family = identify(header, path)
    return family.name, _networks_in(header, family, path)


def _networks_in(header: Header, family: Family, path: Path) -> dict[str, Network]:
    try:
        networks = dict(_networks(header, family, path))
    except (KeyError, IndexError, ValueError) as error:
        raise unusable(path, f"some weights of {family.name} are missing in it") from error
    settings = networks["unet"].config
    settings["sample_size"] = _side(header, family, prediction(header, path))
    settings["upcast_attention"] = family is SD_2  # it overflows in float16
    return networks


def _side(header: Header, family: Family, said: str | None) -> int:
    """Return the latent size that it was trained on: as its notes say, or as is usual."""
    width = header.notes.get("modelspec.resolution", "").partition("x")[0]
    if width.isascii() and width.isdecimal() and 64 <= int(width[:5]) <= 4096:
        return int(width[:5]) // 8
    return 64 if family is SD_2 and said == "epsilon" else family.side


def _networks(header: Header, family: Family, path: Path) -> Iterator[tuple[str, Network]]:
    unet = _under(_UNET, header)
    config = unet_settings(unet)
    layers = config["layers_per_block"]
    weights = _renamed(unet, _UNET, path, lambda name: ldm.unet_name(name, layers))
    _check_depths(weights, config, path)
    yield "unet", Network("UNet2DConditionModel", config, weights)
    vae = _under(_VAE, header)
    config = vae_settings(vae, family.scale)
    levels = len(config["block_out_channels"])
    weights = _renamed(vae, _VAE, path, lambda name: ldm.vae_name(name, levels))
    yield "vae", Network("AutoencoderKL", config, weights)
    if family.clip:
        weights = _renamed(_under(family.clip, header), family.clip, path, ldm.clip_name)
        yield "text_encoder", _text("CLIPTextModel", weights, "quick_gelu")
    if family.open_clip:
        weights = _open_clip(_under(family.open_clip, header), family.open_clip, path)
        yield _open_clip_text(weights, family)


def _check_depths(weights: Mapping[str, Weight], config: Settings, path: Path) -> None:
    """Raise for a UNet with deeper blocks than its own on the way down: they would be left out."""
    down: list[int] = config["transformer_layers_per_block"]
    depths = {"down_blocks": down, "up_blocks": down[::-1], "mid_block": down[-1:]}
    for name in weights:
        match = _BLOCK.match(name)
        if match and int(match["k"]) >= depths[match["side"]][int(match["level"] or 0)]:
            raise unusable(path, "its blocks are not as deep on its way up as down", _DISTILLED)


def _under(prefix: str, header: Header) -> dict[str, Stored]:
    """Return the tensors whose names begin so, without it."""
    return {
        name.removeprefix(prefix): stored
        for name, stored in header.tensors.items()
        if name.startswith(prefix)
    }


def _renamed(
    tensors: Mapping[str, Stored], prefix: str, path: Path, rename: Callable[[str], str | None]
) -> dict[str, Weight]:
    return {
        own: Weight(path, prefix + name, stored.shape)
        for name, stored in tensors.items()
        if (own := rename(name)) is not None
    }


def _open_clip(tensors: Mapping[str, Stored], prefix: str, path: Path) -> dict[str, Weight]:
    """Return OpenCLIP's weights by our names: the fused ones by thirds, the projection turned."""
    weights = {}
    for name, stored in tensors.items():
        own = ldm.open_clip_names(name)
        if len(own) == 1:
            weights[own[0]] = Weight(path, prefix + name, stored.shape)
        for third, one in enumerate(own if len(own) == _THIRDS else ()):
            shape = (stored.shape[0] // _THIRDS, *stored.shape[1:])
            weights[one] = Weight(path, prefix + name, shape, third=third)
    if "text_projection" in tensors:
        shape = tensors["text_projection"].shape[::-1]
        weights["text_projection.weight"] = Weight(
            path, f"{prefix}text_projection", shape, transposed=True
        )
    return weights


def _open_clip_text(weights: dict[str, Weight], family: Family) -> tuple[str, Network]:
    """Return SDXL's second text model, or SD 2's only one, which ends before its last layer.

    Files that were turned back from diffusers' layout lack that layer.
    """
    if family is SDXL:
        network = _text("CLIPTextModelWithProjection", weights, "gelu")
        renamed = {
            name if name == "text_projection.weight" else f"text_model.{name}": weight
            for name, weight in weights.items()
        }
        return "text_encoder_2", Network(network.kind, network.config, renamed)
    network = _text("CLIPTextModel", weights, "gelu")
    layers = network.config["num_hidden_layers"]
    layers -= layers != _READ_OF_SD_2
    kept = {
        name: weight
        for name, weight in weights.items()
        if not name.startswith((f"encoder.layers.{layers}.", "text_projection"))
    }
    config = network.config | {"num_hidden_layers": layers}
    return "text_encoder", Network(network.kind, config, kept)


def _text(kind: str, weights: dict[str, Weight], activation: str) -> Network:
    shapes = {name: weight.shape for name, weight in weights.items()}
    return Network(kind, text_settings(shapes, activation), weights)


def _vocabularies(
    networks: Mapping[str, Network], path: Path, family: Family
) -> Iterator[Vocabulary]:
    """Yield a vocabulary for each text model; OpenCLIP's fill short prompts up with "!"."""
    for name, network in networks.items():
        if name.startswith("text_encoder"):
            is_open = name == "text_encoder_2" or not family.clip
            words = network.config["vocab_size"]
            yield Vocabulary(find_vocabulary(words, path), "!" if is_open else "<|endoftext|>")
