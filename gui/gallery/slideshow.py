"""Pictures one after the other on the whole screen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFontMetrics, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from engine.errors import Problem
from engine.gallery.store import Stored
from gui import theme
from gui.gallery.pictures_model import PicturesModel
from gui.gallery.reader import Reader
from gui.gallery.said import prompt_of
from gui.gallery.tiles import fitted
from gui.pixels import to_image
from gui.retelling import retold
from gui.words import tr

PAUSE = 4000
"""Milliseconds that a picture is shown."""

FADE = 400
"""Milliseconds in which one goes over into the next; none where little motion is wanted."""

_MARGIN = 24


class Slideshow(QWidget):
    """Shows pictures of a model by their ids. `ended` carries the id of the last one shown."""

    ended = Signal(object)

    def __init__(self, model: PicturesModel, ids: Sequence[int], calm: bool) -> None:
        super().__init__()
        self.setObjectName("slideshow")
        self.setWindowTitle(tr("Slideshow – Etascope"))
        self.setAccessibleName(tr("Slideshow"))
        self.setAccessibleDescription(_help())
        self.setToolTip("")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.paused = False
        self._model, self._ids, self._calm = model, list(ids), calm
        self._at = 0
        self._now: QImage | None = None
        self._before: QImage | None = None
        self._words = ""
        self.reader = Reader(self)
        self.reader.opened.connect(self._on_opened)
        self.reader.failed.connect(self._on_failed)
        model.known.connect(self._read)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.next)
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setDuration(FADE)
        self._fade.valueChanged.connect(self.update)
        self._waits = False

    def begin(self, at: int = 0) -> None:
        """Take the whole screen, and show the pictures from the one at a place on."""
        self.showFullScreen()
        self.setFocus()
        self.go_to(at)

    def place(self) -> int:
        return self._at

    def go_to(self, at: int) -> None:
        """Show the picture at a place; after the last comes the first."""
        self._timer.stop()
        self._at = at % len(self._ids)
        self._waits = True
        self._read()

    @Slot()
    def next(self) -> None:
        self.go_to(self._at + 1)

    @Slot()
    def pause(self) -> None:
        """Stay at this picture, or go on."""
        self.paused = not self.paused
        if self.paused:
            self._timer.stop()
        else:
            self._timer.start(PAUSE)
        self.update()

    @Slot()
    def _read(self) -> None:
        """Have the picture read that is waited for, as soon as it is known where it is."""
        if not self._waits:
            return
        rows = self._model.rows_of([self._ids[self._at]])
        entry = self._model.entry(rows[0]) if rows else self._model.entry_of(self._ids[self._at])
        if entry is not None:
            self._waits = False
            self._words = prompt_of(entry)
            self.reader.open(self._model.catalogue.path(entry))
        elif not rows:
            self._timer.start(0)  # it is gone

    @Slot(Stored)
    def _on_opened(self, stored: Stored) -> None:
        self._show(to_image(stored.pixels))

    @Slot(Path, Problem)
    def _on_failed(self, _: Path, problem: Problem) -> None:
        self._words = retold(problem.message)
        self._show(None)

    def _show(self, image: QImage | None) -> None:
        self._before, self._now = self._now, image
        self.setAccessibleName(tr("Slideshow: {words}", words=self._words))
        if not self._calm and self._before is not None:
            self._fade.stop()
            self._fade.start()
        self.update()
        if not self.paused:
            self._timer.start(PAUSE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.DARK.color("canvas"))
        share = 1.0
        if self._fade.state() == QVariantAnimation.State.Running:
            share = float(self._fade.currentValue())
        for image, opacity in ((self._before, 1 - share), (self._now, share)):
            if image is not None and opacity > 0:
                painter.setOpacity(opacity)
                self._paint_image(painter, image)
        painter.setOpacity(1)
        if self.paused or self._now is None:
            self._paint_words(painter)

    def _paint_image(self, painter: QPainter, image: QImage) -> None:
        inside = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(fitted(image.size(), inside), image)

    def _paint_words(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        line = metrics.height() + 2 * theme.SMALL
        rect = QRect(_MARGIN, self.height() - line - 4, self.width() - 2 * _MARGIN, line)
        words = " ".join(self._words.split())
        text = f"{self._at + 1} / {len(self._ids)}    {words}"
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - 24)
        width = metrics.horizontalAdvance(shown) + 24
        pill = QRectF((self.width() - width) / 2, rect.top(), width, line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.DARK.color("panel"))
        painter.drawRoundedRect(pill, theme.CORNER, theme.CORNER)
        painter.setPen(theme.DARK.color("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        places = {
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._ids) - 1,
        }
        if key in places:
            self.go_to(places[key])
        elif key == Qt.Key.Key_Space:
            self.pause()
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_F5}:
            self.close()
        else:
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._fade.stop()
        self.reader.close()
        self.ended.emit(self._ids[self._at])
        super().closeEvent(event)


def _help() -> str:
    return tr("Space pauses, Left and Right go through the pictures, Esc ends it.")
