"""A folder in diffusers' layout, to a plan of how to load it."""

import re
from collections.abc import Iterator
from pathlib import Path

from engine.library.headers import read_header
from engine.library.plan import Network, Plan, Settings, Vocabulary, Weight, unusable
from engine.library.preflight import PIPELINES, inspect_folder
from engine.library.settings import read_settings
from engine.library.vocabulary import read_vocabulary

_KINDS = {
    "unet": "UNet2DConditionModel",
    "vae": "AutoencoderKL",
    "text_encoder": "CLIPTextModel",
    "text_encoder_2": "CLIPTextModelWithProjection",
}
_TINY = "AutoencoderTiny"
_WEIGHTS = {True: "model", False: "diffusion_pytorch_model"}
_VARIANTS = ("", ".fp16", ".bf16", ".fp32")
_OLD_ATTENTION = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}
_UNSUPPORTED = ("encoder_hid_dim_type", "class_embed_type", "num_class_embeds")
_OWN_SCALES = ("latents_mean", "latents_std", "shift_factor")
_PLAIN_PIPELINE = "StableDiffusionPipeline"
_PLAIN = "Choose the plain model."
_OLD = re.compile(r"0\.[0-8]\.")
"""Versions of diffusers that wrote down too small a size for a UNet."""
_SIDE = 64


def plan_folder(folder: Path) -> Plan:
    """Return what the folder holds.

    Raises CheckpointError if something is missing, damaged, unsafe or of no kind that we run.
    """
    index = inspect_folder(folder)
    large = index["_class_name"] == "StableDiffusionXLPipeline"
    names = [*_KINDS] if large else [*_KINDS][:3]
    networks = {name: _network(folder / name, _KINDS[name]) for name in names}
    _check_unet(networks["unet"], folder / "unet" / "config.json", large=large)
    return Plan(
        family=_family(networks["unet"].config, str(index["_class_name"])),
        networks=networks,
        vocabularies=tuple(_vocabulary(folder, name) for name in names if "text" in name),
        scheduler=_scheduler_of(folder, str(index["_class_name"])),
        zero_negative=large and index.get("force_zeros_for_empty_prompt", True) is True,
    )


def _scheduler_of(folder: Path, pipeline: str) -> Settings:
    """Return the settings of the forward process. Raises CheckpointError.

    Old ones of Stable Diffusion lack its offset of 1, which diffusers' pipeline puts in as well.
    """
    told = read_settings(folder / "scheduler" / "scheduler_config.json")
    return told | ({"steps_offset": 1} if pipeline == _PLAIN_PIPELINE else {})


def sides_of(unet: Settings) -> tuple[int, int]:
    """Return height and width of the latents that a UNet was trained on, as diffusers does.

    Raises KeyError, TypeError or ValueError where its settings do not tell.
    """
    told = unet["sample_size"]
    if isinstance(told, list):
        height, width = told
        return int(height), int(width)
    side = int(told)
    if _OLD.match(str(unet.get("_diffusers_version", ""))):
        side = max(side, _SIDE)
    return side, side


def tiny_decoder(folder: Path) -> Network:
    """Return the small autoencoder (TAESD) in a folder of its own. Raises CheckpointError."""
    return _network(folder, _TINY)


def vae_in(folder: Path) -> Network:
    """Return the autoencoder in a folder of its own. Raises CheckpointError."""
    return _network(folder, "AutoencoderKL")


def _family(unet: Settings, pipeline: str) -> str:
    """Tell SD 1 from SD 2 by how wide the words are that the UNet reads."""
    if pipeline == "StableDiffusionXLPipeline":
        return "SDXL"
    width = unet.get("cross_attention_dim")
    known = {768: "SD 1", 1024: "SD 2"}
    return known.get(width, PIPELINES[pipeline]) if isinstance(width, int) else PIPELINES[pipeline]


