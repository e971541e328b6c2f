"""Galleries as folders: make one, rename it, delete it to the trash, move pictures between them."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from send2trash import send2trash

from engine.errors import BadSetting, PictureError, StorageError
from engine.gallery.entries import content_hash, examine, listed, seen
from engine.gallery.files import AlreadyThere, check_folder, make_folder, move_file, remove_file
from engine.gallery.marks import DamagedMarks, Mark, read_marks, set_marks
from engine.gallery.store import gallery_folder
from engine.paths import current_paths


@dataclass(frozen=True, slots=True)
class Gallery:
    """A named folder of pictures. `count` is None if it cannot be listed: its disk is not there."""

    name: str
    folder: Path
    count: int | None


def folders(root: Path) -> list[Path]:
    """Return the galleries' folders by name; none if there is no such place.

    Links to folders count, also those that lead nowhere: a drive may come back.
    """
    try:
        with os.scandir(root) as entries:
            # A link to itself is one too, and to ask whether it is a folder would raise.
            names = [one.name for one in entries if one.is_symlink() or one.is_dir()]
    except OSError:
        return []
    return [root / name for name in sorted(names, key=str.casefold) if _is_name(name)]


def misnamed(root: Path) -> list[Path]:
    """Return folders among the galleries that are none, as no gallery can be called so."""
    try:
        with os.scandir(root) as entries:
            names = [one.name for one in entries if not one.name.startswith(".")]
    except OSError:
        return []
    # A link to itself is no folder; Path.is_dir could raise there, and hide all others.
    found = (root / name for name in sorted(names) if not _is_name(name))
    return [one for one in found if os.path.isdir(one)]  # noqa: PTH112


def check_root(root: Path) -> None:
    """Raise StorageError if the galleries cannot be looked at now; there may be none yet."""
    try:
        os.scandir(root).close()
    except FileNotFoundError:
        if current_paths().chosen == root:
            raise StorageError(
                f"The folder of the galleries, {root}, is not there.",
                "Is its disk? Or choose another folder in the settings.",
            ) from None
    except OSError as error:
        raise StorageError(
            f"The folder of the galleries, {root}, cannot be listed: {error.strerror}.",
            "Is its disk there, and may you read it?",
        ) from error


def galleries() -> list[Gallery]:
    """Return all galleries with how many pictures they have, by name."""
    return [Gallery(one.name, one, _count(one)) for one in folders(current_paths().galleries)]


def create(name: str) -> Path:
    """Make a gallery. Raises BadSetting for a name that cannot be, StorageError if it is taken."""
    folder = gallery_folder(name)
    _check_free(folder)
    make_folder(folder)
    return folder


def rename(name: str, new: str) -> Path:
    """Give a gallery another name, marks and all; returns its folder. Raises as `create`."""
    old, folder = existing(name), gallery_folder(new)
    if not (folder.exists() and folder.samefile(old)):  # another case of the same letters
        _check_free(folder, but=old)
    try:
        old.rename(folder)
    except OSError as error:
        raise StorageError(
            f"{old} cannot be renamed: {error.strerror}.", "Close what has it open."
        ) from error
    return folder


def delete(name: str) -> None:
    """Put a gallery with all that is in it into the system's trash. Raises StorageError."""
    discard([existing(name)])


def discard(paths: Sequence[Path]) -> None:
    """Put files or folders into the system's trash. Raises StorageError at the first that fails.

    Nothing is ever deleted for good; marks stay, for the picture that comes back.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise StorageError(f"There is no file {path}.", "It may have been moved.")
        try:
            send2trash(path)
        except OSError as error:  # TrashPermissionError is one
            raise StorageError(
                f"{path} cannot be put into the trash: {error.strerror or 'there is none here'}.",
                "Delete it yourself, if it is to be gone for good.",
            ) from error


def move(pictures: Iterable[Path], gallery: str) -> list[tuple[Path, Path]]:
    """Move pictures into a gallery, with their marks; returns where each was and is.

    A grid takes its cells along. A picture whose name is taken gets a number. Nothing is ever
    overwritten; if one cannot be moved, StorageError is raised, and those before it have been.
    """
    target = existing(gallery)
    check_folder(target)
    moved = []
    for path in together(pictures):
        if path.parent == target:
            continue
        if marked := _marked(path):
            set_marks(target, marked)
        moved.append((path, _move(path, target)))
    return moved


def together(pictures: Iterable[Path]) -> list[Path]:
    """Return the pictures, and after each grid those of its cells that are beside it."""
    kept: dict[Path, None] = {}
    for path in pictures:
        kept[path] = None
        what = seen(path)
        cells = examine(path, what).cells if what else ()
        kept |= dict.fromkeys(one for name in cells if (one := path.with_name(name)).is_file())
    return list(kept)


def existing(name: str) -> Path:
    """Return the folder of a gallery that is there; raises BadSetting or StorageError."""
    folder = gallery_folder(name)
    if folder.is_symlink() and not folder.is_dir():
        raise StorageError(f"The gallery {name!r} cannot be reached.", "Is its disk there?")
    if not folder.is_dir():
        raise StorageError(
            f"There is no gallery {name!r}.", 'See "etascope gallery list" for those there are.'
        )
    return folder


def free_name(folder: Path, name: str) -> Path:
    """Return a path in a folder that nothing has: the name, or the name with a number."""
    path = folder / name
    number = 2
    while os.path.lexists(path):
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return path


def _is_name(name: str) -> bool:
    try:
        gallery_folder(name)
    except BadSetting:
        return False
    return True


def _count(folder: Path) -> int | None:
    try:
        return sum(1 for _ in listed(folder))
    except OSError:
        return None


def _check_free(folder: Path, but: Path | None = None) -> None:
    """Raise StorageError if there is such a gallery; capitals make no difference on some disks."""
    same = [one for one in folders(folder.parent) if one.name.casefold() == folder.name.casefold()]
    taken = next((one for one in same if one != but), None)
    if taken is not None or os.path.lexists(folder):
        name = taken.name if taken is not None else folder.name
        raise StorageError(f"There is a gallery {name!r} already.", "Choose another name.")


def _marked(path: Path) -> dict[str, Mark]:
    """Return a picture's mark by its digest; nothing if it has none."""
    try:
        marks = read_marks(path.parent)
        digest = content_hash(path) if marks else ""
    except (DamagedMarks, PictureError):
        return {}
    return {digest: marks[digest]} if digest in marks else {}


def _move(path: Path, folder: Path) -> Path:
    """Move a file into a folder, under its name if that is free; return where it is.

    Where a kill has left it in both, it only leaves the first.
    """
    if _is_half_moved(path, folder / path.name):
        remove_file(path)
        return folder / path.name
    while True:
        new = free_name(folder, path.name)
        try:
            move_file(path, new)
        except AlreadyThere:  # somebody was quicker
            continue
        return new


def _is_half_moved(path: Path, new: Path) -> bool:
    """Whether both are names of one file, in two folders that are really two."""
    try:
        same = path.samefile(new) and not path.is_symlink() and not new.is_symlink()
        return same and path.stat().st_nlink > 1 and not path.parent.samefile(new.parent)
    except OSError:
        return False
