"""A window with the Gallery view in front, over real files and a real index."""

from datetime import datetime, timedelta

import numpy as np
import pytest
import shiboken6

from engine.commands import Destination
from engine.compare.axes import Axis
from engine.compare.keep import Grid, KeptCell, digest, grid_path, save_grid
from engine.gallery.query import parse
from engine.gallery.store import gallery_folder, open_picture, save_picture
from engine.recipe import Environment, Picture, Recipe
from gui.gallery.catalogue import Catalogue

WHERE = Environment("cpu", "float32", "torch", (("torch", "2.13.0"),))


@pytest.fixture
def keep(home):
    """Save a picture in a gallery, each a second newer than the last; keywords are the recipe's."""
    numbers = iter(range(10**6))
    first = datetime.now().astimezone() - timedelta(days=1)

    def save(gallery="Etascope", size=(24, 24), **settings):
        number = next(numbers)
        about = {"prompt": f"boat {number}", "seed": number, "width": size[0], "height": size[1]}
        recipe = Recipe(**(about | settings))
        pixels = np.full((size[1], size[0], 3), (number * 37 % 256, 90, 160), np.uint8)
        made = first + timedelta(seconds=number)
        picture = Picture(pixels, recipe, made, WHERE, "5e" * 32)
        return save_picture(picture, Destination(folder=gallery_folder(gallery)))

    return save


@pytest.fixture
def keep_grid(keep):
    """Save two pictures and the comparison of them; returns its path and theirs."""

    def save(gallery="Etascope"):
        cells = [keep(gallery, prompt="two owls", steps=steps) for steps in (2, 4)]
        opened = [open_picture(one) for one in cells]
        kept = tuple(
            KeptCell(one.reading.recipe, ((k,),), one.path.name, digest(one.pixels))
            for k, one in enumerate(opened)
        )
        grid = Grid((Axis("steps", (2, 4)),), kept)
        return save_grid(grid_path(cells[0].parent), opened[0].pixels, grid), cells

    return save


@pytest.fixture
def catalogue(qtbot, qapp):
    """A catalogue, its index open and in step with what had been kept before."""
    one = Catalogue()
    yield one
    assert one.close()
    shiboken6.delete(one)  # here and now: rings are cleared away in any thread, its watcher too


@pytest.fixture
def in_step(qtbot):
    """Wait until a catalogue has looked at everything."""

    def wait(catalogue):
        catalogue.begin()

        def ready():
            told = catalogue._scanned_at > float("-inf")  # the thread is done a little before
            return catalogue.index is not None and not catalogue.reading and told

        qtbot.waitUntil(ready)
        return catalogue.index

    return wait


@pytest.fixture
def view(window, qtbot, in_step):
    """The Gallery view in front, and at rest."""

    def show(count=None):
        window.resize(1280, 800)
        window.open_view("gallery")
        gallery = window.gallery_view
        in_step(gallery.catalogue)
        if count is not None:
            shows(qtbot, gallery, count)
        return gallery

    return show


def shows(qtbot, gallery, count):
    """Wait until the view has so many pictures, and knows the first of them."""

    def ready():
        model = gallery.model
        return model.rowCount() == count and (not count or model.entry(0) is not None)

    qtbot.waitUntil(ready)


def prompts(gallery):
    """Return the prompts of all pictures that the view shows."""
    model = gallery.model
    entries = [model.entry(row) for row in range(model.rowCount())]
    return [entry and entry.facts.settings.get("prompt") for entry in entries]


def known_to(index, text=""):
    return [entry.name for entry in index.search(parse(text)).result()]
