"""What the engine says is known again and told in Chinese, whatever stands in its places."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from engine.draft import Draft, SizeRule
from engine.errors import BadSetting, OutOfMemory, Problem, StorageError, problem_of
from engine.menu import menu
from gui.language import speak
from gui.retelling import CONTEXT, OTHERWISE, in_window, retold, template, templates

CHINESE = re.compile(r"[\u4e00-\u9fff]")
TYPED = re.compile(r"--\w|etascope [a-z]|command")
"""Words of the command line."""
RETOLD = [one for one in templates() if one.text not in OTHERWISE]


@pytest.fixture
def chinese(qapp):
    speak(qapp, "zh_CN")
    yield
    speak(qapp, "en")


def told(source: str, values: dict[str, str]) -> str:
    return QCoreApplication.translate(CONTEXT, source).format(**values)


@given(data=st.data())
def test_every_sentence_is_known_again_whatever_stands_in_its_places(chinese, data):
    one = data.draw(st.sampled_from(RETOLD))
    value = st.text("0123456789/_-aeiouäé漢 .", min_size=1, max_size=30).map(lambda s: f"<{s}>")
    values = {name: data.draw(value) for name in one.names}
    said = one.text.format(**values)
    # It may fit several, one with less in its places than the other: each of them is right.
    assert retold(said) in {told(each.text, found) for each, found in fitting(said)}
    assert all(each in retold(said) for each in values.values())


def fitting(said):
    for one in templates():
        found = one.values(said)
        if found is not None:
            yield one, found


@given(text=st.text())
@example("\0")
@example("\udcff.png")
@example("Who? A .  ")
def test_what_the_engine_never_says_stays_as_it_is(chinese, text):
    if not any(True for _ in fitting(text)):
        assert retold(f"§{text}") == f"§{text}"


def test_in_english_everything_stays_as_it_is(qapp):
    for one in RETOLD:
        assert retold(one.text) == one.text


def test_no_sentence_of_the_engine_brings_the_command_line_into_the_window(qapp):
    """Whoever gives the engine such a sentence says here what is done in the window instead."""
    told = [in_window(one.text) for one in templates()]
    assert [said for said in told if TYPED.search(said)] == []
    assert set(OTHERWISE) <= {one.text for one in templates()}


def test_what_is_advised_in_the_window_can_be_done_in_it(qapp, window):
    window.messages.report(problem_of(OutOfMemory()))
    assert window.messages._advice.text() == OTHERWISE[OutOfMemory().advice]
    said = "There is no model a/b@1. It can be got: etascope models get a/b --revision 1."
    assert retold(said) == "There is no model a/b@1. It can be got on the page of models (Ctrl+M)."


def test_in_chinese_too(chinese):
    error = OutOfMemory()
    for said in (error.advice, f"{error.message} {error.advice}"):
        assert CHINESE.search(retold(said))
        assert not TYPED.search(retold(said))


def test_a_sentence_within_a_sentence_is_told_too(chinese):
    said = "/models/a.safetensors cannot be used: it holds no weights."
    assert retold(said) == "无法使用 /models/a.safetensors：其中没有权重。"


def test_sentences_behind_one_another_are_told_one_by_one(chinese):
    assert retold("Check its name. Unpack it first.") == "请检查名称。请先解压。"
    assert retold("Check its name. What is this? Unpack it first.") == (
        "请检查名称。What is this? 请先解压。"
    )


def test_names_that_look_like_words_stay_names(chinese):
    assert retold("There is no file cats or dogs.") == "没有文件 cats or dogs。"


def test_an_error_with_numbers_is_told_whole(chinese):
    with pytest.raises(BadSetting) as caught:
        SizeRule(step=8, smallest=256, largest=1024).check("width", 300)
    assert retold(caught.value.message) == (
        "宽度须为 8 的倍数，256 到 1024，不能是 300；最接近的可用值是 296 或 304。"
    )


@pytest.mark.parametrize(
    "draft",
    [
        Draft(prompt="a", steps=0),
        Draft(prompt="a", eta=7.0),
        Draft(prompt="a", eta=0.5, sampler="plms"),
        Draft(prompt="a", guidance=0.0),
        Draft(prompt="a", schedule="nowhere"),
        Draft(prompt="a", sampler="nobody"),
        Draft(prompt="a", count=0),
        Draft(prompt="a", negative_prompt="b", guidance=1.0),
    ],
)
def test_whatever_is_wrong_with_a_draft_is_told_in_chinese(chinese, draft):
    with pytest.raises(BadSetting) as caught:
        draft.resolve(SizeRule())
    for said in (caught.value.message, caught.value.advice):
        assert not said or CHINESE.search(retold(said)), said


def test_all_that_the_menu_says_of_samplers_is_told(chinese):
    for entry in menu().values():
        words = [entry.about, entry.without_eta, "" if entry.eta is None else entry.eta.about]
        assert all(CHINESE.search(retold(said)) for said in words if said)


def test_the_bar_tells_problems_in_the_language_of_the_window(chinese, window):
    error = StorageError("The disk of /a is full.", "Free some space, or save elsewhere.")
    window.messages.report(Problem(error.message, error.advice))
    assert window.messages.sentence() == "/a 所在的磁盘已满。"
    window.messages.report(Problem(OutOfMemory().message))
    assert window.messages.sentence() == "内存不足。"


def test_a_template_has_its_words_and_places():
    one = template("{path} is not {kind}.")
    assert (one.words, one.names) == (("", " is not ", "."), ("path", "kind"))
    assert one.values("/a b is not a file.") == {"path": "/a b", "kind": "a file"}
    assert one.values("/a b is a file.") is None
