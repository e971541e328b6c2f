"""The main window: the bars, the views between them, and the shortcuts."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from engine.events import Loaded
from gui.create_view import CreateView
from gui.footer import Footer
from gui.messages import Messages
from gui.session import Session
from gui.settings import Settings
from gui.shortcuts import EVERYWHERE, ShortcutsDialog
from gui.top_bar import TopBar
from gui.widgets import Hairline

NAME = "Etascope"
SMALLEST = QSize(900, 600)
USUAL = QSize(1280, 800)


class Window(QMainWindow):
    """Put together here, wired in app.py."""

    painted = Signal()
    closing = Signal()

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(NAME)
        self.setMinimumSize(SMALLEST)
        self.top_bar = TopBar()
        self.create_view = CreateView(session)
        self.footer = Footer()
        self.messages = Messages(self.create_view.stage)
        self._session = session
        self._settings = settings
        self._was_painted = False
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self._restore(settings)

    def settings(self) -> Settings:
        """Return all that should be there again after a restart."""
        return replace(
            self._settings,
            draft=self.create_view.controls.kept_draft(),
            advanced=self.create_view.controls.picture.advanced.isChecked(),
            noisy=self.create_view.stage.is_noisy(),
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
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top_bar, Hairline(), self.create_view, Hairline(), self.footer):
            column.addWidget(widget)
        column.setStretchFactor(self.create_view, 1)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        session = self._session
        session.loading.connect(self.top_bar.show_loading)
        session.loaded.connect(self._on_loaded)
        session.not_loaded.connect(self.top_bar.show_no_model)
        session.progressed.connect(self._show_progress)
        session.told.connect(self.footer.say)
        session.troubled.connect(self.messages.report)
        self.create_view.troubled.connect(self.messages.report)
        self.create_view.generated.connect(self.messages.hide)
        self.top_bar.model_chosen.connect(session.load)

    def _add_shortcuts(self) -> None:
        actions: dict[str, Callable[[], object]] = {
            "generate": self.create_view.generate,
            "cancel": self._session.cancel_all,
            "create": self.create_view.controls.prompt.setFocus,
            "shortcuts": self._show_shortcuts,
            "quit": self.close,
        }
        for name, (keys, _) in EVERYWHERE.items():
            QShortcut(QKeySequence(keys), self, actions[name])
        QShortcut(QKeySequence("Ctrl+Enter"), self, actions["generate"])  # of the number pad

    def _restore(self, settings: Settings) -> None:
        controls = self.create_view.controls
        controls.show_draft(settings.draft)
        controls.picture.open_advanced(settings.advanced)
        self.create_view.stage.set_noisy(settings.noisy)
        geometry = QByteArray.fromBase64(settings.geometry.encode("ascii", "replace"))
        if not self.restoreGeometry(geometry):
            self.resize(USUAL.boundedTo(QApplication.primaryScreen().availableSize()))

    @Slot(Loaded)
    def _on_loaded(self, event: Loaded) -> None:
        self.top_bar.show_environment(event.environment)

    @Slot()
    def _show_progress(self) -> None:
        jobs = self._session.jobs
        progress = jobs.progress()
        self.footer.show_progress(progress, jobs.waiting())
        share = "" if progress is None else f"{100 * progress.share:.0f} % – "
        self.setWindowTitle(f"{share}{NAME}")

    @Slot()
    def _show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(self)
        dialog.finished.connect(self.activateWindow)  # nobody else does without a window manager
        dialog.open()
        dialog.activateWindow()
