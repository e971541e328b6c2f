"""Paths on the disk: those of finished pictures, and what jobs had come to that were cut off.

Everything is written on a thread of its own, so that no step waits for the disk. One process at a
time, by a lock, has what may be cut off; finished paths are files of their own, and any process
may add to them.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

import numpy as np
from filelock import FileLock, Timeout

from engine.commands import Answers, Destination, Job, JobId
from engine.errors import KnownError, Problem
from engine.recipe import recipe_from_dict
from engine.trajectory import Trajectory, kept_file

BUDGET = 2 * 10**9
"""Bytes that the paths of finished pictures may take; the oldest go first."""

Keepsakes = Callable[[], set[str]]
"""Tells the names of pictures whose paths stay; raises StorageError if it cannot be told now."""

About = tuple[float, int, Path]
"""When a file was last changed, how many bytes it has, and which it is."""

_LEFT = 3600.0
"""Seconds after which a file that is half written was left by a kill."""
_LOOKS = 50
"""Times that it is looked what there is while a whole budget is written: others write there too."""
_LONGEST_HEAD = 1_000_000
_ORDER = "order.json"
_PATHS = ("folder", "file", "trajectory")


class Archive:
    """Keeps the paths of jobs in `folder`: open ones as they go, finished ones within `budget`.

    Those of `keepsakes` stay as long as there are others to remove. Without a folder it keeps
    nothing; where it does not go on with what was cut off, only finished ones.
    """

    def __init__(
        self,
        folder: Path | None,
        budget: int = BUDGET,
        keepsakes: Keepsakes = set,
        *,
        goes_on: bool = True,
    ) -> None:
        self._finished, self._budget, self._keepsakes = folder or Path(), budget, keepsakes
        self._running = self._finished / "running"
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._files: dict[JobId, BinaryIO] = {}
        self._problem: Problem | None = None
        self._room: int | None = None
        self._lock = FileLock(self._finished / "running.lock")
        self.keeps = folder is not None and self._can_keep()
        self._goes_on = self.keeps and goes_on and self._take_over()
        self._thread = threading.Thread(target=self._work, name="archive", daemon=True)
        if self.keeps:
            self._thread.start()

    def cut_off(self) -> list[Job]:
        """Return the jobs of the last time, oldest first, with the answers that they had got."""
        if not self._goes_on:
            return []
        found = [read for file in self._running.glob("*.part") if (read := _read(file))]
        places = {job: place for place, job in enumerate(_read_order(self._running / _ORDER))}
        last = len(places)
        found.sort(key=lambda one: (places.get(one[1].of or "", last), one[0]))
        return [job for _, job in found]

    def queued(self, job: Job) -> None:
        """Note that a job waits, and forget the one that it goes on from."""
        if self._goes_on:
            self._do(lambda: self._open(job))

    def reordered(self, jobs: Sequence[JobId]) -> None:
        """Note in which order all the open jobs are to come back."""
        if self._goes_on:
            self._do(lambda: self._order(jobs))

    def answered(self, job_id: JobId, answer: Answers) -> None:
        """Note one more answer (C, h, w) of a running job."""
        if self._goes_on:
            self._do(lambda: self._append(job_id, answer))

    def ended(self, job_id: JobId) -> None:
        """Forget a job that has come to its end."""
        if self._goes_on:
            self._do(lambda: self._drop(job_id))

    def saved(self, job_id: JobId, picture: Path, trajectory: Trajectory | None) -> None:
        """Keep the path of a picture that is on the disk, if any; its job has come to its end."""
        if trajectory is not None:
            self._do(lambda: self._keep(picture, trajectory))
        self.ended(job_id)

    def trouble(self) -> Problem | None:
        """Return what went wrong since the last time this was asked, if anything."""
        problem, self._problem = self._problem, None
        return problem

    def close(self) -> None:
        """Write what is left, and let another process have what may be cut off."""
        if not self.keeps:
            return
        self.keeps = False
        self._tasks.put(None)
        self._thread.join()
        for file in self._files.values():
            file.close()
        self._lock.release()

    def _can_keep(self) -> bool:
        try:
            self._running.mkdir(parents=True, exist_ok=True)
        except OSError:
            return False
        return True

    def _take_over(self) -> bool:
        try:
            self._lock.acquire(timeout=0)
        except (OSError, Timeout):
            return False
        for half in self._finished.glob("*.new"):
            with suppress(OSError):  # it was not left: another process has just finished it
                if time.time() - half.stat().st_mtime > _LEFT:
                    half.unlink()
        return True

    def _do(self, task: Callable[[], None]) -> None:
        if self.keeps:
            self._tasks.put(task)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except OSError as error:
                self._problem = Problem(
                    f"The steps of a picture could not be kept: {error.strerror}.",
                    "Free some space; the picture itself is not concerned.",
                )

    def _file(self, job_id: JobId) -> Path:
        return self._running / f"{job_id}.part"

    def _open(self, job: Job) -> None:
        file = self._file(job.id).open("wb")
        self._files[job.id] = file
        file.write(_head(job) + b"\n")
        file.flush()
        if job.of is not None:
            self._drop(job.of)

    def _order(self, jobs: Sequence[JobId]) -> None:
        file = self._running / _ORDER
        half = file.with_suffix(".new")
        half.write_text(json.dumps(list(jobs)), encoding="utf-8")
        half.replace(file)

    def _append(self, job_id: JobId, answer: Answers) -> None:
        file = self._files.get(job_id)
        if file is not None:
            if file.tell() == 0 or answer.ndim != 3:
                return
            file.write(np.array(answer.shape, "<u4").tobytes() + answer.astype("<f4").tobytes())
            file.flush()

    def _drop(self, job_id: JobId) -> None:
        file = self._files.pop(job_id, None)
        if file is not None:
            file.close()
        self._file(job_id).unlink(missing_ok=True)

    def _keep(self, picture: Path, trajectory: Trajectory) -> None:
        target = kept_file(self._finished, picture)
        part = target.with_suffix(".new")
        data = trajectory.to_bytes()
        try:
            part.write_bytes(data)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)  # half of it, on a full disk
        if self._room is None or len(data) > self._room:
            self._trim(target)
        else:  # with thousands of files it takes longer to look than to write
            self._room -= len(data)

    def _trim(self, newest: Path) -> None:
        """Remove the oldest paths that are too many, favourites' and comparisons' not."""
        kept = _about(self._finished.glob(f"*{newest.suffix}"))
        too_much = sum(size for _, size, _ in kept) - self._budget
        self._room = min(max(-too_much, 0), self._budget // _LOOKS)
        if too_much <= 0:
            return
        try:
            dear = self._keepsakes() | {newest.stem}
        except KnownError:
            return  # another time
        for old in _beyond(kept, too_much, dear):
            old.unlink(missing_ok=True)


def _head(job: Job) -> bytes:
    target = job.destination
    values: dict[str, Any] = {
        "version": 1,
        "queued": time.time(),
        "recipe": job.recipe.to_dict(),
        "force": target.force,
    }
    for name in _PATHS:
        path = getattr(target, name)
        values[name] = None if path is None else str(path.absolute())
    return json.dumps(values).encode()


def _read(file: Path) -> tuple[float, Job] | None:
    """Return when a job was queued, and the job that goes on from it; None for anything else."""
    try:
        with file.open("rb") as source:
            values = json.loads(source.readline(_LONGEST_HEAD))
            answers = list(_answers(source))
        target = Destination(
            force=bool(values["force"]),
            **{name: None if values[name] is None else Path(values[name]) for name in _PATHS},
        )
        recipe = recipe_from_dict(values["recipe"])
        queued = float(values["queued"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    kept = np.stack(answers) if answers else None
    return queued, Job(recipe, target, answers=kept, of=file.stem)


def _read_order(file: Path) -> list[str]:
    """Return the jobs in the order that was last asked for; none where that was never changed."""
    try:
        jobs = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return [one for one in jobs if isinstance(one, str)] if isinstance(jobs, list) else []


def _answers(source: BinaryIO) -> Iterator[Answers]:
    """Yield the whole answers; the last may be cut short, and everything after it is lost."""
    shape: tuple[int, ...] | None = None
    while len(head := source.read(12)) == 12:
        these = tuple(int(k) for k in np.frombuffer(head, "<u4"))
        if shape not in (None, these):
            return
        shape = these
        size = 4 * int(np.prod(these, dtype=np.int64))
        data = source.read(size) if size < BUDGET else b""
        if len(data) < size or not size:
            return
        yield np.frombuffer(data, "<f4").reshape(these).astype(np.float32)


def _about(files: Iterable[Path]) -> list[About]:
    """Return what there is to know of the files, those that are gone meanwhile left out."""
    found = []
    for file in files:
        with suppress(FileNotFoundError):
            told = file.stat()
            found.append((told.st_mtime, told.st_size, file))
    return found


def _beyond(files: list[About], too_much: int, dear: set[str]) -> list[Path]:
    """Return the oldest files, so many bytes of them, without those that are dear."""
    old = []
    for _, size, file in sorted(files, key=lambda one: one[0]):
        if too_much <= 0:
            break
        if file.stem not in dear:
            old.append(file)
            too_much -= size
    return old
