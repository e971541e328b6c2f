"""What goes on between the window and the engine: jobs sent off, their reels, what is saved."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Signal, Slot

from engine.commands import Destination, Job, JobId
from engine.draft import Draft, SizeRule
from engine.errors import Problem
from engine.events import (
    Cancelled,
    Failed,
    Finished,
    Loaded,
    Loading,
    Noticed,
    Paused,
    Previewed,
    Recovered,
    Reordered,
    Resumed,
    Saved,
    Started,
    Stepped,
    Unsaved,
)
from engine.gallery.store import Stored
from engine.preview import PreviewMap
from engine.recipe import Branch, Environment, Recipe
from engine.trajectory import Trajectory
from gui.branching import check_branch
from gui.bridge import Bridge
from gui.extras import ExtrasReader
from gui.gallery_model import NewestPictures
from gui.queue_model import Queue
from gui.reel import Reel, kept_reel, new_reel
from gui.shelf import Shelf
from gui.sizes import SizesReader
from gui.telling import Teller
from gui.words import tr


class Session(QObject):
    """Listens to the bridge and keeps what the views show.

    `loading` says that another model was chosen, `fetching` that the engine is at it, for a job
    perhaps that brings its own. `enders` are asked at the end to wait a little for what they still
    do; they say whether it is done.
    """

    loading = Signal()
    fetching = Signal(str)
    loaded = Signal(Loaded)
    not_loaded = Signal()
    sizes_changed = Signal(SizeRule)
    progressed = Signal()
    begun = Signal(Reel)
    grew = Signal(Reel, int)
    settled = Signal(Reel)
    saved = Signal(Reel)
    told = Signal(str)
    troubled = Signal(Problem)

    def __init__(self, bridge: Bridge, pictures: NewestPictures) -> None:
        super().__init__()
        self.pictures = pictures
        self.jobs = Queue()
        self.shelf = Shelf()
        self.model = "starter"
        self.ready = False
        self.extras = ExtrasReader(self)
        self.rules = SizesReader(self.extras.in_folders, self)
        self.enders: list[Callable[[], bool]] = [self.extras.close, self.rules.close]
        self._place = ("auto", "auto", 0)
        self._begun = False
        self._unsaved: JobId | None = None
        self._bridge = bridge
        self.in_memory: str | None = None
        self._fetches = False
        self._maps: dict[str, PreviewMap] = {}
        self.environment: Environment | None = None
        self._recipes: dict[JobId, Recipe] = {}
        self._running: dict[JobId, Reel] = {}
        self._asked: Counter[JobId | None] = Counter()
        self._listen()
        self._teller = Teller(bridge, self)
        self._teller.told.connect(self.told)
        self.rules.changed.connect(self.sizes_changed)
        pictures.unreadable.connect(self.troubled)

    @property
    def bridge(self) -> Bridge:
        """What tells of everything that the engine says."""
        return self._bridge

    @property
    def sizes(self) -> SizeRule:
        """What the model at hand makes, as far as that is known."""
        return self.rules.at_hand

    @property
    def preview_map(self) -> PreviewMap | None:
        """How latents of the model at hand are shown; None while none is loaded."""
        return self.preview_map_of(self.model)

    def preview_map_of(self, model: str) -> PreviewMap | None:
        """Return how latents of a model are shown; None if it was not loaded in this session."""
        return self._maps.get(model)

    def begin(self, model: str) -> None:
        """Start the engine's thread and have it load `model`."""
        self.load(model)
        if not self._begun:
            self._begun = True
            self._bridge.start()

    def run_on(self, device: str, dtype: str, memory: int = 0) -> None:
        """Run elsewhere, in another dtype or in `memory` bytes, from the next picture on."""
        if (device, dtype, memory) != self._place:
            self._place = (device, dtype, memory)
            if self._begun:
                self.ready = False
                self.load(self.model)

    def show_previews_every(self, seconds: float) -> None:
        self._bridge.show_previews_every(seconds)

    @Slot(str)
    def load(self, model: str) -> None:
        """Have another model loaded, or the same again if it has not come to be."""
        if self.ready and model == self.model:
            return
        self.model, self.ready = model, False
        self.rules.use(model)
        self.loading.emit()
        self._bridge.load(model, *self._place)

    def when_sized(self, deed: Callable[[], object]) -> bool:
        """Do something once the sizes of the model at hand are known; return whether at once."""
        model, again = self.model, partial(self.when_sized, deed)
        # Another may have been chosen by then.
        return self.rules.once_read(model, lambda: deed() if model == self.model else again())

    def generate(self, draft: Draft, model: str = "") -> tuple[Recipe, ...]:
        """Put the draft's pictures at the end of the queue, of another model if one is named.

        Raises BadSetting.
        """
        sizes = self.rules.of(model) if model not in {"", self.model} else self.sizes
        recipes = replace(draft, model=model or self.model).resolve(sizes)
        check_branch(recipes[0])
        destination = Destination(folder=self.pictures.folder)
        self._submit([Job(recipe, destination) for recipe in recipes])
        return recipes

    def branch(self, draft: Draft, reel: Reel, step: int) -> tuple[Recipe, ...]:
        """Have the draft's pictures go on from `step` of another's path. Raises BadSetting.

        What the model has answered on the way there is not asked again, where it was answered
        by what is there now: the same device, dtype and libraries.
        """
        wanted = replace(draft, model=self.model, branch=Branch(reel.recipe, step))
        recipes = wanted.resolve(self.sizes)
        check_branch(recipes[0])
        answers = None
        if reel.trajectory is not None and reel.made_on == self.environment is not None:
            answers = reel.trajectory.answers  # of a run under way the engine has them itself
        destination = Destination(folder=self.pictures.folder)
        self._submit([Job(recipe, destination, answers=answers) for recipe in recipes])
        return recipes

    def retry(self, job: JobId) -> None:
        """Put a job that failed at the end of the queue again."""
        row = self.jobs.find(job)
        if row is not None and row.problem is not None:
            self.jobs.forget({job})
            self._submit([Job(row.job.recipe, row.job.destination, answers=row.job.answers)])

    def pause(self, job: JobId | None = None) -> None:
        """Hold back one job, or everything."""
        self._asked[job] += 1
        self.jobs.pause(job)
        self._bridge.pause(job)
        self.progressed.emit()

    def resume(self, job: JobId | None = None) -> None:
        """Let one job go on, or everything."""
        self._asked[job] += 1
        self.jobs.resume(job, monotonic())
        self._bridge.resume(job)
        self.progressed.emit()

    def cancel(self, job: JobId) -> None:
        """Stop one job, or forget one that failed; it leaves the queue at once."""
        row = self.jobs.find(job)
        if row is None:
            return
        if row.problem is None:
            self._bridge.cancel(job)
        self.jobs.forget({job})
        self.progressed.emit()

    def cancel_all(self) -> None:
        """Stop everything; at rest at once, even if the engine has a model call to end.

        Pausing ends with what was paused: the next picture is not to wait unexplained.
        """
        if self.rules.drop():
            self.progressed.emit()
        if not len(self.jobs):
            return
        self._bridge.cancel_all()
        if self.jobs.all_paused:
            self._asked[None] += 1
            self._bridge.resume()
        self.jobs.clear()
        self.progressed.emit()
        self.told.emit(tr("Cancelling…"))

    def remember(self, stored: Stored, path: Trajectory) -> Reel | None:
        """Return the reel of a picture whose path was kept, if the model here can show it."""
        if self.preview_map is None or path.recipe.model != self.model:
            return None
        reel = kept_reel(stored, path, self.preview_map)
        if reel is not None:
            self.shelf.put(reel)
        return reel

    def running_reel(self) -> Reel | None:
        """Return the reel of the job that has been running longest."""
        job = self.jobs.first_running()
        return None if job is None else self._running.get(job)

    def close(self) -> bool:
        """End the threads of the engine and of the pictures; return whether they did end."""
        self._bridge.part()  # first of all, so that it ends while the others are waited for
        ended = [self.pictures.close(), *(end() for end in self.enders)]
        return all([*ended, self._bridge.close()])

    def submit_apart(self, jobs: Sequence[Job]) -> None:
        """Put jobs into the queue whose steps somebody else shows."""
        self.jobs.submitted(jobs)
        for job in jobs:
            self._bridge.submit(job)
        self._teller.begin()
        self.progressed.emit()

    def _submit(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self._recipes[job.id] = job.recipe
        self.submit_apart(jobs)

    def _listen(self) -> None:
        bridge = self._bridge
        bridge.loading.connect(self._on_loading)
        bridge.loaded.connect(self._on_loaded)
        bridge.started.connect(self._on_started)
        bridge.stepped.connect(self._on_stepped)
        bridge.previewed.connect(self._on_previewed)
        bridge.finished.connect(self._on_finished)
        bridge.saved.connect(self._on_saved)
        bridge.unsaved.connect(self._on_unsaved)
        bridge.failed.connect(self._on_failed)
        bridge.cancelled.connect(self._on_cancelled)
        bridge.noticed.connect(self._on_noticed)
        bridge.recovered.connect(self._on_recovered)
        bridge.paused.connect(self._on_paused)
        bridge.resumed.connect(self._on_resumed)
        bridge.reordered.connect(self._on_reordered)
        self.jobs.moved.connect(bridge.move)

    @Slot(Loading)
    def _on_loading(self, event: Loading) -> None:
        self.in_memory, self._fetches = None, True
        self.fetching.emit(event.model)

    @Slot(Loaded)
    def _on_loaded(self, event: Loaded) -> None:
        self.in_memory, self._fetches = event.model, False
        self.environment = event.environment
        self._maps[event.model] = event.preview
        self.ready |= event.model == self.model  # a job may bring a model of its own
        self.rules.learn(event.model, event.sizes)
        self.loaded.emit(event)

    @Slot(Started)
    def _on_started(self, event: Started) -> None:
        recipe = self._recipes.get(event.job)
        if recipe is None:
            return
        reel = new_reel(event, recipe)
        reel.made_on = self.environment
        self._running[event.job] = reel
        self.jobs.started(event, monotonic())
        self.begun.emit(reel)
        self.progressed.emit()

    @Slot(Stepped)
    def _on_stepped(self, event: Stepped) -> None:
        self.jobs.stepped(event, monotonic())
        self.progressed.emit()

    @Slot(Previewed)
    def _on_previewed(self, event: Previewed) -> None:
        reel = self._running.get(event.job)
        if reel is not None:
            reel.grow(event)
            self.grew.emit(reel, event.step)

    @Slot(Finished)
    def _on_finished(self, event: Finished) -> None:
        if event.preview is not None:
            self._maps[event.picture.recipe.model] = event.preview
        reel = self._ended(event.job)
        if reel is None:
            return
        reel.picture = event.picture.pixels
        reel.settle(event.trajectory, self.preview_map_of(reel.recipe.model))
        self.shelf.put(reel)
        self.settled.emit(reel)

    @Slot(Saved)
    def _on_saved(self, event: Saved) -> None:
        if event.path.parent == self.pictures.folder:  # another may have been chosen since
            self.pictures.add(event.path)
        reel = self.shelf.by_job(event.job)
        if reel is not None:
            reel.path = event.path
            self.saved.emit(reel)

    @Slot(Unsaved)
    def _on_unsaved(self, event: Unsaved) -> None:
        self._unsaved = event.job
        self.troubled.emit(event.problem)

    @Slot(Failed)
    def _on_failed(self, event: Failed) -> None:
        if event.job is None or self._fetches:  # that model has taken the place of the one before
            self.ready = self._fetches = False
            self.not_loaded.emit()
        if event.job is not None:
            self.jobs.failed(event.job, event.problem)
            self._settle(event.job, None)
        self.troubled.emit(event.problem)

    @Slot(Cancelled)
    def _on_cancelled(self, event: Cancelled) -> None:
        self._settle(event.job, event)

    @Slot(Recovered)
    def _on_recovered(self, event: Recovered) -> None:
        self._recipes[event.job.id] = event.job.recipe
        self.jobs.submitted([event.job])
        self.progressed.emit()

    @Slot(Paused)
    def _on_paused(self, event: Paused) -> None:
        if self._is_last_word(event.job):
            self.jobs.pause(event.job)
            self.progressed.emit()

    @Slot(Resumed)
    def _on_resumed(self, event: Resumed) -> None:
        if self._is_last_word(event.job):
            self.jobs.resume(event.job, monotonic())
            self.progressed.emit()

    def _is_last_word(self, job: JobId | None) -> bool:
        """Whether nothing else has been asked of a job since what is being answered."""
        self._asked[job] = max(self._asked[job] - 1, 0)
        return not self._asked[job]

    @Slot(Reordered)
    def _on_reordered(self, event: Reordered) -> None:
        self.jobs.reorder(event.jobs)

    @Slot(Noticed)
    def _on_noticed(self, event: Noticed) -> None:
        if event.job is None or event.job != self._unsaved:  # worse has been told of it
            self.troubled.emit(event.problem)

    def _settle(self, job: JobId, event: Cancelled | None) -> None:
        reel = self._ended(job)
        if reel is not None:
            shown_by = self.preview_map_of(reel.recipe.model)
            reel.settle(None if event is None else event.trajectory, shown_by)
            self.settled.emit(reel)

    def _ended(self, job: JobId) -> Reel | None:
        row = self.jobs.find(job)
        if row is not None and row.problem is None:
            self.jobs.ended(job)
        self._recipes.pop(job, None)
        self.progressed.emit()
        return self._running.pop(job, None)
