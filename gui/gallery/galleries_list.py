"""The list of galleries at the left: choosing one, and dropping pictures onto its name."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from engine.gallery.galleries import Gallery
from gui import theme
from gui.gallery.pictures_model import DRAGGED, Index
from gui.words import tr

NAME_ROLE, COUNT_ROLE, SIGN_ROLE = (int(Qt.ItemDataRole.UserRole) + k for k in range(3))
_MOST_LINES = 12


class GalleriesList(QListWidget):
    """`chosen` carries a gallery's name, "" for all of them; `dropped` also the pictures' ids."""

    chosen = Signal(str)
    dropped = Signal(str, list)
    wanted = Signal(str, QPoint)
    renaming = Signal()
    deleting = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("galleries")
        self.setAccessibleName(tr("Galleries"))
        self.setToolTip(
            tr("Choose a gallery. F2 renames it, Del deletes it; drop pictures to move them.")
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Lines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.currentItemChanged.connect(self._on_current)
        self._target: str | None = None
        self._fills = False

    def show_galleries(
        self, found: tuple[Gallery, ...], target: str, offline: set[str], current: str
    ) -> None:
        """Show the galleries, `current` chosen; new pictures go to `target`."""
        self._fills = True
        self.clear()
        self._add("", tr("All pictures"), sum(one.count or 0 for one in found), "")
        for one in found:
            sign = "offline" if one.name in offline else "target" if one.name == target else ""
            self._add(one.name, one.name, one.count or 0, sign)
        self._fills = False
        self.choose(current)
        self.updateGeometry()

    def gallery(self) -> str:
        """Return the name of the gallery that is chosen, "" for all."""
        return "" if self.currentRow() < 0 else str(self.currentItem().data(NAME_ROLE))

    def choose(self, name: str) -> None:
        """Choose a gallery without telling; all of them if it is not there."""
        self._fills = True
        items = [self.item(row) for row in range(self.count())]
        found = next((one for one in items if one.data(NAME_ROLE) == name), None)
        if items:
            self.setCurrentItem(found or items[0])
        self._fills = False

    def _add(self, name: str, label: str, count: int, sign: str) -> None:
        item = QListWidgetItem(label, self)
        item.setData(NAME_ROLE, name)
        item.setData(COUNT_ROLE, count)
        item.setData(SIGN_ROLE, sign)
        said = {
            "offline": tr("{name} cannot be reached.", name=label),
            "target": tr("{name}: new pictures go here.", name=label),
        }.get(sign, label)
        item.setToolTip(said)
        words = tr("{name}, {count} pictures", name=said.rstrip("."), count=count)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    @Slot()
    def _on_current(self) -> None:
        if not self._fills:
            self.chosen.emit(self.gallery())

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        self.wanted.emit(self.gallery(), self.viewport().mapToGlobal(at))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.renaming.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleting.emit()
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        lines = min(max(self.count(), 1), _MOST_LINES)
        return QSize(120, lines * line_height(self) + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(max(self.count(), 1), 3) * line_height(self) + 2)

    # Dropping pictures onto a name

    def target(self) -> str | None:
        """Return the gallery that something is being dragged over."""
        return self._target

    def _aim(self, event: QDropEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        name = "" if item is None else str(item.data(NAME_ROLE))
        can = event.mimeData().hasFormat(DRAGGED) and bool(name)
        self._target = name if can else None
        self.viewport().update()
        event.setDropAction(Qt.DropAction.MoveAction)
        if can:
            event.accept()
        else:
            event.ignore()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(DRAGGED))

    @override
    def dragMoveEvent(self, e: QDragMoveEvent) -> None:
        self._aim(e)

    @override
    def dragLeaveEvent(self, e: QDragLeaveEvent) -> None:
        self._target = None
        self.viewport().update()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(event)
        name, self._target = self._target, None
        if name:
            text = bytes(event.mimeData().data(DRAGGED).data()).decode("ascii", "replace")
            ids = [int(one) for one in text.split(",") if one.lstrip("-").isdigit()]
            self.dropped.emit(name, ids)


def line_height(widget: GalleriesList) -> int:
    return QFontMetrics(widget.font()).height() + 2 * theme.SMALL


class _Lines(QStyledItemDelegate):
    """A gallery's name, and at the right how many pictures it has."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect.adjusted(1, 1, -1, -1)
        state: QStyle.StateFlag = option.state
        view = option.widget
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(rect, theme.CORNER, theme.CORNER)
        aimed = isinstance(view, GalleriesList) and view.target() == index.data(NAME_ROLE)
        if aimed or (state & QStyle.StateFlag.State_HasFocus and view.hasFocus()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.CORNER, theme.CORNER)
        self._paint_words(painter, rect, index, strong=chosen)
        painter.restore()

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRect, index: Index, *, strong: bool) -> None:
        inside = rect.adjusted(theme.MEDIUM, 0, -theme.SMALL, 0)
        count, sign = str(index.data(COUNT_ROLE)), index.data(SIGN_ROLE)
        metrics = QFontMetrics(painter.font())
        room = inside.width() - metrics.horizontalAdvance(count) - theme.MEDIUM
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("secondary"))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, count)
        if sign:
            side = metrics.height() - 4
            room -= side + theme.SMALL
            at = QPoint(inside.left() + room + theme.TINY, inside.center().y() - side // 2)
            icon = ("warning", "warning") if sign == "offline" else ("down", "accent")
            theme.icon(*icon).paint(painter, QRect(at, QSize(side, side)))
        font = painter.font()
        font.setWeight(font.Weight.DemiBold if strong else font.Weight.Normal)
        painter.setFont(font)
        name = QFontMetrics(font).elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room
        )
        painter.setPen(theme.color("text"))
        painter.drawText(inside, middle, name)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        height = line_height(view) if isinstance(view, GalleriesList) else 28
        return QSize(40, height)
