"""The newest pictures of the current gallery, in two columns, or one where there is no room."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QPixmapCache,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QListView,
    QSizePolicy,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from gui import theme
from gui.canvas.shown import round_off
from gui.gallery_model import BRANCHED_ROLE
from gui.widgets import Hint, IconButton, SectionHead, Surface
from gui.words import marked, plain, tr

Index = QModelIndex | QPersistentModelIndex

COLUMN = 100
"""Pixels of width for a column, about."""
GAP = theme.SMALL
ROOM_FOR_BUTTON = 150
"""Pixels of width from which on the button stands beside the heading, and not under it."""
SIGN = 20
"""Width of the sign on a picture that branches from another."""
EMPTY = marked("Pictures you make appear here.")


class Thumbnails(QStyledItemDelegate):
    """Paints a square of each picture; a ring round the current one, a sign on branched ones."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect.adjusted(0, 0, -GAP, -GAP)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, rect, index)
        if index.data(BRANCHED_ROLE):
            self._paint_sign(painter, rect)
        if state & QStyle.StateFlag.State_Selected:
            self._paint_ring(painter, rect, bool(state & QStyle.StateFlag.State_HasFocus))
        painter.restore()

    @staticmethod
    def _paint_picture(painter: QPainter, rect: QRect, index: Index) -> None:
        corner = theme.PICTURE_CORNER
        thumbnail = square(index.data(Qt.ItemDataRole.DecorationRole), rect.size(), painter)
        if thumbnail is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(rect, corner, corner)
            return
        painter.drawPixmap(rect, thumbnail)
        round_off(painter, QRectF(rect), "panel")

    @staticmethod
    def _paint_sign(painter: QPainter, rect: QRect) -> None:
        side = SIGN
        place = QRect(rect.right() - side - 5, rect.bottom() - side - 5, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("panel"))
        painter.drawEllipse(place)
        theme.icon("branch").paint(painter, place.adjusted(4, 4, -4, -4))

    @staticmethod
    def _paint_ring(painter: QPainter, rect: QRect, focused: bool) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("panel"), 2))
        gap = 4 if focused else 3
        painter.drawRoundedRect(QRectF(rect).adjusted(gap, gap, -gap, -gap), 2, 2)
        painter.setPen(QPen(theme.color("accent"), gap - 1))
        edge = (gap - 1) / 2
        painter.drawRoundedRect(QRectF(rect).adjusted(edge, edge, -edge, -edge), 4, 4)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        return view.gridSize() if isinstance(view, QListView) else QSize(96, 96)


def square(thumbnail: object, size: QSize, painter: QPainter) -> QPixmap | None:
    """Return the middle of a thumbnail, scaled well to `size`; None while there is none."""
    if isinstance(thumbnail, QImage):
        key, image = thumbnail.cacheKey(), thumbnail
    elif isinstance(thumbnail, QPixmap):
        key, image = thumbnail.cacheKey(), thumbnail.toImage()
    else:
        return None
    ratio = painter.device().devicePixelRatio()
    side = round(size.width() * ratio)
    name = f"strip-{key}-{side}"
    pixmap = QPixmap()
    if not QPixmapCache.find(name, pixmap):
        pixmap = QPixmap.fromImage(_middle(image, side))
        QPixmapCache.insert(name, pixmap)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _middle(image: QImage, side: int) -> QImage:
    scaled = image.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    corner = QPoint((scaled.width() - side) // 2, (scaled.height() - side) // 2)
    return scaled.copy(QRect(corner, QSize(side, side)))


class _View(QListView):
    """A grid as wide as the strip. `picked` is the user's doing: a click, arrows, Enter."""

    picked = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip-list")
        self.setAccessibleName(tr("Newest pictures"))
        self.setToolTip(tr("The newest pictures of this gallery. Click one to see it."))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(Thumbnails(self))
        self.clicked.connect(self.picked)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        columns = max(1, round(self.width() / COLUMN))
        side = max(32, (self.width() - bar - 1) // columns)
        if self.gridSize().width() != side:
            self.setGridSize(QSize(side, side))
        super().resizeEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if self.currentIndex().isValid() and (entered or self.currentIndex() != before):
            self.picked.emit(self.currentIndex())


class Strip(QWidget):
    """The newest pictures, under the gallery's name. `chosen` is the user's choice."""

    chosen = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._heading = ("", 0)
        self._head = SectionHead("")
        self._head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choose_button = IconButton(
            "choose-gallery",
            "folder",
            tr("Gallery for new pictures"),
            tr("Choose the gallery where new pictures go."),
        )
        self.choose_button.setProperty("kind", "small")
        self._view = _View()
        self._empty = Hint(tr(EMPTY), 2)
        self._view.picked.connect(self.chosen)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(theme.TINY)
        self._top.addWidget(self._head, 1)
        self._top.addWidget(self.choose_button)
        column.addLayout(self._top)
        column.addLayout(self._pages, 1)

    def set_heading(self, name: str, count: int) -> None:
        """Name the gallery and say how many pictures it holds; only the name is ever cut."""
        self._heading = (name, count)
        metrics = self._head.fontMetrics()
        slim = self.width() < ROOM_FOR_BUTTON
        way = QBoxLayout.Direction
        self._top.setDirection(way.TopToBottom if slim else way.LeftToRight)
        beside = 0 if slim else self.choose_button.sizeHint().width() + theme.SMALL
        room, tail = self.width() - beside, f"  ·  {count}"
        if slim and metrics.horizontalAdvance(name + tail) > room:
            tail = f"\n{count}"
        else:
            room -= metrics.horizontalAdvance(tail)
        self._head.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) + tail)
        self._head.setToolTip(plain(tr("{name}: %n picture(s)", n=count, name=name)))

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the pictures of `model`, newest first."""
        self._view.setModel(model)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._show_page)
        self._show_page()

    def set_current(self, index: QModelIndex) -> None:
        """Put the ring on a picture without choosing it; on none if `index` is not valid."""
        self._view.setCurrentIndex(index)
        if index.isValid():
            self._view.scrollTo(index)
        else:
            self._view.clearSelection()

    def current(self) -> QModelIndex:
        return self._view.currentIndex()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_heading(*self._heading)

    def _show_page(self) -> None:
        model = self._view.model()
        filled = model.rowCount() > 0
        self._pages.setCurrentWidget(self._view if filled else self._empty)


def on_panel(strip: Strip) -> Surface:
    """Return the panel that the strip lies on."""
    panel = Surface("panel")
    column = QVBoxLayout(panel)
    column.setContentsMargins(theme.MEDIUM, theme.LARGE, theme.TINY, 0)
    column.addWidget(strip)
    return panel
