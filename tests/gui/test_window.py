import gc
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaMethod, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.commands import CancelAll, Load
from engine.draft import Draft
from engine.errors import Problem
from engine.events import Failed
from engine.library.registry import Entry, Registry
from engine.paths import current_paths
from gui.settings import Settings
from gui.shortcuts import ShortcutsDialog
from gui.top_bar import TopBar
from gui.window import SMALLEST, Window


def focusable(window):
    return [
        part
        for part in window.findChildren(QWidget)
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.focusProxy() is None
        and not part.objectName().startswith("qt_")
        and part.window() is window
    ]


def test_every_control_has_a_name_and_a_tooltip(window):
    parts = focusable(window)
    assert len(parts) > 20
    for part in parts:
        assert part.objectName(), part
        assert part.accessibleName(), part.objectName()
        assert part.toolTip() or part.objectName() in {"canvas", "timeline"}, part.objectName()


def test_the_prompt_has_the_focus(window, qtbot):
    qtbot.waitUntil(window.create_view.controls.prompt.hasFocus)


def test_tab_goes_from_the_prompt_down(window, qtbot):
    qtbot.waitUntil(window.create_view.controls.prompt.hasFocus)
    names = []
    while len(names) < 30 and "generate" not in names:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        names.append(window.focusWidget().objectName())
    fields = [name for name in names if not name.endswith("-slider")]
    assert fields == [
        "negative-prompt",
        "sampler",
        "schedule",
        "steps-field",
        "eta-field",
        "guidance-field",
        "seed-field",
        "seed-dice",
        "seed-lock",
        "shape-1:1",
        "count",
        "advanced",
        "generate",
    ]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_generates(window, qtbot, session, key):
    prompt = window.create_view.controls.prompt
    prompt.set_text("a boat")
    with qtbot.waitSignal(session.saved):
        QTest.keyClick(prompt, key, Qt.KeyboardModifier.ControlModifier)
    assert prompt.text() == "a boat"


def test_escape_cancels_what_runs_and_what_waits(window, qtbot, session, engine):
    engine.free = False
    with qtbot.waitSignal(session.begun):
        window.create_view.generate()
    window.create_view.generate()
    assert window.footer.queue.text() == "Queue 1"
    with qtbot.waitSignal(session.settled):
        QTest.keyClick(window.create_view.controls.prompt, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.footer.words.text().startswith("Cancelled 2 pictures"))
    assert CancelAll() in engine.heard
    qtbot.waitUntil(lambda: window.footer.queue.text() == "Queue")
    assert window.footer.cancel.text() == ""


def test_the_progress_is_in_the_footer_and_in_the_title(window, qtbot, session, engine):
    engine.free = False
    with qtbot.waitSignal(session.begun):
        window.create_view.generate()
    engine.tick(5)
    qtbot.waitUntil(lambda: window.footer.words.text().startswith("Step 5 of 20"))
    assert window.windowTitle() == "25 % – Etascope"
    assert window.footer.bar.value() == 250
    assert "left" in window.footer.words.text()
    assert window.footer.cancel.text() == "Esc to cancel"
    engine.free = True
    with qtbot.waitSignal(session.saved):
        engine.tick()
    qtbot.waitUntil(lambda: window.windowTitle() == "Etascope")
    assert window.footer.words.text().startswith("Saved")
    assert window.footer.bar.value() == 0


def test_the_device_is_named_once_the_model_is_there(window):
    assert window.top_bar.device.text() == "CPU · float32"


def test_a_model_that_cannot_be_loaded_is_said(window, session):
    session._bridge.failed.emit(Failed(None, Problem("The model is damaged.", "Get it again.")))
    assert window.messages.sentence() == "The model is damaged."
    assert window.footer.words.text() == "No model is loaded"


def test_choosing_the_model_again_after_it_failed_loads_it(window, qtbot, session, engine):
    session._bridge.failed.emit(Failed(None, Problem("damaged")))
    assert window.top_bar.device.text() == "No model"
    with qtbot.waitSignal(session.loaded):
        window.top_bar.model.activated.emit(0)
    assert engine.heard.count(Load("starter")) == 2
    assert window.top_bar.device.text() == "CPU · float32"


def test_each_view_has_a_tab_and_a_key(window):
    views = (window.create_view, window.compare_view, window.gallery_view)
    for number, view in enumerate(views, 1):
        QTest.keyClick(window, f"{number}", Qt.KeyboardModifier.ControlModifier)
        assert window.views.currentWidget() is view
        tab = window.top_bar.views.findChild(QWidget, f"views-{view.objectName()}")
        assert tab.isEnabled()
        assert tab.isChecked()
        assert f"Ctrl+{number}" in tab.toolTip()


