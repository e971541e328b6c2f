import os
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.archive import Archive
from engine.commands import Destination, Job
from engine.errors import StorageError
from engine.recipe import Branch, Recipe
from engine.trajectory import Trajectory, kept_file, read_trajectory

SHAPE = (4, 3, 2)


def answers(count, seed=0):
    return np.random.default_rng(seed).normal(size=(count, *SHAPE)).astype(np.float32)


def path_of(recipe, steps=3):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(steps + 1, *SHAPE)).astype(np.float32)
    t = np.arange(steps, dtype=np.float32)
    return Trajectory(recipe, x=x, x0=x[1:].copy(), t=t, answers=answers(steps))


@pytest.fixture
def job(tmp_path):
    return Job(Recipe(prompt="两只鸭子"), Destination(folder=tmp_path / "gallery", force=True))


def test_a_job_that_was_cut_off_comes_back_with_its_answers(tmp_path, job):
    first = Archive(tmp_path / "kept")
    first.queued(job)
    for answer in answers(3):
        first.answered(job.id, answer)
    first.close()
    (again,) = Archive(tmp_path / "kept").cut_off()
    assert (again.recipe, again.destination, again.of) == (job.recipe, job.destination, job.id)
    assert again.id != job.id
    np.testing.assert_array_equal(again.answers, answers(3))


def test_jobs_come_back_in_the_order_of_the_queue_and_those_that_ended_do_not(tmp_path, job):
    archive = Archive(tmp_path / "kept")
    jobs = [Job(replace(job.recipe, seed=k), job.destination) for k in range(4)]
    for one in jobs:
        archive.queued(one)
    archive.ended(jobs[1].id)
    archive.saved(jobs[2].id, tmp_path / "picture.png", path_of(jobs[2].recipe))
    archive.close()
    assert [one.recipe.seed for one in Archive(tmp_path / "kept").cut_off()] == [0, 3]


def test_jobs_come_back_in_the_order_that_was_asked_for_and_later_ones_behind(tmp_path, job):
    archive = Archive(tmp_path / "kept")
    jobs = [Job(replace(job.recipe, seed=k), job.destination) for k in range(4)]
    for one in jobs[:3]:
        archive.queued(one)
    archive.reordered([jobs[0].id, jobs[2].id, jobs[1].id])
    archive.queued(jobs[3])
    archive.close()
    again = Archive(tmp_path / "kept")
    back = again.cut_off()
    assert [one.recipe.seed for one in back] == [0, 2, 1, 3]
    for one in back:
        again.queued(one)
    again.close()
    assert [one.recipe.seed for one in Archive(tmp_path / "kept").cut_off()] == [0, 2, 1, 3]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1, null]", b"\xff", b"[" * 100_000])
def test_an_order_that_makes_no_sense_is_none(tmp_path, job, content):
    archive = Archive(tmp_path / "kept")
    jobs = [Job(replace(job.recipe, seed=k), job.destination) for k in range(2)]
    for one in jobs:
        archive.queued(one)
    archive.close()
    (tmp_path / "kept" / "running" / "order.json").write_bytes(content)
    assert [one.recipe.seed for one in Archive(tmp_path / "kept").cut_off()] == [0, 1]


def test_a_job_that_goes_on_takes_the_place_of_the_one_before(tmp_path, job):
    archive = Archive(tmp_path / "kept")
    archive.queued(job)
    archive.queued(Job(job.recipe, job.destination, id="later", of=job.id))
    archive.close()
    (again,) = Archive(tmp_path / "kept").cut_off()
    assert again.of == "later"


def test_a_branch_survives(tmp_path, job):
    branched = replace(job.recipe, seed=5, branch=Branch(job.recipe, 3))
    archive = Archive(tmp_path / "kept")
    archive.queued(Job(branched, job.destination))
    archive.close()
    (again,) = Archive(tmp_path / "kept").cut_off()
    assert again.recipe == branched


@pytest.fixture(scope="module")
def whole_file(tmp_path_factory):
    """What a running job with four answers has written."""
    folder = tmp_path_factory.mktemp("whole")
    archive = Archive(folder)
    job = Job(Recipe(prompt="a boat"), Destination(folder=folder))
    archive.queued(job)
    for answer in answers(4):
        archive.answered(job.id, answer)
    archive.close()
    return (folder / "running" / f"{job.id}.part").read_bytes()


def jobs_in(content):
    with tempfile.TemporaryDirectory() as folder:
        running = Path(folder) / "running"
        running.mkdir()
        (running / "odd.part").write_bytes(content)
        archive = Archive(Path(folder))
        try:
            return archive.cut_off()
        finally:
            archive.close()


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1))
def test_a_file_cut_short_anywhere_gives_whole_answers_or_nothing(whole_file, share):
    for again in jobs_in(whole_file[: round(share * len(whole_file))]):
        kept = [] if again.answers is None else list(again.answers)
        for one, wanted in zip(kept, answers(4), strict=False):
            np.testing.assert_array_equal(one, wanted)


