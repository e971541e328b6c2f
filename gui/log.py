"""The log file: nothing is created until there is something to write down."""

import logging
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

_LARGEST = 1_000_000
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class LateFile(RotatingFileHandler):
    """Makes its folder and its file with the first line."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_LARGEST, backupCount=1, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter(_FORM))
        self.setLevel(logging.WARNING)

    @override
    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Write nothing where nothing can be written: the terminal has been told the line itself.

        Python's own way is to print a traceback there for every line.
        """


def log_to(folder: Path) -> None:
    """Write warnings and worse into a file in `folder`, and to the terminal."""
    root = logging.getLogger()
    root.addHandler(LateFile(folder / "window.log"))
    root.addHandler(logging.StreamHandler())
