"""Menus and dialogs of the Gallery view."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.exporting import ExportDialog
from gui.reproducing import ReproduceDialog
from gui.settings import Settings, write_settings
from gui.upkeep import UpkeepDialog
from tests.gui.gallery.conftest import shows


def open_menu(gallery, name):
    menu = gallery.findChild(QMenu, name)
    assert menu is not None
    return menu


def test_the_menu_at_a_picture_offers_what_makes_sense(view, keep, keep_grid, qtbot):
    keep()
    keep_grid()
    gallery = view(4)
    grid = next(row for row in range(4) if gallery.model.entry(row).facts.kind == "grid")
    gallery.grid.go_to(grid)
    gallery.menu.open(QPoint(5, 5))
    menu = open_menu(gallery, "picture-menu")
    assert menu.findChild(QAction, "menu-grid") is not None
    assert not menu.findChild(QAction, "menu-compare").isEnabled()
    menu.findChild(QAction, "menu-favourite").trigger()
    menu.hide()
    qtbot.waitUntil(lambda: gallery.model.entry(grid).mark.favourite)
    qtbot.waitUntil(lambda: gallery.findChild(QMenu, "picture-menu") is None)
    gallery.grid.select([0, 1], 0)
    gallery.menu.open(QPoint(5, 5))
    menu = open_menu(gallery, "picture-menu")
    assert menu.findChild(QAction, "menu-compare").isEnabled()
    assert menu.findChild(QAction, "menu-seed") is None
    menu.hide()


def test_what_is_selected_is_exported_or_all_that_was_found(view, keep, qtbot):
    for _ in range(3):
        keep()
    gallery = view(3)
    gallery.grid.select([0, 2], 0)
    gallery.do("export")
    dialog = gallery.window().findChild(ExportDialog)
    assert [one.id for one in dialog._fetch()] == gallery.model.ids_at([0, 2])
    dialog.reject()
    qtbot.waitUntil(lambda: gallery.window().findChild(ExportDialog) is None)
    gallery.grid.clearSelection()
    gallery.search.field.set_text("boat")
    shows(qtbot, gallery, 3)
    gallery.dialogs.open("export")
    dialog = gallery.window().findChild(ExportDialog)
    assert len(dialog._fetch()) == 3
    dialog.reject()


def test_what_was_just_thrown_away_is_not_given_away_with_the_rest(view, keep, qtbot):
    secret = [keep() for _ in range(3)][1]
    gallery = view(3)
    gallery.grid.select([1], 1)
    gallery.do("trash")
    shows(qtbot, gallery, 2)
    assert secret.exists()  # it can still be had back
    gallery.dialogs.open("export")
    dialog = gallery.window().findChild(ExportDialog)
    names = [one.name for one in dialog._fetch()]
    assert len(names) == 2
    assert secret.name not in names
    dialog.reject()


def test_the_files_are_verified_and_a_picture_made_again_from_the_menu(view, keep, qtbot):
    keep()
    gallery = view(1)
    gallery.dialogs.open("verify")
    dialog = gallery.window().findChild(UpkeepDialog)
    qtbot.waitUntil(lambda: not dialog.is_busy())
    dialog.reject()
    gallery.grid.go_to(0)
    gallery.do("reproduce")
    again = gallery.window().findChild(ReproduceDialog)
    qtbot.waitUntil(lambda: not again.is_busy())
    again.reject()


def test_galleries_that_are_put_elsewhere_are_shown_from_there(view, keep, qtbot, home, tmp_path):
    keep()
    gallery = view(1)
    (tmp_path / "elsewhere" / "Other").mkdir(parents=True)
    write_settings(Settings(galleries=str(tmp_path / "elsewhere")), home / "config")
    gallery.catalogue.look_elsewhere()
    qtbot.waitUntil(lambda: [one.name for one in gallery.catalogue.galleries] == ["Other"])
    shows(qtbot, gallery, 0)
