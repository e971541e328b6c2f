"""How one picture of the grid is painted: whole, with what is thought of it in its corners."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap, QPixmapCache

from engine.gallery.entries import Entry
from gui import theme
from gui.canvas.shown import round_off
from gui.gallery.thumbs import Key, Thumbs, key_of
from gui.words import tr

_SIGN, _INSET = 18, 6
_RING = 3
_BAND = 0.16
"""How much of the rubber band's colour lies over the pictures."""
_LEAST_FOR_STARS = 96
_KINDS = {"grid": "cells", "partial": "stop"}
"""The sign of what is no usual picture."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What a cell shows. `offline` says that its gallery's disk is not there."""

    rect: QRect
    entry: Entry | None
    selected: bool = False
    current: bool = False
    offline: bool = False


def paint_tile(painter: QPainter, tile: Tile, thumbs: Thumbs) -> None:
    """Paint one cell on the canvas."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = _paint_picture(painter, tile, thumbs)
    if tile.selected:
        _paint_ring(painter, place)
    if tile.current:
        _paint_focus(painter, tile.rect)
    if tile.entry is not None:
        _paint_signs(painter, tile.entry, place)


def paint_band(painter: QPainter, band: QRect | None) -> None:
    """Paint the rubber band over the pictures that it selects, if one is being drawn."""
    if band is None or band.isEmpty():
        return
    inside, edge = QColor(theme.color("accent")), theme.color("accent")
    inside.setAlphaF(_BAND)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(inside)
    painter.drawRect(band.adjusted(0, 0, -1, -1))


def _paint_picture(painter: QPainter, tile: Tile, thumbs: Thumbs) -> QRect:
    """Paint the thumbnail, or what there is to say in its place; return where that is."""
    entry = tile.entry
    if entry is None:
        _paint_blank(painter, tile.rect)
        return tile.rect
    ratio = painter.device().devicePixelRatio()
    key = key_of(entry, tile.rect.width() * ratio)
    image = thumbs.image(key)
    if image is not None:
        place = fitted(image.size(), tile.rect)
        painter.drawPixmap(place, _pixmap(key, image, place.size() * ratio))
        round_off(painter, QRectF(place), "canvas")
        return place
    place = _expected(entry, tile.rect)
    _paint_blank(painter, place)
    if entry.facts.kind == "broken" or thumbs.has_failed(key):
        words = tr("Offline") if tile.offline else tr("Cannot be read")
        _paint_words(painter, place, words)
    return place


def fitted(size: QSize, into: QRect) -> QRect:
    """Return where a picture of a size lies in the middle of a cell, as large as it can be."""
    scaled = size.scaled(into.size(), Qt.AspectRatioMode.KeepAspectRatio)
    scaled = scaled.expandedTo(QSize(1, 1))
    at = QPoint((into.width() - scaled.width()) // 2, (into.height() - scaled.height()) // 2)
    return QRect(into.topLeft() + at, scaled)


def _expected(entry: Entry, rect: QRect) -> QRect:
    """Return where a picture will lie once it has been read."""
    width, height = entry.facts.width, entry.facts.height
    return fitted(QSize(width, height), rect) if width and height else rect


def _pixmap(key: Key, image: QImage, size: QSize) -> QPixmap:
    """Return a thumbnail at the very size at which it is painted, kept for the next time."""
    name = f"tile-{key[0] or key[1:3]}-{size.width()}x{size.height()}"
    pixmap = QPixmap()
    if not QPixmapCache.find(name, pixmap):
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        pixmap = QPixmap.fromImage(scaled)
        QPixmapCache.insert(name, pixmap)
    return pixmap


def _paint_blank(painter: QPainter, rect: QRect) -> None:
    corner = theme.PICTURE_CORNER
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(rect, corner, corner)


def _paint_words(painter: QPainter, rect: QRect, words: str) -> None:
    side = min(24, rect.height() // 4)
    middle = rect.center()
    icon = QRect(middle.x() - side // 2, middle.y() - side, side, side)
    theme.icon("warning", "warning").paint(painter, icon)
    painter.setPen(theme.color("secondary"))
    below = QRect(rect.left(), middle.y() + 4, rect.width(), rect.bottom() - middle.y() - 4)
    shown = QFontMetrics(painter.font()).elidedText(
        words, Qt.TextElideMode.ElideRight, below.width() - 8
    )
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)


def _paint_ring(painter: QPainter, place: QRect) -> None:
    """A ring, and a tick: it is not only the colour that tells."""
    whole = QRectF(place)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("canvas"), 2))
    inner = _RING + 1
    painter.drawRoundedRect(whole.adjusted(inner, inner, -inner, -inner), 2, 2)
    painter.setPen(QPen(theme.color("accent"), _RING))
    edge = _RING / 2
    painter.drawRoundedRect(whole.adjusted(edge, edge, -edge, -edge), 4, 4)
    tick = QRect(place.left() + _INSET + 2, place.top() + _INSET + 2, _SIGN, _SIGN)
    painter.setPen(QPen(theme.color("canvas"), 1))
    painter.setBrush(theme.color("accent"))
    painter.drawEllipse(tick)
    theme.icon("check", "on_accent").paint(painter, tick.adjusted(3, 3, -3, -3))


def _paint_focus(painter: QPainter, rect: QRect) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("text"), 1.5))
    painter.drawRoundedRect(QRectF(rect).adjusted(-3, -3, 3, 3), 6, 6)


def _paint_signs(painter: QPainter, entry: Entry, place: QRect) -> None:
    """Put a favourite's heart at the lower right, stars at the lower left, its kind at the top."""
    mark = entry.mark
    bottom = place.bottom() - _SIGN - _INSET + 1
    if mark.favourite:
        _paint_sign(painter, QPoint(place.right() - _SIGN - _INSET + 1, bottom), "heart")
    if entry.facts.kind in _KINDS:
        top = QPoint(place.right() - _SIGN - _INSET + 1, place.top() + _INSET)
        _paint_sign(painter, top, _KINDS[entry.facts.kind])
    if mark.rating and place.width() >= _LEAST_FOR_STARS:
        _paint_stars(painter, mark.rating, QPoint(place.left() + _INSET, bottom))


def _paint_sign(painter: QPainter, at: QPoint, icon: str) -> None:
    place = QRect(at, QSize(_SIGN, _SIGN))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawEllipse(place)
    theme.icon(icon, "text").paint(painter, place.adjusted(3, 3, -3, -3))


def _paint_stars(painter: QPainter, rating: int, at: QPoint) -> None:
    side = 10
    pill = QRect(at, QSize(rating * (side + 1) + 9, _SIGN))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(pill, _SIGN / 2, _SIGN / 2)
    star = theme.icon("star-full", "text")
    for k in range(rating):
        star.paint(painter, QRect(pill.left() + 5 + k * (side + 1), pill.top() + 4, side, side))
