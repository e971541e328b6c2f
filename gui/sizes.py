"""What sizes each model makes: read in another thread, for its files may lie on a far disk."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from engine.compare.cost import look_at
from engine.draft import SizeRule
from engine.errors import BadSetting, Problem, problem_of
from engine.extras import NOTHING, Extras
from engine.library import find

AGAIN = 3.0
"""Seconds after which a model that could not be read is tried again when it is asked for."""

LONGEST_GOODBYE = 500
"""Milliseconds that `close` waits for a file being read."""

Told = SizeRule | Problem


class StillReading(Exception):
    """The sizes of `model` are not known yet; those who wait for them are told."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.model = model


class SizesReader(QObject):
    """Remembers what is known of each model. `read` says of one that it has been read.

    `at_hand` are the sizes of the model in `use`, as last known. `changed` carries them when that
    model has been read; those of the one before stay if it cannot be: the engine will say why.
    """

    read = Signal(str)
    changed = Signal(SizeRule)

    _told = Signal(str, object)

    def __init__(self, extras: Extras = NOTHING, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.at_hand = SizeRule()
        self._extras = extras
        self._used = ""
        self._known: dict[str, Told] = {}
        self._since: dict[str, float] = {}
        self._reading: set[str] = set()
        self._held: list[tuple[str, Callable[[], object]]] = []
        # A child: it goes with its parent, in the window's thread, whoever collects the garbage.
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)
        self._told.connect(self.learn)

    def use(self, model: str) -> None:
        """Have a model at hand; `changed` follows, at once if it is known."""
        self._used = model
        if self._look(model) is not None:
            self._show()

    def of(self, model: str) -> SizeRule:
        """Return the sizes of a model. Raises BadSetting, or StillReading if `read` follows."""
        told = self._look(model)
        if told is None:
            raise StillReading(model)
        if isinstance(told, Problem):
            raise BadSetting("model", told.message, told.advice)
        return told

    def once_read(self, model: str, deed: Callable[[], object]) -> bool:
        """Do something as soon as a model has been read; return whether that was at once.

        What meets StillReading is done again when that model has been read.
        """
        if self._look(model) is None:
            self._held.append((model, deed))
            return False
        return self._do(deed)

    def drop(self) -> bool:
        """Do nothing of what waits for a model to be read; return whether anything did."""
        held, self._held = self._held, []
        return bool(held)

    @Slot(str, object)
    def learn(self, model: str, told: Told) -> None:
        """Take note of what a model is like, and do what has waited for that."""
        if isinstance(told, SizeRule):
            told = replace(told, extras=self._extras)
        self._known[model], self._since[model] = told, time.monotonic()
        self._reading.discard(model)
        if model == self._used:
            self._show()
        self.read.emit(model)
        due = [deed for waits, deed in self._held if waits == model]
        self._held = [one for one in self._held if one[0] != model]
        for deed in due:
            self._do(deed)

    def close(self) -> bool:
        """Drop what has not been read; return whether nothing is being read any more."""
        with suppress(RuntimeError):  # it has gone with its parent, and waited then
            self._worker.clear()
            return self._worker.waitForDone(LONGEST_GOODBYE)
        return True

    def _do(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except StillReading as wait:
            return self.once_read(wait.model, deed)
        return True

    def _show(self) -> None:
        told = self._known[self._used]
        if isinstance(told, SizeRule):
            self.at_hand = told
        self.changed.emit(self.at_hand)

    def _look(self, model: str) -> Told | None:
        """Return what is known of a model; None: it is being read."""
        told = self._known.get(model)
        if isinstance(told, Problem) and time.monotonic() - self._since[model] > AGAIN:
            told = None
        if told is None and model not in self._reading:
            self._reading.add(model)
            self._worker.start(partial(self._read, model))
        return told

    def _read(self, model: str) -> None:
        """In the worker's thread."""
        try:
            told: Told = find(model).sizes()
            look_at(model)  # here, not in the window's thread when a comparison is planned
        except Exception as error:  # noqa: BLE001 - top of the thread: beyond it nobody would hear
            told = problem_of(error)
        with suppress(RuntimeError):  # the window is gone
            self._told.emit(model, told)
