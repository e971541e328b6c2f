"""The one door for bad news: a bar for the world's faults, a dialog with details for ours."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.errors import Problem
from gui import theme
from gui.widgets import Hint
from gui.widgets.described import described, named
from gui.widgets.floating import Floating
from gui.widgets.icon_label import IconLabel

_WIDEST = 640


class Messages(Floating):
    """Lies over the top of `host`, so that nothing moves when it comes and goes."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "messages", "warning")
        self._sentence = named(QLabel(), "message")
        self._sentence.setWordWrap(True)
        self._advice = Hint("")
        self._advice.setWordWrap(True)
        self._dialog: BugDialog | None = None
        self._close = named(QToolButton(), "close_message")
        described(self._close, "Close", "Close this message.")
        self._close.setIcon(theme.icon("close"))
        self._close.clicked.connect(self.hide)
        self._lay_out()

    def report(self, problem: Problem) -> None:
        """Tell the user what went wrong, in the way that suits whose fault it is."""
        if problem.is_bug:
            self._report_bug(problem)
            return
        self._sentence.setText(problem.message)
        self._advice.setText(problem.advice)
        self._advice.setVisible(bool(problem.advice))
        self.setAccessibleName(f"{problem.message} {problem.advice}".strip())
        self.appear()

    def sentence(self) -> str:
        """Return what is said now, "" for nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def bug_dialog(self) -> "BugDialog | None":
        """Return the dialog on one of our bugs, while it is open."""
        return self._dialog

    def _report_bug(self, problem: Problem) -> None:
        """Open one dialog; a second bug while it is open is added to its details."""
        if self._dialog is not None:
            self._dialog.add(problem)
            return
        self._dialog = BugDialog(problem, self.window())
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()
        self._dialog.activateWindow()

    def _forget_dialog(self) -> None:
        self._dialog = None
        self.window().activateWindow()  # nobody else does without a window manager

    @override
    def place(self) -> None:
        host = self.host
        width = min(host.width() - 2 * theme.LARGE, _WIDEST)
        height = self.heightForWidth(width)
        self.setGeometry((host.width() - width) // 2, theme.LARGE, width, height)

    def _lay_out(self) -> None:
        picture = IconLabel(theme.icon("warning", "warning"), 16)
        words = QVBoxLayout()
        words.setSpacing(theme.TINY)
        words.addWidget(self._sentence)
        words.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.SMALL, theme.SMALL)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)


class BugDialog(QDialog):
    """Says that it is our fault, and offers the details for a report."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bug")
        self.setWindowTitle("Our fault – Etascope")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 400)
        words = named(QLabel(f"{problem.message}\n{problem.advice}".strip()), "what")
        words.setWordWrap(True)
        self._details = named(QPlainTextEdit(problem.details), "details")
        self._details.setReadOnly(True)
        described(self._details, "Details", "What happened, for whoever mends it.")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy details", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy_details")
        described(copy, "Copy details", "Put the details on the clipboard.")
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (words, self._details, buttons):
            column.addWidget(widget)

    def add(self, problem: Problem) -> None:
        """Append another bug's details."""
        self._details.appendPlainText(f"\n{problem.details}")

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details.toPlainText())
