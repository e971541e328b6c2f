"""Type: what sizes there are beside the program's own, all of them shares of that."""

from functools import cache

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QWidget
from typing_extensions import override

LEAST = 13
"""Pixels of the program's type at least."""

_HEAD, _CHINESE_HEAD, _TITLE = 11 / 13, 12 / 13, 1.4


def readable(font: QFont) -> QFont:
    """Return the system's font, 13 px at least; a larger one is the user's wish."""
    result = QFont(font)
    if QFontInfo(font).pixelSize() < LEAST:
        result.setPixelSize(LEAST)
    return result


def head_font(base: QFont) -> QFont:
    """Return the type of section heads: eleven thirteenths of `base`, semibold capitals.

    Chinese characters are as high as capitals and denser: they stay a little larger.
    """
    chinese = QLocale().language() == QLocale.Language.Chinese
    font = _strong(base, _CHINESE_HEAD if chinese else _HEAD)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
    return font


def title_font(base: QFont) -> QFont:
    """Return the type of the one sentence on an empty page, semibold."""
    return _strong(base, _TITLE)


def beside(font: QFont, pixels: int) -> int:
    """Return how large is, beside type of this font, what is `pixels` large beside the least."""
    return max(1, round(pixels * QFontInfo(font).pixelSize() / LEAST))


def _strong(base: QFont, share: float) -> QFont:
    font = QFont(base)
    font.setPixelSize(max(1, round(QFontInfo(base).pixelSize() * share)))
    font.setWeight(QFont.Weight.DemiBold)
    return font


class TypeWatch(QWidget):
    """Tells that the program's type has changed: a window never shown, as only windows hear it.

    What has a size of its own would not: Qt hands down only what a widget has not set itself.
    """

    changed = Signal()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.changed.emit()


@cache
def type_watch() -> TypeWatch:
    """Return the one watch. There must be a QApplication."""
    return TypeWatch()
