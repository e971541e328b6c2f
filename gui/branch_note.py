"""A line in the controls while what is set goes on from a step of another picture."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.recipe import Branch
from gui import theme
from gui.branching import words
from gui.widgets import IconButton
from gui.widgets.elided import Elided
from gui.widgets.icon_label import IconLabel
from gui.words import marked, tr

_ABOUT = marked("Its first steps are those of the other picture.")


class BranchNote(QWidget):
    """Says what is gone on from, and lets it be left; without a branch it is not there."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("branch-note")
        self._branch: Branch | None = None
        self._words = Elided("branch-words")
        self.leave = IconButton(
            "leave-branch", "close", tr("Begin from noise"), tr("Begin from noise instead.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(IconLabel(theme.icon("branch", "secondary"), 16))
        row.addWidget(self._words, 1)
        row.addWidget(self.leave)
        self.leave.clicked.connect(self._leave)
        self.show_branch(None)

    def value(self) -> Branch | None:
        return self._branch

    def show_branch(self, branch: Branch | None) -> None:
        self._branch = branch
        if branch is not None:
            self._words.say(words(branch), tr(_ABOUT))
        self.setVisible(branch is not None)

    @Slot()
    def _leave(self) -> None:
        self.show_branch(None)
        self.changed.emit()
