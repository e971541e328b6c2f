"""What is said between the two processes, the curated list, and which files are chosen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CheckpointError
from engine.hub import talk
from engine.hub.choosing import Remote, needed
from engine.hub.curated import offers
from engine.hub.names import Wanted, is_commit, wanted
from engine.library.memory import Memory
from tests import plain

WISHES = [
    talk.Get("o/n", "main", "a.safetensors", talk.Patience(stall=3)),
    talk.Search("boats"),
    talk.KeepToken("hf_x"),
]
REPORTS = [
    talk.Resolved("o/n", "0" * 40, "mit", 10, 5, 2),
    talk.Progress(5, 10, 2.5, -1.0),
    talk.Waiting("why", 2.0),
    talk.Checking("a"),
    talk.Done("o/n@x", "N", "/models/n"),
    talk.Found((talk.Hit("o/n", 3, "mit", gated=True),)),
    talk.TokenKept("keyring"),
    talk.Trouble("m", "a", "d", "token"),
]


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_arrives_as_it_was_sent(wish):
    assert talk.wish_of(talk.line_of(wish)) == wish


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_arrives_as_it_was_sent(report):
    line = talk.line_of(report)
    assert line.count("\n") == 1
    assert talk.report_of(line) == report


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = st.sampled_from(["Get", "Done", "Progress", "Found", "Trouble", "Resolved", "x"])


@given(st.text() | JSON.map(json.dumps))
def test_anything_else_is_a_value_error(line):
    for read in (talk.wish_of, talk.report_of):
        with pytest.raises(ValueError, match=r"."):  # of any kind: JSON's own, or ours
            read(line)


@given(NAMES, st.dictionaries(st.sampled_from(["hits", "done", "total", "patience"]), JSON))
def test_a_word_of_ours_with_other_values_fits_or_is_a_value_error(name, table):
    line = json.dumps({"say": name} | table)
    try:
        report = talk.report_of(line)
    except ValueError:
        return
    assert talk.report_of(talk.line_of(report)) == report


def test_a_stall_is_noticed_within_half_a_minute_and_so_is_half_a_kilobyte_a_second():
    usual = talk.Patience()
    assert usual.stall < 30
    assert usual.trickle > 500 * usual.stall


def test_a_token_is_in_no_description():
    assert "hf_x" not in repr(talk.KeepToken("hf_x"))


def test_the_curated_list_can_be_asked_for_and_says_what_is_needed():
    for offer in offers():
        assert wanted(offer.repository) == Wanted(offer.repository)
        assert is_commit(offer.commit)
        assert offer.family in {"SD 1", "SD 2", "SDXL"}
        assert offer.licence_page.startswith("https://")
        # In half precision, as it is got, a number is two bytes.
        assert 1.7 <= 1000 * offer.gigabytes / offer.parameters <= 2.3
    assert len({offer.repository for offer in offers()}) == len(offers()) >= 3


def test_the_curated_list_says_what_fits():
    small, large = Memory(2 * 10**9, 10**9), Memory(64 * 10**9, 60 * 10**9)
    assert {offer.fit(large) for offer in offers()} == {"fits"}
    assert {offer.fit(small) for offer in offers()} == {"does not fit"}


def remotes(names):
    return {name: Remote(name, 100, "sha256:" + "0" * 64) for name in names}


def chosen(names, file=""):
    return {one.path for one in needed(remotes(names), Wanted("o/n", "main", file))}


def test_weights_in_parts_come_all_or_as_one_file():
    base = [name for name in plain.checkpoint() if "unet/diff" not in name]
    cut = [f"unet/diffusion_pytorch_model-0000{k}-of-00002.safetensors" for k in (1, 2)]
    assert chosen([*base, *cut, "unet/diffusion_pytorch_model.safetensors.index.json"]) == {
        *base, *cut,
    }  # fmt: skip


def test_parts_of_a_variant_come_however_they_are_numbered():
    base = [name for name in plain.checkpoint() if "unet/diff" not in name]
    for name in ("{}-0000{}-of-00002.fp16", "{}.fp16-0000{}-of-00002"):
        stem = "unet/diffusion_pytorch_model"
        cut = [f"{name.format(stem, k)}.safetensors" for k in (1, 2)]
        assert chosen([*base, *cut]) == {*base, *cut}


def test_a_vocabulary_comes_in_one_form():
    names = [*plain.checkpoint(), "tokenizer/tokenizer.json"]
    assert "tokenizer/tokenizer.json" not in chosen(names)
    assert "tokenizer/tokenizer.json" in chosen([n for n in names if n != "tokenizer/merges.txt"])


def test_a_repository_of_one_file_is_that_file():
    assert chosen(["model.safetensors", "README.md", "x/y.safetensors"]) == {"model.safetensors"}


@given(st.sets(st.text() | st.sampled_from([*plain.checkpoint(), "a.bin", "x.py", "b.ckpt"])))
def test_whatever_is_in_a_repository_no_program_and_no_pickle_is_chosen(names):
    try:
        got = chosen(names)
    except CheckpointError:
        return
    assert all(name.endswith((".safetensors", ".json", ".txt")) for name in got)
    assert not any(name.startswith("/") or ".." in name.split("/") for name in got)
