"""The Gallery view: what it shows, and what it says where there is nothing."""

import gc
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.gallery.store import gallery_folder
from gui.gallery.begin import NOTHING, OFFLINE, UNFOUND
from tests.gui.gallery.conftest import prompts, shows
from tests.gui.gallery.hands import pick, press


def test_all_pictures_are_there_the_newest_first(view, keep, qtbot):
    for k in range(3):
        keep(prompt=f"owl {k}")
    gallery = view(3)
    qtbot.waitUntil(lambda: prompts(gallery) == ["owl 2", "owl 1", "owl 0"])
    assert gallery.bar.words.sentence() == "3 pictures"
    assert gallery.pages.currentWidget() is gallery.grid


def test_the_last_picture_of_a_gallery_comes_back_by_keys(view, keep, qtbot):
    keep("Boats")
    gallery = view(1)
    gallery.side.choose("Boats")
    shows(qtbot, gallery, 1)
    gallery.grid.setFocus()
    gallery.grid.go_to(0)
    QTest.keyClick(gallery.grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 0)
    field = gallery.search.field.edit
    qtbot.waitUntil(field.hasFocus)  # there is nothing else that could have it
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 1)
    QTest.keyClicks(field, "sea")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""


def test_a_move_that_cannot_be_undone_is_told(view, keep, qtbot):
    path = keep()
    keep("Boats")
    gallery = view(2)
    entry = next(e for e in map(gallery.model.entry, (0, 1)) if e.name == path.name)
    gallery.doing.deeds.move([entry], "Boats")
    qtbot.waitUntil(lambda: bool(gallery.toast.sentence()))
    shutil.rmtree(path.parent)
    gallery.toast.button.click()
    qtbot.waitUntil(lambda: "no gallery" in gallery.messages.sentence())
    assert (gallery_folder("Boats") / path.name).exists()


# What is new


def test_a_picture_appears_as_soon_as_it_is_saved(view, keep, qtbot, window, session):
    keep()
    gallery = view(1)
    window.create_view.controls.prompt.set_text("a new owl")
    with qtbot.waitSignal(session.saved):
        window.create_view.generate()
    shows(qtbot, gallery, 2)
    qtbot.waitUntil(lambda: prompts(gallery)[0] == "a new owl")


def test_files_put_there_and_taken_away_by_others_are_noticed(view, keep, qtbot):
    first = keep()
    gallery = view(1)
    keep()
    shows(qtbot, gallery, 2)
    first.unlink()
    shows(qtbot, gallery, 1)


def test_a_picture_is_shown_large_and_its_neighbours_by_arrows(view, keep, qtbot):
    for _ in range(3):
        keep()
    gallery = view(3)
    pick(qtbot, gallery, 0)
    press(gallery, Qt.Key.Key_Return)
    canvas = gallery.pages.large.canvas
    name = gallery.pages.large.name
    qtbot.waitUntil(lambda: name.sentence().startswith("1 of 3"))
    press(gallery, Qt.Key.Key_Right, part=canvas)
    qtbot.waitUntil(lambda: name.sentence().startswith("2 of 3"))
    press(gallery, Qt.Key.Key_End, part=canvas)
    qtbot.waitUntil(lambda: name.sentence().startswith("3 of 3"))
    press(gallery, Qt.Key.Key_Z, part=canvas)
    assert not canvas.viewport.fitted
    press(gallery, Qt.Key.Key_Escape, part=canvas)
    assert gallery.pages.currentWidget() is gallery.grid
    assert gallery.grid.rows() == [2]


def test_a_file_that_cannot_be_read_says_so_in_its_place(view, keep, qtbot):
    keep()
    bad = gallery_folder("Etascope") / "bad.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    gallery = view(2)
    row = next(row for row in (0, 1) if gallery.model.entry(row).facts.kind == "broken")
    pick(qtbot, gallery, row)
    gallery.grid.grab()
    press(gallery, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "cannot be read" in gallery.pages.large.canvas._busy_text)


@pytest.mark.parametrize(
    ("key", "modifier", "what"),
    [
        (Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, "prompt"),
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier, "seed"),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "all"),
        (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "rest"),
    ],
)
def test_settings_are_taken_back_to_create(view, keep, qtbot, window, key, modifier, what):
    keep(prompt="an owl", steps=33, seed=99, width=64, height=64, size=(64, 64))
    gallery = view(1)
    controls = window.create_view.controls
    controls.picture.seed.set_value(5)
    before = controls.kept_draft()
    pick(qtbot, gallery, 0)
    press(gallery, key, modifier)
    qtbot.waitUntil(lambda: window.views.currentWidget() is window.create_view)
    draft = controls.kept_draft()
    assert draft.prompt == ("an owl" if what != "seed" else before.prompt)
    assert draft.seed == (99 if what in {"seed", "all"} else before.seed)
    assert draft.steps == (33 if what in {"all", "rest"} else before.steps)


