import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester

from engine.events import Finished
from engine.gallery.store import save_picture
from engine.recipe import Branch, Recipe
from gui import gallery_model
from gui.gallery_model import BRANCHED_ROLE, NewestPictures
from tests.gui.scripted import finish, job, trajectory

DECORATION = 1


def save(folder: Path, seed: int = 0, **recipe) -> Path:
    """A picture on disk, as the engine writes it."""
    wanted = job(folder, seed=seed, **recipe)
    finished = next(finish(wanted, trajectory(wanted.recipe)))
    assert isinstance(finished, Finished)
    folder.mkdir(exist_ok=True)
    return save_picture(finished.picture, wanted.destination)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "gallery"


@pytest.fixture
def model(qtbot, folder):
    made = NewestPictures(folder)
    yield made
    made.close()


def listed(qtbot, model):
    with qtbot.waitSignal(model.modelReset):
        model.begin()


def test_a_gallery_that_is_not_there_yet_is_empty(qtbot, model):
    listed(qtbot, model)
    assert model.rowCount() == 0
    assert model.total == 0


def test_what_is_on_the_disk_is_listed(qtbot, folder, model):
    paths = {save(folder, seed) for seed in range(3)}
    listed(qtbot, model)
    assert {model.path(row) for row in range(3)} == paths
    assert model.total == 3


def test_only_the_newest_are_listed_but_all_are_counted(qtbot, folder, model, monkeypatch):
    monkeypatch.setattr(gallery_model, "MOST_SHOWN", 2)
    for seed in range(3):
        save(folder, seed)
    listed(qtbot, model)
    assert model.rowCount() == 2
    assert model.total == 3


def test_it_keeps_to_what_qt_asks_of_models(qtbot, folder, model):
    tester = QAbstractItemModelTester(model)
    save(folder)
    listed(qtbot, model)
    model.add(save(folder))
    with qtbot.waitSignal(model.dataChanged):
        model.index(0).data(DECORATION)
    assert tester.model() is model


def test_a_new_picture_goes_on_top_once(qtbot, folder, model):
    save(folder)
    listed(qtbot, model)
    path = save(folder)
    model.add(path)
    model.add(path)
    assert model.path(0) == path
    assert model.rowCount() == model.total == 2


def test_a_hundred_new_pictures_leave_only_the_newest_in_the_list(
    qtbot, folder, model, monkeypatch
):
    monkeypatch.setattr(gallery_model, "MOST_SHOWN", 20)
    tester = QAbstractItemModelTester(model)
    for number in range(100):
        model.add(folder / f"{number}.png")
    assert model.rowCount() == len(model._rows) == gallery_model.MOST_SHOWN
    assert model.path(0).name == "99.png"
    assert model.total == 100
    assert tester.model() is model


def test_a_thumbnail_that_comes_when_its_picture_has_left_the_list_is_dropped(
    qtbot, folder, model, monkeypatch
):
    monkeypatch.setattr(gallery_model, "MOST_SHOWN", 1)
    model.add(save(folder))
    with qtbot.waitSignal(model._drawn):  # from before it is drawn: that may be done at once
        model.index(0).data(DECORATION)
        model.add(folder / "newer.png")
    assert [row.image for row in model._rows] == [None]


def test_closing_does_not_wait_for_ever_for_a_disk_that_hangs(qtbot, folder, model, monkeypatch):
    hangs = threading.Event()
    monkeypatch.setattr(gallery_model, "LONGEST_READ", 50)
    monkeypatch.setattr(gallery_model, "thumbnail", lambda *_: hangs.wait() and None)
    monkeypatch.setattr(gallery_model, "to_image", lambda _: QImage())
    model.add(folder / "far-away.png")
    model.index(0).data(DECORATION)
    assert not model.close()
    hangs.set()
    model._readers.waitForDone()
    assert model.close()


def test_a_picture_saved_while_the_folder_is_read_is_not_lost(qtbot, folder, model):
    model.add(folder / "just-now.png")
    save(folder)
    listed(qtbot, model)
    assert model.path(0).name == "just-now.png"
    assert model.rowCount() == model.total == 2


