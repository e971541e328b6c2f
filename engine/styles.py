"""Styles: prompts to be laid round the user's own, in the `styles.csv` of the A1111 web UI.

The file has the columns name, prompt and negative_prompt. A style's prompt that holds `{prompt}`
takes the user's in its place; any other is put behind it with a comma.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BadSetting, StorageError
from engine.gallery.files import make_folder, write_file
from engine.paths import current_paths

_COLUMNS = ("name", "prompt", "negative_prompt")
_PLACE = "{prompt}"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Style:
    """One row of the file; either prompt may be empty."""

    name: str
    prompt: str = ""
    negative_prompt: str = ""


def styles_path() -> Path:
    """Return where the user's own styles are kept."""
    return current_paths().config / "styles.csv"


def read_styles(path: Path) -> tuple[Style, ...]:
    """Return the styles in a file, of equal names the last; none if there is no file.

    Reads what spreadsheets make of such files: UTF-8 or UTF-16, with commas, semicolons or tabs,
    columns in any order. Raises StorageError for a file that is no table of styles.
    """
    try:
        text = _text(_bytes(path) or b"")
    except UnicodeError as error:
        raise _no_styles(path, "it is not text in UTF-8") from error
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise _no_styles(path, str(error)) from error
    if not any(rows):
        return ()
    heads = [head.strip().lower() for head in rows[0]]
    # Years ago the prompt was called text.
    heads = ["prompt" if head == "text" else head for head in heads]
    if "name" not in heads:
        raise _no_styles(path, "its first line names no column 'name'")
    found = (_style(dict(zip(heads, row, strict=False))) for row in rows[1:])
    by_name = {style.name: style for style in found if style.name}
    return tuple(by_name.values())


def write_styles(path: Path, styles: Iterable[Style]) -> None:
    """Replace the file by one with these styles; what it was is kept as `.bak`.

    Raises StorageError if it cannot be written; then it is as it was.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    table.writerows((style.name, style.prompt, style.negative_prompt) for style in styles)
    make_folder(path.parent)
    before = _bytes(path)
    if before is not None:
        write_file(path.with_name(path.name + ".bak"), before, force=True)
    # With a byte order mark: without it spreadsheets take the file for another encoding.
    write_file(path, text.getvalue().encode("utf-8-sig", "replace"), force=True)


def named_styles(styles: Iterable[Style], names: Sequence[str]) -> tuple[Style, ...]:
    """Return the styles of these names, in this order; raise BadSetting if one is not there."""
    known = {style.name: style for style in styles}
    for name in names:
        if name not in known:
            there = f"choose from {', '.join(known)}" if known else "there are none yet"
            raise BadSetting(
                "style", f"There is no style {name!r}; {there}.", f"Styles are in {styles_path()}."
            )
    return tuple(known[name] for name in names)


def apply_styles(styles: Iterable[Style], prompt: str, negative: str) -> tuple[str, str]:
    """Return both prompts with the styles laid round them, one after the other."""
    for style in styles:
        prompt = _laid_round(style.prompt, prompt)
        negative = _laid_round(style.negative_prompt, negative)
    return prompt, negative


def _laid_round(style: str, prompt: str) -> str:
    if _PLACE in style:
        return style.replace(_PLACE, prompt)
    if not style.strip():
        return prompt
    return ", ".join(part for part in (prompt.strip(), style.strip()) if part)


def _bytes(path: Path) -> bytes | None:
    """Return what is in the file, None if there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError(
            f"The styles in {path} cannot be read: {error.strerror}.", "See that you may read it."
        ) from error


def _text(data: bytes) -> str:
    return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")


def _delimiter(text: str) -> str:
    """Return what separates the columns in the first line."""
    head = text.lstrip().partition("\n")[0]
    return max(",;\t", key=head.count)


def _style(row: dict[str, str]) -> Style:
    name, prompt, negative = (row.get(column, "") for column in _COLUMNS)
    return Style(name.strip(), prompt, negative)


def _no_styles(path: Path, reason: str) -> StorageError:
    return StorageError(
        f"{path} holds no styles that can be read: {reason}.",
        "It needs the columns name, prompt and negative_prompt.",
    )
