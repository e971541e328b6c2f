import argparse
import json

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import load_file
from transformers import CLIPTokenizer

from engine.training.__main__ import parse
from engine.training.ema import Ema
from engine.training.latents import finish_vae, load_latents
from engine.training.loop import Trainer, rate_factor
from engine.training.muon import orthogonal
from engine.training.parallel import Gradients
from engine.training.plan import Budget, Machine, Plan, TextShape, VaeShape
from engine.training.polish import best_vae
from engine.training.record import read_curve
from engine.training.run import TINY, run
from engine.training.scenes import SQUARE, TALL, WIDE
from engine.training.start import go_on, go_on_reading
from engine.training.text import build_text
from engine.training.vae import HELD_OUT, VaeStage, build_vae, draw, round_trip, whiten
from engine.training.words import learn_words


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A work folder and a model made by the whole pipeline from toy networks."""
    home = tmp_path_factory.mktemp("training")
    words = f"all --tiny --samples 16 --scenes 32 --device cpu --processes 1 --work {home}/work"
    settings = parse([*words.split(), "--out", str(home / "starter")])
    assert run(settings) == 0
    return home


def tiny_plan(work, samples=16):
    return Plan(work=work, budget=Budget(samples=samples), shapes=TINY, batch=2, scenes=32)


def test_the_pipeline_of_diffusers_draws_with_what_the_training_wrote(trained):
    pipe = StableDiffusionPipeline.from_pretrained(trained / "starter", safety_checker=None)
    pipe.set_progress_bar_config(disable=True)
    made = pipe("a boat", num_inference_steps=2, output_type="np").images
    assert made.shape == (1, 128, 128, 3)
    assert np.isfinite(made).all()


def test_the_weights_are_safetensors_in_half_precision_and_nothing_is_a_pickle(trained):
    files = [file for file in (trained / "starter").rglob("*") if file.is_file()]
    assert {file.suffix for file in files} <= {".json", ".txt", ".md", ".safetensors"}
    for file in files:
        if file.suffix == ".safetensors":
            kinds = {value.dtype for value in load_file(file).values() if value.is_floating_point()}
            assert kinds == {torch.float16}


def test_the_record_tells_versions_samples_and_a_short_curve(trained):
    record = json.loads((trained / "starter" / "training.json").read_text())
    assert record["versions"]["torch"] == torch.__version__
    assert record["stages"]["unet"]["samples"] >= 16
    assert all(len(stage["curve"]) <= 100 for stage in record["stages"].values())


def test_latents_are_white_after_the_fold_into_the_quantising_layers(trained):
    shelves = [load_latents(tiny_plan(trained / "work"), frame) for frame in (SQUARE, WIDE, TALL)]
    shapes = [shelf.latents.shape for shelf in shelves]
    assert shapes == [(16, 4, 16, 16), (8, 4, 16, 24), (8, 4, 24, 16)]
    seeds = [seed for shelf in shelves for seed in shelf.seeds]
    assert sorted(seeds) == list(range(32))
    pictures = draw(range(HELD_OUT + 1000, HELD_OUT + 1032))
    vae = finish_vae(tiny_plan(trained / "work"))
    with torch.no_grad():
        scaled = torch.from_numpy(pictures.transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1)
        posterior = vae.encode(scaled).latent_dist
    variance = posterior.mean.var(dim=(0, 2, 3)) + posterior.var.mean(dim=(0, 2, 3))
    torch.testing.assert_close(
        posterior.mean.mean(dim=(0, 2, 3)), torch.zeros(4), atol=1e-3, rtol=0
    )
    torch.testing.assert_close(variance, torch.ones(4), atol=2e-2, rtol=0)


def test_whitening_changes_no_picture():
    torch.manual_seed(0)
    vae = build_vae(VaeShape(channels=(8, 8, 8, 8), latent_channels=4, groups=4)).eval()
    pictures = draw(range(4))
    before = round_trip(vae, pictures).astype(int)
    whiten(vae, pictures)
    assert np.abs(round_trip(vae, pictures).astype(int) - before).max() <= 1


def test_a_killed_run_goes_on_from_its_checkpoint_as_if_nothing_had_happened(tmp_path):
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    for folder in (whole, halves):
        folder.mkdir()
    Trainer(VaeStage(tiny_plan(whole)), tiny_plan(whole), 0).run()

    first = Trainer(VaeStage(tiny_plan(halves)), tiny_plan(halves), 0)
    for _ in range(3):
        first._step(0.0)
    first.save()
    second = Trainer(VaeStage(tiny_plan(halves)), tiny_plan(halves), 0)
    assert second.progress.step == 3
    second.run()
    ends = [torch.load(f / "vae.pt", weights_only=True) for f in (whole, halves)]
    assert ends[0]["progress"]["step"] == ends[1]["progress"]["step"]
    for name, value in ends[0]["model"].items():
        torch.testing.assert_close(ends[1]["model"][name], value, rtol=1e-4, atol=1e-5)


@pytest.mark.slow
def test_two_processes_end_with_the_same_books_as_one(tmp_path):
    words = f"vae --tiny --samples 8 --device cpu --processes 2 --work {tmp_path}"
    assert run(parse(words.split())) == 0
    state = torch.load(tmp_path / "vae.pt", weights_only=True)
    assert state["progress"]["samples"] >= 8
    assert state["progress"]["spent"] == 1.0


def test_what_a_killed_run_wrote_past_its_checkpoint_leaves_the_curve(tmp_path):
    file = tmp_path / "unet.jsonl"
    file.write_text("".join(f'{{"step": {k}}}\n' for k in (25, 50, 75, 50, 75, 100)))
    assert [line["step"] for line in read_curve(file)] == [25, 50, 50, 75, 100]


def test_the_learning_rate_rises_then_falls():
    assert rate_factor(0, 100, 0.0) == pytest.approx(0.01)
    assert rate_factor(100, 100, 0.0) == 1.0
    assert rate_factor(900, 100, 0.5) == pytest.approx(0.51)
    assert rate_factor(900, 100, 1.0) == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("budget", "seconds", "samples", "spent"),
    [
        (Budget(minutes=1), 30.0, 10**9, 0.5),
        (Budget(samples=10), 10.0**9, 5, 0.5),
        (Budget(minutes=1, samples=10), 30.0, 9, 0.9),
        (Budget(minutes=1), 99.0, 0, 1.0),
        (Budget(), 10.0**9, 10**9, 0.0),
    ],
)
def test_a_budget_is_spent_by_what_runs_out_first(budget, seconds, samples, spent):
    assert budget.spent(seconds, samples) == pytest.approx(spent)


def test_the_average_of_weights_follows_at_first_and_then_lags():
    model = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(model.weight)
    ema = Ema(model, 0.9)
    torch.nn.init.ones_(model.weight)
    ema.follow(model)
    assert float(ema.model.weight) == pytest.approx(1 - 2 / 11)
    for _ in range(200):
        ema.follow(model)
    assert float(ema.model.weight) == pytest.approx(1.0)


def test_gradients_share_one_vector_and_are_clipped_together():
    model = torch.nn.Linear(3, 2)
    gradients = Gradients(model.parameters(), extras=2)
    (100.0 * model(torch.ones(1, 3))).sum().backward()
    assert gradients.average([1.5, 2.5]) == [1.5, 2.5]
    gradients.clip(1.0)
    norm = torch.cat([p.grad.flatten() for p in model.parameters()]).norm()
    assert float(norm) == pytest.approx(1.0, rel=1e-4)
    gradients.clear()
    assert not model.weight.grad.any()


@pytest.mark.parametrize("shape", [(8, 72), (72, 8), (16, 16)])
def test_an_update_of_muon_has_singular_values_near_one(shape):
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
    assert float(values.max()) < 1.3
    assert float(values.median()) > 0.6


def test_the_command_line_refuses_what_makes_no_sense(capsys):
    with pytest.raises(SystemExit):
        parse(["unet", "--processes", "0"])
    assert "1 or more" in capsys.readouterr().err


def test_the_machine_of_a_plan_is_one_process_unless_asked(tmp_path):
    assert Plan(work=tmp_path, budget=Budget()).machine == Machine("cpu", 1, 0)
    assert isinstance(parse([]), argparse.Namespace)


def test_polishing_moves_the_decoder_and_leaves_the_encoder(trained):
    plan = tiny_plan(trained / "work")
    before, after = finish_vae(plan).state_dict(), best_vae(plan).state_dict()
    moved = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert moved == {"decoder", "post_quant_conv"}


@pytest.mark.slow
def test_a_second_run_goes_on_from_the_first_ones_weights_and_counts_its_hours(trained, tmp_path):
    words = "all --tiny --samples 2 --scenes 8 --device cpu --processes 1 --dtype float32"
    first = trained / "starter"
    ways = ["--from", str(first), "--work", str(tmp_path / "work"), "--out", str(tmp_path / "out")]
    assert run(parse([*words.split(), *ways])) == 0
    name = "unet/diffusion_pytorch_model.safetensors"
    before, after = load_file(first / name), load_file(tmp_path / "out" / name)
    # Two samples move an untrained network's weights by no more than this; fresh ones are far.
    gaps = [(before[key].float() - after[key].float()).abs().mean() for key in before]
    assert max(gaps) < 5e-3
    record = json.loads((tmp_path / "out" / "training.json").read_text())
    assert record["before"]["unet"]["samples"] >= 16


def test_weights_of_another_shape_are_refused_with_their_name(trained):
    other = build_vae(VaeShape(channels=(8, 8, 8, 16), latent_channels=4, groups=4))
    with pytest.raises(ValueError, match="holds no encoder"):
        go_on(other, trained / "starter" / "vae")


def test_a_word_that_both_vocabularies_know_keeps_its_meaning(trained):
    words = learn_words(TextShape(vocabulary=700), seed=5, captions=300)
    text = build_text(TextShape(width=16, layers=1, heads=2), words)
    go_on_reading(text, words, trained / "starter")
    kept = load_file(trained / "starter" / "text_encoder" / "model.safetensors")
    name = next(key for key in kept if key.endswith("token_embedding.weight"))
    before = CLIPTokenizer.from_pretrained(trained / "starter" / "tokenizer").get_vocab()
    own = dict(text.named_parameters())[name]
    for token in ("a</w>", "<|endoftext|>"):
        torch.testing.assert_close(
            own[words.get_vocab()[token]], kept[name][before[token]].float(), rtol=0, atol=0
        )


def test_a_stage_without_the_one_before_it_says_so(tmp_path, capsys):
    assert run(parse(["unet", "--tiny", "--device", "cpu", "--work", str(tmp_path)])) == 2
    assert "run the earlier stages first" in capsys.readouterr().err
