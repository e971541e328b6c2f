"""The one door for bad news: a bar for the world's faults, a dialog with details for ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.errors import Problem
from gui import theme
from gui.retelling import retold
from gui.widgets import Hint
from gui.widgets.described import announce, described, named
from gui.widgets.floating import Floating
from gui.widgets.flow import Flow
from gui.widgets.icon_label import IconLabel
from gui.words import tr

_WIDEST = 49
"""Ems of width that bad news takes at most."""
_DETAILS = (49, 31)
"""Ems of width and height in which the details of a bug are shown."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done about bad news: a button's text, what it is for, what it does.

    `stands` is asked whether there still is anything to be done.
    """

    text: str
    about: str
    do: Callable[[], object]
    stands: Callable[[], bool] = _always


@dataclass(frozen=True, slots=True, eq=False)
class _News:
    """Bad news, and what can be done about it."""

    problem: Problem
    offers: tuple[Offer, ...]

    def stands(self) -> bool:
        return all(offer.stands() for offer in self.offers)

    def is_of_a_kind_with(self, other: "_News") -> bool:
        return [one.text for one in self.offers] == [one.text for one in other.offers]


def withdraw(window: QWidget, settled: Callable[[Problem], bool] = lambda _: False) -> None:
    """Have all bars of a window forget what nothing is to be done about any more.

    That is what its offers say, or `settled` of what had gone wrong.
    """
    for bar in window.findChildren(Messages):
        bar.withdraw(settled)


class Messages(Floating):
    """Lies over the top of `host`, so that nothing moves when it comes and goes.

    News about which something can be done come back when others have been closed, for as long as
    something is to be done; of those with the same offers only the newest.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "messages", "warning")
        self._sentence = named(QLabel(), "message")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._advice = Hint("")
        self._advice.setWordWrap(True)
        self._dialog: BugDialog | None = None
        self._close = named(QToolButton(), "close_message")
        described(self._close, tr("Close"), tr("Close this message."))
        self._close.setIcon(theme.icon("close"))
        self._close.clicked.connect(self._dismiss)
        self._standing: list[_News] = []
        self._shown: _News | None = None
        self._buttons = QWidget()
        self._row = Flow(theme.SMALL)
        self._buttons.setLayout(self._row)
        self._offered: list[QPushButton] = []
        self._lay_out()

    def report(self, problem: Problem, offers: Sequence[Offer] = ()) -> None:
        """Tell the user what went wrong, in the way that suits whose fault it is.

        With buttons for what can be done about it; when one is pressed the bar goes.
        """
        if problem.is_bug:
            self._report_bug(problem)
            return
        news = _News(problem, tuple(offers))
        if offers:
            others = [one for one in self._standing if not one.is_of_a_kind_with(news)]
            self._standing = [*others, news]
        self._say(news)

    @Slot()
    def step_aside(self) -> None:
        """Go; but back to what can still be done something about, if there is that."""
        self._standing = [one for one in self._standing if one.stands()]
        if not self._standing:
            self.put_away()
        elif self.isHidden() or self._shown is not self._standing[-1]:  # else it has been said
            self._say(self._standing[-1])

    def withdraw(self, settled: Callable[[Problem], bool]) -> None:
        """Forget what nothing is to be done about any more; go, if that is what is said now."""
        gone = [one for one in self._standing if not one.stands() or settled(one.problem)]
        self._standing = [one for one in self._standing if one not in gone]
        if self._shown in gone:
            self.step_aside()

    @Slot()
    def _dismiss(self) -> None:
        self._standing = [one for one in self._standing if one is not self._shown]
        self.step_aside()

    def _say(self, news: _News) -> None:
        self._shown = news
        message, advice = retold(news.problem.message), retold(news.problem.advice)
        self._sentence.setText(message)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._show(news.offers)
        self.setAccessibleName(f"{message} {advice}".strip())
        announce(self, self.accessibleName(), urgent=True)
        self.appear()

    def _show(self, offers: Sequence[Offer]) -> None:
        for button in self._offered:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._offered = [self._button(number, offer) for number, offer in enumerate(offers)]
        for button in self._offered:
            self._row.addWidget(button)
            button.show()  # now, or the bar is laid out without it
        self._buttons.setVisible(bool(offers))

    def _button(self, number: int, offer: Offer) -> QPushButton:
        def press() -> None:
            self._dismiss()
            offer.do()

        button = named(QPushButton(offer.text), f"offer-{number}")
        button.setAutoDefault(False)
        described(button, offer.text, offer.about)
        button.clicked.connect(press)
        return button

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
        em = QFontInfo(self.font()).pixelSize()
        width = min(host.width() - 2 * theme.LARGE, _WIDEST * em)
        self._advice.updateGeometry()  # or a layout still knows how high the last words were
        self._sentence.updateGeometry()
        height = self.heightForWidth(width)
        self.setGeometry((host.width() - width) // 2, theme.LARGE, width, height)

    def _lay_out(self) -> None:
        picture = IconLabel(theme.icon("warning", "warning"), 16)
        words = QVBoxLayout()
        words.setSpacing(theme.TINY)
        words.addWidget(self._sentence)
        words.addWidget(self._advice)
        self._row.setContentsMargins(0, theme.TINY, 0, 0)
        self._buttons.setVisible(False)
        words.addWidget(self._buttons)
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
        self.setWindowTitle(tr("Our fault – Etascope"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = named(
            QLabel(f"{retold(problem.message)}\n{retold(problem.advice)}".strip()), "what"
        )
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self._details = named(QPlainTextEdit(problem.details), "details")
        self._details.setReadOnly(True)
        described(self._details, tr("Details"), tr("What happened, for whoever mends it."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copy_details")
        described(copy, tr("Copy details"), tr("Put the details on the clipboard."))
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        for widget in (words, self._details, buttons):
            column.addWidget(widget)
        em = QFontInfo(self.font()).pixelSize()
        room = self.screen().availableSize() if parent is None else parent.size()
        wide, high = _DETAILS
        self.resize(QSize(wide * em, high * em).boundedTo(room))

    def add(self, problem: Problem) -> None:
        """Append another bug's details."""
        self._details.appendPlainText(f"\n{problem.details}")

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details.toPlainText())
