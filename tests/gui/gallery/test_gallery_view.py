"""The Gallery view: finding, looking, marking, moving, throwing away, taking settings back."""

import gc

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton, QWidget

from engine.commands import Destination
from engine.gallery.galleries import galleries
from engine.gallery.marks import Mark, read_marks
from engine.gallery.png import encode_png
from engine.gallery.store import gallery_folder, open_picture, save_picture
from engine.recipe import Adapter, Branch, Part, Picture, Recipe, Unfinished
from gui.gallery.begin import EMPTY, NOTHING, OFFLINE, UNFOUND
from gui.gallery.pictures_model import DRAGGED
from gui.gallery.said import when
from gui.trash import Thrown
from tests.gui.gallery.conftest import WHERE, prompts, shows


def press(view, key, modifier=Qt.KeyboardModifier.NoModifier, part=None):
    QTest.keyClick(part or view.grid, key, modifier)


def pick(qtbot, view, *rows):
    """Select pictures, and wait until the panel at the right tells of them."""
    view.grid.select(list(rows), rows[-1])
    view.grid.setFocus()
    qtbot.waitUntil(lambda: not view._chosen.isActive())


# Finding


def test_all_pictures_are_there_the_newest_first(view, keep, qtbot):
    for k in range(3):
        keep(prompt=f"owl {k}")
    gallery = view(3)
    qtbot.waitUntil(lambda: prompts(gallery) == ["owl 2", "owl 1", "owl 0"])
    assert gallery.bar.words.sentence() == "3 pictures"
    assert gallery.pages.currentWidget() is gallery.grid


def test_what_is_typed_is_found_chinese_too(view, keep, qtbot):
    keep(prompt="红色的帆船在海上")
    keep(prompt="a red boat", sampler="plms", eta=None)
    gallery = view(2)
    for text, count in (("帆船", 1), ("boat sampler:plms", 1), ("sampler:ddpm", 0), ("", 2)):
        gallery.search.field.edit.setText(text)
        gallery.search.field.edit.textEdited.emit(text)
        shows(qtbot, gallery, count)


def test_what_makes_no_sense_is_said_under_the_field(view, keep):
    keep()
    gallery = view(1)
    gallery.search.field.set_text("steps>many")
    assert gallery.search.field.note.text() == "steps is a number, not 'many'; it was left out."
    assert gallery.search.field.note.isVisible()
    gallery.search.field.set_text("")
    assert not gallery.search.field.note.isVisible()


def test_a_filter_is_a_term_in_the_text(view, keep, qtbot):
    keep(sampler="plms", eta=None)
    keep()
    gallery = view(2)
    qtbot.waitUntil(lambda: gallery.side.filters.chip("sampler-plms") is not None)
    gallery.side.filters.chip("sampler-plms").click()
    shows(qtbot, gallery, 1)
    assert gallery.search.field.text() == "sampler:plms"
    gallery.side.filters.chip("sampler-ddim").click()
    shows(qtbot, gallery, 2)
    assert gallery.search.field.text() == "sampler:plms,ddim"
    gallery.search.field.set_text("boat")
    assert not gallery.side.filters.chip("sampler-plms").isChecked()


def test_filters_that_exclude_each_other_take_each_others_place(view, keep):
    keep()
    gallery = view(1)
    gallery.side.filters.chip("rating>=3").click()
    gallery.side.filters.chip("rating>=4").click()
    gallery.side.filters.chip("is:favourite").click()
    assert gallery.search.field.text() == "rating>=4 is:favourite"
    gallery.side.filters.chip("rating>=4").click()
    assert gallery.search.field.text() == "is:favourite"


def test_terms_are_completed(view, keep, qtbot):
    keep()
    edit = view(1).search.field.edit
    edit.setFocus()
    QTest.keyClicks(edit, "boat sampler:dd")
    assert {"sampler:ddim", "sampler:ddpm"} <= set(edit.offered())
    edit._complete("sampler:ddim")
    assert edit.text() == "boat sampler:ddim "
    edit._popup.hide()


def test_the_oldest_or_the_best_can_come_first(view, keep, qtbot):
    for k in range(3):
        keep(prompt=f"owl {k}")
    gallery = view(3)
    gallery.search.sort.setCurrentIndex(1)
    gallery.search.sort.activated.emit(1)
    qtbot.waitUntil(lambda: prompts(gallery) == ["owl 0", "owl 1", "owl 2"])
    gallery.search.field.set_text("sort:newest")
    qtbot.waitUntil(lambda: prompts(gallery) == ["owl 2", "owl 1", "owl 0"])
    gallery.search.sort.activated.emit(1)
    assert gallery.search.field.text() == ""


