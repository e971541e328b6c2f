"""The keys of the Gallery view: which deed each of them asks for."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

KEYS = {
    "all": ("A",),
    "rest": ("Shift+A",),
    "prompt": ("P",),
    "seed": ("S",),
    "favourite": ("F",),
    "tags": ("T",),
    "compare": ("C",),
    "grid": ("G",),
    "reproduce": ("R",),
    "export": ("X",),
    "move": ("M",),
    "trash": ("Del",),
    "undo": ("Ctrl+Z",),
    "copy": ("Ctrl+C",),
    "settings": ("Ctrl+Shift+C",),
    "folder": ("Ctrl+E",),
    "larger": ("Ctrl++", "Ctrl+="),
    "smaller": ("Ctrl+-",),
    **{f"rate-{stars}": (str(stars),) for stars in range(6)},
}
"""Deeds with what is selected, where the pictures or the panel beside them have the focus."""

EVERYWHERE = {
    "search": ("Ctrl+F",),
    "slideshow": ("F5",),
    "new_gallery": ("Ctrl+Shift+N",),
}
"""Deeds that are asked for anywhere in the view."""

ON_LARGE = {
    "previous": ("Left",),
    "next": ("Right",),
    "first": ("Home",),
    "last": ("End",),
    "zoom": ("Z",),
    "back": ("Return", "Enter", "Backspace"),
}
"""Deeds with the one picture that is shown large."""

Table = Mapping[str, tuple[str, ...]]


def put_keys(table: Table, part: QWidget, do: Callable[[str], object]) -> None:
    """Have `do` called with the name of a deed whose key is pressed in a part of the view."""
    for name, keys in table.items():
        for key in keys:
            shortcut = QShortcut(QKeySequence(key), part)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(do, name))
