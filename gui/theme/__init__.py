"""The look: colours, palette, stylesheet, icons; dark, light, or as the system has it."""

from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox
from typing_extensions import override

from engine.paths import RESOURCES
from gui.theme.stylesheet import STYLESHEET
from gui.theme.tokens import DARK, LIGHT, Tokens, palette
from gui.theme.type import beside, head_font, readable, title_font, type_watch

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
    "beside",
    "color",
    "head_font",
    "icon",
    "mark",
    "palette",
    "prepare",
    "signals",
    "stylesheet",
    "title_font",
    "tokens",
    "type_watch",
]

Mode = Literal["system", "dark", "light"]

TINY, SMALL, MEDIUM, LARGE = 4, 8, 12, 16
"""Spacing: within a control, inside a group, between groups, round a panel."""

CORNER, PICTURE_CORNER = 6, 4
"""Radius of the corners of controls and of pictures."""

MARK = 14
"""Side of ticks and arrows in controls, beside the least type."""


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
        self.prepare(app, mode)
        self._finish()

    def prepare(self, app: QApplication, mode: Mode) -> None:
        """Dress `app` but for its stylesheet, for widgets that are to be made before it."""
        self.mode = mode
        if not self._follows:
            self._follows = True
            app.styleHints().colorSchemeChanged.connect(self._follow)
            type_watch().changed.connect(self._set_sheet)
            app.setStyle("Fusion")
        app.styleHints().setColorScheme(_HINTS[mode])
        self._begin(app)

    def _follow(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.mode == "system":
            self._begin(app)
            self._finish()

    def _begin(self, app: QApplication) -> None:
        self.tokens = _wanted(self.mode)
        app.setFont(readable(app.font()))
        app.setPalette(palette(self.tokens))

    def _finish(self) -> None:
        self._set_sheet()
        self.changed.emit()

    @Slot()
    def _set_sheet(self) -> None:
        app = QApplication.instance()
        sheet = stylesheet(self.tokens)
        if not isinstance(app, QApplication) or app.styleSheet() == sheet:  # it is slow
            return
        own = Qt.WidgetAttribute.WA_SetFont
        fonts = {one: one.font() for one in app.allWidgets() if one.testAttribute(own)}
        app.setStyleSheet(sheet)
        for one, font in fonts.items():  # Qt has given it the one again that it had at first
            one.setFont(font)
        type_watch().changed.emit()  # another type may have been waiting, and is undone with it
        _let_lists_scroll(app)


def _let_lists_scroll(app: QApplication) -> None:
    """Give lists their scroll bars: Qt gave none to those made before the stylesheet, as menus."""
    for box in app.allWidgets():
        shown = box.findChild(QAbstractItemView) if isinstance(box, QComboBox) else None
        if shown is not None:
            shown.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)


_HINTS = {
    "system": Qt.ColorScheme.Unknown,
    "dark": Qt.ColorScheme.Dark,
    "light": Qt.ColorScheme.Light,
}


def apply(app: QApplication, mode: Mode) -> None:
    """Give the whole program its look."""
    signals().set_mode(app, mode)


def prepare(app: QApplication, mode: Mode) -> None:
    """Give it all of its look but the stylesheet, which `apply` adds.

    While there is one, Qt styles widgets anew each time they are put into another: a window is
    made in a third of the time without.
    """
    signals().prepare(app, mode)


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
    """Return the stylesheet in the colours of `tokens`, its marks beside type as it now is."""
    side = beside(QApplication.font(), MARK)
    sizes = {"mark": side, "round": side // 2, "room": side + SMALL}
    icons = (RESOURCES / "icons").as_posix()
    return STYLESHEET.substitute(tokens.as_dict(), icons=icons, **sizes)


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
