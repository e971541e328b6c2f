"""Verify finds every kind of damage, and nothing where there is none."""

import os
import random
import sys

import pytest

from engine.gallery.query import Query
from engine.gallery.scan import scan
from engine.gallery.verify import verify


def told(index) -> list[tuple[str, str]]:
    return [(fault.path.name, fault.message) for fault in verify(index)]


def test_all_is_well_after_a_scan(index, keep, keep_grid):
    keep_grid()
    for prompt in ("boat", "海\0\ud800", "", "x" * 9999):
        keep(prompt=prompt, negative_prompt=prompt, eta=None, sampler="plms")
    scan(index)
    progress = []
    assert list(verify(index, lambda done, total: progress.append((done, total)))) == []
    assert progress[-1] == (7, 7)


@pytest.mark.parametrize("seed", range(8))
def test_a_bit_that_flips_by_itself_is_found(index, keep, seed: int):
    path = keep()
    scan(index)
    about, data = path.stat(), bytearray(path.read_bytes())
    chance = random.Random(seed)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert scan(index).changed == 0  # by its time and size it is the same
    assert (path.name, "Its bytes have changed by themselves: the disk may fail.") in told(index)


def test_a_picture_cut_short_is_found(index, keep):
    path = keep(edge=64)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    scan(index)
    ((name, message),) = told(index)
    assert name == path.name
    assert "cannot be read" in message


def test_an_index_that_is_not_in_step_is_found(index, keep):
    gone, changed = keep(seed=1), keep(seed=2)
    scan(index)
    gone.unlink()
    new = keep(seed=3)
    (row,) = [one for one in index.search(Query()).result() if one.name == changed.name]
    index.do(
        lambda database: database.execute("UPDATE pictures SET steps = 7 WHERE id = ?", [row.id])
    )
    assert sorted(told(index)) == sorted(
        [
            (new.name, "It is not in the index."),
            (changed.name, "The index tells something else than the file."),
            (gone.name, "It is in the index, but there is no such file."),
        ]
    )
    scan(index)  # which also mends what somebody wrote into the index
    assert told(index) == []


def test_damaged_marks_are_found_and_left_alone(index, keep):
    marks = keep().with_name("marks.json")
    scan(index)
    marks.write_text("{", encoding="utf-8")
    ((name, message),) = told(index)
    assert name == "marks.json"
    assert "damaged" in message
    assert marks.read_text(encoding="utf-8") == "{"


def test_a_grid_without_one_of_its_pictures_is_found(index, keep_grid):
    grid, cells = keep_grid()
    cells[0].unlink()
    scan(index)
    assert told(index) == [
        (grid.name, f"The picture {cells[0].name} of this grid is not beside it.")
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no folder can be called so there at all")
def test_a_folder_that_can_be_no_gallery_is_told_with_its_pictures(index, keep, home):
    path = keep()
    for name in ("trip ", "CON", "a:b"):
        (home / "galleries" / name).mkdir()
        (home / "galleries" / name / path.name).write_bytes(path.read_bytes())
    (home / "galleries" / ".hidden").mkdir()
    (home / "galleries" / "CON.txt").touch()
    scan(index)
    no_gallery = "It is no gallery: none can be called so."
    assert sorted(told(index)) == [(name, no_gallery) for name in ("CON", "a:b", "trip ")]
