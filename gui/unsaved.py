"""Pictures that could not be saved: kept in memory until they are, here or elsewhere."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.commands import Destination, JobId
from engine.errors import KnownError, Problem, problem_of
from engine.events import Finished, Saved, Unsaved
from engine.gallery.store import save_picture
from engine.recipe import Picture
from gui.bridge import Bridge
from gui.errands import Errand, Tell
from gui.messages import Offer
from gui.words import tr

Waiting = Mapping[JobId, tuple[Picture, Destination]]


class UnsavedPictures(QObject):
    """Listens to what the bridge tells. `failed` says why there are some, `saved` how many were.

    What is saved after all to where it was to go, the bridge tells as it tells of any other.
    """

    failed = Signal(Problem)
    saved = Signal(int)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._finished: dict[JobId, Picture] = {}
        self._waiting: dict[JobId, tuple[Picture, Destination]] = {}
        self._errand: Errand | None = None
        self._given_up = False
        bridge.finished.connect(self._on_finished)
        bridge.saved.connect(self._on_saved)
        bridge.unsaved.connect(self._on_unsaved)

    def __len__(self) -> int:
        return len(self._waiting)

    def offers(self, host: QWidget) -> tuple[Offer, ...]:
        """Return what can be done about them; dialogs belong to `host`."""
        again = tr("Try again"), tr("Save to where they were to go."), self.try_again
        ask = partial(self.ask_where, host)
        elsewhere = tr("Save elsewhere…"), tr("Choose another folder for them."), ask
        return Offer(*again, self._are_there), Offer(*elsewhere, self._are_there)

    def _are_there(self) -> bool:
        return bool(self._waiting)

    @Slot()
    def try_again(self) -> None:
        """Save them to where they were to go."""
        self._save(dict(self._waiting))

    def ask_where(self, host: QWidget) -> None:
        """Ask for a folder, and save them there."""
        dialog = QFileDialog(host, tr("A folder for what is not saved"))
        dialog.setObjectName("save-elsewhere")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, folder: Path) -> None:
        """Save them to a folder."""
        there = Destination(folder=folder)
        self._save({job: (picture, there) for job, (picture, _) in self._waiting.items()})

    def holds_up(self, window: QWidget) -> bool:
        """Tell whether the window must not close yet, for they would be lost; asks what to do."""
        if not self._waiting or self._given_up:
            return False
        box = QMessageBox(window)
        box.setObjectName("not-saved")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Not saved – Etascope"))
        box.setText(tr("%n picture(s) could not be saved and would be lost.", n=len(self)))
        elsewhere = box.addButton(tr("Save elsewhere…"), QMessageBox.ButtonRole.ActionRole)
        lose = box.addButton(tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(elsewhere)
        elsewhere.clicked.connect(partial(self.ask_where, window))
        lose.clicked.connect(partial(self._give_up, window))
        box.open()
        return True

    def _give_up(self, window: QWidget) -> None:
        self._given_up = True
        window.close()

    def _save(self, wanted: Waiting) -> None:
        if self._errand is None and wanted:
            self._errand = Errand(partial(_saved, wanted))
            self._errand.done.connect(self._take)
            self._errand.failed.connect(self._take)
            self._errand.start()

    @Slot(object)
    def _take(self, told: object) -> None:
        """Forget what was saved, and say what was wrong with the rest."""
        self._errand = None
        if isinstance(told, Problem):
            self.failed.emit(told)
            return
        if not isinstance(told, _Result):
            return
        for job, path in told.paths.items():
            _, destination = self._waiting.pop(job)
            if path.parent == destination.folder:
                self._bridge.saved.emit(Saved(job, path))
        if told.paths:
            self.saved.emit(len(told.paths))
        if told.problem is not None:
            self.failed.emit(told.problem)

    @Slot(Finished)
    def _on_finished(self, event: Finished) -> None:
        self._finished[event.job] = event.picture

    @Slot(Saved)
    def _on_saved(self, event: Saved) -> None:
        self._finished.pop(event.job, None)

    @Slot(Unsaved)
    def _on_unsaved(self, event: Unsaved) -> None:
        picture, target = self._finished.pop(event.job, None), event.destination
        if picture is not None and target is not None and target.folder is not None:
            self._waiting[event.job] = (picture, target)
            self.failed.emit(event.problem)


class _Result:
    """Where the pictures are now, and what was wrong with the first that could not be saved."""

    def __init__(self) -> None:
        self.paths: dict[JobId, Path] = {}
        self.problem: Problem | None = None


def _saved(wanted: Waiting, tell: Tell) -> _Result:
    result = _Result()
    for number, (job, (picture, destination)) in enumerate(wanted.items()):
        tell(number, len(wanted))
        try:
            result.paths[job] = save_picture(picture, destination)
        except KnownError as error:
            result.problem = result.problem or problem_of(error)
    return result
