"""Embeddings against diffusers' own loader, read from every kind of file, none of which is run."""

import hashlib
import io
import os
import pickle
import zipfile
from collections import OrderedDict

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save_file

from engine.commands import Destination, Job
from engine.errors import CheckpointError
from engine.lanes import Lane
from engine.library.embeddings import read_embedding
from engine.library.extras import EMBEDDING
from engine.recipe import Part

TOLERANCE = {"atol": 1e-4, "rtol": 1e-4}


def vectors(count, width, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn((count, width), generator=generator)


def place(name):
    path = EMBEDDING.place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("family", ["sd1", pytest.param("sd2", marks=pytest.mark.slow)])
def test_the_latents_are_those_of_diffusers_own_loader(
    families, models, pipelines, ours, theirs, asked, family, count
):
    learned = vectors(count, 64)
    save_file({"emb_params": learned}, place("Moss-9.safetensors"))
    wanted = asked(families(family)[0], "a boat in moss-9, at sea", negative_prompt="rain")
    assert [part.name for part in wanted.embeddings] == ["Moss-9"]
    (made,), _ = ours(models(family), [wanted])
    pipeline = pipelines(family)
    pipeline.load_textual_inversion({"<m>": learned if count > 1 else learned[0]}, token="<m>")
    expected = theirs(pipeline, wanted, prompt="a boat in <m>, at sea")
    torch.testing.assert_close(made, expected, **TOLERANCE)
    (plain,), _ = ours(models(family), [asked(families(family)[0], "a boat in oil-9, at sea")])
    assert (made - plain).abs().max() > 0.01


def test_sdxl_reads_a_word_with_both_its_text_models(
    families, models, pipelines, ours, theirs, asked
):
    both = {"clip_l": vectors(2, 64), "clip_g": vectors(2, 128)}
    save_file(both, place("moss.safetensors"))
    wanted = asked(families("sdxl")[0], "a boat in moss")
    (made,), _ = ours(models("sdxl"), [wanted])
    pipeline = pipelines("sdxl")
    for name, tokenizer, encoder in (
        ("clip_l", pipeline.tokenizer, pipeline.text_encoder),
        ("clip_g", pipeline.tokenizer_2, pipeline.text_encoder_2),
    ):
        pipeline.load_textual_inversion(
            both[name], token="<m>", tokenizer=tokenizer, text_encoder=encoder
        )
    expected = theirs(pipeline, wanted, prompt="a boat in <m>")
    torch.testing.assert_close(made, expected, **TOLERANCE)


def test_pictures_do_not_depend_on_their_neighbours_embeddings(families, models, ours, asked):
    folder = families("sd1")[0]
    for seed, name in enumerate(("moss", "salt")):
        save_file({"emb_params": vectors(2, 64, seed)}, place(f"{name}.safetensors"))
    prompts = ["a boat in moss", "a boat in salt", "moss and salt", "a boat"]
    recipes = [asked(folder, prompt, negative_prompt="salt", steps=2) for prompt in prompts]
    model = models("sd1")
    together, calls = ours(model, recipes)
    assert calls == 2, "they share their calls: the network is the same"
    rows = [row for one in recipes[:2] for row in Lane(Job(one, Destination()), model).rows()]
    assert rows[0].key() == rows[2].key(), "the same negative prompt is asked once"
    for recipe, made in zip(recipes, together, strict=True):
        (alone,), _ = ours(model, [recipe])
        torch.testing.assert_close(made, alone, atol=1e-4, rtol=1e-4)


def test_the_vectors_of_a_word_stay_in_one_chunk(models, home):
    from engine.conditioning import Overlay

    path = place("moss.safetensors")
    save_file({"emb_params": vectors(10, 64)}, path)
    overlay = Overlay(embeddings=(Part("moss", hashlib.sha256(path.read_bytes()).hexdigest()),))
    prompts = models("sd1").prompts
    before = "a " * 70
    assert prompts.count(before, overlay) == 72
    assert prompts.chunks(before + "moss", overlay) == 2
    assert prompts.count(before + "moss", overlay) == 82
    laid_out = prompts._laid_out(before + "moss b", overlay.embeddings)
    assert [len(chunk.ids) for chunk in laid_out] == [70, 11]


# Files.


def web_ui(learned, table=None):
    """A .pt of the AUTOMATIC1111 web UI."""
    return {
        "string_to_token": {"*": 265},
        "string_to_param": {"*": learned} if table is None else table,
        "name": "moss",
        "step": 1000,
        "sd_checkpoint": None,
        "sd_checkpoint_name": None,
    }


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16, torch.float64])
@pytest.mark.parametrize("form", ["web ui", "parameter", "concept", "safetensors", "diffusers"])
def test_every_kind_of_file_holds_the_same_vectors(tmp_path, form, dtype):
    learned = vectors(3, 8).to(dtype)
    path = tmp_path / "moss.bin"
    match form:
        case "web ui":
            torch.save(web_ui(learned), path)
        case "parameter":
            torch.save(web_ui(torch.nn.Parameter(learned)), path)
        case "concept":
            torch.save({"<moss>": learned}, path)
        case "safetensors":
            save_file({"emb_params": learned}, path)
        case "diffusers":
            save_file({"<moss>": learned}, path)
    (read,) = read_embedding(path)
    np.testing.assert_array_equal(read, learned.float().numpy())


