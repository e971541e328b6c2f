"""LoRAs, embeddings and VAEs for the window: listed and hashed in another thread."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

from engine.errors import BadSetting, CheckpointError
from engine.library.extras import (
    EMBEDDING,
    LORA,
    VAE,
    InFolders,
    Kind,
    at,
    known,
    listed,
    name_of,
)
from engine.recipe import Part
from gui.words import tr

LONGEST_GOODBYE = 500
"""Milliseconds that `close` waits for a file being read."""


@dataclass(frozen=True, slots=True)
class Found:
    """The names of what there is."""

    loras: tuple[str, ...] = ()
    vaes: tuple[str, ...] = ()


class ExtrasReader(QObject):
    """Lists what there is, and reads files for their hashes before these are needed.

    `in_folders` answers at once, from what is remembered.
    """

    found = Signal(Found)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.in_folders = InFolders(self._hashed)
        # A child: it goes with its parent, in the window's thread, whoever collects the garbage.
        self._worker = QThreadPool(self)
        self._worker.setMaxThreadCount(1)

    def look(self) -> None:
        """Have the folders listed; `found` follows. Embeddings are small, and are all read."""
        self._worker.start(self._look)

    def want(self, field: str, name: str) -> None:
        """Have the LoRA ("adapters") or VAE ("vae") of that name read for its hash."""
        self._worker.start(partial(self._want, LORA if field == LORA.field else VAE, name))

    def close(self) -> bool:
        """Drop what has not been read; return whether nothing is being read any more."""
        with suppress(RuntimeError):  # it has gone with its parent, and waited then
            self._worker.clear()
            return self._worker.waitForDone(LONGEST_GOODBYE)
        return True

    def _hashed(self, kind: Kind, path: Path) -> Part:
        """Return a file with its hash, if that is remembered; else have it read."""
        part = at(path) if path.is_dir() else known(path)
        if part is not None:
            return part
        self._worker.start(partial(_read, path))
        words = tr("“{name}” is being read for the first time.", name=name_of(path))
        raise BadSetting(kind.field, words, tr("Try again in a moment."))

    # In the worker's thread.

    def _look(self) -> None:
        loras, vaes = ([name_of(path) for path in listed(kind)] for kind in (LORA, VAE))
        with suppress(RuntimeError):  # the window is gone
            self.found.emit(Found(tuple(loras), tuple(vaes)))
        for path in listed(EMBEDDING):
            _read(path)

    def _want(self, kind: Kind, name: str) -> None:
        for path in listed(kind):
            if name_of(path) == name:
                _read(path)


def _read(path: Path) -> None:
    """Have a file's hash remembered; what is wrong with it is told when it is used."""
    try:
        at(path)
    except CheckpointError:
        return
