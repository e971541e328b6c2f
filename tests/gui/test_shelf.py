import pytest

from engine.recipe import Recipe
from gui.reel import Reel
from gui.shelf import Shelf
from tests.gui.scripted import grey

SIZE = grey(0).nbytes


def reel(name):
    return Reel(name, Recipe(prompt=name), (1.0,), (1.0,), picture=grey(0), path=name)


@pytest.mark.parametrize(
    ("room", "kept"), [(10, "abc"), (3, "abc"), (2.5, "bc"), (1, "c"), (0, "c")]
)
def test_the_oldest_go_when_there_is_no_room(room, kept):
    shelf = Shelf(budget=int(room * SIZE))
    for name in "abc":
        shelf.put(reel(name))
    assert [name for name in "abc" if shelf.by_job(name)] == list(kept)
    assert [name for name in "abc" if shelf.by_path(name)] == list(kept)


def test_an_empty_shelf_has_nothing(tmp_path):
    assert Shelf().by_path(tmp_path) is None
