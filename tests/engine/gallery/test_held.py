"""Another program holds the index (F-06): everything waits and says so, and nothing is lost."""

import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from engine.errors import StorageError
from engine.gallery import database
from engine.gallery.index import Index
from engine.gallery.marks import Mark, read_marks
from engine.gallery.query import parse
from engine.gallery.scan import scan
from engine.gallery.turns import Turns

PATIENCE = 60
"""Seconds that are waited at most for what is to happen at once."""

# What a backup program or a browser of databases does, knowing nothing of our lock.
HOLDS = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
database.execute("ROLLBACK")
"""


@contextmanager
def held(file):
    """Have a second process hold the index; it lets go at the end, or when told so before."""
    command = [sys.executable, "-c", HOLDS, str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as other:
        assert other.stdout.readline() == "held\n"
        try:
            yield lambda: (other.stdin.close(), other.wait())
        finally:
            if not other.stdin.closed:
                other.stdin.close()


class Told:
    """What was told of the index being held."""

    def __init__(self):
        self.said = []
        self.is_held = threading.Event()

    def __call__(self, is_held):
        self.said.append(is_held)
        self.is_held.set()


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def watched(home, keep, told):
    """An index with one picture in it, and another picture that it does not know."""
    keep(prompt="a boat")
    index = Index(held=told)
    scan(index)
    yield index
    index.close()


def test_what_is_asked_and_ordered_is_done_as_soon_as_the_other_lets_go(watched, keep, told):
    path = keep(prompt="an owl")
    (boat,) = watched.search(parse("boat")).result()
    with held(watched.file) as let_go:
        added = watched.add(path)
        marked = watched.mark("Etascope", {boat.facts.sha256: Mark(rating=4)})
        found = watched.ids(parse("owl"))
        assert told.is_held.wait(PATIENCE)
        assert database._UNSAID < 1
        assert not added.done()
        let_go()
    assert added.result(PATIENCE).name == path.name
    marked.result(PATIENCE)
    assert found.result(PATIENCE).tolist() == [added.result().id]
    assert told.said == [True, False]
    assert watched.search(parse("rating>=4")).result()[0].id == boat.id


def test_marks_are_on_the_disk_though_the_index_cannot_be_written(watched, told):
    (boat,) = watched.search(parse("boat")).result()
    with held(watched.file) as let_go:
        told.is_held.clear()
        waiting = watched.search(parse("boat"))
        marked = watched.mark("Etascope", {boat.facts.sha256: Mark(favourite=True)})
        assert told.is_held.wait(PATIENCE)
        let_go()
    waiting.result(PATIENCE), marked.result(PATIENCE)
    assert read_marks(watched.galleries / "Etascope")[boat.facts.sha256].favourite


def test_it_is_opened_as_soon_as_the_other_lets_go(watched, told):
    watched.close()
    told.said.clear()
    told.is_held.clear()
    opened = []
    with held(watched.file) as let_go:
        opening = threading.Thread(target=lambda: opened.append(Index(held=told)))
        opening.start()
        assert told.is_held.wait(PATIENCE)
        let_go()
        opening.join(PATIENCE)
    index = opened[0]
    assert index.problem is None
    assert not index.fresh
    assert told.said == [True, False]
    index.close()


def test_who_never_lets_go_is_said_to_hold_it_and_the_next_scan_brings_what_was_missed(
    watched, keep, told, monkeypatch
):
    monkeypatch.setattr(database, "PATIENCE", 0.5)
    path = keep(prompt="an owl")
    with held(watched.file):
        with pytest.raises(StorageError, match="Another program holds the index"):
            watched.add(path).result(PATIENCE)
        assert told.said == [True]  # and still is
    assert scan(watched).added == 1
    assert told.said == [True, False]


def test_an_end_does_not_wait_long_for_who_holds_it(watched, keep, monkeypatch):
    monkeypatch.setattr(database, "_LAST_PATIENCE", 0.2)
    path = keep()
    with held(watched.file):
        lost = watched.add(path)
        began = time.monotonic()
        watched.close()
        assert time.monotonic() - began < database.PATIENCE / 2
        assert isinstance(lost.exception(0), StorageError)


def test_what_can_wait_is_taken_when_there_is_nothing_else():
    turns = Turns()
    turns.put("count", patient=True)
    turns.put("search")
    turns.put("count more", patient=True)
    turns.put("search more")
    turns.end()
    taken = [turns.take() for _ in range(5)]
    assert taken == ["search", "search more", "count", "count more", None]
