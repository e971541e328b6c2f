"""TOML files of ours: read whatever is in them, written in one stroke, damaged ones set aside."""

import logging
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import tomli_w

from engine.gallery.files import make_folder, write_file

Table = dict[str, Any]

_log = logging.getLogger(__name__)


def read_table(path: Path) -> Table | None:
    """Return what a file holds, None if it is not there; a damaged one is set aside as .bad."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        set_aside(path, error)
        return None


def write_table(path: Path, table: Table) -> None:
    """Replace a file in one stroke, on the disk when this returns. Raises StorageError."""
    make_folder(path.parent)
    write_file(path, tomli_w.dumps(table).encode("utf-8", "replace"), force=True)


def set_aside(path: Path, reason: object, *, copy: bool = False) -> None:
    """Keep a file that is not understood under its name with .bad at the end."""
    _log.warning("%s is kept aside: %s", path, reason)
    bad = path.with_name(f"{path.name}.bad")
    with suppress(OSError):
        if copy:
            bad.write_bytes(path.read_bytes())
        else:
            path.replace(bad)
