"""Choosing one of a few: chips in a panel, tabs at the top."""

from unicodedata import combining

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QWidget
from typing_extensions import override

from gui import theme
from gui.widgets.flow import Flow

Items = list[tuple[str, str]]
"""Values and their labels."""

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class Choice(QPushButton):
    """One of several; as wide as its text in semibold, so that being chosen moves nothing."""

    def __init__(self, label: str, kind: str) -> None:
        super().__init__(label)
        self.setProperty("kind", kind)
        self.setCheckable(True)
        self.setAccessibleName(label)
        self.setAutoDefault(False)
        self.strengthen(False)

    @override
    def sizeHint(self) -> QSize:
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        mnemonic = Qt.TextFlag.TextShowMnemonic  # as the style measures it
        plain = QFontMetrics(self.font()).size(mnemonic, self.text()).width()
        more = QFontMetrics(strong).size(mnemonic, self.text()).width() - plain
        return super().sizeHint() + QSize(max(0, more), 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def strengthen(self, chosen: bool) -> None:
        """Set the text semibold, or plain again.

        One with a hat stays semibold: the plain DejaVu, usual on Linux, puts it out of sight.
        """
        font = self.font()
        strong = chosen or any(map(combining, self.text()))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        self.setFont(font)


class _Choices(QWidget):
    """A row of which exactly one is chosen, by mouse or arrows; Tab stops at it once."""

    changed = Signal(str)
    clicked = Signal(str)
    """One was clicked, which may have been the chosen one already."""

    def __init__(
        self, name: str, items: Items, kind: str, gap: int, *, wraps: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._value = items[0][0]
        self._buttons = {value: Choice(label, kind) for value, label in items}
        self._tooltips = dict(items)
        self._group = QButtonGroup(self)
        row: QLayout = Flow(gap, wide=True) if wraps else QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        self.setLayout(row)
        for value, button in self._buttons.items():
            button.setObjectName(f"{name}-{value}")
            button.setToolTip(self._tooltips[value])
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Shift+Tab would stop at the last one
            self._group.addButton(button)
            button.toggled.connect(lambda on, value=value: self._toggle(value, on))
            button.clicked.connect(lambda _=False, value=value: self.clicked.emit(value))
            row.addWidget(button)
        self._buttons[self._value].setChecked(True)

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        """Choose `value`; one that is not offered is a mistake of the caller."""
        self._buttons[value].setChecked(True)

    def show_chosen(self, shown: bool) -> None:
        """Show which one is chosen, or for a while none, as when something else is on show."""
        chosen = self._buttons[self._value]
        self._group.setExclusive(shown)
        chosen.setChecked(shown)
        self._group.setExclusive(True)

    def focus(self) -> None:
        """Give the keys to the one that is chosen."""
        self._buttons[self._value].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_available(self, value: str, ok: bool, reason: str = "") -> None:
        """Let `value` be chosen, or grey it and say why in its tooltip."""
        button = self._buttons[value]
        button.setEnabled(ok)
        button.setToolTip(self._tooltips[value] if ok else reason)
        button.setAccessibleDescription("" if ok else reason)

    def set_tooltip(self, value: str, tooltip: str) -> None:
        """Explain one choice in plain words."""
        self._tooltips[value] = tooltip
        self._buttons[value].setToolTip(tooltip)

    def _toggle(self, value: str, on: bool) -> None:
        button = self._buttons[value]
        button.strengthen(on)
        if on:
            self._buttons[self._value].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if on and value != self._value:
            self._value = value
            self.changed.emit(value)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = (event.key() in _FORTH) - (event.key() in _BACK)
        if not move:
            super().keyPressEvent(event)
            return
        values = [value for value, button in self._buttons.items() if button.isEnabled()]
        value = values[(values.index(self._value) + move) % len(values)]
        self._buttons[value].setChecked(True)
        self._buttons[value].setFocus(Qt.FocusReason.OtherFocusReason)


class ChipGroup(_Choices):
    """Chips of which one is filled: the shape of a picture, say.

    Those that may wrap go over several lines where there is no room for one.
    """

    def __init__(self, name: str, items: Items, *, wraps: bool = False) -> None:
        super().__init__(name, items, "chip", 6, wraps=wraps)


class Segmented(_Choices):
    """Text tabs of which the current one is raised."""

    def __init__(self, items: Items, name: str = "views") -> None:
        super().__init__(name, items, "tab", theme.TINY)