def test_settings_and_pictures_are_copied(view, keep, qtbot):
    path = keep(prompt="an owl", steps=33)
    gallery = view(1)
    pick(qtbot, gallery, 0)
    clipboard = QGuiApplication.clipboard()
    press(gallery, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    held = clipboard.mimeData
    qtbot.waitUntil(lambda: held() is not None and held().hasImage())
    assert clipboard.mimeData().urls()[0].toLocalFile() == str(path)
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(gallery, Qt.Key.Key_C, shift)
    qtbot.waitUntil(lambda: clipboard.text().startswith("an owl\n"))
    assert "Steps: 33" in clipboard.text()


def test_a_comparison_opens_again_living(view, keep_grid, qtbot, window):
    path, _ = keep_grid()
    gallery = view(3)
    row = next(row for row in range(3) if gallery.model.entry(row).facts.kind == "grid")
    pick(qtbot, gallery, row)
    assert gallery.details.buttons["grid"].isVisible()
    press(gallery, Qt.Key.Key_G)
    comparison = window.compare_view.comparison
    qtbot.waitUntil(lambda: comparison.path == path)
    assert window.views.currentWidget() is window.compare_view
    qtbot.waitUntil(lambda: [cell.path is not None for cell in comparison.cells] == [True, True])


def test_two_to_nine_are_looked_at_side_by_side(view, keep, qtbot):
    for steps in (2, 4, 6):
        keep(prompt="owl", seed=1, steps=steps)
    gallery = view(3)
    pick(qtbot, gallery, 0)
    assert not gallery.bar.buttons["compare"].isEnabled()
    pick(qtbot, gallery, 0, 1, 2)
    press(gallery, Qt.Key.Key_C)
    viewer = gallery.pages.comparing.viewer
    qtbot.waitUntil(lambda: len(viewer.pictures()) == 3)
    assert [one.label for one in viewer.pictures()] == ["Steps 6", "Steps 4", "Steps 2"]
    viewer.left.emit()
    assert gallery.pages.currentWidget() is gallery.grid
    assert gallery.grid.rows() == [0, 1, 2]


# Where there is nothing


def test_an_empty_home_says_how_pictures_come_here(view, window, qtbot):
    gallery = view()
    qtbot.waitUntil(lambda: gallery.pages.begin_with.state == NOTHING)
    assert str(gallery_folder("x").parent) in gallery.pages.begin_with.accessibleName()
    gallery.pages.begin_with.button.click()
    assert window.views.currentWidget() is window.create_view


def test_nothing_found_offers_to_clear_the_search(view, keep, qtbot):
    keep()
    gallery = view(1)
    gallery.search.field.set_text("zebra")
    qtbot.waitUntil(lambda: gallery.pages.begin_with.state == UNFOUND)
    assert gallery.pages.begin_with.isVisible()
    gallery.pages.begin_with.button.click()
    shows(qtbot, gallery, 1)
    assert gallery.pages.currentWidget() is gallery.grid


def test_a_disk_that_is_not_there_is_said_and_nothing_is_forgotten(view, keep, qtbot, home):
    keep()
    gallery = view(1)
    (home / "galleries").rename(home / "unplugged")
    gallery.catalogue.scan()
    qtbot.waitUntil(lambda: gallery.catalogue.offline == ("Etascope",))
    assert gallery.model.rowCount() == 1
    gallery.search.field.set_text("zebra")
    qtbot.waitUntil(lambda: gallery.pages.begin_with.state == OFFLINE)
    (home / "unplugged").rename(home / "galleries")
    gallery.pages.begin_with.button.click()
    qtbot.waitUntil(lambda: gallery.catalogue.offline == ())


# The window


def test_ctrl_3_opens_it_and_every_control_has_a_name_and_a_tooltip(view, keep, window, qtbot):
    keep()
    gallery = view(1)
    window.open_view("create")
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.views.currentWidget() is gallery
    pick(qtbot, gallery, 0)
    parts = [
        part
        for part in gallery.findChildren(QWidget)
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.focusProxy() is None
        and part.isVisible()
        and part.window() is window
        and not part.objectName().startswith("qt_")
    ]
    assert len(parts) > 25
    for part in parts:
        assert part.objectName(), part
        assert part.accessibleName(), part.objectName()
        assert part.toolTip(), part.objectName()


def test_the_window_s_end_closes_the_index(view, keep, window, session, qtbot):
    keep()
    gallery = view(1)
    index = gallery.catalogue.index
    window.close()
    assert gallery.close_threads()
    again = type(index)()
    assert again.writable
    again.close()


def test_opening_and_closing_leaves_nothing_behind(view, keep, qtbot):
    keep()
    gallery = view(1)
    for _ in range(3):
        gallery.pages.show_large(gallery.model.index(0))
        gallery.pages.show_grid()
    QApplication.processEvents()
    gc.collect()
    assert gallery.pages.currentWidget() is gallery.grid
