"""Finding in the Gallery view: what is typed, what is clicked, in which order."""

from pathlib import Path

from PySide6.QtTest import QTest

from engine.library.registry import Entry, Registry
from engine.paths import current_paths
from tests.gui.gallery.conftest import prompts, shows


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


def test_a_model_is_looked_for_by_its_name_though_it_is_no_longer_on_the_list(view, keep, qtbot):
    sea = "sha256:" + "5e" * 32
    registry = Registry(current_paths())
    registry.add(Entry(sea, "Sea pieces", Path("/elsewhere/sea.safetensors")))
    registry.remove(sea)
    keep(model=sea, prompt="a wave")
    keep()
    gallery = view(2)
    chip = f"model-{sea}"
    qtbot.waitUntil(lambda: gallery.side.filters.chip(chip) is not None)
    assert gallery.side.filters.chip(chip).accessibleName() == "Sea pieces"
    edit = gallery.search.field.edit
    edit.setFocus()
    QTest.keyClicks(edit, 'model:"se')
    assert 'model:"Sea pieces"' in edit.offered()
    gallery.search.field.set_text('model:"sea pieces"')
    qtbot.waitUntil(lambda: prompts(gallery) == ["a wave"])
    gallery.search.field.set_text("model:postcards")
    qtbot.waitUntil(lambda: prompts(gallery) == ["boat 1"])