def test_pictures_of_one_prompt_or_one_comparison_stand_together(view, keep, keep_grid, qtbot):
    keep(prompt="owl")
    keep_grid()
    keep(prompt="owl")
    gallery = view(5)
    gallery.search.group.setCurrentIndex(2)
    gallery.search.group.activated.emit(2)
    qtbot.waitUntil(lambda: sorted(gallery.model.shown.heads) == ["owl", "two owls"])
    gallery.search.group.setCurrentIndex(1)
    gallery.search.group.activated.emit(1)
    qtbot.waitUntil(lambda: "" in gallery.model.shown.heads)
    assert gallery.model.shown.heads == ("two owls", "")
    assert gallery.model.shown.starts.tolist() == [0, 3]


# Galleries


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
    qtbot.waitUntil(lambda: gallery.side.list.gallery() == "Ships", timeout=10_000)
    shows(qtbot, gallery, 1)
    gallery.side.ask_delete()
    box = gallery.window().findChild(QMessageBox, "delete-gallery")
    assert "Ships" in box.text()
    box.findChild(QPushButton, "confirm-delete").click()
    qtbot.waitUntil(lambda: [one.name for one in galleries()] == ["Sketches"], timeout=10_000)
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
    qtbot.waitUntil(moved.exists, timeout=10_000)
    assert len(read_marks(moved.parent)) == 1
    qtbot.waitUntil(lambda: gallery.toast.sentence() == "1 picture moved to Boats")
    gallery.toast.button.click()
    qtbot.waitUntil(path.exists, timeout=10_000)


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
    qtbot.waitUntil((gallery_folder("Boats") / path.name).exists, timeout=10_000)


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


# One picture


def test_the_panel_tells_all_that_the_file_tells(view, keep, qtbot):
    keep(prompt="an owl", steps=33, seed=4182771093, guidance=6.5)
    gallery = view(1)
    pick(qtbot, gallery, 0)
    facts = gallery.details.facts.lines()
    assert facts["Steps"] == "33"
    assert facts["Sampler"] == "DDIM"
    assert facts["Guidance"] == "6.5"
    assert facts["Seed"].replace("\u2009", "").replace(" ", "") == "4182771093"
    assert facts["Size"] == "24 × 24"
    assert gallery.details.prompt.text() == "an owl"
    qtbot.waitUntil(lambda: "torch" in gallery.details.more.lines())
    gallery.details.raw_button.click()
    assert '"steps": 33' in gallery.details.raw.toPlainText()


def test_the_panel_tells_what_was_laid_over_the_model_and_all_of_it_can_be_copied(
    view, keep, qtbot
):
    sha256 = "ab" * 32
    keep(
        prompt="an owl",
        negative_prompt="fog",
        adapters=(Adapter("ink", sha256, 0.7), Adapter("paper", sha256)),
        embeddings=(Part("nice", sha256),),
        vae=Part("sharper", sha256),
        clip_skip=2,
        branch=Branch(Recipe(prompt="an owl", width=24, height=24), 3),
    )
    gallery = view(1)
    pick(qtbot, gallery, 0)
    details = gallery.details
    qtbot.waitUntil(lambda: "VAE" in details.facts.lines())
    told = details.facts.told()
    assert [value for label, value in told if label == "LoRA"] == ["ink × 0.7", "paper × 1"]
    for line in (("Embedding", "nice"), ("VAE", "sharper"), ("Clip skip", "2")):
        assert line in told
    assert ("Branched", "after step 3") in told
    assert "adapters" not in details.more.lines()
    details.all_button.click()
    copied = QGuiApplication.clipboard().text()
    for text in ("an owl", "Negative: fog", "LoRA: ink × 0.7", "torch: ", '"clip_skip": 2'):
        assert text in copied


def test_what_another_tool_tells_is_shown_with_its_own_keys_and_each_line_can_be_copied(
    view, keep, qtbot
):
    folder = keep().parent
    keys = ", ".join(f"Odd key {k}: value {k}" for k in range(150))
    long = "x" * 1000
    text = f"a fox\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Long: {long}, {keys}"
    data = encode_png(np.zeros((24, 24, 3), np.uint8), {"parameters": text})
    (folder / "other.png").write_bytes(data)
    gallery = view(2)
    pick(qtbot, gallery, 0)
    details = gallery.details
    qtbot.waitUntil(lambda: "Odd key 3" in details.more.lines())
    told = dict(details.more.told())
    assert told["Long"] == long
    assert told["…"].endswith("more in the raw text")
    assert text in details.raw.toPlainText()
    spot = next(value for label, value in details.more._lines if label.sentence() == "Long")
    at = spot.geometry().center()
    menu_of(details.more, at).actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == long
    everything = menu_of(details.more, at).actions()[-1]
    everything.trigger()
    assert "Odd key 3: value 3" in QGuiApplication.clipboard().text()


