"""The look: colours, palette, stylesheet, icons; dark, light, or as the system has it."""

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QLocale, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from engine.paths import RESOURCES
from gui.theme.stylesheet import STYLESHEET
from gui.theme.tokens import DARK, LIGHT, Tokens, palette

__all__ = [
    "CORNER",
    "DARK",
    "LARGE",
    "LIGHT",
    "MEDIUM",
    "PICTURE_CORNER",
    "SMALL",
    "TINY",
    "Mode",
    "Theme",
    "Tokens",
    "apply",
    "color",
    "head_font",
    "icon",
    "mark",
    "palette",
    "signals",
    "stylesheet",
    "tokens",
]

Mode = Literal["system", "dark", "light"]

TINY, SMALL, MEDIUM, LARGE = 4, 8, 12, 16
"""Spacing: within a control, inside a group, between groups, round a panel."""

CORNER, PICTURE_CORNER = 6, 4
"""Radius of the corners of controls and of pictures."""


class Theme(QObject):
    """The look in force. `changed` is emitted once palette and stylesheet are in place."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = DARK
        self.mode: Mode = "system"
        self._follows = False

    def set_mode(self, app: QApplication, mode: Mode) -> None:
        """Dress `app`; in "system" mode, again whenever the system changes."""
        self.mode = mode
        if not self._follows:
            self._follows = True
            app.styleHints().colorSchemeChanged.connect(self._follow)
        app.styleHints().setColorScheme(_HINTS[mode])
        self._dress(app)

    def _follow(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.mode == "system":
            self._dress(app)

    def _dress(self, app: QApplication) -> None:
        self.tokens = _wanted(self.mode)
        if app.style().name() != "fusion":
            app.setStyle("Fusion")
        app.setFont(_readable(app.font()))
        app.setPalette(palette(self.tokens))
        app.setStyleSheet(stylesheet(self.tokens))
        self.changed.emit()


_HINTS = {
    "system": Qt.ColorScheme.Unknown,
    "dark": Qt.ColorScheme.Dark,
    "light": Qt.ColorScheme.Light,
}


def apply(app: QApplication, mode: Mode) -> None:
    """Give the whole program its look."""
    signals().set_mode(app, mode)


@cache
def signals() -> Theme:
    """Return the one theme; its `changed` tells custom-painted widgets to paint again."""
    return Theme()


def tokens() -> Tokens:
    """Return the colours in force."""
    return signals().tokens


def color(token: str) -> QColor:
    """Return one colour of those in force."""
    return tokens().color(token)


def stylesheet(tokens: Tokens) -> str:
    """Return the application's stylesheet in the colours of `tokens`."""
    return STYLESHEET.substitute(tokens.as_dict(), icons=(RESOURCES / "icons").as_posix())


def head_font(base: QFont) -> QFont:
    """Return the type of section heads: eleven thirteenths of `base`, semibold capitals.

    Chinese characters are as high as capitals and denser: they stay a little larger.
    """
    font = QFont(base)
    share = 12 / 13 if QLocale().language() == QLocale.Language.Chinese else 11 / 13
    font.setPixelSize(max(1, round(QFontInfo(base).pixelSize() * share)))
    font.setWeight(QFont.Weight.DemiBold)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
    return font


def icon(name: str, tint: str = "text") -> QIcon:
    """Return resources/icons/NAME.svg in a colour of the theme, whichever is then in force."""
    return QIcon(_Tinted(name, tint))


def mark() -> QIcon:
    """Return the program's mark."""
    return icon("mark", "accent")


class _Tinted(QIconEngine):
    """Draws one SVG in a colour looked up at the time of painting."""

    def __init__(self, name: str, tint: str) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tint = "edge" if mode == QIcon.Mode.Disabled else self._tint
        _renderer(self._name, tokens().as_dict()[tint]).render(painter, QRectF(rect))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    @override
    def clone(self) -> QIconEngine:
        return _Tinted(self._name, self._tint)


@cache
def _renderer(name: str, tint: str) -> QSvgRenderer:
    svg = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", tint).encode()))


def _wanted(mode: Mode) -> Tokens:
    if mode == "system":
        return LIGHT if _system_is_light() else DARK
    return LIGHT if mode == "light" else DARK


def _system_is_light() -> bool:
    """Return what the system says; where it says nothing, pictures look best on dark."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light


def _readable(font: QFont) -> QFont:
    """Return the system's font, 13 px at least; a larger one is the user's wish."""
    result = QFont(font)
    if QFontInfo(font).pixelSize() < 13:
        result.setPixelSize(13)
    return result
