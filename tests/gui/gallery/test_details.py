"""What the panel beside the grid tells of pictures."""

from itertools import pairwise

import numpy as np
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from engine.commands import Destination
from engine.gallery.png import encode_png
from engine.gallery.store import gallery_folder, open_picture, save_picture
from engine.recipe import Adapter, Branch, Part, Picture, Recipe, Unfinished
from gui.gallery.said import when
from tests.gui.gallery.conftest import WHERE, prompts
from tests.gui.gallery.hands import pick


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
    qtbot.waitUntil(lambda: laid_out(details.more))
    spot = next(value for label, value in details.more._lines if label.sentence() == "Long")
    at = spot.geometry().center()
    menu_of(details.more, at).actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == long
    everything = menu_of(details.more, at).actions()[-1]
    everything.trigger()
    assert "Odd key 3: value 3" in QGuiApplication.clipboard().text()


def laid_out(facts):
    """Whether each line lies below the one before it."""
    tops = [value.geometry().top() for _, value in facts._lines if value.isVisible()]
    return all(above < below for above, below in pairwise(tops))


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


def test_moments_are_said_as_people_say_them():
    from datetime import datetime

    now = datetime(2026, 3, 2, 12, 0).astimezone()
    assert when(datetime(2026, 3, 2, 9, 5).astimezone(), now) == "today 09:05"
    assert when(datetime(2026, 3, 1, 23, 5).astimezone(), now) == "yesterday 23:05"
    assert when(datetime(2025, 3, 1, 23, 5).astimezone(), now) == "2025-03-01 23:05"


def test_a_damaged_picture_is_said_to_be_damaged(view, keep, qtbot):
    cut = keep(prompt="an owl", size=(200, 200))
    cut.write_bytes(cut.read_bytes()[:-200])  # what it tells is whole, its pixels are not
    torn = keep(prompt="a boat")
    torn.write_bytes(torn.read_bytes()[:8] + bytes(300))
    gallery = view(2)
    notes = gallery.details.notes
    for row, path, prompt in ((0, torn, ""), (1, cut, "an owl")):
        pick(qtbot, gallery, row)
        said = f"{path.name} cannot be read as a PNG"
        qtbot.waitUntil(lambda said=said: said in notes.text().replace("\u200b", ""))
        assert notes.isVisible()
        assert "carries no settings" not in notes.text()
        assert gallery.details.prompt.text() == prompt