def test_the_whole_file_gives_all_answers(whole_file):
    assert len(jobs_in(whole_file)[0].answers) == 4


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_anything_else_among_the_files_is_passed_over(content):
    assert jobs_in(content) == []


def test_a_finished_path_is_found_by_its_picture(tmp_path, job):
    archive = Archive(tmp_path / "kept")
    archive.saved(job.id, tmp_path / "picture.png", path_of(job.recipe))
    archive.close()
    found = read_trajectory(kept_file(tmp_path / "kept", Path("/elsewhere/picture.png")))
    assert found.recipe == job.recipe
    np.testing.assert_array_equal(found.x, path_of(job.recipe).x)


def test_the_oldest_paths_go_when_there_are_too_many(tmp_path, job):
    folder = tmp_path / "kept"
    size = len(path_of(job.recipe).to_bytes())
    archive = Archive(folder, budget=2 * size + 10)
    archive.close()
    for age, name in ((300, "a"), (200, "b"), (100, "c")):
        file = folder / f"{name}.safetensors"
        file.write_bytes(path_of(job.recipe).to_bytes())
        now = file.stat().st_mtime
        os.utime(file, (now - age, now - age))
    archive = Archive(folder, budget=2 * size + 10)
    archive.saved(job.id, tmp_path / "d.png", path_of(job.recipe))
    archive.close()
    assert sorted(file.stem for file in folder.glob("*.safetensors")) == ["c", "d"]


@pytest.fixture
def three_paths(tmp_path, job):
    """Paths a (oldest), b and c, and the size of each."""
    folder = tmp_path / "kept"
    folder.mkdir()
    data = path_of(job.recipe).to_bytes()
    for age, name in ((300, "a"), (200, "b"), (100, "c")):
        file = folder / f"{name}.safetensors"
        file.write_bytes(data)
        now = file.stat().st_mtime
        os.utime(file, (now - age, now - age))
    return folder, len(data)


@pytest.mark.parametrize(
    ("dear", "left"),
    [
        ({"a"}, ["a", "d"]),
        ({"b"}, ["b", "d"]),
        ({"a", "b", "c"}, ["a", "b", "c", "d"]),
        (set(), ["c", "d"]),
    ],
)
def test_the_paths_of_favourites_and_comparisons_stay(tmp_path, job, three_paths, dear, left):
    folder, size = three_paths
    archive = Archive(folder, 2 * size + 10, lambda: dear)
    archive.saved(job.id, tmp_path / "d.png", path_of(job.recipe))
    archive.close()
    assert sorted(file.stem for file in folder.glob("*.safetensors")) == left


def test_who_only_keeps_finished_paths_takes_nothing_over(tmp_path, job):
    archive = Archive(tmp_path / "kept")
    archive.queued(job)
    archive.close()
    other = Archive(tmp_path / "kept", goes_on=False)
    assert other.cut_off() == []
    mine = Archive(tmp_path / "kept")  # its lock is free
    assert len(mine.cut_off()) == 1
    mine.close(), other.close()


