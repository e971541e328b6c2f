"""What can be done with a cell: doing it, and a menu of it, each line of which tells its key."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from gui.compare.cells import OPEN, LiveCell, State
from gui.compare.comparison import Comparison
from gui.widgets.menus import native
from gui.words import marked, tr


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do with a cell: its words, its key, and of which cells it can be done."""

    words: str
    key: str
    fits: Callable[[LiveCell], bool]


def _always(_: LiveCell) -> bool:
    return True


DEEDS = {
    "open": Deed(marked("Show large"), "Return", lambda cell: cell.reached > 0),
    "reference": Deed(marked("Make it the reference"), "F", lambda cell: cell.state is State.DONE),
    "pin": Deed(marked("Pin"), "K", lambda cell: cell.state is not State.LEFT_OUT),
    "stop": Deed(marked("Stop"), "S", lambda cell: cell.state is not State.DONE),
    "roll": Deed(marked("Roll again"), "R", _always),
    "remove": Deed(marked("Leave out"), "Del", lambda cell: cell.state is not State.LEFT_OUT),
    "branch": Deed(marked("Branch in Create"), "B", lambda cell: cell.reached > 0),
    "use": Deed(marked("Use these settings"), "U", _always),
}
_PARTED = {"pin", "branch"}
"""Before these there is a line."""


def stop_words(cell: LiveCell) -> str:
    """Return what S does with a cell as it is now."""
    if cell.state in OPEN or cell.state is State.DONE:
        return tr("Stop")
    return tr("Go on") if cell.state is State.STOPPED and cell.reached else tr("Run it")


def pin_words(cell: LiveCell) -> str:
    """Return what K does with a cell as it is now."""
    return tr("Unpin") if cell.pinned else tr("Pin")


def change(comparison: Comparison, cells: Iterable[LiveCell], what: str) -> None:
    """Do one of the deeds that may be done to several cells together; once to each."""
    for cell in dict.fromkeys(cells):
        match what:
            case "roll":
                comparison.roll(cell, secrets.randbelow(2**32))
            case "stop" if cell.state in OPEN:
                comparison.stop([cell])
            case "stop":
                comparison.run([cell])
            case "pin" if DEEDS[what].fits(cell):
                comparison.pin(cell)
            case "remove":
                comparison.remove(cell)


class CellMenu(QMenu):
    """Offers the deeds; `wanted` is called with the one that is chosen."""

    def __init__(self, cell: LiveCell, wanted: Callable[[str], None], host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("cell-menu")
        special = {"stop": stop_words(cell), "pin": pin_words(cell)}
        for name, deed in DEEDS.items():
            if name in _PARTED:
                self.addSeparator()
            action = self.addAction(special.get(name, tr(deed.words)))
            action.setObjectName(f"menu-{name}")
            # Shown only: the grid itself has the key.
            action.setText(f"{action.text()}\t{native(deed.key)}")
            action.setEnabled(deed.fits(cell))
            action.triggered.connect(lambda _=False, name=name: wanted(name))
        self.aboutToHide.connect(self.deleteLater)

    def open_at(self, place: QPoint) -> None:
        """Show it at a place on the screen, without waiting for it."""
        self.popup(place)
        self.setActiveAction(self.actions()[0])