def _network(folder: Path, kind: str) -> Network:
    config = read_settings(folder / "config.json")
    said = config.get("_class_name") or config.get("architectures") or kind
    # The text models' files name what they were made with, which may be the class beside ours.
    if said not in (kind, [kind], ["CLIPTextModel"], ["CLIPModel"]):
        raise unusable(folder, f"it is a {str(said)[:60]}, not a {kind}")
    files = _files(folder, _WEIGHTS[kind.startswith("CLIP")])
    weights = {own_name(kind, key): weight for key, weight in _weights(files)}
    network = Network(kind, config, weights)
    if kind == "AutoencoderKL" and any(config.get(name) for name in _OWN_SCALES):
        reason = "its latents are shifted or scaled one by one, which is unsupported"
        raise unusable(folder, reason, _PLAIN)
    _check_size(network, folder / "config.json")
    return network


def _files(folder: Path, stem: str) -> list[Path]:
    """Return the file with the weights, or all of them where they were cut into several."""
    for variant in _VARIANTS:
        whole = folder / f"{stem}{variant}.safetensors"
        if whole.is_file():
            return [whole]
        # The variant stands before the number, or behind it as in older versions of diffusers.
        parts = re.compile(rf"(?:{variant}-\d+-of-\d+|-\d+-of-\d+{variant})\.safetensors")
        files = folder.glob(f"{stem}*-of-*.safetensors")
        if cut := sorted(file for file in files if parts.fullmatch(file.name[len(stem) :])):
            if not all(f"-of-{len(cut):05}." in file.name for file in cut):
                raise unusable(folder, "not all the files that its weights were cut into are there")
            return cut
    if any(folder.glob("*.bin")) or any(folder.glob("*.ckpt")):
        raise unusable(
            folder,
            "its weights are pickles (.bin), which may run code",
            "Get the variant with .safetensors files.",
        )
    raise unusable(folder, f"the weights, {stem}.safetensors, are missing")


def _weights(files: list[Path]) -> Iterator[tuple[str, Weight]]:
    for file in files:
        for name, stored in read_header(file).tensors.items():
            yield name, Weight(file, name, stored.shape)


def own_name(kind: str, name: str) -> str:
    """Return what today's libraries call a weight, in whose older files it had another name."""
    if kind == "CLIPTextModel":
        return name.removeprefix("text_model.")
    if kind == "AutoencoderKL" and ".attentions." in name:
        place, layer, which = name.rsplit(".", 2)
        return f"{place}.{_OLD_ATTENTION.get(layer, layer)}.{which}"
    return name


def _check_size(network: Network, path: Path) -> None:
    """Raise for a configuration of more layers than there are weights: it costs time to build."""
    config = network.config
    layers = 1
    for name in ("layers_per_block", "transformer_layers_per_block", "num_hidden_layers"):
        layers *= max(_numbers(config.get(name, 1)), default=1)
    if layers * len(_numbers(config.get("block_out_channels", 1))) > len(network.weights):
        raise unusable(path, "its configuration describes a larger network than its weights are")


def _numbers(value: object) -> list[int]:
    """Return the whole numbers in a setting, however its lists are nested."""
    if isinstance(value, list):
        return [number for one in value for number in _numbers(one)]
    return [value] if isinstance(value, int) else []


def _vocabulary(folder: Path, encoder: str) -> Vocabulary:
    place = folder / encoder.replace("text_encoder", "tokenizer")
    read_vocabulary(place)
    return Vocabulary(place)


def _check_unet(unet: Network, path: Path, *, large: bool) -> None:
    """Raise for the UNets that want to be told more than words, size, guidance and noise level."""
    config = unet.config
    for name in _UNSUPPORTED:
        if config.get(name) is not None:
            raise unusable(path, f"its {name} is not supported", _PLAIN)
    taking = unet.weights.get("time_embedding.cond_proj.weight")
    width = () if taking is None else taking.shape[-1:]
    if config.get("time_cond_proj_dim") != next(iter(width), None):
        raise unusable(path, "its configuration and its weights disagree about guidance")
    added = config.get("addition_embed_type")
    if added != ("text_time" if large else None):
        reason = f"its addition_embed_type {added!r} does not go with its pipeline"
        raise unusable(path, reason, _PLAIN)
    if config.get("in_channels") != config.get("out_channels"):
        raise unusable(
            path,
            "it is a model for changing pictures (inpainting, depth), not for making them",
            _PLAIN,
        )