def test_what_another_process_adds_counts_against_the_budget(tmp_path, job):
    folder = tmp_path / "kept"
    size = len(path_of(job.recipe).to_bytes())
    archives = [Archive(folder, 6 * size, goes_on=goes_on) for goes_on in (True, False)]
    for k in range(10):
        archives[k % 2].saved(job.id, tmp_path / f"{k}.png", path_of(job.recipe))
    for archive in archives:
        archive.close()
    assert len(list(folder.glob("*.safetensors"))) <= 7  # the last of each


def test_nothing_goes_while_it_cannot_be_told_what_is_dear(tmp_path, job, three_paths):
    def locked():
        raise StorageError("Another program holds the index.")

    folder, size = three_paths
    archive = Archive(folder, 2 * size, locked)
    archive.saved(job.id, tmp_path / "d.png", path_of(job.recipe))
    archive.close()
    assert len(list(folder.glob("*.safetensors"))) == 4
    assert archive.trouble() is None


def test_what_a_kill_left_half_written_is_cleared_away(tmp_path):
    (tmp_path / "kept").mkdir()
    left, under_way = (tmp_path / "kept" / name for name in ("a.new", "b.new"))
    left.write_bytes(b"half")
    under_way.write_bytes(b"half")
    os.utime(left, (1e9, 1e9))
    Archive(tmp_path / "kept").close()
    assert not left.exists()
    assert under_way.exists()  # another process is at it


def test_a_disk_that_refuses_is_told_and_stops_nothing(tmp_path, job, monkeypatch):
    archive = Archive(tmp_path / "kept")

    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    archive.saved(job.id, tmp_path / "picture.png", path_of(job.recipe))
    archive.queued(job)
    archive.close()
    trouble = archive.trouble()
    assert "No space left" in trouble.message
    assert not trouble.is_bug
    assert archive.trouble() is None


def test_what_cannot_be_cleared_away_stops_nobody_from_going_on(tmp_path, job):
    archive = Archive(tmp_path / "kept")
    archive.queued(job)
    archive.close()
    nobodys = tmp_path / "kept" / "a.new"
    nobodys.mkdir()  # no file that could be removed
    os.utime(nobodys, (1e9, 1e9))
    again = Archive(tmp_path / "kept")
    assert [one.of for one in again.cut_off()] == [job.id]
    again.close()


def test_a_full_disk_keeps_no_half_of_a_path(tmp_path, job, monkeypatch):
    archive = Archive(tmp_path / "kept")
    write = Path.write_bytes

    def half(path, data):
        write(path, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    archive.saved(job.id, tmp_path / "picture.png", path_of(job.recipe))
    archive.close()
    assert archive.trouble() is not None
    assert [one.name for one in (tmp_path / "kept").glob("*.*")] == ["running.lock"]


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_second_process_leaves_open_jobs_alone_and_keeps_finished_paths(tmp_path, job, goes_on):
    archive = Archive(tmp_path / "kept")
    archive.queued(job)
    archive.answered(job.id, answers(1)[0])
    given = tmp_path / "given.safetensors"
    given.write_bytes(path_of(job.recipe).to_bytes())
    code = f"""
        from pathlib import Path
        from engine.archive import Archive
        from engine.commands import Destination, Job
        from engine.trajectory import read_trajectory
        archive = Archive(Path({str(tmp_path / "kept")!r}), goes_on={goes_on})
        path = read_trajectory(Path({str(given)!r}))
        archive.queued(Job(path.recipe, Destination(), id={job.id!r}))
        archive.saved({job.id!r}, Path("there.png"), path)
        print(archive.cut_off())
        archive.close()
    """
    other = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert other.stdout.strip() == "[]"
    there = read_trajectory(kept_file(tmp_path / "kept", Path("there.png")))
    assert there.recipe == job.recipe
    archive.close()
    (again,) = Archive(tmp_path / "kept").cut_off()
    assert (again.recipe, len(again.answers)) == (job.recipe, 1)


def test_where_nothing_may_be_written_there_is_no_archive(tmp_path):
    (tmp_path / "file").write_text("in the way")
    archive = Archive(tmp_path / "file" / "kept")
    assert not archive.keeps
    archive.close()
