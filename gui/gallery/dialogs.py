"""The dialogs that the Gallery view opens: export, verify, rebuild, reproduce."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from engine.gallery.entries import Entry
from engine.gallery.query import Query
from gui.decoding import Decoding
from gui.exporting import ExportDialog
from gui.gallery.catalogue import Catalogue
from gui.gallery.pictures_model import PicturesModel
from gui.reproducing import ReproduceDialog
from gui.session import Session
from gui.upkeep import UpkeepDialog


class Dialogs(QObject):
    """Opens them over the window. `renewed` says that the index has been made anew."""

    renewed = Signal()

    def __init__(self, session: Session, model: PicturesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._model, self._parent = session, model, parent
        self.query: Callable[[], Query] = Query

    @property
    def _catalogue(self) -> Catalogue:
        return self._model.catalogue

    @Slot(str)
    def open(self, what: str) -> None:
        """Open the dialog for "export" (of all that is found), "verify" or "rebuild"."""
        index = self._catalogue.index
        if index is None:
            return
        if what == "export":
            self.export_ids([])
            return
        dialog = UpkeepDialog("verify" if what == "verify" else "rebuild", index, self._window())
        dialog.ended.connect(self.renewed)
        self._open(dialog)

    @Slot(list)
    def export_ids(self, ids: Sequence[int]) -> None:
        """Export these pictures, or all that the search has found if there are none."""
        index = self._catalogue.index
        count = len(ids) or self._model.rowCount()
        if index is None or not count:
            return
        query, chosen, hidden = self.query(), tuple(ids), self._model.hidden()

        def fetch() -> Sequence[Entry]:
            found = (index.entries(chosen) if chosen else index.search(query)).result()
            # What was just thrown away still lies there, and must not be given away.
            return [one for one in found if one.id not in hidden]

        dialog = ExportDialog(index.galleries, count, fetch, self._window())
        dialog.decode = Decoding(self._session)
        self._open(dialog)

    @Slot(Path)
    def reproduce(self, path: Path) -> None:
        """Make a picture again from its file, and say whether it is the same."""
        self._open(ReproduceDialog(self._session, path, self._window()))

    def _window(self) -> QWidget:
        return self._parent.window()

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(self._window().activateWindow)
        dialog.open()
