"""What menus of the user's own things are made of: their lines, and asking for a name."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QMenu, QWidget
from typing_extensions import override

from gui.words import plain, tr

_LONGEST = 56


def native(keys: str) -> str:
    """Return keys as this system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def add_line(menu: QMenu, text: str, deed: Callable[[], object], tip: str = "") -> None:
    """Add a line that does something; a long text is cut, and whole in the tooltip."""
    line = " ".join(text.split())
    cut = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    action = QAction(cut.replace("&", "&&"), menu)
    action.setToolTip(plain(tip or text))
    action.triggered.connect(lambda _=False: deed())
    menu.addAction(action)


class NameDialog(QInputDialog):
    """Asks what something that is kept shall be called."""

    def __init__(self, name: str, what: str, question: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(tr("{what} – Etascope", what=what))
        self.setLabelText(question)
        self.setOkButtonText(tr("Keep"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.textValueChanged.connect(self._allow)
        self._allow("")

    @Slot(str)
    def _allow(self, typed: str) -> None:
        """Nothing can be kept without a name."""
        box = self.findChild(QDialogButtonBox)
        if box is not None:
            box.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(typed.strip()))

    @override
    def accept(self) -> None:
        super().accept()
        self.window().activateWindow()
