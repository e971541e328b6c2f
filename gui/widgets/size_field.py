"""One side of a picture, to be typed; what the model cannot make is refused in sight."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy
from typing_extensions import override

from engine.draft import SizeRule
from engine.errors import BadSetting
from gui.retelling import retold
from gui.widgets.fields import set_invalid
from gui.words import marked, tr

_LARGEST_TYPED = 99_999
_SIDES = {
    "width": (
        marked("Width"),
        marked("The width of the picture in pixels. Up and Down go to the next that works."),
    ),
    "height": (
        marked("Height"),
        marked("The height of the picture in pixels. Up and Down go to the next that works."),
    ),
}


class SizeField(QLineEdit):
    """A number of pixels. It stays as typed; while it will not do, it is marked and says why."""

    changed = Signal()

    def __init__(self, name: str, sizes: SizeRule) -> None:
        super().__init__()
        self._sizes = sizes
        self.setObjectName(name)
        called, about = _SIDES[name]
        self.setAccessibleName(tr(called))
        self.setToolTip(tr(about))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValidator(QIntValidator(0, _LARGEST_TYPED, self))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._edited)

    def pixels(self) -> int:
        """Return what is typed, 0 for nothing."""
        return int(self.text() or 0)

    def set_pixels(self, pixels: int) -> None:
        self.setText(str(pixels))
        self._check()

    def problem(self) -> str:
        """Say what is wrong with the size; empty if nothing is."""
        return self.accessibleDescription() if self.property("invalid") else ""

    def set_sizes(self, sizes: SizeRule) -> None:
        """Go by another checkpoint's rule."""
        self._sizes = sizes
        self._check()

    @Slot()
    def _edited(self) -> None:
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        try:
            self._sizes.check(self.objectName(), self.pixels())
        except BadSetting as error:
            set_invalid(self, retold(error.message))
        else:
            set_invalid(self, "")

    def _move(self, direction: int) -> None:
        """Go to the next size up or down that the model can make."""
        rule = self._sizes
        exact = self.pixels() % rule.step == 0
        up = self.pixels() // rule.step + 1
        down = self.pixels() // rule.step - (1 if exact else 0)
        nearest = rule.step * (up if direction > 0 else down)
        self.set_pixels(min(max(nearest, rule.smallest), rule.largest))
        self.changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = (event.key() == Qt.Key.Key_Up) - (event.key() == Qt.Key.Key_Down)
        if direction:
            self._move(direction)
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance("00000") + 22
        return QSize(width, super().sizeHint().height())
