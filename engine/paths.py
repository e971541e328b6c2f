"""Where things live: the platform's own folders, or everything under ETASCOPE_HOME."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
DEFAULT_GALLERY = "Etascope"


@dataclass(frozen=True)
class Paths:
    """The program's folders. Nothing is created until something is written there."""

    home: Path | None = None

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
        return self._folder("galleries", _native.user_pictures_path / "Etascope")

    def all(self) -> dict[str, Path]:
        """Every folder by its name."""
        names = ("config", "data", "cache", "logs", "models", "galleries")
        return {name: getattr(self, name) for name in names}


_native = platformdirs.PlatformDirs("Etascope", appauthor=False)


def current_paths() -> Paths:
    """Return the folders in force: those under ETASCOPE_HOME if it is set, else the platform's."""
    home = os.environ.get("ETASCOPE_HOME")
    return Paths(Path(home).expanduser().absolute() if home else None)
