"""How a card is painted: a picture, a name, what it is, and whether it suits this machine."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from gui import theme
from gui.library.card import Card

_INSET = 12
_LINES = 4
_EMS = 23
"""Letters' widths that a card would like to be wide."""


class CardDelegate(QStyledItemDelegate):
    """Paints all cards at one size, as wide as makes them fill the view's lines."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._width = 0

    def fit(self, room: int, font: QFont) -> None:
        """Take the width that lets as many cards as can be stand side by side in `room` pixels."""
        wish = _EMS * QFontInfo(font).pixelSize()
        self._width = room // max(1, room // wish)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        height = _LINES * _line(option.font) + 2 * (_INSET + theme.TINY)
        return QSize(self._width or _EMS * 13, height)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        card = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(card, Card):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = theme.TINY
        rect = option.rect.adjusted(half, half, -half, -half)
        _paint_ground(painter, rect, option.state)
        inner = rect.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        side = inner.height()
        _paint_picture(painter, QRect(inner.left(), inner.top(), side, side), card.image)
        words = inner.adjusted(side + _INSET, 0, 0, 0)
        _paint_words(painter, words, card, option.font)
        painter.restore()


def _line(font: QFont) -> int:
    return QFontMetrics(font).lineSpacing() + 1


def _paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    edge = "accent" if selected else "edge" if hovered else "line"
    painter.setPen(QPen(theme.color(edge), 2 if selected else 1))
    painter.setBrush(theme.color("raised" if selected else "panel"))
    inset = 1.0 if selected else 0.5
    whole = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(whole, theme.CORNER, theme.CORNER)


def _paint_picture(painter: QPainter, rect: QRect, image: QImage | None) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("canvas"))
    painter.drawRoundedRect(rect, theme.PICTURE_CORNER, theme.PICTURE_CORNER)
    if image is None or image.isNull():
        side = rect.height() // 3
        middle = rect.center()
        place = QRect(middle.x() - side // 2, middle.y() - side // 2, side, side)
        theme.icon("mark", "edge").paint(painter, place)
        return
    ratio = painter.device().devicePixelRatio()
    filled = image.scaled(
        rect.size() * ratio,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    cut = QRect((filled.width() - round(rect.width() * ratio)) // 2,
                (filled.height() - round(rect.height() * ratio)) // 2,
                round(rect.width() * ratio), round(rect.height() * ratio))  # fmt: skip
    painter.drawPixmap(rect, QPixmap.fromImage(filled.copy(cut)))


def _paint_words(painter: QPainter, rect: QRect, card: Card, font: QFont) -> None:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    line = _line(font)
    rows = [QRect(rect.left(), rect.top() + k * line, rect.width(), line) for k in range(_LINES)]
    _paint_line(painter, rows[0], card.title, strong, "text")
    _paint_line(painter, rows[1], card.line, font, "secondary")
    if card.state:
        _paint_state(painter, rows[2], card, font)
    _paint_line(painter, rows[3], card.foot, font, "secondary")


def _paint_state(painter: QPainter, row: QRect, card: Card, font: QFont) -> None:
    """A sign and words: it is not only the colour that tells."""
    colour = {"good": "accent", "warning": "warning"}.get(card.sign, "secondary")
    sign = {"good": "check", "warning": "warning"}.get(card.sign)
    if sign:
        side = row.height() - 3
        theme.icon(sign, colour).paint(painter, QRect(row.left(), row.top() + 1, side, side))
        row = row.adjusted(side + theme.TINY, 0, 0, 0)
    _paint_line(painter, row, card.state, font, colour)


def _paint_line(painter: QPainter, row: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, row.width())
    painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
