"""What is laid over the model, in the window: offered, chosen, remembered, sent."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from safetensors.torch import save_file

from engine.commands import Submit
from engine.draft import Draft, SizeRule
from engine.library.extras import EMBEDDING, LORA, VAE
from engine.recipe import Adapter, Part
from gui.controls import Controls
from gui.extras import ExtrasReader, Found
from gui.extras_panel import ExtrasPanel
from gui.prompt_reader import read_prompt
from gui.settings import Settings, read_settings, write_settings

LORAS = Found(("Ink wash", "Wax"), ("clear",))


def put(kind, name):
    kind.place.mkdir(parents=True, exist_ok=True)
    save_file({"x": torch.zeros(1)}, kind.place / f"{name}.safetensors")


@pytest.fixture
def panel(qtbot):
    made = ExtrasPanel()
    qtbot.addWidget(made)
    made.set_sizes(SizeRule(layers=1))
    made.show()
    return made


def test_where_there_is_nothing_nothing_is_shown(panel):
    assert not panel._loras.isVisible()
    assert not panel._vae_row.isVisible()
    assert not panel._skip_row.isVisible()
    panel.show_found(LORAS)
    panel.set_sizes(SizeRule(layers=3))
    for part in (panel._loras, panel.add, panel._vae_row, panel._skip_row):
        assert part.isVisible()


@pytest.mark.parametrize(
    "draft",
    [
        Draft(),
        Draft(adapters=(Adapter("Ink wash", "ab" * 32, -0.5), Adapter("gone", "", 1.0))),
        Draft(vae=Part("clear", "cd" * 32), clip_skip=2),
        Draft(vae=Part("gone")),
    ],
)
def test_a_draft_shown_is_a_draft_given_back(panel, draft):
    panel.set_sizes(SizeRule(layers=3))
    panel.show_found(LORAS)
    panel.show_draft(draft)
    assert replace(Draft(), **panel.values()) == draft
    panel.show_found(Found())
    assert replace(Draft(), **panel.values()) == draft


def test_a_lora_is_put_on_weighed_and_taken_off(qtbot, panel):
    panel.show_found(LORAS)
    with qtbot.waitSignals([panel.changed, panel.wanted]):
        panel.put_on("Wax")
    (row,) = panel._rows
    row.weight.setFocus()
    row.weight.selectAll()
    with qtbot.waitSignal(panel.changed):
        QTest.keyClicks(row.weight, "0.75")
    assert panel.values()["adapters"] == (Adapter("Wax", "", 0.75),)
    panel._open_menu()
    assert [action.text() for action in panel.menu.actions()] == ["Ink wash"]
    panel.menu.close()
    with qtbot.waitSignal(panel.changed):
        row.findChild(QToolButton, "leave-lora").click()
    assert panel.values()["adapters"] == ()
    assert panel._rows == []


def test_another_model_s_usual_layer_is_taken_unless_one_was_chosen(panel):
    panel.set_sizes(SizeRule(layers=12))
    panel.set_sizes(SizeRule(clip_skip=2, layers=12))
    assert panel.values()["clip_skip"] is None
    assert panel.skip.currentText() == "2 (usual)"
    panel.show_draft(Draft(clip_skip=4))
    panel.set_sizes(SizeRule(layers=12))
    assert panel.values()["clip_skip"] == 4
    panel.set_sizes(SizeRule(layers=3))
    assert panel.values()["clip_skip"] is None


def test_every_control_has_a_name_and_says_what_it_is(panel):
    panel.show_found(LORAS)
    panel.show_draft(Draft(adapters=(Adapter("Wax"),)))
    for widget in (panel.add, panel.vae, panel.skip, *panel._rows[0].findChildren(QToolButton)):
        assert widget.objectName()
        assert widget.accessibleName()
        assert widget.toolTip()
        assert widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    assert "Wax" in panel._rows[0].weight.accessibleName()


def test_the_controls_give_it_with_everything_else(qtbot):
    controls = Controls()
    qtbot.addWidget(controls)
    draft = Draft(prompt="a", eta=0.0, adapters=(Adapter("Wax", "", 0.5),), vae=Part("clear"))
    controls.show_draft(draft)
    assert controls.draft() == draft


def test_a_lora_is_read_in_another_thread_and_goes_with_the_picture(
    qtbot, window, session, engine, home
):
    put(LORA, "Ink wash")
    put(VAE, "clear")
    view = window.create_view
    panel = view.controls.picture.extras
    view.controls.picture.open_advanced(True)
    qtbot.waitUntil(lambda: panel._found == Found(("Ink wash",), ("clear",)))
    panel.put_on("Ink wash")
    panel.vae.setCurrentIndex(1)
    panel.vae.activated.emit(1)
    view.controls.prompt.set_text("a boat")
    assert session.extras._worker.waitForDone(60_000)
    with qtbot.waitSignal(session.saved):
        view.generate()
    (recipe,) = [command.job.recipe for command in engine.heard if isinstance(command, Submit)]
    assert recipe.adapters[0].name == "Ink wash"
    assert len(recipe.adapters[0].sha256) == 64
    assert recipe.vae is not None
    assert view._told.draft.adapters == recipe.adapters


def test_what_has_not_been_read_yet_is_told_and_read(qtbot, window, session, engine, home):
    put(LORA, "ink")
    view = window.create_view
    view.controls.prompt.set_text("a boat <lora:ink:0.5>")
    with qtbot.waitSignal(view.troubled) as told:
        view.generate()
    assert "is being read for the first time" in told.args[0].message
    assert session.extras._worker.waitForDone(60_000)
    with qtbot.waitSignal(session.saved):
        view.generate()


def test_one_that_is_not_there_is_told(qtbot, window, home):
    view = window.create_view
    view.controls.prompt.set_text("a boat <lora:ink:0.5>")
    with qtbot.waitSignal(view.troubled) as told:
        view.generate()
    assert "There is no LoRA 'ink'" in told.args[0].message


def test_the_prompt_s_field_says_it_too(home):
    text = "a boat <lora:ink:0.5>"
    assert "ink" in read_prompt("prompt", text).problem
    put(LORA, "INK")
    read = read_prompt("prompt", text)
    assert read.problem == ""
    assert ("bracket", 7, len(text)) in read.stretches
    assert "one weight" in read_prompt("prompt", "<lora:ink:a>").problem


def test_embeddings_are_read_when_the_folders_are_listed(qtbot, qapp, home):
    put(EMBEDDING, "moss")
    reader = ExtrasReader()
    with qtbot.waitSignal(reader.found):
        reader.look()
    assert reader._worker.waitForDone(60_000)
    (part,) = reader.in_folders.embeddings("a boat in moss")
    assert len(part.sha256) == 64
    assert reader.close()


NAMES = st.text(
    st.characters(exclude_characters="/\\", exclude_categories=("C",)), min_size=1, max_size=20
)
HASHES = st.just("") | st.text("0123456789abcdef", min_size=64, max_size=64)


@given(
    st.lists(st.builds(Adapter, NAMES, HASHES, st.floats(-10, 10)), max_size=3).map(tuple),
    st.none() | st.builds(Part, NAMES, HASHES),
    st.none() | st.integers(1, 12),
)
def test_it_is_there_again_after_a_restart(tmp_path, adapters, vae, skip):
    written = Settings(draft=Draft(adapters=adapters, vae=vae, clip_skip=skip))
    write_settings(written, tmp_path)
    assert read_settings(tmp_path) == written
