"""Keys that hold in a part of the window only."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_key(keys: str, part: QWidget, deed: Callable[[], object]) -> QShortcut:
    """Have a key do something while `part`, or something in it, has the focus."""
    shortcut = QShortcut(QKeySequence(keys), part)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(deed)
    return shortcut