def test_f1_lists_the_shortcuts(window, qtbot):
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(window.findChildren(ShortcutsDialog)))
    dialog = window.findChild(ShortcutsDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_ctrl_q_closes(window, qtbot):
    with qtbot.waitSignal(window.closing):
        QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_a_bug_gets_a_dialog(window, session):
    session._bridge.failed.emit(Failed("a", Problem("Our fault.", "Report it.", "Traceback")))
    dialog = window.messages.bug_dialog()
    assert dialog is not None
    dialog.reject()


@pytest.mark.parametrize("guidance", [2.0, 1.0])
def test_all_settings_are_there_again(qtbot, session, guidance):
    first = Window(session, Settings())
    qtbot.addWidget(first)
    first.open()
    draft = Draft(
        prompt="a",
        negative_prompt="b",
        sampler="ddpm",
        steps=9,
        guidance=guidance,
        seed=3,
        width=160,
        height=104,
        count=4,
    )
    first.create_view.controls.show_draft(draft)
    first.create_view.controls.picture.open_advanced(True)
    first.create_view.stage.set_noisy(True)
    first.resize(900, 640)
    again = Window(session, first.settings())
    qtbot.addWidget(again)
    assert again.settings().draft == draft
    assert again.settings().advanced
    assert again.settings().noisy
    assert again.size() == first.size()


def test_odd_settings_do_not_keep_the_window_shut(qtbot, session):
    odd = Settings(draft=Draft(prompt="\ud800\0", sampler="?", steps=-1), geometry="ÿ not base64")
    window = Window(session, odd)
    qtbot.addWidget(window)
    window.open()
    assert window.isVisible()


def test_the_window_fits_a_small_screen(window, qtbot):
    window.resize(SMALLEST)
    qtbot.wait(20)
    assert window.size() == SMALLEST


def test_the_engine_is_asked_for_only_after_the_first_paint(qtbot, session):
    window = Window(session, Settings())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.open()
    window.update()
    with qtbot.assertNotEmitted(window.painted, wait=50):
        window.repaint()


def listeners(*speakers):
    """How many slots are connected to each signal of these objects."""
    counts = {}
    for speaker in speakers:
        meta = speaker.metaObject()
        for number in range(meta.methodCount()):
            method = meta.method(number)
            if method.methodType() == QMetaMethod.MethodType.Signal:
                signature = method.methodSignature().toStdString()
                counts[type(speaker).__name__, signature] = speaker.receivers(f"2{signature}")
    return counts


def test_a_window_that_is_gone_listens_to_nobody(qtbot, session):
    """What Python's garbage collector gets to only later, in any thread, must hear nothing."""
    gc.disable()
    try:
        speakers = (session, session.bridge, session.jobs, session.pictures)
        before = listeners(*speakers)
        window = Window(session, Settings())
        window.open()
        assert sum(listeners(*speakers).values()) > sum(before.values()) + 20
        window.close()
        window.deleteLater()
        qtbot.wait(20)
        assert listeners(*speakers) == before
    finally:
        gc.enable()


def test_opening_and_closing_many_windows_while_pictures_are_made(qtbot, session):
    session.begin("starter")
    for round_ in range(20):
        window = Window(session, Settings())
        window.open()
        window.create_view.generate()
        qtbot.wait(round_ % 7)
        window.close()
        window.deleteLater()
        qtbot.wait(1)
    session.cancel_all()


def test_no_view_is_chosen_at_the_top_while_the_page_of_models_is_open(window):
    buttons = window.top_bar.views._buttons.values()
    window.open_view("gallery")
    window.library.open()
    assert not any(button.isChecked() for button in buttons)
    window.library.leave()
    assert window.views.currentWidget() is window.gallery_view
    assert [button.isChecked() for button in buttons] == [False, False, True]
    stops = [button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons]
    assert [bool(stop) for stop in stops] == [False, False, True]


def test_from_the_page_of_models_one_goes_to_any_view(window):
    window.library.open()
    QTest.mouseClick(window.top_bar.views._buttons["create"], Qt.MouseButton.LeftButton)
    assert window.views.currentWidget() is window.create_view
    window.library.open()
    window.open_view("gallery")
    stops = [
        bool(button.focusPolicy() & Qt.FocusPolicy.TabFocus)
        for button in window.top_bar.views._buttons.values()
    ]
    assert stops == [False, False, True]


def test_closing_the_queue_leaves_the_page_of_models_open(window):
    window.library.open()
    window.footer.queue.click()
    window.queue_panel.put_away()
    assert window.views.currentWidget() is window.library.view


def stops(start, back):
    """Return where Tab, or Shift+Tab, stops on its way round from a control to itself."""
    found, here = [], start
    keys = (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier) if back else (Qt.Key.Key_Tab,)
    for _ in range(100):
        QTest.keyClick(here, *keys)
        here = QApplication.focusWidget()
        found.append(here)
        if here is start:
            break
    return found


@pytest.mark.parametrize("pictures", [0, 1])
def test_tab_goes_all_the_way_round_and_back(window, session, qtbot, pictures):
    for _ in range(pictures):
        with qtbot.waitSignal(session.saved):
            window.create_view.generate()
    start = window.create_view.controls.prompt
    qtbot.waitUntil(start.hasFocus)
    forth, back = stops(start, back=False), stops(start, back=True)
    assert forth[-1] is back[-1] is start
    assert forth[:-1] == back[-2::-1]
    names = {part.objectName() for part in forth}
    assert {"queue", "model", "canvas", "choose-gallery", "views-create", "generate"} <= names
    assert ("strip-list" in names) == bool(pictures)


def test_the_menu_of_models_is_made_without_a_look_at_where_they_are(qtbot, monkeypatch):
    Registry(current_paths()).add(Entry("sha256:" + "fa" * 32, "Far away", Path("/far/model")))

    look = os.stat

    def looked(path, *args, **more):
        assert not str(path).startswith("/far"), "a far disk would be waited for"
        return look(path, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", looked)
        bar = TopBar()
    qtbot.addWidget(bar)
    assert [bar.model.itemText(row) for row in range(2)] == ["Starter · postcards", "Far away"]


def test_while_nothing_runs_every_job_of_the_queue_is_one_that_waits(
    window, session, engine, qtbot
):
    engine.free = False
    session.pause()
    session.generate(Draft(prompt="a boat", count=3))
    qtbot.waitUntil(lambda: window.footer.queue.text() == "Queue 3")
    with qtbot.waitSignal(session.begun):
        session.resume()
    qtbot.waitUntil(lambda: window.footer.queue.text() == "Queue 2")