def menu_of(facts, at):
    """Open the menu of a right click there; return it."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, facts.mapToGlobal(at))
    QApplication.sendEvent(facts, event)
    (menu,) = [one for one in facts.findChildren(QMenu, "facts-menu") if one.isVisible()]
    menu.close()
    return menu


def test_a_cancelled_picture_says_so_and_is_found_as_one(view, keep, qtbot):
    keep(prompt="a boat", steps=30)
    whole = open_picture(keep(prompt="an owl", steps=30))
    picture = Picture(
        whole.pixels, whole.reading.recipe, whole.made, WHERE, "5e" * 32, Unfinished(12, 30)
    )
    save_picture(picture, Destination(folder=gallery_folder("Etascope")))
    gallery = view(3)
    gallery.search.field.set_text("is:partial")
    qtbot.waitUntil(lambda: prompts(gallery) == ["an owl"])
    pick(qtbot, gallery, 0)
    assert gallery.details.title.text() == "Cancelled picture"
    qtbot.waitUntil(lambda: ("Cancelled", "after step 12 of 30") in gallery.details.facts.told())
    assert gallery.details.buttons["reproduce"].isHidden()
    gallery.grid.grab()  # its sign is painted


def test_the_panel_tells_what_several_pictures_share(view, keep, qtbot):
    keep(steps=10)
    keep(steps=20)
    gallery = view(2)
    pick(qtbot, gallery, 0, 1)
    facts = gallery.details.facts.lines()
    assert facts["Sampler"] == "DDIM"
    assert facts["Steps"] == "2 values"
    assert gallery.details.title.text() == "2 pictures"
    gallery.grid.clearSelection()
    qtbot.waitUntil(lambda: gallery.details.title.text() == "No picture selected")
    assert gallery.details.facts.lines() == {}


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


# Marks


def test_keys_make_favourites_and_rate_also_many_at_a_time(view, keep, qtbot):
    paths = [keep() for _ in range(2)]
    gallery = view(2)
    pick(qtbot, gallery, 0, 1)
    press(gallery, Qt.Key.Key_F)
    press(gallery, Qt.Key.Key_4)
    folder = paths[0].parent
    qtbot.waitUntil(lambda: list(read_marks(folder).values()) == [Mark(True, 4)] * 2)
    qtbot.waitUntil(lambda: gallery.details.marks.rating() == 4)
    assert gallery.details.marks.heart.isChecked()
    press(gallery, Qt.Key.Key_F)
    press(gallery, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: read_marks(folder) == {})


def test_stars_and_heart_can_be_clicked_while_a_picture_is_large(view, keep, qtbot):
    path = keep()
    gallery = view(1)
    pick(qtbot, gallery, 0)
    press(gallery, Qt.Key.Key_Return)
    gallery.details.marks.stars[2].click()
    gallery.details.marks.heart.click()
    qtbot.waitUntil(lambda: list(read_marks(path.parent).values()) == [Mark(True, 3)])
    press(gallery, Qt.Key.Key_5, part=gallery.pages.large.canvas)
    qtbot.waitUntil(lambda: list(read_marks(path.parent).values()) == [Mark(True, 5)])
    qtbot.waitUntil(lambda: gallery.details.marks.rating() == 5)
    gallery.details.marks.stars[4].click()
    qtbot.waitUntil(lambda: list(read_marks(path.parent).values()) == [Mark(True, 0)])


def test_tags_are_written_with_commas_and_found(view, keep, qtbot):
    path = keep()
    keep()
    gallery = view(2)
    pick(qtbot, gallery, 1)
    press(gallery, Qt.Key.Key_T)
    tags = gallery.details.marks.tags
    qtbot.waitUntil(tags.hasFocus)
    QTest.keyClicks(tags, "sea, to  print")
    QTest.keyClick(tags, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: list(read_marks(path.parent).values()) == [Mark(tags=("sea", "to print"))]
    )
    gallery.search.field.set_text('tag:"to print"')
    shows(qtbot, gallery, 1)
    qtbot.waitUntil(lambda: gallery.side.filters.chip("tag-sea") is not None)


# Throwing away


def test_pictures_thrown_away_come_back_until_it_is_too_late(view, keep, qtbot, session):
    paths = [keep() for _ in range(4)]
    gallery = view(4)
    session.pictures.begin()
    qtbot.waitUntil(lambda: session.pictures.rowCount() == 4)
    pick(qtbot, gallery, 1, 2)
    press(gallery, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 2)
    assert gallery.toast.sentence() == "2 pictures thrown away"
    assert gallery.grid.rows() == [1]
    assert session.pictures.rowCount() == 2
    assert all(path.exists() for path in paths)
    press(gallery, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert gallery.model.rowCount() == 4
    assert gallery.toast.sentence() == ""
    qtbot.waitUntil(lambda: session.pictures.rowCount() == 4)


def test_what_nobody_wants_back_goes_to_the_trash_and_out_of_the_index(view, keep, qtbot):
    paths = [keep() for _ in range(3)]
    gallery = view(3)
    pick(qtbot, gallery, 0, 2)
    press(gallery, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 1)
    gallery.doing.deeds.trash.empty()
    qtbot.waitUntil(lambda: [path.exists() for path in paths] == [False, True, False])
    index = gallery.catalogue.index
    qtbot.waitUntil(lambda: index.counts().result() == {"Etascope": 1}, timeout=10_000)
    qtbot.waitUntil(lambda: not gallery.model._hidden, timeout=10_000)
    assert gallery.model.rowCount() == 1


def test_what_is_thrown_away_from_the_strip_is_off_the_grid_at_once_and_back_at_undo(
    view, keep, qtbot, window, session
):
    paths = [keep() for _ in range(3)]
    gallery = view(3)
    session.pictures.begin()
    qtbot.waitUntil(lambda: session.pictures.rowCount() == 3)
    create = window.create_view
    create._show_path(paths[1])
    create.throw_away()
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 2)
    assert paths[1].exists()
    create.have_back()
    assert gallery.model.rowCount() == 3
    create.throw_away()
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 2)
    create.trash.empty()
    qtbot.waitUntil(lambda: not paths[1].exists())
    index = gallery.catalogue.index
    qtbot.waitUntil(lambda: index.counts().result() == {"Etascope": 2}, timeout=10_000)
    qtbot.waitUntil(lambda: not gallery.model._hidden, timeout=10_000)
    assert gallery.model.rowCount() == 2


def test_what_was_had_back_before_the_index_knew_it_is_not_hidden(view, keep, qtbot, window):
    path = keep()
    gallery = view(1)
    create = window.create_view
    create.trash.throw(Thrown(path, 0))
    assert create.trash.undo().path == path
    qtbot.wait(200)
    assert gallery.model.rowCount() == 1


def test_in_the_large_view_the_next_one_takes_the_place_of_the_one_thrown_away(view, keep, qtbot):
    for _ in range(3):
        keep()
    gallery = view(3)
    pick(qtbot, gallery, 0)
    press(gallery, Qt.Key.Key_Return)
    name = gallery.pages.large.name
    qtbot.waitUntil(lambda: name.sentence().startswith("1 of 3"))
    press(gallery, Qt.Key.Key_Delete, part=gallery.pages.large.canvas)
    qtbot.waitUntil(lambda: name.sentence().startswith("1 of 2"))
    assert gallery.pages.shows_large()


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
    qtbot.waitUntil(lambda: gallery.catalogue.offline == ("Etascope",), timeout=10_000)
    assert gallery.model.rowCount() == 1
    gallery.search.field.set_text("zebra")
    qtbot.waitUntil(lambda: gallery.pages.begin_with.state == OFFLINE)
    (home / "unplugged").rename(home / "galleries")
    gallery.pages.begin_with.button.click()
    qtbot.waitUntil(lambda: gallery.catalogue.offline == (), timeout=10_000)


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


def test_moments_are_said_as_people_say_them():
    from datetime import datetime

    now = datetime(2026, 3, 2, 12, 0).astimezone()
    assert when(datetime(2026, 3, 2, 9, 5).astimezone(), now) == "today 09:05"
    assert when(datetime(2026, 3, 1, 23, 5).astimezone(), now) == "yesterday 23:05"
    assert when(datetime(2025, 3, 1, 23, 5).astimezone(), now) == "2025-03-01 23:05"


def test_opening_and_closing_leaves_nothing_behind(view, keep, qtbot):
    keep()
    gallery = view(1)
    for _ in range(3):
        gallery.pages.show_large(gallery.model.index(0))
        gallery.pages.show_grid()
    QApplication.processEvents()
    gc.collect()
    assert gallery.pages.currentWidget() is gallery.grid
