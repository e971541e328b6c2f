"""What may be asked of the Hub, and what is refused before anybody is asked (B-11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadSetting
from engine.hub.names import Wanted, is_commit, wanted


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("owner/name", Wanted("owner/name")),
        (" owner/name ", Wanted("owner/name")),
        ("o/n@v1.0", Wanted("o/n", "v1.0")),
        ("o-1/n.2_x@" + "a" * 40, Wanted("o-1/n.2_x", "a" * 40)),
        ("o/n@refs/pr/3", Wanted("o/n", "refs/pr/3")),
        ("o/n/a b (1).safetensors", Wanted("o/n", "main", "a b (1).safetensors")),
    ],
)
def test_names_are_read(text, read):
    assert wanted(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "", "name", "../name", "owner/../x", "owner/..", "./name", "/etc/passwd", "owner/na/me",
        "file:///etc/passwd", "https://huggingface.co/o/n", "o\\n", "о/name", "owner/nаme",
        "owner/name\n", "owner/name?x", "owner/name#x", "owner/na me", "owner/name@", "o--x/n",
        "o/n@..", "o/n@a/../b", "o/n@-x", "o/n/x.ckpt", "o/n/../x.safetensors",
        "o/n/d/x.safetensors",
        "o/-n", "o/n-", "\u202eo/n", "owner/" + "n" * 200,
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_one_printable_sentence(text):
    if text == "owner/name\n":
        assert wanted(text) == Wanted("owner/name")
        return
    with pytest.raises(BadSetting) as caught:
        wanted(text)
    assert caught.value.message.isprintable()


@given(st.text())
def test_whatever_is_typed_is_a_plain_name_or_refused(text):
    try:
        read = wanted(text)
    except BadSetting:
        return
    assert read.repository.count("/") == 1
    assert ".." not in f"{read.repository}{read.revision}{read.file}"
    assert str(read).isascii()


def test_a_revision_is_given_once():
    assert wanted("o/n", "v2") == Wanted("o/n", "v2")
    with pytest.raises(BadSetting):
        wanted("o/n@v1", "v2")


def test_a_commit_is_forty_small_hexadecimal_digits():
    assert is_commit("0" * 40)
    assert not is_commit("0" * 39)
    assert not is_commit("A" * 40)
