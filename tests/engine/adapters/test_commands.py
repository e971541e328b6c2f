"""LoRAs, embeddings, VAEs and clip skip on the command line, in the files, and read back."""

import json
import re
from pathlib import Path

import pytest
import torch

from engine.compare.again import settings_of
from engine.compare.keep import read_grid
from engine.gallery.infotext import infotext
from engine.gallery.metadata import draft_from, interpret, read_metadata
from engine.library.extras import EMBEDDING, LORA, VAE, at_hand
from engine.recipe import Adapter, Part, Recipe, recipe_from_dict
from tests.adapters import EVERYWHERE, kohya, low_rank, put
from tests.tiny import WIDTH


@pytest.fixture
def stocked(tiny_model, tiny_resources, home):
    """A LoRA, an embedding and a VAE for the tiny checkpoint, in the library's folders."""
    networks = {
        "unet": tiny_model.denoise._unet,
        "text_encoder": tiny_model.prompts._layers.network,
    }
    put("loras", "Ink wash", kohya(low_rank(networks, EVERYWHERE)))
    put("embeddings", "moss", {"emb_params": torch.ones(2, WIDTH)})
    from diffusers import AutoencoderKL

    vae = AutoencoderKL.from_pretrained(tiny_resources / "starter" / "vae")
    for parameter in vae.parameters():
        parameter.data.mul_(0.5)
    VAE.place.mkdir()
    vae.save_pretrained(VAE.place / "clear")


USUAL = ("--steps", "2", "--seed", "3", "--device", "cpu", "--dtype", "float32", "--json")


def made(cli, *arguments):
    status, out, err = cli("generate", *arguments, *USUAL)
    assert (status, err) == (0, "")
    return json.loads(out)


def test_a_picture_tells_which_files_it_was_made_with(cli, stocked, tmp_path):
    options = ("--lora", "ink wash:0.5", "--vae", "clear", "--out", "a.png")
    told = made(cli, "a boat in moss", *options)["recipe"]
    assert told["adapters"][0]["name"] == "Ink wash"
    assert told["adapters"][0]["weight"] == 0.5
    reading = read_metadata(tmp_path / "a.png")
    assert reading.recipe is not None
    assert reading.recipe.to_dict() == told
    assert not reading.notes
    for one in (*told["adapters"], *told["embeddings"], told["vae"]):
        assert re.fullmatch("[0-9a-f]{64}", one["sha256"])
    status, out, _ = cli("inspect", "a.png")
    assert status == 0
    for line in (r"adapters\s+Ink wash 0.5", r"embeddings\s+moss", r"vae\s+clear"):
        assert re.search(line, out)


