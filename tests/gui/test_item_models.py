"""Every list of ours keeps the rules of Qt while the window is used: its own tester looks on."""

import importlib
import pkgutil

import pytest
from PySide6.QtCore import QAbstractItemModel, QObject
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView

import gui
from engine.draft import Draft
from engine.errors import Problem
from gui.library.view import GET, HERE

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def ours() -> set[type[QAbstractItemModel]]:
    """Return every item model that is defined in the window's code."""
    for module in pkgutil.walk_packages(gui.__path__, "gui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, left = set(), [QAbstractItemModel]
    while left:
        kinds = left.pop().__subclasses__()
        found |= {kind for kind in kinds if kind.__module__.startswith("gui.")}
        left += kinds
    return found


@pytest.fixture
def watched(window, session):
    """The testers, by what they look at."""
    views = window.findChildren(QAbstractItemView)
    models = {view.model() for view in views} | {session.jobs, session.pictures}
    known = {model for model in models if type(model).__module__.startswith("gui.")}
    return {model: QAbstractItemModelTester(model, FATAL) for model in known}


def test_every_item_model_of_the_window_is_looked_at(watched):
    kinds = {type(model) for model in watched}
    assert {kind.__name__ for kind in ours() - kinds} == set()


def look_through_the_library(qtbot, window):
    library, view = window.library, window.library.view
    library.open()
    qtbot.waitUntil(lambda: view.cards.rowCount() > 0)
    here = view.cards.rowCount()
    view.open_tab(GET)
    assert view.cards.rowCount() > here
    view.list.setCurrentIndex(view.cards.index(1))
    library.show_used("nobody")
    view.open_tab(HERE)
    assert view.cards.rowCount() == here
    library.leave()


def test_models_keep_qts_rules_while_pictures_are_made_and_compared(
    qtbot, window, session, watched
):
    assert all(isinstance(tester, QObject) for tester in watched.values())
    view = window.create_view
    for seed in range(3):
        view.controls.show_draft(Draft(prompt="a boat", steps=3, seed=seed))
        with qtbot.waitSignal(session.saved):
            view.generate()
    view._show_path(session.pictures.path(1))
    view.throw_away()
    view.have_back()
    view.controls.show_draft(Draft(prompt="a boat", steps=3, count=4))
    view.generate()
    session.pause()
    session.jobs.move_by(session.jobs.row(session.jobs.rowCount() - 1).job.id, -1)
    session.jobs.failed(session.jobs.row(0).job.id, Problem("No memory."))
    session.resume()
    session.cancel_all()
    qtbot.waitUntil(lambda: not len(session.jobs))
    window.open_view("compare")
    window.compare_view.setup.prompt.set_text("a boat")
    window.compare_view.compare()
    comparison = window.compare_view.comparison
    qtbot.waitUntil(lambda: bool(comparison.cells) and not comparison.open_count())
    window.open_view("gallery")
    look_through_the_library(qtbot, window)
    window.open_view("create")
    assert session.pictures.rowCount() >= 3
    # At the end a window waits for no more than a moment; a busy machine needs longer.
    window.compare_view.close_down()
    assert comparison.keeper._pool.waitForDone(60_000)
