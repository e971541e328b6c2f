"""LoRAs, embeddings and VAEs in their folders: found by name, whatever else lies there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.draft import Draft
from engine.errors import BadSetting, CheckpointError
from engine.library.extras import (
    LORA,
    VAE,
    InFolders,
    at,
    at_hand,
    find,
    known,
    listed,
    name_of,
)
from engine.recipe import Adapter, Part
from engine.wording.embeddings import NamedVectors, names_in


def put(kind, name, data=b"x"):
    path = kind.place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_names_are_those_of_files_anywhere_below(home):
    for name in ("Wax.safetensors", "more/ink.SAFETENSORS", ".hidden.safetensors", "notes.txt"):
        put(LORA, name)
    assert [name_of(path) for path in listed(LORA)] == ["ink", "Wax"]
    assert InFolders().lora(Adapter("WAX", "", 0.5)).name == "Wax"
    assert InFolders().lora(Adapter("wax.safetensors")).name == "Wax"


def test_a_vae_is_a_file_or_a_folder_and_not_its_parts(home):
    put(VAE, "clear/config.json")
    put(VAE, "clear/diffusion_pytorch_model.safetensors")
    put(VAE, "sharp.safetensors")
    assert [name_of(path) for path in listed(VAE)] == ["clear", "sharp"]


def test_folders_that_lead_round_in_circles_have_an_end(home):
    put(LORA, "ink.safetensors")
    for name in ("a", "b"):
        (LORA.place / name).symlink_to(LORA.place)
    assert "ink" in {name_of(path) for path in listed(LORA)}


def test_nothing_is_there_where_there_is_no_folder(home):
    assert listed(LORA) == ()
    with pytest.raises(BadSetting, match="There is no LoRA 'ink'") as refused:
        InFolders().lora(Adapter("ink"))
    assert str(LORA.place) in refused.value.advice


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "..", "", "a/../b", "\0"])
def test_no_name_reaches_out_of_the_folders(home, name):
    put(LORA, "ink.safetensors")
    put(LORA, "../secret.safetensors")
    with pytest.raises(BadSetting):
        InFolders().lora(Adapter(name))


def test_a_file_is_known_again_under_another_name_and_elsewhere(home, tmp_path):
    path = put(LORA, "ink.safetensors")
    part = at(path)
    moved = path.rename(LORA.place / "blue ink.safetensors")
    at(moved)
    assert find(LORA, "ink", part.sha256) == moved
    moved.unlink()
    with pytest.raises(CheckpointError, match="not on this machine"):
        find(LORA, "ink", part.sha256)
    put(LORA, "ink.safetensors", b"other")
    with pytest.raises(CheckpointError, match="another file than the one that is meant"):
        find(LORA, "ink", part.sha256)


def test_a_hash_is_known_until_the_file_changes(home):
    path = put(LORA, "ink.safetensors")
    assert known(path) is None
    part = at(path)
    assert known(path) == part
    path.write_bytes(b"longer")
    assert known(path) is None


def test_what_is_hashed_elsewhere_may_be_told_to_wait(home):
    put(LORA, "ink.safetensors")

    def busy(kind, path):
        raise BadSetting(kind.field, f"{name_of(path)} is being read.")

    extras = InFolders(busy)
    with pytest.raises(BadSetting, match="ink is being read"):
        extras.lora(Adapter("ink"))
    assert extras.lora(Adapter("gone", "ab" * 32)) == Adapter("gone", "ab" * 32)


def test_what_another_tool_names_and_is_not_here_is_told(home):
    draft = Draft(prompt="a <lora:ink:1> <lora:wax>", vae=Part("clear"))
    put(LORA, "wax.safetensors")
    told, notes = at_hand(draft)
    assert told == Draft(prompt="a <lora:wax>")
    assert notes == (
        "Its VAE 'clear' is not here; the model's own is used.",
        "It names '<lora:ink:1>', which is not here and was left out.",
    )
    put(VAE, "clear.safetensors")
    put(LORA, "ink.safetensors")
    assert at_hand(draft) == (draft, ())
    told, notes = at_hand(Draft(prompt="a <lora:ink:1:2>", negative_prompt="b <lora:ink>"))
    assert (told, len(notes)) == (Draft(prompt="a", negative_prompt="b"), 2)


# Embeddings' names in prompts.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a boat in moss, at sea", ["moss"]),
        ("MOSS", ["moss"]),
        ("mossy salt-moss", ["moss"]),
        ("bad-hand-5, bad-hand", ["bad-hand", "bad-hand-5"]),
        ("bad-hand-5", ["bad-hand-5"]),
        ("(moss:1.2)", ["moss"]),
        ("a_moss", []),
    ],
)
def test_a_name_counts_where_it_is_a_word(text, found):
    assert list(names_in(text, ["bad-hand", "bad-hand-5", "moss"])) == found


def words(text):
    """A tokenizer of words: the length of each, and where it ends."""
    ids, ends, at_ = [], [], 0
    for word in text.split():
        at_ = text.index(word, at_) + len(word)
        ids.append(len(word))
        ends.append(at_)
    return ids, ends


@given(st.lists(st.sampled_from(["a", "boat", "Moss", "moss.", "salt", "é", ","]), max_size=8))
def test_names_become_vectors_and_the_rest_stays(parts):
    text = " ".join(parts)
    read = NamedVectors(words, {"moss": [-1, -2], "salt": [-3]})
    ids, ends = read(text)
    assert len(ids) == len(ends)
    assert ends == sorted(ends)
    named = [part for part in parts if part.lower().rstrip(".") == "moss"]
    assert ids.count(-1) == ids.count(-2) == len(named)
    assert [k for k in ids if k > 0] == [len(p) for p in text.lower().replace("moss", " ")
                                         .replace("salt", " ").split()]  # fmt: skip
    assert NamedVectors(words, {"none": [-9]})(text) == words(text)
