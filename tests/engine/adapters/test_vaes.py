"""VAEs in the place of a model's own, and clip skip, against diffusers' own pipelines."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL
from safetensors.torch import load_file, save_file

from engine.draft import SizeRule
from engine.errors import BadSetting, CheckpointError
from engine.library.extras import VAE
from engine.recipe import Part
from tests.originals import _random, _vae, _vae_original

TOLERANCE = {"atol": 1e-4, "rtol": 1e-4}
CHANNELS = (32, 32, 64)


@pytest.fixture
def other():
    """A VAE like the model's own, with other weights."""
    network = _random(lambda: _vae("sd1", CHANNELS), torch.float32)
    for parameter in network.parameters():
        parameter.data.mul_(0.9)
    return network


def written(network, form):
    """The VAE in the library's folder, in one of the forms that there are."""
    place = VAE.place / "Clear"
    VAE.place.mkdir(parents=True)
    if form == "folder":
        network.save_pretrained(place)
        return place
    states = network.state_dict()
    if form == "diffusers":
        file = states
    else:
        prefix = "first_stage_model." if form == "whole names" else ""
        file = {prefix + _vae_original(name, len(CHANNELS)): one for name, one in states.items()}
    save_file({name: one.contiguous() for name, one in file.items()}, f"{place}.safetensors")
    return VAE.place / "Clear.safetensors"


@pytest.mark.parametrize("form", ["folder", "diffusers", "original", "whole names"])
def test_the_picture_is_that_of_diffusers_with_that_vae(families, models, asked, other, form):
    written(other, form)
    recipe = asked(families("sd1")[0], vae=Part("clear"))
    assert recipe.vae is not None
    assert len(recipe.vae.sha256) == 64
    latents = torch.randn((1, 4, 8, 8), generator=torch.Generator().manual_seed(1))
    made = models("sd1").decoders.of(recipe.vae).decode(latents).astype(int)
    image = other.decode(latents / 0.18215, return_dict=False)[0][0] / 2 + 0.5
    expected = (image.clamp(0, 1) * 255).round().permute(1, 2, 0).detach().numpy()
    assert np.abs(made - expected).max() <= 1
    assert np.abs(made - models("sd1").decoders.of(None).decode(latents)).max() > 5


def test_a_vae_that_cannot_be_used_is_told_before_the_first_step(families, models, ours, asked):
    folder = families("sd1")[0]
    network = AutoencoderKL.from_pretrained(folder / "vae")
    forms = {
        "scale": network,
        "channels": AutoencoderKL(**{**network.config, "latent_channels": 8, "_name_or_path": ""}),
    }
    VAE.place.mkdir(parents=True)
    network.register_to_config(scaling_factor=0.13025)
    for name, one in forms.items():
        one.save_pretrained(VAE.place / name)
    states = load_file(folder / "vae" / "diffusion_pytorch_model.safetensors")
    save_file({"x": torch.ones(1)}, VAE.place / "none.safetensors")
    save_file(
        {name: one for name, one in states.items() if "decoder.conv_out" not in name},
        VAE.place / "half.safetensors",
    )
    spoilt = states | {"decoder.conv_out.bias": torch.full((3,), float("nan"))}
    save_file(spoilt, VAE.place / "nan.safetensors")
    (VAE.place / "pickle.safetensors").write_bytes(b"PK\3\4" + bytes(100))
    words = {
        "scale": "scales by 0.13025, not by 0.18215",
        "channels": "latents have another shape",
        "none": "no VAE",
        "half": "lacks weights",
        "nan": "not-a-number",
        "pickle": "may run code",
    }
    for name, told in words.items():
        with pytest.raises(CheckpointError, match=told):
            ours(models("sd1"), [asked(folder, vae=Part(name))])


def test_a_folder_is_known_by_all_its_files(families, asked, home):
    folder = families("sd1")[0]
    shutil.copytree(folder / "vae", VAE.place / "own")
    first = asked(folder, vae=Part("own"))
    settings = VAE.place / "own" / "config.json"
    settings.write_text(settings.read_text() + " ")
    assert asked(folder, vae=Part("own")).vae != first.vae
    with pytest.raises(BadSetting, match="There is no VAE 'mine'"):
        asked(folder, vae=Part("mine"))


@pytest.mark.parametrize(
    ("family", "skip", "theirs_skip"),
    [("sd1", 1, None), ("sd1", 2, 1), pytest.param("sd2", 2, 1, marks=pytest.mark.slow)],
)
def test_clip_skip_counts_layers_as_the_web_ui_does(
    families, models, pipelines, ours, theirs, asked, family, skip, theirs_skip
):
    """diffusers counts from the layer that is usual, the web UI from the last."""
    wanted = asked(families(family)[0], clip_skip=skip, negative_prompt="rain")
    (made,), _ = ours(models(family), [wanted])
    pipeline = pipelines(family)
    # diffusers 0.42 looks for the last norm where transformers had it before version 5, and it
    # skips no layer for the negative prompt, as the web UI does.
    pipeline.text_encoder.__dict__.setdefault("text_model", pipeline.text_encoder)
    states = [
        pipeline.encode_prompt(words, "cpu", 1, False, clip_skip=theirs_skip)[0]
        for words in (wanted.prompt, wanted.negative_prompt)
    ]
    plain = replace(wanted, negative_prompt="")
    told = {"prompt": None, "prompt_embeds": states[0], "negative_prompt_embeds": states[1]}
    torch.testing.assert_close(made, theirs(pipeline, plain, **told), **TOLERANCE)


def test_pictures_of_different_clip_skips_share_their_calls(families, models, ours, asked):
    recipes = [asked(families("sd1")[0], clip_skip=skip) for skip in (1, 2)]
    together, calls = ours(models("sd1"), recipes)
    assert calls == 4
    assert not torch.equal(*together)
    for recipe, made in zip(recipes, together, strict=True):
        (alone,), _ = ours(models("sd1"), [recipe])
        torch.testing.assert_close(made, alone, **TOLERANCE)


def test_each_family_has_its_usual_layer(families, asked):
    assert asked(families("sd1")[0]).clip_skip == 1
    assert asked(families("sdxl")[0]).clip_skip == 2


def test_a_clip_skip_that_cannot_be_is_refused(families, asked):
    with pytest.raises(BadSetting, match="is 1 to 2, not 3"):
        asked(families("sd1")[0], clip_skip=3)
    with pytest.raises(BadSetting, match="is 2, as its text model has no more layers, not 1"):
        asked(families("sdxl")[0], clip_skip=1)
    with pytest.raises(BadSetting, match="is 1, as its text model has no more layers, not 2"):
        SizeRule(layers=1).skipped(2)


def test_a_recipe_made_by_hand_is_refused_too(families, models, ours, asked):
    with pytest.raises(BadSetting, match="clip skip is 2 at most"):
        ours(models("sd1"), [replace(asked(families("sd1")[0]), clip_skip=9)])
