"""What the window remembers from one start to the next: one small JSON file."""

import dataclasses
import json
import logging
import math
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from engine.draft import Draft

FILE_NAME = "window.json"
_log = logging.getLogger(__name__)


Mode = Literal["system", "dark", "light"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything remembered. `geometry` is Qt's own description of the window, in base64."""

    draft: Draft = field(default_factory=Draft)
    advanced: bool = False
    noisy: bool = False
    theme: Mode = "system"
    geometry: str = ""


def read_settings(folder: Path) -> Settings:
    """Read what `write_settings` wrote; a damaged file is set aside as .bad, for defaults."""
    path = folder / FILE_NAME
    try:
        return _settings(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("%s cannot be read (%s); starting with the usual settings", path, error)
        with suppress(OSError):
            path.replace(path.with_suffix(".json.bad"))
        return Settings()


def write_settings(settings: Settings, folder: Path) -> None:
    """Replace the file in one stroke: temporary file, fsync, rename. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dataclasses.asdict(settings), indent=2, ensure_ascii=True)
    descriptor, name = tempfile.mkstemp(prefix=FILE_NAME, suffix=".part", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / FILE_NAME)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _settings(values: object) -> Settings:
    table = _table(values)
    draft = Draft(**_known(Draft, _table(table.pop("draft", {}))))
    return Settings(draft=draft, **_known(Settings, table))


def _table(values: object) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise ValueError(f"not a table: {values!r:.80}")  # noqa: TRY004
    return values


def _known(kind: type[Draft | Settings], values: dict[str, Any]) -> dict[str, Any]:
    """Return those of `values` that are fields of `kind`. Raise ValueError for a wrong type."""
    types = get_type_hints(kind)
    known = {name: value for name, value in values.items() if name in types}
    for name, value in known.items():
        if not _fits(types[name], value):
            raise ValueError(f"{name} is {value!r:.80}")
    return known


def _fits(hint: Any, value: object) -> bool:
    """Whether a JSON value is of the hinted type; `True` is no number, an int is a float."""
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    accepted = get_args(hint) or (hint,)
    if type(value) is int and float in accepted:
        return True
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return type(value) in accepted
