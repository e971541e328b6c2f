"""The main window: the bars, the views between them, and the shortcuts."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.errors import Problem
from engine.events import Loaded
from engine.gallery.store import Stored, gallery_folder
from engine.paths import DEFAULT_GALLERY, current_paths
from engine.recipe import Recipe
from gui.adjusting import Adjusting
from gui.compare.view import CompareView
from gui.create_view import CreateView
from gui.dropping import Drops, DropSheet
from gui.footer import Footer
from gui.gallery.chooser import GalleryChooser
from gui.gallery.strip_link import StripLink
from gui.gallery.view import GalleryView
from gui.kept import KeptPictures
from gui.library.hall import Library
from gui.library.view import LibraryView
from gui.messages import Messages, withdraw
from gui.queue_panel import QueuePanel
from gui.recalling import Told, told_by_reading, told_by_recipe
from gui.reel import Reel
from gui.session import Session
from gui.settings import Settings
from gui.settings_dialog import SettingsDialog
from gui.shortcuts import EVERYWHERE, ShortcutsDialog
from gui.throttle import Throttle
from gui.top_bar import TopBar
from gui.unsaved import UnsavedPictures
from gui.widgets import Hairline
from gui.words import tr

NAME = "Etascope"
SMALLEST = QSize(900, 600)
USUAL = QSize(1280, 800)
SEEN = 30
"""Milliseconds between two showings of the progress: a thousand cancelled jobs are one."""


class Window(QMainWindow):
    """Put together here, wired in app.py."""

    painted = Signal()
    closing = Signal()
    edited = Signal()
    """Something has changed that is to be remembered."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(NAME)
        self.setMinimumSize(SMALLEST)
        self.top_bar = TopBar()
        self.create_view = CreateView(session)
        self.compare_view = CompareView(session, self.create_view.controls.reader)
        self.gallery_view = GalleryView(session)
        self.views = QStackedWidget()
        self.footer = Footer()
        self.library = Library(self.top_bar, self.create_view.stage.canvas, self)
        self.messages = Messages(self.create_view.stage)
        self.unsaved = UnsavedPictures(session.bridge, self)
        self._session = session
        create, compare, gallery = self.create_view.stage, self.compare_view, self.gallery_view
        calmed = (create.set_calm, compare.set_calm, gallery.set_calm)
        self.adjusting = Adjusting(session, settings, calmed, self)
        self._was_painted = False
        self._progress = Throttle(self._show_progress, SEEN, self)
        self.queue_panel = QueuePanel(session, self._lay_out(), self.footer)
        self._connect()
        self._add_shortcuts()
        self._restore(settings)

    def settings(self) -> Settings:
        """Return all that should be there again after a restart."""
        jobs = self._session.jobs
        return replace(
            self.adjusting.settings,
            draft=replace(self.create_view.controls.kept_draft(), model=self._session.model),
            advanced=self.create_view.controls.picture.advanced.isChecked(),
            noisy=self.create_view.stage.is_noisy(),
            gallery=self._session.pictures.folder.name,
            online=self.library.online,
            welcome=self.library.welcome,
            paused=jobs.all_paused or jobs.is_held_up(),
            geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
        )

    def open(self) -> None:
        """Show the window and take the keyboard, also where no window manager hands it out."""
        self.show()
        self.activateWindow()
        self.create_view.controls.prompt.setFocus()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.unsaved.holds_up(self):
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for view in (self.create_view, self.compare_view, self.gallery_view):
            self.views.addWidget(view)
        for widget in (self.top_bar, Hairline(), self.views, self.library.bar, Hairline()):
            column.addWidget(widget)
        column.addWidget(self.footer)
        column.setStretchFactor(self.views, 1)
        self.setCentralWidget(middle)
        return middle

    def _connect(self) -> None:
        session = self._session
        session.loading.connect(self.top_bar.show_loading)
        session.fetching.connect(self.top_bar.show_fetching)
        session.loaded.connect(self._on_loaded)
        session.not_loaded.connect(self.top_bar.show_no_model)
        session.progressed.connect(self._progress.ask)
        self.create_view.generated.connect(self._progress.do)
        session.told.connect(self.footer.say)
        KeptPictures(session, self).told.connect(self.footer.say)
        self.footer.queue.clicked.connect(self._turn_queue)
        self.queue_panel.closed.connect(self._queue_closed)
        self.queue_panel.held.connect(self.edited)
        session.troubled.connect(self._report)
        self.unsaved.failed.connect(self._offer_saving)
        self.unsaved.saved.connect(self._tell_saved)
        self.adjusting.edited.connect(self.edited)
        self.closing.connect(self.adjusting.mover.close)
        self.create_view.troubled.connect(self.messages.report)
        self.create_view.generated.connect(self.messages.step_aside)
        self.create_view.controls.changed.connect(self.edited)
        self.create_view.dropped.connect(self._show_drop)
        Drops(self).dropped.connect(self.create_view.take_dropped)
        self.closing.connect(self.create_view.trash.close)
        self.top_bar.model_chosen.connect(self.library.use)
        self.top_bar.settings_wanted.connect(self._show_settings)
        self.top_bar.views.changed.connect(self._show_view)
        self.compare_view.recalled.connect(self._recall)
        self.compare_view.branched.connect(self._show_run)
        self.compare_view.wants_draft.connect(self._take_draft)
        self.compare_view.told.connect(self.footer.say)
        self.closing.connect(self.compare_view.close_down)
        self._connect_gallery()
        self._connect_library()

    def _connect_library(self) -> None:
        library = self.library
        library.join(self._session, self.views, self.top_bar.views)
        tabs = self.top_bar.views  # the page of models is none of those
        self.views.currentChanged.connect(
            lambda: tabs.show_chosen(self.views.currentWidget() is not library.view)
        )
        library.left.connect(lambda: self._show_view(self.top_bar.views.value()))
        library.told.connect(self.footer.say)
        library.troubled.connect(self._report)
        library.edited.connect(self.edited)
        self.painted.connect(library.begin)
        self.closing.connect(library.close_down)

    def _connect_gallery(self) -> None:
        view = self.gallery_view
        view.doing.recalled.connect(self._take_recalled)
        view.doing.reopened.connect(self._reopen)
        view.wants_create.connect(partial(self.open_view, "create"))
        view.told.connect(self.footer.say)
        view.targeted.connect(self.send_pictures_to)
        view.catalogue.relocated.connect(self.compare_view.comparison.follow)
        self._chooser = GalleryChooser(view.catalogue, self.create_view.strip.choose_button)
        self._chooser.chosen.connect(self.send_pictures_to)
        self._chooser.wants_new.connect(view.side.ask_new)
        self._chooser.opened.connect(self._open_gallery)
        link = StripLink(self._session.pictures, view.catalogue, view.doing.deeds)
        link.hear(self.create_view.trash)
        self._show_target()
        self.closing.connect(view.close_down)
        self._session.enders.append(view.close_threads)

    def _add_shortcuts(self) -> None:
        actions: dict[str, Callable[[], object]] = {
            "generate": self._generate,
            "cancel": self._cancel,
            "create": partial(self.open_view, "create"),
            "compare": partial(self.open_view, "compare"),
            "gallery": partial(self.open_view, "gallery"),
            "queue": self.footer.queue.click,
            "prompts": self._show_prompts,
            "styles": self._show_styles,
            "models": self.library.open,
            "settings": self._show_settings,
            "shortcuts": self._show_shortcuts,
            "quit": self.close,
        }
        for name, (keys, _) in EVERYWHERE.items():
            QShortcut(QKeySequence(keys), self, actions[name])
        QShortcut(QKeySequence("Ctrl+Enter"), self, actions["generate"])  # of the number pad

    def open_view(self, name: str) -> None:
        """Bring a view to the front and give it the keyboard."""
        self.top_bar.views.set_value(name)
        self._show_view(name)

    @Slot(str)
    def _show_view(self, name: str) -> None:
        if name == "compare":
            self.views.setCurrentWidget(self.compare_view)
            self.compare_view.shown(self.create_view.draft())
        elif name == "gallery":
            self.views.setCurrentWidget(self.gallery_view)
            self.gallery_view.shown()
        else:
            self.views.setCurrentWidget(self.create_view)
            self.create_view.controls.prompt.setFocus()

    def _generate(self) -> None:
        if self.views.currentWidget() is self.compare_view:
            self._session.when_sized(self.compare_view.compare)
        else:
            self.create_view.generate()

    def _cancel(self) -> None:
        view = self.views.currentWidget()
        if isinstance(view, CompareView | GalleryView | LibraryView) and view.escape():
            return
        self._session.cancel_all()

    def _bar(self) -> Messages:
        """Return where bad news is told: in the view that is on show."""
        view = self.views.currentWidget()
        if isinstance(view, CompareView | GalleryView | LibraryView):
            return view.messages
        return self.messages

    @Slot(Problem)
    def _report(self, problem: Problem) -> None:
        self._bar().report(problem, self.library.offers_about(problem))

    @Slot(Problem)
    def _offer_saving(self, problem: Problem) -> None:
        self._bar().report(problem, self.unsaved.offers(self))

    @Slot(int)
    def _tell_saved(self, count: int) -> None:
        self.footer.say(tr("%n picture(s) saved after all", n=count))
        withdraw(self)

    @Slot(Told, str)
    def _take_recalled(self, told: Told, what: str) -> None:
        """Take settings of a picture in the gallery to the Create view."""
        whole = what in {"all", "rest"} and "model" in told.known
        if whole and self.top_bar.choose_model(told.draft.model):
            self._session.load(told.draft.model)
        self.open_view("create")
        self.create_view.apply(told, what)

    @Slot(Path)
    def _reopen(self, path: Path) -> None:
        """Open a comparison of the gallery again, living."""
        self.open_view("compare")
        self.compare_view.reopening.open(path)

    @Slot(str)
    def _open_gallery(self, name: str) -> None:
        self.open_view("gallery")
        self.gallery_view.side.choose(name)

    @Slot(str)
    def send_pictures_to(self, name: str) -> None:
        """Have new pictures go to a gallery from the next press of Generate on; "" is the usual."""
        folder = gallery_folder(name or DEFAULT_GALLERY)
        self._session.pictures.show_folder(folder)
        self._show_target()
        self.edited.emit()

    def _show_target(self) -> None:
        name = self._session.pictures.folder.name
        self.gallery_view.side.show_target(name)
        self._chooser.show_target(name)

    @Slot(Recipe)
    def _recall(self, recipe: Recipe) -> None:
        """Take a cell's settings to the Create view, and its model with them."""
        if self.top_bar.choose_model(recipe.model):
            self._session.load(recipe.model)
        self._apply_told(told_by_recipe(recipe))

    @Slot(Reel, int)
    def _show_run(self, reel: Reel, step: int) -> None:
        """Have a cell's run on the stage, with its settings, to branch from one of its steps."""
        self._recall(reel.recipe)
        self.create_view.show_run(reel, step)

    @Slot()
    def _take_draft(self) -> None:
        self.compare_view.take(self.create_view.draft())

    def _restore(self, settings: Settings) -> None:
        controls = self.create_view.controls
        self.library.restore(online=settings.online, welcome=settings.welcome)
        self.adjusting.apply()
        controls.remember(settings.draft)
        controls.picture.open_advanced(settings.advanced)
        self.create_view.stage.set_noisy(settings.noisy)
        geometry = QByteArray.fromBase64(settings.geometry.encode("ascii", "replace"))
        if not self.restoreGeometry(geometry):
            self.resize(USUAL.boundedTo(QApplication.primaryScreen().availableSize()))

    @Slot()
    def _show_settings(self) -> None:
        dialog = SettingsDialog(self.settings(), current_paths(), self)
        dialog.changed.connect(self.library.heed)
        dialog.changed.connect(self.adjusting.adjust)
        self._open(dialog)

    @Slot()
    def _show_prompts(self) -> None:
        self.open_view("create")
        self.create_view.controls.menu.open()

    @Slot()
    def _show_styles(self) -> None:
        self.open_view("create")
        self.create_view.controls.styles.open()

    @Slot(Stored)
    def _show_drop(self, stored: Stored) -> None:
        told = self.create_view.suited(told_by_reading(stored.reading))
        sheet = DropSheet(stored, told, self)
        sheet.accepted.connect(lambda: self._apply_told(sheet.told))
        sheet.reopened.connect(self._reopen)
        self._open(sheet)

    def _apply_told(self, told: Told) -> None:
        self.open_view("create")
        self.create_view.apply(told)

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(self.activateWindow)  # nobody else does without a window manager
        dialog.open()
        dialog.activateWindow()

    @Slot(Loaded)
    def _on_loaded(self, event: Loaded) -> None:
        self.top_bar.show_environment(event.environment)
        withdraw(self, lambda problem: problem.wants_words and self._session.ready)

    @Slot()
    def _show_progress(self) -> None:
        jobs = self._session.jobs
        progress = jobs.progress()
        self.footer.show_progress(jobs)
        self.queue_panel.refresh()
        share = "" if progress is None else f"{100 * progress.share:.0f} % – "
        paused = f"{tr('Paused')} – " if jobs.is_held_up() else ""
        self.setWindowTitle(f"{paused}{share}{NAME}")

    @Slot(bool)
    def _turn_queue(self, on: bool) -> None:
        (self.queue_panel.open if on else self.queue_panel.put_away)()

    @Slot()
    def _queue_closed(self) -> None:
        self.footer.queue.setChecked(False)
        if self.views.currentWidget() is self.library.view:
            self.library.view.list.setFocus()
        else:
            self._show_view(self.top_bar.views.value())

    @Slot()
    def _show_shortcuts(self) -> None:
        self._open(ShortcutsDialog(self))
