"""Where things live: the platform's own folders, or everything under ETASCOPE_HOME."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
DEFAULT_GALLERY = "Etascope"
SETTINGS_FILE = "settings.toml"


@dataclass(frozen=True)
class Paths:
    """The program's folders. Nothing is created until something is written there.

    `chosen` is where the user's settings want the galleries to be.
    """

    home: Path | None = None
    chosen: Path | None = None

    def _folder(self, name: str, native: Path) -> Path:
        return self.home / name if self.home else native

    @cached_property
    def config(self) -> Path:
        """Settings."""
        return self._folder("config", _native.user_config_path)

    @cached_property
    def data(self) -> Path:
        """Index, trajectories and whatever else can be rebuilt or is worth keeping."""
        return self._folder("data", _native.user_data_path)

    @cached_property
    def cache(self) -> Path:
        """Thumbnails and compiled models; may be deleted at any time."""
        return self._folder("cache", _native.user_cache_path)

    @cached_property
    def logs(self) -> Path:
        """Log files."""
        return self._folder("logs", _native.user_log_path)

    @cached_property
    def models(self) -> Path:
        """Checkpoints that the user added."""
        return self._folder("models", _native.user_data_path / "models")

    @cached_property
    def galleries(self) -> Path:
        """One sub-folder for each gallery."""
        usual = self._folder("galleries", _native.user_pictures_path / "Etascope")
        return self.chosen or usual

    def all(self) -> dict[str, Path]:
        """Every folder by its name."""
        names = ("config", "data", "cache", "logs", "models", "galleries")
        return {name: getattr(self, name) for name in names}


_native = platformdirs.PlatformDirs("Etascope", appauthor=False)


def current_paths() -> Paths:
    """Return the folders in force: those under ETASCOPE_HOME if it is set, else the platform's.

    The galleries are where the settings want them, if they say so.
    """
    name = os.environ.get("ETASCOPE_HOME")
    home = absolute(Path(name)) if name else None
    name = _settings_in(Paths(home).config).get("galleries")
    if isinstance(name, str) and Path(name).is_absolute():
        return Paths(home, Path(name))
    return Paths(home)


def absolute(path: Path) -> Path:
    """Return a path as people type it from the root, ~ being their own folder."""
    try:
        return path.expanduser().absolute()
    except RuntimeError:  # nobody is called so: then it is a name like any other
        return path.absolute()


def kept_settings() -> Mapping[str, Any]:
    """Return what the window's settings say, as far as that can be read: of whatever type."""
    return _settings_in(current_paths().config)


def _settings_in(folder: Path) -> Mapping[str, Any]:
    settings = folder / SETTINGS_FILE
    try:
        return _parsed(settings, settings.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=4)
def _parsed(settings: Path, _changed: int) -> Mapping[str, Any]:
    """Return the values of a settings file; none of one that is damaged."""
    try:
        return tomllib.loads(settings.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
