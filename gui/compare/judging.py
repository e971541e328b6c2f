"""The blind test: two finished pictures without a name, the better one chosen, a ranking after."""

import secrets
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.compare.judging import Trial, Verdict
from engine.recipe import Pixels
from gui import theme
from gui.compare.cells import LiveCell
from gui.compare.comparison import Comparison
from gui.compare.ranking import Ranking
from gui.pixels import resampled, to_image
from gui.widgets import Hint, Surface, ThinProgress
from gui.widgets.bar import Bar, together
from gui.widgets.described import described, named
from gui.words import marked, tr

_KEYS: dict[Verdict, tuple[Qt.Key, str, str]] = {
    "left": (Qt.Key.Key_Left, marked("←  Left"), marked("The left picture is the better one (←).")),
    "equal": (Qt.Key.Key_Down, marked("↓  Equal"), marked("Neither is the better one (↓).")),
    "right": (
        Qt.Key.Key_Right,
        marked("Right  →"),
        marked("The right picture is the better one (→)."),
    ),
}
_BACK = {Qt.Key.Key_Backspace}
_ASKED = marked("Which picture is the better one?")
_TOO_FEW = marked("A blind test needs two finished pictures that differ.")


class Judge(Surface):
    """Asks for pairs until all are judged or the user ends it, and then shows the ranking.

    Until then nothing tells which cell a picture is from. `left` says that the user wants the
    grid back; a test that is left goes on where it was.
    """

    left = Signal()

    def __init__(self, comparison: Comparison, label: Callable[[LiveCell], str]) -> None:
        super().__init__("canvas")
        self.setObjectName("judge")
        self._comparison = comparison
        self._two: tuple[str, str] | None = None
        self.back = named(QPushButton(tr("Back to the grid")), "judge-back")
        self.asked = Hint()
        self.undo = named(QPushButton(tr("Take back")), "judge-undo")
        self.end = named(QPushButton(tr("End and rank")), "judge-end")
        self.again = named(QPushButton(tr("Judge again")), "judge-again")
        self.progress = ThinProgress("judge-progress")
        self.panes = (_Pane(tr("Left picture")), _Pane(tr("Right picture")))
        self.buttons = {verdict: self._button(verdict) for verdict in _KEYS}
        self.ranking = Ranking(label)
        self.stack = QStackedWidget()
        self._describe()
        self._lay_out()
        self._connect()

    def open(self) -> None:
        """Begin a test, go on with one that was left, or show what one came to."""
        if self._comparison.trial is None:
            self._comparison.trial = Trial(secrets.randbelow(2**32))
        self._show()
        self.setFocus()

    @Slot()
    def refresh(self) -> None:
        """Take note that there may be other pictures now; the two on show stay."""
        if self.isVisible() and self._comparison.trial is None:  # another comparison
            self.left.emit()
        elif self.isVisible() and not (self._two and set(self._two) <= self._pictures().keys()):
            self._show()

    def _pictures(self) -> dict[str, LiveCell]:
        return self._comparison.judged()

    # Judging

    def _verdict(self, verdict: Verdict) -> None:
        trial = self._comparison.trial
        if trial is not None and self._two is not None:
            self._keep(trial.with_verdict(self._two, verdict))

    @Slot()
    def _take_back(self) -> None:
        """Judge the last two once more; the very last ones too, which have ended the test."""
        trial = self._comparison.trial
        if trial is not None and trial.judged:
            self._keep(replace(trial.without_last(), ended=False))

    @Slot()
    def _end(self) -> None:
        trial = self._comparison.trial
        if trial is not None:
            self._keep(Trial(trial.seed, trial.judged, ended=True))

    @Slot()
    def _judge_again(self) -> None:
        """Go on with pairs that nobody has judged yet; where there are none, from the start."""
        trial = self._comparison.trial
        if trial is None or trial.next(self._pictures()) is None:
            trial = Trial(secrets.randbelow(2**32))
        self._keep(Trial(trial.seed, trial.judged))

    def _keep(self, trial: Trial) -> None:
        if not trial.ended and trial.judged and trial.next(self._pictures()) is None:
            trial = Trial(trial.seed, trial.judged, ended=True)
        self._comparison.judge(trial)
        self._show()

    # What is shown

    def _show(self) -> None:
        trial, pictures = self._comparison.trial, self._pictures()
        ended = trial is not None and trial.ended
        self._two = None if trial is None or ended else trial.next(pictures)
        self.undo.setEnabled(trial is not None and bool(trial.judged))
        self.end.setVisible(not ended)
        self.again.setVisible(ended)
        if trial is not None and ended:
            self.asked.setText(tr("%n comparison(s) judged", n=len(trial.judged)))
            self.ranking.show_trial(trial, pictures, self._comparison.plan)
            self.stack.setCurrentWidget(self.ranking)
        elif trial is not None:
            self._show_pair(trial, pictures)
        self._top.arrange()

    def _show_pair(self, trial: Trial, pictures: dict[str, LiveCell]) -> None:
        judged = {one.pair for one in trial.judged}
        left = sum(frozenset(two) not in judged for two in trial.pairs(pictures))
        done = len(trial.judged)
        self.stack.setCurrentIndex(0)
        self.progress.set_share(done / max(done + left, 1))
        self.end.setEnabled(bool(done))
        for button in self.buttons.values():
            button.setEnabled(self._two is not None)
        of = tr("{number} of {all}", number=done + 1, all=done + left)
        self.asked.setText(f"{tr(_ASKED)}  {of}" if self._two else tr(_TOO_FEW))
        for pane, digest in zip(self.panes, self._two or (None, None), strict=True):
            cell = None if digest is None else pictures[digest]
            pane.show_pixels(None if cell is None else cell.picture)

    # Making it

    def _button(self, verdict: Verdict) -> QPushButton:
        _, text, tip = _KEYS[verdict]
        button = named(QPushButton(tr(text)), f"judge-{verdict}")
        button.clicked.connect(lambda: self._verdict(verdict))
        return described(button, tr(text), tr(tip))

    def _describe(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        about = tr(
            "Arrows choose the better picture, ↓ neither; Backspace takes the last one back."
        )
        described(self, tr("Blind test"), about)
        described(self.back, tr("Back to the grid"), tr("Leave it; it goes on from here (Esc)."))
        described(self.undo, tr("Take back"), tr("Judge the last two once more (Backspace)."))
        about = tr("Judge no more, and show which samplers and settings did best.")
        described(self.end, tr("End and rank"), about)
        described(self.again, tr("Judge again"), tr("Judge what is not judged yet, or all anew."))
        for button in (self.back, self.undo, self.end, self.again):
            button.setProperty("kind", "quiet")

    def _lay_out(self) -> None:
        gap, ends = theme.SMALL, together(theme.SMALL, self.undo, self.end, self.again)
        self._top = Bar(together(gap, self.back), self.asked, ends, gap)
        self._top.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
        self.asked.setWordWrap(False)
        self.asked.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.asked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for page in (self._pair_page(), self.ranking):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.MEDIUM, 0, 0)
        column.addWidget(self._top)
        column.addWidget(self.stack, 1)

    def _pair_page(self) -> QWidget:
        page = QWidget()
        row, below = QHBoxLayout(), QHBoxLayout()
        row.setSpacing(theme.LARGE)
        below.setSpacing(theme.SMALL)
        for pane in self.panes:
            row.addWidget(pane, 1)
        below.addStretch()
        for button in self.buttons.values():
            below.addWidget(button)
        below.addStretch()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self.progress)
        column.addLayout(row, 1)
        column.addLayout(below)
        return page

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.undo.clicked.connect(self._take_back)
        self.end.clicked.connect(self._end)
        self.again.clicked.connect(self._judge_again)
        for button in (*self.buttons.values(), self.back, self.undo, self.end):
            button.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys before the buttons do, which know only where arrows lead the focus."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        return pressed and isinstance(event, QKeyEvent) and self._pressed(Qt.Key(event.key()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pressed(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _pressed(self, key: Qt.Key) -> bool:
        """Judge as a key says; False if it says something else."""
        verdict = next((one for one, (its, _, _) in _KEYS.items() if its == key), None)
        if key in _BACK:
            self._take_back()
        elif verdict is None or self.stack.currentWidget() is self.ranking:
            return False
        else:
            self._verdict(verdict)
        return True


class _Pane(QWidget):
    """One picture as large as it fits, without a word about it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumSize(120, 120)
        self._pixels: Pixels | None = None
        self._image: QImage | None = None

    def show_pixels(self, pixels: Pixels | None) -> None:
        self._pixels, self._image = pixels, None
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        pixels = self._pixels
        if pixels is None:
            return
        ratio = self.devicePixelRatioF()
        size = _fitting(pixels, self.size() * ratio)
        if self._image is None or self._image.size() != size:
            self._image = resampled(to_image(pixels), pixels, size)
        box = QRectF(0, 0, size.width() / ratio, size.height() / ratio)
        box.moveCenter(QRectF(self.rect()).center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, self._image)


def _fitting(pixels: Pixels, room: QSize) -> QSize:
    """Return the picture's size scaled into a room, a pixel each way at least."""
    height, width, _ = pixels.shape
    scale = min(room.width() / width, room.height() / height)
    return QSize(max(1, round(width * scale)), max(1, round(height * scale)))