def test_the_same_again_from_the_picture_and_from_the_prompt(cli, stocked, tmp_path):
    first = made(cli, "a boat in moss <lora:ink wash:0.5>", "--vae", "clear", "--out", "a.png")
    second = made(cli, "--from", "a.png", "--out", "b.png")
    third = made(
        cli, "a boat in moss", "--lora", "Ink wash:0.5", "--vae", "clear", "--out", "c.png"
    )
    assert first["recipe"] == second["recipe"] == third["recipe"]
    assert first["recipe"]["prompt"] == "a boat in moss"
    assert (tmp_path / "a.png").read_bytes()[-500:] == (tmp_path / "b.png").read_bytes()[-500:]
    plain = made(cli, "--from", "a.png", "--lora", "", "--vae", "", "--out", "d.png")
    assert "adapters" not in plain["recipe"]
    assert "vae" not in plain["recipe"]
    status, out, err = cli("reproduce", "a.png", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["verdict"] == "identical"


def test_a_file_may_lie_anywhere(cli, stocked, tmp_path):
    source = LORA.place / "Ink wash.safetensors"
    source.rename(tmp_path / "elsewhere.safetensors")
    told = made(cli, "a boat", "--lora", "./elsewhere.safetensors:0.25", "--out", "a.png")
    assert told["recipe"]["adapters"][0]["name"] == "elsewhere"
    made(cli, "--from", "a.png", "--out", "b.png")
    (tmp_path / "elsewhere.safetensors").unlink()
    status, _, err = cli("generate", "--from", "a.png", "--out", "c.png")
    assert status == 1
    assert "The LoRA 'elsewhere' is not on this machine. Put it into" in err


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--lora", "oil"), 2, "--lora: There is no LoRA 'oil'. LoRAs are looked for in"),
        (("--lora", "ink wash:11"), 2, "--lora: The weight of the LoRA 'ink wash' must be"),
        (("--lora", ":1"), 2, "--lora: There is no LoRA ':1'"),
        (("--lora", "./oil.safetensors"), 1, "There is no file or folder oil.safetensors"),
        (("--lora", "Ink wash", "--lora", "ink wash:0.5"), 2, "named twice"),
        (("--vae", "blurred"), 2, "--vae: There is no VAE 'blurred'"),
        (("--clip-skip", "2"), 2, "--clip-skip: The clip skip of this model is 1, as"),
        (("--negative", "<lora:ink wash>"), 2, "--negative: The LoRA"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(cli, stocked, options, status, words):
    got, out, err = cli("generate", "a boat", *options, "--out", "a.png")
    assert (got, out) == (status, "")
    assert words in err
    assert "Traceback" not in err


def test_another_file_of_the_same_name_is_not_taken(cli, stocked, tmp_path):
    made(cli, "a boat", "--lora", "ink wash", "--out", "a.png")
    put("loras", "Ink wash", {"x.lora_A.weight": torch.zeros(1, 1)})
    status, _, err = cli("generate", "--from", "a.png", "--out", "b.png")
    assert status == 1
    assert "is another file than the one that is meant" in err


def test_several_of_one_name_are_refused(cli, stocked):
    (LORA.place / "more").mkdir()
    (LORA.place / "more" / "ink WASH.safetensors").write_bytes(b"")
    status, _, err = cli("generate", "a boat <lora:ink wash>", "--out", "a.png")
    assert status == 2
    assert "There are 2 LoRAs called 'ink wash'" in err


def test_a_comparison_puts_the_same_lora_over_all_its_cells(cli, stocked):
    status, out, err = cli(
        "compare",
        "a boat",
        "--lora",
        "ink wash",
        "--sampler",
        "ddim,plms",
        "--out",
        "g.png",
        *USUAL,
    )
    assert (status, err) == (0, "")
    *cells, grid = map(json.loads, out.splitlines())
    assert {cell["recipe"]["adapters"][0]["name"] for cell in cells} == {"Ink wash"}
    assert grid["cells"] == 2
    kept = read_grid(Path("g.png"))
    assert kept is not None
    assert settings_of(kept).adapters[0].name == "Ink wash"


def test_cells_with_and_without_a_lora_are_kept_apart(cli, stocked):
    prompt = "a <lora:ink wash> boat"
    status, _, err = cli(
        "compare", prompt, "--replace", "<lora:ink wash>,red", "--out", "g.png", *USUAL
    )
    assert (status, err) == (0, "")
    kept = read_grid(Path("g.png"))
    assert kept is not None
    assert [len(cell.recipe.adapters) for cell in kept.cells] == [1, 0]


# What other tools read, and write.

DRESSED = Recipe(
    prompt="a boat in moss",
    negative_prompt="rain",
    adapters=(Adapter("ink wash", "ab" * 32, 0.7), Adapter("wax", "cd" * 32, -1.0)),
    embeddings=(Part("moss", "ef" * 32),),
    vae=Part("clear", "01" * 32),
    clip_skip=2,
)


def test_the_text_has_the_web_ui_s_form():
    prompt, negative, fields = infotext(DRESSED).split("\n")
    assert prompt == "a boat in moss <lora:ink wash:0.7> <lora:wax:-1>"
    assert negative == "Negative prompt: rain"
    for field in (
        "VAE hash: 0101010101, VAE: clear, Clip skip: 2",
        'Lora hashes: "ink wash: ababababab, wax: cdcdcdcdcd"',
        'TI hashes: "moss: efefefefef"',
    ):
        assert field in fields


def test_the_text_alone_gives_the_same_settings(home):
    reading = interpret({"parameters": infotext(DRESSED)})
    assert reading is not None
    draft, notes = at_hand(draft_from(reading))
    assert draft.clip_skip == 2
    assert (draft.prompt, draft.vae) == ("a boat in moss", None)
    assert notes == (
        "Its VAE 'clear' is not here; the model's own is used.",
        "It names '<lora:ink wash:0.7>', which is not here and was left out.",
        "It names '<lora:wax:-1>', which is not here and was left out.",
    )
    put("vae", "Clear", {"x": torch.zeros(1)})
    put("loras", "wax", {"x": torch.zeros(1)})
    draft, notes = at_hand(draft_from(reading))
    assert (draft.prompt, draft.vae) == ("a boat in moss <lora:wax:-1>", Part("clear"))
    assert len(notes) == 1


def test_old_pictures_have_nothing_laid_over_their_model():
    old = Recipe(prompt="a").to_dict()
    assert not {"adapters", "embeddings", "vae", "clip_skip"} & old.keys()
    assert recipe_from_dict(old).clip_skip == 1


def test_tokens_are_counted_as_they_are_read(tiny_model, tiny_resources, stocked):
    from engine.conditioning import Overlay
    from engine.counting import Counter
    from engine.library.embeddings import vectors_in
    from engine.library.extras import InFolders
    from engine.wording.tags import without_tags

    counter = Counter(tiny_resources / "starter" / "tokenizer")
    for prompt in ("a moss boat <lora:ink wash:0.5>, (Moss:1.2)", "moss" * 3, "b " * 74 + "moss"):
        embeddings = InFolders().embeddings(prompt)
        words = without_tags(prompt)
        count = counter.count(prompt, vectors_in(prompt))
        overlay = Overlay(embeddings=embeddings)
        assert count.tokens + 2 == tiny_model.prompts.count(words, overlay)
        assert count.chunks == tiny_model.prompts.chunks(words, overlay)
    assert vectors_in("moss and more") == {"moss": 2}
    assert EMBEDDING.place.is_dir()
