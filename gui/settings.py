"""What the window remembers from one start to the next: one typed object, one TOML file."""

import dataclasses
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from engine.draft import Draft
from engine.paths import DEFAULT_GALLERY, SETTINGS_FILE
from engine.recipe import added_from_dict
from gui.language import Language
from gui.tables import Table, read_table, set_aside, write_table

VERSION = 1
OLD_NAME = "window.json"
"""The file of the first versions; read once, where there is no newer one."""

Mode = Literal["system", "dark", "light"]
Device = Literal["auto", "cpu", "cuda", "mps"]
Dtype = Literal["auto", "float32", "bfloat16", "float16"]
Previews = Literal["all", "often", "seldom"]
Motion = Literal["system", "little", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything remembered.

    `galleries` is the folder of all galleries, "" for the usual one, and `gallery` the name of
    the one where new pictures go; `trajectory_gigabytes` is
    the room on the disk for the steps of finished pictures, `step_megabytes` that in memory;
    `memory_gigabytes` is what a model may take with all that it does, 0 for all there is;
    `keep_cancelled` has pictures kept that were cancelled, as far as they had come;
    `motion` says how much may move; `online` says that the user, once asked, lets models be got
    from the network, `welcome` that some are still offered at the start; `paused` that all that
    was open in the queue was held back. `geometry` is Qt's own description of the window, in
    base64.
    """

    theme: Mode = "system"
    language: Language = "system"
    motion: Motion = "system"
    device: Device = "auto"
    dtype: Dtype = "auto"
    memory_gigabytes: int = 0
    previews: Previews = "all"
    galleries: str = ""
    trajectory_gigabytes: float = 2.0
    step_megabytes: int = 256
    advanced: bool = False
    noisy: bool = False
    gallery: str = DEFAULT_GALLERY
    keep_cancelled: bool = False
    online: bool = False
    welcome: bool = True
    paused: bool = False
    geometry: str = ""
    draft: Draft = field(default_factory=Draft)

    @property
    def memory_bytes(self) -> int:
        """What a model may take; 0 for all there is."""
        return max(self.memory_gigabytes, 0) * 10**9

    def preview_pause(self, *, calm: bool) -> float:
        """Return the seconds between two previews of one picture, at least."""
        pause = {"all": 0.0, "often": 0.1, "seldom": 0.5}[self.previews]
        return max(pause, 1.0) if calm else pause


def read_settings(folder: Path) -> Settings:
    """Read what `write_settings` wrote; what is not understood is kept as .bad.

    A damaged file gives the usual settings; one with a wrong value in it, or of a later version, is
    read as far as it is known: what was typed is not lost to a slip in another line.
    """
    path = folder / SETTINGS_FILE
    table = read_table(path)
    if table is None:
        return _read_old(folder / OLD_NAME)
    try:
        if _is_later(table.pop("version", VERSION)):
            set_aside(path, "it is of a later version", copy=True)
            return _settings(table, strict=False)
        return _settings(table, strict=True)
    except (ValueError, TypeError) as error:
        set_aside(path, error, copy=True)
        return _settings(table, strict=False)


def write_settings(settings: Settings, folder: Path) -> None:
    """Replace the file in one stroke. Raises StorageError."""
    table = (
        {"version": VERSION} | dataclasses.asdict(settings) | {"draft": draft_table(settings.draft)}
    )
    write_table(folder / SETTINGS_FILE, table)


def draft_table(draft: Draft) -> Table:
    """Return a draft as TOML has it: without what is None or empty, and without a branch."""
    values = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
    del values["branch"]
    if draft.vae is not None:
        values["vae"] = dataclasses.asdict(draft.vae)
    values["adapters"] = [dataclasses.asdict(one) for one in draft.adapters] or None
    return {name: value for name, value in values.items() if value is not None}


def draft_of(table: object, *, strict: bool = True) -> Draft:
    """Read a draft from its table; raises ValueError for a wrong type if that is `strict`."""
    values = dict(_table(table))
    values.pop("branch", None)
    files: Table = {name: values.pop(name) for name in ("vae", "adapters") if name in values}
    try:
        added = added_from_dict(files)
    except ValueError:
        if strict:
            raise
        added = {}
    return Draft(**_known(Draft, values, strict=strict), **added)


def _read_old(path: Path) -> Settings:
    try:
        return _settings(_table(json.loads(path.read_text(encoding="utf-8"))), strict=False)
    except (OSError, ValueError, RecursionError):
        return Settings()


def _is_later(version: object) -> bool:
    if type(version) is not int:
        raise ValueError(f"its version is {version!r:.80}")
    return version > VERSION


def _settings(told: Table, *, strict: bool) -> Settings:
    table = dict(told)
    if table.pop("calm", False) is True:  # as it was written once
        table.setdefault("motion", "little")
    typed = table.pop("draft", {})
    draft = draft_of(typed, strict=strict) if strict or isinstance(typed, dict) else Draft()
    return Settings(draft=draft, **_known(Settings, table, strict=strict))


def _table(values: object) -> Table:
    if not isinstance(values, dict):
        raise ValueError(f"not a table: {values!r:.80}")  # noqa: TRY004
    return values


def _known(kind: type[Draft | Settings], values: Table, *, strict: bool) -> dict[str, Any]:
    """Return those of `values` that are fields of `kind` and fit them."""
    types = get_type_hints(kind)
    known = {}
    for name, value in values.items():
        if name not in types:
            continue
        if _fits(types[name], value):
            known[name] = value
        elif strict:
            raise ValueError(f"{name} is {value!r:.80}")
    return known


def _fits(hint: Any, value: object) -> bool:
    """Whether a value is of the hinted type; `True` is no number, an int is a float."""
    if get_origin(hint) is Literal:
        return isinstance(value, str) and value in get_args(hint)
    accepted = get_args(hint) or (hint,)
    if type(value) is int and float in accepted:
        return True
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return type(value) in accepted
