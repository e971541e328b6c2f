"""Cancelled pictures that are kept as far as they had come: shown in the strip, and said."""

from PySide6.QtCore import QObject, Signal, Slot

from engine.events import Kept
from gui.session import Session
from gui.words import tr


class KeptPictures(QObject):
    """Listens to the session's bridge; `told` is a sentence for the footer."""

    told = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._pictures = session.pictures
        session.bridge.kept.connect(self._take)

    @Slot(Kept)
    def _take(self, event: Kept) -> None:
        if event.path.parent == self._pictures.folder:  # another may have been chosen since
            self._pictures.add(event.path)
        reached = event.reached
        self.told.emit(
            tr("Kept as it was at step {step} of {steps}", step=reached.step, steps=reached.steps)
        )
