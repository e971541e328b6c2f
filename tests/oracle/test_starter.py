"""The shipped model's pictures, step by step, against the papers and against diffusers."""

import json

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from PIL import Image
from transformers import CLIPTextModel, CLIPTokenizer

from engine.checkpoints import load
from engine.cli import main
from engine.device import choose
from engine.library import find
from engine.paths import RESOURCES
from engine.trajectory import read_trajectory
from tests.oracle import papers

STARTER = RESOURCES / "starter"
PROMPT = "a red sailing boat on the sea at sunset"
ALPHA_BAR = papers.stable_diffusion_alpha_bar()
STEPS = 20


@pytest.fixture(scope="module")
def predict():
    """The starter's guided eps, computed without the engine: predict(guidance)(x, t)."""
    unet = UNet2DConditionModel.from_pretrained(STARTER / "unet").eval()
    text = CLIPTextModel.from_pretrained(STARTER / "text_encoder", dtype=torch.float32).eval()
    tokenizer = CLIPTokenizer.from_pretrained(STARTER / "tokenizer")
    options = {"padding": "max_length", "truncation": True, "return_tensors": "pt"}
    with torch.no_grad():
        states = [text(tokenizer(p, **options).input_ids)[0] for p in ("", PROMPT)]

    def at(guidance):
        def eps(x, t):
            rows = torch.tensor(x, dtype=torch.float32)
            with torch.no_grad():
                if guidance == 1:
                    return unet(rows, t, states[1]).sample.double().numpy()
                pair = unet(rows.repeat(2, 1, 1, 1), t, torch.cat(states)).sample
            without, with_prompt = pair.double().numpy()[:, None]
            return without + guidance * (with_prompt - without)

        return eps

    return at


def generate(folder, guidance, *options):
    """Run the command line; return the trajectory and the picture's pixels."""
    arguments = ["generate", PROMPT, "--seed", "7", "--steps", str(STEPS), "--dtype", "float32"]
    arguments += ["--guidance", str(guidance), "--trajectory", str(folder / "t.safetensors")]
    assert main([*arguments, "--out", str(folder / "p.png"), *options]) == 0
    with Image.open(folder / "p.png") as picture:
        return read_trajectory(folder / "t.safetensors"), np.asarray(picture)


def expected_path(sampler, eta, eps, shape):
    """The papers' whole path from the seed's noise, with the generator's next draws."""
    generator = torch.Generator().manual_seed(7)
    draws = [
        torch.randn((1, *shape), generator=generator).double().numpy() for _ in range(STEPS + 1)
    ]
    noise, later = draws[0], draws[1:]
    grid = range(951, 0, -50)
    if sampler == "ddim":
        return papers.ddim(ALPHA_BAR, grid, eps, noise, later, eta, ALPHA_BAR[0])
    if sampler == "plms":
        return papers.plms(ALPHA_BAR, grid, eps, noise, ALPHA_BAR[0])
    return papers.ddpm(ALPHA_BAR, range(950, -1, -50), eps, noise, later)


def shown(eps, trajectory):
    """The same eps, asked about the recorded x wherever the path is at one of its steps.

    A float32 network answers two x that differ in the last bit with eps that differ by 1e-6, and
    the first steps of PLMS make a hundred times that of it: the kernels' doing, not the sampler's.
    """
    recorded = dict(zip(trajectory.t.tolist(), trajectory.x, strict=False))

    def ask(x, t):
        here = recorded[float(t)][None]
        return eps(here if np.abs(here - x).max() < 1e-4 else x, t)

    return ask


@pytest.mark.parametrize(
    ("guidance", "tolerance"), [pytest.param(1, 2e-5, marks=pytest.mark.slow), (5, 2e-4)]
)
@pytest.mark.parametrize(
    ("sampler", "eta"),
    [("ddim", 0.0), ("ddim", 0.5), ("ddim", 1.0), ("plms", None), ("ddpm", None)],
)
def test_every_step_is_the_papers(tmp_path, predict, sampler, eta, guidance, tolerance):
    options = () if eta is None else ("--eta", str(eta))
    trajectory, _ = generate(tmp_path, guidance, "--sampler", sampler, *options)
    eps = shown(predict(guidance), trajectory)
    path = expected_path(sampler, eta, eps, trajectory.x.shape[1:])
    xs, x0s = (np.concatenate(arrays) for arrays in path)
    np.testing.assert_array_equal(trajectory.x[0], xs[0].astype(np.float32))
    np.testing.assert_allclose(trajectory.x, xs, atol=tolerance, rtol=0)
    np.testing.assert_allclose(trajectory.x0, x0s, atol=tolerance, rtol=0)


def test_ddim_is_the_picture_that_diffusers_makes(tmp_path):
    _, pixels = generate(tmp_path, 5)
    pipeline = StableDiffusionPipeline.from_pretrained(STARTER, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    theirs = pipeline(
        PROMPT,
        num_inference_steps=STEPS,
        guidance_scale=5.0,
        generator=torch.Generator().manual_seed(7),
        output_type="np",
    ).images[0]
    assert theirs.shape == pixels.shape
    assert np.abs(theirs - pixels / 255).max() <= 2 / 255


def test_four_at_once_are_the_four_alone(tmp_path, capsys):
    options = [PROMPT, "--seed", "7", "--steps", "5", "--dtype", "float32", "--json"]
    together, alone = tmp_path / "together.png", tmp_path / "alone.png"
    assert main(["generate", *options, "--count", "4", "--out", str(together)]) == 0
    files = [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()]
    assert main(["generate", *options, "--seed", "9", "--out", str(alone)]) == 0
    with Image.open(sorted(files)[2]) as third, Image.open(alone) as single:
        difference = np.asarray(third).astype(int) - np.asarray(single).astype(int)
    assert np.abs(difference).max() <= 1


def test_the_cheap_preview_is_close_to_the_picture(tmp_path):
    trajectory, pixels = generate(tmp_path, 5)
    checkpoint = find("starter")
    preview = load(checkpoint, choose("cpu", "float32")).preview(trajectory.x0[-1])
    h, w, _ = preview.shape
    size = len(pixels) // h
    small = pixels.reshape(h, size, w, size, 3).mean(axis=(1, 3))
    decibels = 10 * np.log10(255**2 / np.mean((small - preview) ** 2))
    assert decibels > 20
