"""The index: whatever becomes of it, the files bring it back; what is looked for is found."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import StorageError
from engine.gallery.database import Database, IndexLost
from engine.gallery.index import Index
from engine.gallery.marks import Mark, read_marks
from engine.gallery.query import Query, parse
from engine.gallery.scan import rebuild, scan
from engine.gallery.schema import VERSION

ROOT = Path(__file__).parents[3]

HOLDS = """
import sys
from engine.gallery.database import Database
from engine.gallery.index import Index
index = Index()
print(index.writable, flush=True)
sys.stdin.read()
index.close()
"""


def found(index: Index, text: str) -> list[str]:
    """Return the prompts of what a query finds, in order."""
    entries = index.search(parse(text)).result()
    return [entry.facts.settings.get("prompt", "") for entry in entries]


def everything(index: Index) -> list[tuple[object, ...]]:
    return [
        (one.name, one.facts.sha256, one.facts.kind, one.facts.settings, one.mark)
        for one in index.search(Query()).result()
    ]


@pytest.fixture
def some(index, keep) -> list[Path]:
    """Nine pictures with Chinese and English prompts, in the index, one of them marked."""
    prompts = [
        "a red boat",
        "红色的帆船在海上",
        "two boats",
        "Füchse 🦊",
        "an owl",
        "灯塔",
        "",
        "x",
        "y",
    ]
    kept = [keep(prompt=prompt, steps=k + 1) for k, prompt in enumerate(prompts)]
    scan(index)
    owl = index.search(parse("owl")).result()[0]
    index.mark("Etascope", {owl.facts.sha256: Mark(True, 4, ("Sea", "two words"))}).result()
    return kept


def test_a_saved_picture_is_found_at_once(index, keep):
    path = keep(prompt="a lighthouse", sampler="ddim", eta=0.5)
    entry = index.add(path).result()
    assert entry is not None
    assert index.search(parse("lighthouse")).result() == (entry,)
    assert entry.facts.settings["eta"] == 0.5
    assert (entry.facts.width, entry.facts.height, entry.gallery) == (8, 8, "Etascope")
    assert scan(index).added == 0


def test_adding_twice_changes_nothing(index, keep):
    path = keep()
    first = index.add(path).result()
    assert index.add(path).result() == first
    assert index.count(Query()).result() == 1


def test_a_picture_outside_the_galleries_is_none_of_ours(index, keep, tmp_path: Path):
    path = tmp_path / "a.png"
    shutil.copy(keep(), path)
    assert index.add(path).result() is None
    assert index.add(tmp_path / "nowhere.png").result() is None


@pytest.mark.parametrize(
    ("text", "prompts"),
    [
        ("boat", ["two boats", "a red boat"]),
        ("BOAT red", ["a red boat"]),
        ('"a red"', ["a red boat"]),
        ('"boat"', ["a red boat"]),
        ("帆", ["红色的帆船在海上"]),
        ("帆船", ["红色的帆船在海上"]),
        ("的帆船", ["红色的帆船在海上"]),
        ("色的帆船", ["红色的帆船在海上"]),
        ("船帆", []),
        ("fuchse", ["Füchse 🦊"]),
        ("🦊", ["Füchse 🦊"]),
        ("-boat -帆 -x -y -is:favourite -灯", ["", "Füchse 🦊"]),
        ("boat -red", ["two boats"]),
        ("steps<=2", ["红色的帆船在海上", "a red boat"]),
        ("steps:2..3", ["two boats", "红色的帆船在海上"]),
        ("steps:1,3", ["two boats", "a red boat"]),
        ("is:favourite", ["an owl"]),
        ("rating>=4 tag:sea", ["an owl"]),
        ('tag:"TWO words"', ["an owl"]),
        ("tag:two", []),
        ("seed:4 sampler:DDIM", ["an owl"]),
        ("seed>7", ["y"]),
        ("seed>99999999999999999999999", []),
        ("model:start gallery:etascope seed:0", ["a red boat"]),
        ("model:star_er", []),
        ("after:2020 before:2120 width>=8 seed:0", ["a red boat"]),
        ("after:2100", []),
        ("is:broken", []),
    ],
)
def test_every_kind_of_term_finds_what_it_means(index, some, text: str, prompts: list[str]):
    assert found(index, text) == prompts
    assert index.count(parse(text)).result() == len(prompts)
    assert len(index.ids(parse(text)).result()) == len(prompts)


def test_a_minus_finds_exactly_the_others(index, some):
    for term in ("boat", "steps<=2", "is:favourite", "tag:sea", "eta>0", "seed:4", "帆"):
        with_it, without = set(found(index, term)), set(found(index, f"-{term}"))
        assert not with_it & without
        assert len(found(index, term)) + len(found(index, f"-{term}")) == len(some)


def test_pictures_come_in_the_order_asked_for(index, some):
    newest = index.search(parse("")).result()
    assert [one.name for one in newest] == [path.name for path in reversed(some)]
    assert index.search(parse("sort:oldest")).result() == newest[::-1]
    assert found(index, "sort:rating")[0] == "an owl"
    assert index.search(parse(""), 2, 3).result() == newest[3:5]
    ids = index.ids(parse("")).result()
    assert index.entries(ids[2:4]).result() == newest[2:4]


@given(st.text(st.sampled_from("红色的帆船在海上日落灯塔ab "), min_size=1, max_size=12), st.data())
@settings(max_examples=25)
def test_any_part_of_a_chinese_prompt_finds_it(index, keep, prompt: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(prompt) - 1))
    part = prompt[start : start + data.draw(st.integers(1, 4))]
    if part.isascii():
        return
    path = keep(prompt=prompt)
    index.add(path).result()
    names = [one.name for one in index.search(parse(f'"{part.strip()}"')).result()]
    assert path.name in names or "a" in part or "b" in part


def test_groups_are_by_prompt_or_by_comparison(index, keep):
    from engine.gallery import own
    from engine.gallery.png import encode_png
    from engine.gallery.store import open_picture

    cells = [keep(prompt="same", seed=k) for k in (1, 2)]
    alone = keep(prompt="other")
    about = {"version": 1, "kind": "grid", "cells": [{"file": one.name} for one in cells]}
    grid = cells[0].with_name("2026-01-01-000000-00000000-grid.png")
    about["base"] = open_picture(cells[0]).reading.recipe.to_dict()
    grid.write_bytes(encode_png(open_picture(alone).pixels, {own.KEY: json.dumps(about)}))
    scan(index)
    by_prompt = index.groups(Query(), "prompt").result()
    assert [(group.label, len(group.ids)) for group in by_prompt] == [("other", 1), ("same", 3)]
    by_comparison = index.groups(Query(), "comparison").result()
    assert [len(group.ids) for group in by_comparison] == [1, 3]
    assert index.count(parse("is:cell")).result() == 2
    assert index.count(parse("is:grid")).result() == 1
    grid.unlink()
    scan(index)
    assert index.count(parse("is:cell")).result() == 0


def test_a_deleted_index_loses_nothing(index, some):
    """F-04: the file is missing."""
    before = everything(index)
    index.close()
    index.file.unlink()
    again = Index()
    assert again.fresh
    assert scan(again).added == len(some)
    assert everything(again) == before
    assert not again.fresh
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be deleted")
def test_an_index_that_is_deleted_while_it_is_open_is_not_called_damaged(index, some):
    before = everything(index)
    index.file.unlink()
    with pytest.raises(IndexLost) as told:
        index.forget(some[0]).result()
    assert "damaged" not in told.value.message
    scan(index)
    assert everything(index) == before


@pytest.mark.parametrize("version", [0, VERSION - 1, VERSION + 1, 10**6])
def test_an_older_or_newer_index_is_made_again(index, some, version: int):
    before = everything(index)
    index.close()
    with sqlite3.connect(index.file) as other:
        other.execute(f"PRAGMA user_version = {version}")
        other.execute("DROP TABLE cells")
    other.close()
    again = Index()
    scan(again)
    assert everything(again) == before
    again.close()


DAMAGES = ["garbage", "empty", *(f"cut {k}" for k in range(6)), *(f"spot {k}" for k in range(30))]
MORE = [*(f"cut {k}" for k in range(6, 20)), *(f"spot {k}" for k in range(30, 100))]


@pytest.mark.parametrize(
    "damage", [*DAMAGES, *(pytest.param(one, marks=pytest.mark.slow) for one in MORE)]
)
def test_a_damaged_index_is_kept_aside_and_made_again(index, some, damage: str):
    """F-04: 100 places overwritten, 20 lengths, garbage, empty; all of it comes back."""
    before = everything(index)
    index.close()
    whole = index.file.read_bytes()
    kind, _, number = damage.partition(" ")
    chance = random.Random(number)
    spoilt = {"garbage": b"<html>" * 999, "empty": b""}.get(kind)
    if kind == "cut":
        spoilt = whole[: chance.randrange(len(whole))]
    if kind == "spot":
        at = chance.randrange(len(whole) - 100)
        spoilt = whole[:at] + chance.randbytes(100) + whole[at + 100 :]
    index.file.write_bytes(spoilt)
    again = Index()
    scan(again)
    assert everything(again) == before
    assert found(again, "帆船") == ["红色的帆船在海上"]
    assert again.is_sound()
    again.close()
    kept = list(index.file.parent.glob("index.sqlite.corrupt-*"))
    assert kept or damage == "empty" or kind == "spot"
    assert damage != "garbage" or [file.read_bytes() for file in kept] == [spoilt]


def test_an_index_damaged_while_it_is_open_is_made_again(index, some):
    before = everything(index)
    with index.file.open("r+b") as file:
        file.write(random.Random(1).randbytes(index.file.stat().st_size))
    index.back_up(index.file.with_name("copy.sqlite")).exception()
    scan(index)
    assert everything(index) == before


def test_rebuilding_reads_every_file_again(index, some):
    before = everything(index)
    told = []
    assert rebuild(index, lambda done, total: told.append((done, total))).total == len(some)
    assert everything(index) == before
    assert told[0] == (0, len(some))
    assert told[-1] == (len(some), len(some))


def test_what_was_stopped_half_way_goes_on(index, keep):
    for k in range(100):
        keep(seed=k, edge=1)

    class Stop(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done:
            raise Stop

    with pytest.raises(Stop):
        scan(index, stop)
    first = index.count(Query()).result()
    assert 0 < first < 100
    assert scan(index).added == 100 - first


def test_a_backup_is_a_whole_index(index, some, tmp_path: Path):
    index.back_up(tmp_path / "copy.sqlite").result()
    with sqlite3.connect(tmp_path / "copy.sqlite") as copy:
        assert copy.execute("SELECT count(*) FROM pictures").fetchone() == (len(some),)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.sqlite"]


def test_only_its_own_thread_touches_the_database(index):
    names = {index.do(lambda _: threading.current_thread().name).result() for _ in range(3)}
    assert names == {"index"}


def test_asking_does_not_wait(index):
    gate = threading.Event()
    waiting = index.do(lambda _: gate.wait(60))
    count = index.count(Query())
    assert not count.done()
    gate.set()
    assert waiting.result()
    assert count.result(60) == 0


@pytest.mark.usefixtures("home")
def test_who_asks_once_it_is_closed_does_not_wait_for_ever():
    index = Index()
    index.close()
    for asked in (index.counts(), index.ids(parse("")), index.renew()):
        with pytest.raises(StorageError, match="closed"):
            asked.result(60)


def test_a_failed_task_changes_nothing_and_the_next_one_runs(index, some):
    def fail(database: sqlite3.Connection) -> None:
        database.execute("DELETE FROM pictures")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        index.do(fail).result()
    assert index.count(Query()).result() == len(some)


def test_two_processes_do_not_fight(index, some, keep):
    index.close()
    command = [sys.executable, "-c", HOLDS]
    pipe = subprocess.PIPE
    other = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=os.environ)
    try:
        assert other.stdout.readline() == "True\n"
        second = Index()
        assert not second.writable
        assert found(second, "owl") == ["an owl"]
        for refused in (second.add(keep()), second.forget(some[0]), second.renew()):
            with pytest.raises(StorageError, match="Another Etascope"):
                refused.result()
        with pytest.raises(StorageError, match="Another Etascope"):
            scan(second)
        second.close()
        other.kill()  # a lock does not outlive whoever held it
        other.wait()
        third = Index()
        assert third.writable
        third.close()
    finally:
        other.kill()
        other.communicate()


@pytest.mark.parametrize("seconds", [0.3, pytest.param(10, marks=pytest.mark.slow)])
def test_no_write_is_lost_while_another_process_holds_the_file(index, keep, seconds: float):
    """F-06: the file is locked for ten seconds; nobody but the index's own thread waits."""
    other = sqlite3.connect(index.file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    added = [index.add(keep(seed=k)) for k in range(3)]
    with pytest.raises(TimeoutError):
        added[0].result(seconds)
    other.execute("COMMIT")
    other.close()
    assert all(one.result(60) for one in added)
    assert index.count(Query()).result() == 3


def test_an_index_that_is_just_being_made_is_said(home: Path):
    home.mkdir()
    for data in (b"", b"garbage" * 999):
        (home / "index.sqlite").write_bytes(data)
        with pytest.raises(StorageError, match="Another Etascope"):
            Database(home / "index.sqlite", writable=False)
        assert (home / "index.sqlite").read_bytes() == data


def test_where_it_cannot_be_written_it_is_kept_in_memory(home: Path, keep):
    keep(prompt="an owl")
    (home / "data").parent.mkdir(parents=True, exist_ok=True)
    (home / "data").write_text("not a folder", encoding="utf-8")
    index = Index()
    assert index.problem is not None
    scan(index)
    assert found(index, "owl") == ["an owl"]
    index.close()


def test_marks_are_in_the_file_and_in_the_index(index, some, home: Path):
    (owl,) = index.search(parse("is:favourite")).result()
    assert owl.mark == Mark(True, 4, ("Sea", "two words"))
    assert read_marks(home / "galleries" / "Etascope") == {owl.facts.sha256: owl.mark}
    index.mark("Etascope", {owl.facts.sha256: Mark(tags=(" a\nb ", "a b", ""))}).result()
    (owl,) = index.search(parse('tag:"a b" is:tagged')).result()
    assert owl.mark == Mark(tags=("a b",))
    index.mark("Etascope", {owl.facts.sha256: Mark()}).result()
    assert found(index, "is:tagged") == []
