import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.counting import Counter
from engine.library import find
from engine.wording.chunks import MOST_CHUNKS
from gui.prompt_reader import MOST_STRETCHES, PromptReader, Units, read_prompt


@pytest.fixture(scope="module")
def counter():
    vocabulary = find("starter").plan().vocabularies[0]
    return Counter(vocabulary.folder, vocabulary.pad)


@pytest.fixture
def reader(qapp):
    made = PromptReader()
    yield made
    assert made.close()


def in_qt(text, start, end):
    """What Qt has between two of its offsets."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def marked(text, kind, counter=None):
    read = read_prompt("prompt", text, counter)
    return [in_qt(text, *stretch[1:]) for stretch in read.stretches if stretch.kind == kind]


@given(text=st.text(), offset=st.integers(0, 50))
def test_offsets_go_to_qts_and_back(text, offset):
    offset = min(offset, len(text))
    units = Units(text)
    assert units[offset] == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    assert units.offset(units[offset]) == offset


@settings(max_examples=50)
@given(text=st.text(st.sampled_from("ab ,()[]{}|:1.5\\🏠BREAK")))
def test_whatever_is_typed_is_read_and_marked_within_it(counter, text):
    read = read_prompt("prompt", text, counter)
    end = len(text.encode("utf-16-le")) // 2
    assert all(0 <= mark.start < mark.end <= end for mark in read.stretches)
    assert all(0 <= place <= end for place in read.breaks)
    assert len(read.breaks) < read.count.chunks


def test_weighted_words_and_brackets_are_found_behind_wide_characters_too():
    text = "🏠🏠 a (red:1.3) boat [on] the \\(sea\\) BREAK (un"
    assert marked(text, "stronger") == ["red", "un"]
    assert marked(text, "weaker") == ["on"]
    assert marked(text, "bracket") == ["(", ":1.3)", "[", "]", "BREAK", "("]


def test_what_lies_behind_the_last_chunk_is_marked_as_not_read(counter):
    text = " BREAK ".join(["a boat"] * (MOST_CHUNKS + 2))
    (unread,) = marked(text, "unread", counter)
    assert unread.count("a boat") == 2
    read = read_prompt("prompt", text, counter)
    assert len(read.breaks) == MOST_CHUNKS - 1
    assert in_qt(text, 0, read.breaks[0]) == "a boat"
    weighted = text.replace("boat", "(boat:1.2)")
    assert len(marked(weighted, "stronger", counter)) == MOST_CHUNKS
    assert marked(weighted, "bracket", counter).count("(") == MOST_CHUNKS


def test_with_wildcards_one_choice_is_counted_and_no_place_is_marked(counter):
    options = "|".join(["red"] * 200)
    read = read_prompt("prompt", f"a {{{options}}} boat", counter)
    assert read.varies
    assert read.count.tokens == counter.count("a red boat").tokens
    assert read.breaks == ()


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("a (boat:11)", "Weights go from 0 to 10"),
        ("a boat <lora:nowhere:0.5>", "No such LoRA"),
        ("a boat <lora:a:b:c>", "A LoRA that cannot be"),
        ("a boat", ""),
    ],
)
def test_what_is_wrong_is_said_in_a_few_words_of_its_own(text, brief):
    assert read_prompt("prompt", text).brief == brief


def test_a_weight_out_of_bounds_is_a_problem():
    assert "from 0 to 10" in read_prompt("prompt", "a (boat:11)").problem
    assert read_prompt("prompt", "a (boat:10)").problem == ""


def test_only_so_many_places_are_marked():
    assert len(read_prompt("prompt", "(a) " * 1000).stretches) == MOST_STRETCHES


def test_the_vocabulary_of_a_model_is_read_in_another_thread(qtbot, reader):
    with qtbot.waitSignal(reader.ready):
        reader.use("starter")
    with qtbot.waitSignal(reader.read) as told:
        reader.look("prompt", "a boat")
    field, read = told.args
    assert (field, read.text, read.count.tokens) == ("prompt", "a boat", 2)


def test_a_model_whose_vocabulary_cannot_be_read_leaves_prompts_uncounted(
    qtbot, reader, tmp_path, caplog
):
    caplog.set_level(logging.INFO)
    with qtbot.waitSignal(reader.ready):
        reader.use(str(tmp_path))
    with qtbot.waitSignal(reader.read) as told:
        reader.look("prompt", "a (boat)")
    assert told.args[1].count is None
    assert told.args[1].stretches
    assert "not counted" in caplog.text