def test_thumbnails_are_read_elsewhere_and_only_when_looked_at(qtbot, folder, model, monkeypatch):
    threads = []
    real = gallery_model.thumbnail

    def thumbnail(path, edge):
        threads.append(QThread.currentThread())
        return real(path, edge)

    monkeypatch.setattr(gallery_model, "thumbnail", thumbnail)
    save(folder)
    listed(qtbot, model)
    qtbot.wait(20)
    assert not threads
    with qtbot.waitSignal(model.dataChanged):
        assert model.index(0).data(DECORATION) is None
    image = model.index(0).data(DECORATION)
    assert isinstance(image, QImage)
    assert max(image.width(), image.height()) <= gallery_model.EDGE
    assert threads
    assert threads[0] is not model.thread()


@pytest.mark.parametrize("branched", [True, False])
def test_a_branched_picture_says_so_once_its_thumbnail_is_there(qtbot, folder, model, branched):
    origin = Recipe(prompt="a boat", steps=4)
    save(folder, branch=Branch(origin, 2) if branched else None)
    listed(qtbot, model)
    index = model.index(0)
    assert index.data(BRANCHED_ROLE) is False
    with qtbot.waitSignal(model.dataChanged):
        index.data(DECORATION)
    assert index.data(BRANCHED_ROLE) is branched
    assert ("branches" in index.data(Qt.ItemDataRole.ToolTipRole)) is branched
    assert ("branched" in index.data(Qt.ItemDataRole.AccessibleTextRole)) is branched


def test_a_damaged_picture_stays_an_empty_frame(qtbot, folder, model):
    folder.mkdir()
    (folder / "broken.png").write_bytes(b"no picture")
    listed(qtbot, model)
    assert model.index(0).data(DECORATION) is None
    model._readers.waitForDone()
    qtbot.wait(20)
    assert model.index(0).data(DECORATION) is None


def test_opening_brings_pixels_and_recipe(qtbot, folder, model):
    path = save(folder, seed=5)
    with qtbot.waitSignal(model.opened) as opened:
        model.open(path)
    stored = opened.args[0]
    assert stored.path == path
    assert stored.pixels.shape == (128, 128, 3)
    assert stored.reading.recipe.seed == 5


def test_a_picture_that_cannot_be_opened_is_said_in_a_sentence(qtbot, folder, model):
    with qtbot.waitSignal(model.unreadable) as told:
        model.open(folder / "gone.png")
    assert "gone.png" in told.args[0].message
    assert not told.args[0].is_bug


def test_closing_drops_what_has_not_been_read(qtbot, folder, model):
    for seed in range(5):
        save(folder, seed)
    listed(qtbot, model)
    for row in range(5):
        model.index(row).data(DECORATION)
    model.close()
    assert model._readers.activeThreadCount() == 0
    assert len(list(folder.iterdir())) == 5


def test_a_picture_taken_out_is_put_back_where_it_was(qtbot, folder, model):
    tester = QAbstractItemModelTester(model)
    paths = [folder / f"{number}.png" for number in range(3)]
    for path in reversed(paths):
        model.add(path)
    model.take_out(1)
    assert (model.rowCount(), model.total) == (2, 2)
    model.put_back(paths[1], 1)
    model.put_back(paths[1], 0)
    assert [model.path(row) for row in range(3)] == paths
    assert tester.model() is model


def test_another_folder_shows_its_own_pictures_only(qtbot, folder, model, tmp_path):
    save(folder)
    listed(qtbot, model)
    save(tmp_path / "other", seed=1)
    path = save(tmp_path / "other", seed=2)
    with qtbot.waitSignals([model.modelReset, model.modelReset]):
        model.show_folder(tmp_path / "other")
    assert model.rowCount() == model.total == 2
    assert model.path(0).parent == path.parent
    model._take_list(folder, [folder / "late.png"], 1)
    assert model.total == 2, "the list of the folder before came too late"
