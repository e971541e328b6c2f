"""Marks: kept by content, beside what later versions write, and never lost to a damaged file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import StorageError
from engine.gallery.marks import (
    HIGHEST_RATING,
    LONGEST_TAG,
    DamagedMarks,
    Mark,
    mark_from,
    read_marks,
    set_marks,
)

ROOT = Path(__file__).parents[3]
A, B = "a" * 64, "b" * 64

MARKS = """
import sys
from pathlib import Path
from engine.gallery.marks import Mark, set_marks
folder, me = Path(sys.argv[1]), sys.argv[2]
for k in range(15):
    set_marks(folder, {f"{me}{k}": Mark(rating=1)})
"""


def test_marks_come_back(tmp_path: Path):
    mark = Mark(favourite=True, rating=5, tags=("海", "two words"))
    set_marks(tmp_path, {A: mark, B: Mark(rating=1)})
    assert read_marks(tmp_path) == {A: mark, B: Mark(rating=1)}
    set_marks(tmp_path, {B: Mark()})
    assert read_marks(tmp_path) == {A: mark}


def test_a_gallery_without_the_file_has_none(tmp_path: Path):
    assert read_marks(tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


def test_what_a_later_version_wrote_is_kept(tmp_path: Path):
    written = {
        "version": 2,
        "albums": ["best"],
        "pictures": {A: {"rating": 3, "colour": "red"}, B: {"colour": "blue"}, "odd": 7},
    }
    (tmp_path / "marks.json").write_text(json.dumps(written), encoding="utf-8")
    set_marks(tmp_path, {A: Mark(), B: Mark(favourite=True)})
    now = json.loads((tmp_path / "marks.json").read_text(encoding="utf-8"))
    assert now["version"] == 2
    assert now["albums"] == ["best"]
    assert now["pictures"] == {
        A: {"colour": "red"},
        B: {"colour": "blue", "favourite": True},
        "odd": 7,
    }


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"pictures": 3}', "[" * 100_000, "\0\0"])
def test_a_damaged_file_is_said_and_kept_aside(tmp_path: Path, damage: str):
    file = tmp_path / "marks.json"
    for number in range(3):
        file.write_text(damage + " " * number, encoding="utf-8")
        with pytest.raises(DamagedMarks):
            read_marks(tmp_path)
        set_marks(tmp_path, {A: Mark(rating=2)})
        assert read_marks(tmp_path) == {A: Mark(rating=2)}
    kept = [path.read_text(encoding="utf-8").strip() for path in tmp_path.glob("marks.json.bad*")]
    assert len(kept) == 3
    assert set(kept) == {damage.strip()}


def test_a_file_that_cannot_be_read_is_not_taken_for_an_empty_one(tmp_path: Path):
    (tmp_path / "marks.json").mkdir()
    with pytest.raises(StorageError):
        read_marks(tmp_path)
    with pytest.raises(StorageError):
        set_marks(tmp_path, {A: Mark(rating=1)})


def test_a_folder_that_is_gone_is_said(tmp_path: Path):
    with pytest.raises(StorageError):
        set_marks(tmp_path / "gone", {A: Mark(rating=1)})


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=150)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
entries = st.fixed_dictionaries(
    {}, optional={"favourite": json_values, "rating": json_values, "tags": json_values}
)


@given(json_values | entries)
def test_whatever_the_file_says_a_mark_is_in_range(entry: object):
    mark = mark_from(entry)
    assert type(mark.favourite) is bool
    assert 0 <= mark.rating <= HIGHEST_RATING
    assert all(0 < len(tag) <= LONGEST_TAG and tag.strip() == tag for tag in mark.tags)


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=50))
def test_any_tag_can_be_written(tmp_path: Path, tag: str):
    set_marks(tmp_path, {A: Mark(rating=1, tags=(tag,))})
    meant = tag.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    lines = " ".join(meant.split())
    assert read_marks(tmp_path)[A].tags == ((lines,) if lines else ())


def test_two_processes_lose_none_of_each_others_marks(tmp_path: Path):
    command = [sys.executable, "-c", MARKS, str(tmp_path)]
    writers = [subprocess.Popen([*command, me], cwd=ROOT) for me in "xy"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert set(read_marks(tmp_path)) == {f"{me}{k}" for me in "xy" for k in range(15)}
