"""A stranger's file opened for reading: a plain one, for a pipe would be waited for without end."""

import os
import stat
from io import BufferedReader
from pathlib import Path

NOT_PLAIN = "it is a pipe or a device, not a file"


class NotPlainError(OSError):
    """It is a pipe, a socket or a device."""


def open_plain(path: Path) -> BufferedReader:
    """Open a file for reading. Raises OSError, NotPlainError for what is none but can be opened."""
    return open(path, "rb", opener=_opener)


def _opener(name: str, flags: int) -> int:
    """Open it first and look then: what is looked at before may be another thing when opened."""
    descriptor = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):  # open() itself says what a folder is
        return descriptor
    os.close(descriptor)
    raise NotPlainError(NOT_PLAIN)
