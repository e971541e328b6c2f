"""A picture made again by the window's own engine, and compared with its file."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from engine.commands import Destination, Job
from engine.events import Cancelled, Failed, Finished, Stepped
from engine.gallery.files import make_folder
from engine.gallery.store import Stored, open_picture
from engine.paths import current_paths
from engine.recipe import Recipe
from engine.remade import IDENTICAL, ROUNDING, Reproduction, judged, recipe_to_remake
from gui.errand_dialog import ErrandDialog
from gui.errands import Errand, Tell
from gui.retelling import retold
from gui.session import Session
from gui.words import tr


class ReproduceDialog(ErrandDialog):
    """Makes the picture in a file again: identical, within rounding, or different and why.

    The job goes through the queue like any other; its picture is saved nowhere that is kept.
    """

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__("reproduce", tr("Reproduce and check"), parent)
        self._session = session
        self._stored: Stored | None = None
        self._job: Job | None = None
        self._listen()
        self.finished.connect(self._give_up)
        self.work(Errand(partial(_read, path)), tr("Reading {name}…", name=path.name))

    def progress_words(self, done: int, total: int) -> str:
        return tr("Step {done} of {total}", done=done, total=total)

    def finished_with(self, result: object) -> None:
        if isinstance(result, Reproduction):
            self._tell(result)
        elif isinstance(result, tuple):
            self._stored, recipe = result
            self._make(recipe)

    def _make(self, recipe: Recipe) -> None:
        target = Destination(file=_place(), force=True)
        self._job = Job(recipe, target)
        self._session.submit_apart([self._job])
        self.wait_for(tr("Waiting for the pictures before it…"))

    def _tell(self, found: Reproduction) -> None:
        verdicts = {
            IDENTICAL: tr("Identical: every pixel is the same."),
            ROUNDING: tr("The same within rounding: no colour is off by more than 1 of 255."),
        }
        self.say(verdicts.get(found.verdict, tr("Different.")))
        lines = []
        if found.largest:
            share = f"{found.share:.2%}"
            lines.append(
                tr(
                    "Colours differ by {most} of 255 at most, in {share} of the pixels.",
                    most=found.largest,
                    share=share,
                )
            )
        if found.step is not None:
            lines.append(tr("The paths had parted after %n step(s).", n=found.step))
        self.tell([*lines, *map(retold, found.differs)])
        self._session.told.emit(self.words.text())

    def _listen(self) -> None:
        bridge = self._session.bridge
        bridge.stepped.connect(self._on_stepped)
        bridge.finished.connect(self._on_finished)
        bridge.failed.connect(self._on_job_failed)
        bridge.cancelled.connect(self._on_cancelled)

    def _is_mine(self, job: str | None) -> bool:
        return self._job is not None and job == self._job.id

    @Slot(Stepped)
    def _on_stepped(self, event: Stepped) -> None:
        if self._is_mine(event.job):
            self.show_progress(event.step, event.steps)

    @Slot(Finished)
    def _on_finished(self, event: Finished) -> None:
        if self._is_mine(event.job) and self._stored is not None:
            self._job = None
            compare = partial(_judge, self._stored, event)
            self.work(Errand(compare), tr("Comparing…"))

    @Slot(Failed)
    def _on_job_failed(self, event: Failed) -> None:
        if self._is_mine(event.job):
            self._job = None
            self.end_with(event.problem)

    @Slot(Cancelled)
    def _on_cancelled(self, event: Cancelled) -> None:
        if self._is_mine(event.job):
            self._job = None
            self.end_with(None)

    @Slot()
    def _give_up(self) -> None:
        if self._job is not None:
            self._session.cancel(self._job.id)
            self._job = None

    def stop(self) -> None:
        if self._job is not None:
            self._session.cancel(self._job.id)
        super().stop()


def _place() -> Path:
    """Return where the engine may save what nobody wants to keep."""
    return current_paths().cache / "again.png"


def _read(path: Path, _tell: Tell) -> tuple[Stored, Recipe]:
    make_folder(_place().parent)
    stored = open_picture(path)
    return stored, recipe_to_remake(stored)


def _judge(stored: Stored, again: Finished, _tell: Tell) -> Reproduction:
    return judged(stored, again.picture, again.trajectory)
