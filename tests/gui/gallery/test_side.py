"""Galleries at the side of the Gallery view: made, renamed, deleted, filled."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton

from engine.gallery.galleries import galleries
from engine.gallery.marks import read_marks
from engine.gallery.store import gallery_folder
from gui.gallery.begin import EMPTY
from gui.gallery.pictures_model import DRAGGED
from tests.gui.gallery.conftest import prompts, shows
from tests.gui.gallery.hands import pick, press


def test_a_gallery_shows_its_own_pictures_and_all_shows_all(view, keep, qtbot):
    keep()
    keep("Boats")
    gallery = view(2)
    gallery.side.list.setCurrentRow(1)
    shows(qtbot, gallery, 1)
    assert gallery.side.gallery == "Boats"
    gallery.side.choose("")
    shows(qtbot, gallery, 2)


def test_a_gallery_is_made_renamed_and_deleted(view, keep, qtbot):
    keep("Boats")
    gallery = view(1)
    gallery.side._make("Sketches")
    qtbot.waitUntil(lambda: gallery.side.list.gallery() == "Sketches")
    assert gallery.pages.begin_with.state == EMPTY
    gallery.side.choose("Boats")
    gallery.side._rename("Boats", "Ships")
    qtbot.waitUntil(lambda: gallery.side.list.gallery() == "Ships")
    shows(qtbot, gallery, 1)
    gallery.side.ask_delete()
    box = gallery.window().findChild(QMessageBox, "delete-gallery")
    assert "Ships" in box.text()
    box.findChild(QPushButton, "confirm-delete").click()
    qtbot.waitUntil(lambda: [one.name for one in galleries()] == ["Sketches"])
    qtbot.waitUntil(lambda: gallery.side.gallery == "")


def test_a_name_that_cannot_be_is_refused_in_a_sentence(view, keep, qtbot):
    keep()
    gallery = view(1)
    gallery.side._make("../elsewhere")
    qtbot.waitUntil(lambda: "cannot be called" in gallery.messages.sentence())


def test_pictures_are_moved_with_their_marks_and_moved_back(view, keep, qtbot):
    path = keep()
    keep("Boats")
    gallery = view(2)
    qtbot.waitUntil(lambda: len(gallery.catalogue.galleries) == 2)
    row = prompts(gallery).index("boat 0") if "boat 0" in prompts(gallery) else 1
    pick(qtbot, gallery, row)
    press(gallery, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: bool(read_marks(path.parent)))
    gallery.doing.move_to("Boats")
    moved = gallery_folder("Boats") / path.name
    qtbot.waitUntil(moved.exists)
    assert len(read_marks(moved.parent)) == 1
    qtbot.waitUntil(lambda: gallery.toast.sentence() == "1 picture moved to Boats")
    gallery.toast.button.click()
    qtbot.waitUntil(path.exists)


def test_pictures_are_dropped_on_the_name_of_a_gallery(view, keep, qtbot):
    path = keep()
    keep("Boats")
    gallery = view(2)
    qtbot.waitUntil(lambda: gallery.side.list.count() == 3)
    where = gallery.side.list
    entry = next(e for e in map(gallery.model.entry, (0, 1)) if e.gallery == "Etascope")
    data = QMimeData()
    data.setData(DRAGGED, str(entry.id).encode())
    data.setUrls([QUrl.fromLocalFile(str(path))])
    spot = QPointF(where.visualItemRect(where.item(1)).center())
    drop = QDropEvent(
        spot,
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    where.dropEvent(drop)
    assert drop.isAccepted()
    qtbot.waitUntil((gallery_folder("Boats") / path.name).exists)


def test_new_pictures_go_where_the_create_view_is_told(view, keep, qtbot, window, session):
    keep("Boats")
    keep()
    view(2)
    window.create_view.strip.choose_button.click()
    qtbot.waitUntil(lambda: window.findChild(QMenu, "gallery-chooser") is not None)
    menu = window.findChild(QMenu, "gallery-chooser")
    boats = next(one for one in menu.actions() if one.text() == "Boats")
    ticked = [one.text() for one in menu.actions() if one.isChecked()]
    assert ticked == ["Etascope"]
    boats.trigger()
    menu.hide()
    assert session.pictures.folder == gallery_folder("Boats")
    assert window.settings().gallery == "Boats"
    with qtbot.waitSignal(session.saved):
        window.create_view.generate()
    assert len(list(gallery_folder("Boats").glob("*.png"))) == 2
