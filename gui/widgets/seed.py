"""The seed: a field for any number of 64 bits, a dice and a lock."""

import secrets

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStyle, QStyleOptionFrame, QWidget
from typing_extensions import override

from engine.recipe import SEED_COUNT
from gui import theme
from gui.widgets.buttons import IconButton
from gui.widgets.fields import set_invalid
from gui.words import marked, tr

THIN_SPACE = "\u2005"
"""A quarter of an em: Unicode's own "thin" is hardly to be seen in some interface fonts."""
_BESIDE = 2
"""Pixels that a line edit keeps free on each side of its text."""
HELP = marked(
    "The number that the noise is made from: the same seed and settings give the same picture.\n"
    "Type one to keep it; empty means a new one each time."
)
KEPT = marked("The seed stays the same. Click to draw a new one for each Generate.")
DRAWN = marked("Each Generate draws a new seed. Click to keep the one shown.")


def grouped(seed: int) -> str:
    """Return the seed with thin spaces between groups of three digits."""
    return f"{seed:,}".replace(",", THIN_SPACE)


def _range() -> str:
    return tr("A seed is a whole number from 0 to {highest}.", highest=grouped(SEED_COUNT - 1))


def parsed(text: str) -> int | None:
    """Return the seed that was typed or pasted, grouped or not; None if it is not one."""
    digits = "".join(text.replace(",", "").split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    seed = int(digits) if len(digits) <= 30 else SEED_COUNT
    return seed if seed < SEED_COUNT else None


class SeedEdit(QLineEdit):
    """Shows the digits bare while they are edited or there is little room, grouped otherwise.

    `left` says that it is edited no more.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seed: int | None = None

    def show_seed(self, seed: int | None) -> None:
        self.seed = seed
        with QSignalBlocker(self):
            self.setText("" if seed is None else self._shape(seed))
            if not self.hasFocus():
                self.setCursorPosition(0)  # what is cut off is the end, and seen to be

    def _shape(self, seed: int) -> str:
        text = grouped(seed)
        fits = self.fontMetrics().horizontalAdvance(text) <= self._room()
        return text if fits and not self.hasFocus() else str(seed)

    def _room(self) -> int:
        """Return the pixels of width that there are for text."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inner.width() - 2 * _BESIDE

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.hasFocus():
            self.show_seed(self.seed)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_seed(self.seed)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
            self.show_seed(self.seed)
            set_invalid(self, "")


class SeedField(QWidget):
    """A seed to keep (locked), or a new one for each Generate (unlocked).

    Typing or rolling a seed locks it: what was asked for is used. Locking keeps the seed shown.
    It has no label of its own; a QLabel beside it takes it as its buddy.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._edit = SeedEdit()
        self._edit.setObjectName(f"{name}-field")
        self._edit.setAccessibleName(tr("Seed"))
        self._edit.setToolTip(tr(HELP))
        self._edit.setPlaceholderText(tr("random"))
        self._dice = IconButton(
            f"{name}-dice", "dice", tr("New random seed"), tr("Roll a new seed and keep it.")
        )
        self._lock = IconButton(f"{name}-lock", "unlock", tr("Keep this seed"), tr(DRAWN))
        self._lock.setCheckable(True)
        self._before: tuple[int | None, bool] = (None, False)
        self._edit.textEdited.connect(self._take)
        self._edit.left.connect(self._leave)
        self._dice.clicked.connect(self._roll)
        self._lock.clicked.connect(self._turn)
        self._lay_out()
        self._show_lock(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(self._edit, 1)
        row.addWidget(self._dice)
        row.addWidget(self._lock)
        self.setFocusProxy(self._edit)

    def value(self) -> int | None:
        """Return the seed to use, or None for a new random one."""
        return self._edit.seed if self._lock.isChecked() else None

    def problem(self) -> str:
        """Say what is wrong with the text being typed; empty if nothing is."""
        return self._edit.accessibleDescription() if self._edit.property("invalid") else ""

    def set_value(self, seed: int | None) -> None:
        """Keep `seed`, or draw a new one each time."""
        before = self.value()
        self._edit.show_seed(seed)
        set_invalid(self._edit, "")
        self._show_lock(seed is not None)
        self._settle()
        if self.value() != before:
            self.changed.emit()

    def show_drawn(self, seed: int) -> None:
        """Show the seed that a run drew; while locked, the kept one stays."""
        if not self._lock.isChecked() and not self.problem():
            self._edit.show_seed(seed)
        if not self.problem():
            self._settle()

    def _take(self, text: str) -> None:
        if not text.strip():
            self._edit.seed = None
        elif (seed := parsed(text)) is None:
            set_invalid(self._edit, _range())
            return
        else:
            self._edit.seed = seed
        set_invalid(self._edit, "")
        self._show_lock(self._edit.seed is not None)
        self.changed.emit()

    def _leave(self) -> None:
        """Go back to what was before where what was typed is no seed: its first digits are none."""
        if self.problem():
            self._edit.seed, locked = self._before
            self._show_lock(locked)
            self.changed.emit()
        self._settle()

    def _settle(self) -> None:
        self._before = (self._edit.seed, self._lock.isChecked())

    def _roll(self) -> None:
        self.set_value(secrets.randbelow(2**32))

    def _turn(self) -> None:
        if self._lock.isChecked() and self._edit.seed is None:
            self._edit.show_seed(secrets.randbelow(2**32))
        self._show_lock(self._lock.isChecked())
        self._settle()
        self.changed.emit()

    def _show_lock(self, locked: bool) -> None:
        self._lock.setChecked(locked)
        self._lock.setIcon(theme.icon("lock" if locked else "unlock"))
        self._lock.setToolTip(tr(KEPT) if locked else tr(DRAWN))
        self._edit.setProperty("drawn", not locked)
        self._edit.style().polish(self._edit)