def test_the_tables_of_torch_2_are_read(tmp_path):
    """Their pickle builds empty sets as well."""
    learned = vectors(2, 8)
    table = torch.nn.ParameterDict({"*": torch.nn.Parameter(learned)})
    torch.save(web_ui(None, table), tmp_path / "moss.pt")
    np.testing.assert_array_equal(read_embedding(tmp_path / "moss.pt")[0], learned.numpy())


def test_a_single_vector_may_be_without_rows(tmp_path):
    torch.save({"<moss>": vectors(1, 8)[0]}, tmp_path / "moss.pt")
    assert read_embedding(tmp_path / "moss.pt")[0].shape == (1, 8)


def test_the_tables_of_torch_1_are_read(tmp_path):
    """Their pickle builds a ParameterDict and sets its state."""
    path = tmp_path / "moss.pt"
    learned = vectors(2, 8)
    torch.save(web_ui(learned), path)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    program = next(name for name in entries if name.endswith("data.pkl"))
    entries[program] = _as_parameter_dict(entries[program])
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    np.testing.assert_array_equal(read_embedding(path)[0], learned.numpy())


def _as_parameter_dict(program):
    """Wrap the table under `string_to_param` as torch 1 did: NEWOBJ, then BUILD."""
    at = program.index(b"string_to_param")
    start = at + len(b"string_to_param")
    memo = program[start : start + 2]
    assert memo[:1] == b"q"
    start += 2
    end = program.index(b"X\x04\x00\x00\x00name", start)
    table = program[start:end]
    made = b"ctorch.nn.modules.container\nParameterDict\n)\x81"
    state = b"}(X\x0b\x00\x00\x00_parameters" + table + b"X\x08\x00\x00\x00training\x88ub"
    return program[:start] + made + state + program[end:]


class Canary:
    """What must never happen when a file is read: a folder is made."""

    def __init__(self, folder, how):
        self.folder, self.how = str(folder), how

    def __reduce__(self):
        if self.how == "call":
            return (os.mkdir, (self.folder,))
        if self.how == "state":
            return (OrderedDict, (), {"__class__": 1}, iter(()), iter([("a", 1)]))
        return (eval, (f"__import__('os').mkdir({self.folder!r})",))


@pytest.mark.parametrize("how", ["call", "eval", "state"])
@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("inside", ["zip", "bare", "behind"])
def test_no_pickle_is_ever_run(tmp_path, how, protocol, inside):
    canary = tmp_path / "canary"
    data = pickle.dumps(web_ui(vectors(1, 8)) | {"x": Canary(canary, how)}, protocol)
    path = tmp_path / "moss.pt"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("moss/data.pkl", data)
    match inside:
        case "zip":
            path.write_bytes(packed.getvalue())
        case "bare":
            path.write_bytes(data)
        case "behind":
            save_file({"emb_params": vectors(1, 8)}, path)
            path.write_bytes(path.read_bytes() + packed.getvalue())
    with pytest.raises(CheckpointError) as refused:
        read_embedding(path)
    assert not canary.exists()
    assert "cannot be used" in refused.value.message
    assert refused.value.advice


@pytest.mark.filterwarnings("ignore:invalid escape:DeprecationWarning")  # a damaged name, no code
@given(st.binary(max_size=200), st.integers(0, 10_000), st.integers(0, 255))
def test_no_damage_makes_it_stumble(tmp_path_factory, tail, at, byte):
    path = tmp_path_factory.mktemp("damaged") / "moss.pt"
    torch.save(web_ui(vectors(2, 8)), path)
    with zipfile.ZipFile(path) as archive:
        program = bytearray(archive.read("moss/data.pkl"))
        numbers = archive.read("moss/data/0")
    program[at % len(program)] = byte
    program += tail
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("moss/data.pkl", bytes(program))
        archive.writestr("moss/data/0", numbers)
    try:
        (read,) = read_embedding(path)
    except CheckpointError:
        return
    assert read.shape == (2, 8) or read.size <= 16


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"emb_params": torch.full((1, 8), float("nan"))}, "not-a-number"),
        ({"emb_params": torch.ones(76, 8)}, "1 to 75 vectors"),
        ({"emb_params": torch.ones(2, 3, 4)}, "no embedding"),
        ({"a": torch.ones(8), "b": torch.ones(8)}, "no embedding"),
        ({"clip_l": torch.ones(1, 8), "clip_g": torch.ones(2, 8)}, "it has others"),
        ({"emb_params": torch.ones(1, 8, dtype=torch.int32)}, "no real numbers"),
    ],
)
def test_what_is_no_embedding_is_refused_in_a_sentence(tmp_path, held, words):
    save_file(held, tmp_path / "moss.safetensors")
    with pytest.raises(CheckpointError, match=words):
        read_embedding(tmp_path / "moss.safetensors")


def test_one_of_another_family_is_refused_in_a_sentence(families, models, ours, asked):
    save_file({"emb_params": vectors(1, 96)}, place("moss.safetensors"))
    with pytest.raises(CheckpointError, match="96 numbers long, and 64 are wanted"):
        ours(models("sd1"), [asked(families("sd1")[0], "moss")])
    with pytest.raises(CheckpointError, match="96 numbers long, and 64 and 128 are wanted"):
        ours(models("sdxl"), [asked(families("sdxl")[0], "moss")])
