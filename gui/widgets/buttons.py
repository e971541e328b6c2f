"""Buttons: the one that matters, and the small ones with a picture."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets.described import described, named


def text_button(name: str, words: str, tip: str) -> QPushButton:
    """Return a button with words on it, which Enter presses only while it has the focus."""
    button = described(named(QPushButton(words), name), words, tip)
    button.setAutoDefault(False)
    return button


class IconButton(QToolButton):
    """A square button with an icon; what it does is said to screen readers and in the tooltip.

    With a text beside the icon it is as wide as that needs.
    """

    def __init__(self, name: str, icon: str, accessible: str, tooltip: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setIcon(theme.icon(icon))
        self._size_icon()
        self.setAccessibleName(accessible)
        self.setToolTip(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _size_icon(self) -> None:
        side = round(QFontMetrics(self.font()).height())
        self.setIconSize(QSize(side, side))

    @override
    def sizeHint(self) -> QSize:
        if self.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly:
            return super().sizeHint()
        side = QFontMetrics(self.font()).height() + 16
        return QSize(side, side)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._size_icon()
        super().changeEvent(event)


class HeadButton(IconButton):
    """A button with a menu beside a section's head, as low as that allows."""

    def __init__(self, name: str, icon: str, accessible: str, tooltip: str) -> None:
        super().__init__(name, icon, accessible, tooltip)
        self.setProperty("kind", "small")

    @override
    def sizeHint(self) -> QSize:
        return super().sizeHint() - QSize(8, 8)


class FoldButton(QPushButton):
    """Opens what is below it; the chevron at its left, as high as its text, says whether it is."""

    def __init__(self, name: str, words: str, tip: str) -> None:
        super().__init__(words)
        described(named(self, name), words, tip)
        self.setProperty("kind", "fold")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.toggled.connect(self._turn)
        self._turn(False)
        self._size_icon()

    def _turn(self, on: bool) -> None:
        self.setIcon(theme.icon("chevron-down" if on else "chevron-right", "secondary"))

    def _size_icon(self) -> None:
        side = theme.beside(self.font(), 16)
        self.setIconSize(QSize(side, side))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._size_icon()
        super().changeEvent(event)


class PrimaryButton(QPushButton):
    """The one filled button of a view, its shortcut written beside its text."""

    GAP = 18

    def __init__(self, text: str, shortcut_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._shortcut_text = shortcut_text
        self._widest = 0
        self.setObjectName("primary")
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say something else; the button never gets narrower than its longest text."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self._shortcut_text})")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._strong())
        width = metrics.horizontalAdvance(self._text + self._shortcut_text) + self.GAP
        self._widest = max(self._widest, width + 2 * theme.LARGE)
        return QSize(self._widest, metrics.height() + 2 * 10)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._fill())
        painter.drawRoundedRect(self.rect(), theme.CORNER, theme.CORNER)
        self._paint_texts(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("on_accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 3, 3)

    def _fill(self) -> QColor:
        if not self.isEnabled():
            return theme.color("line")
        accent = theme.color("accent")
        if self.isDown():
            return accent.darker(115)
        return accent.lighter(106) if self.underMouse() else accent

    def _paint_texts(self, painter: QPainter) -> None:
        strong = QFontMetrics(self._strong())
        plain = QFontMetrics(self.font())
        first = strong.horizontalAdvance(self._text)
        second = plain.horizontalAdvance(self._shortcut_text)
        left = (self.width() - first - second - self.GAP) // 2
        painter.setPen(theme.color("on_accent" if self.isEnabled() else "secondary"))
        painter.setFont(self._strong())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, 0, first + 2, self.height()), middle, self._text)
        painter.setFont(self.font())
        beside = QRect(left + first + self.GAP, 0, second + 2, self.height())
        painter.drawText(beside, middle, self._shortcut_text)

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._widest = 0
        super().changeEvent(event)
