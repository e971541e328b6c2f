"""Names that every system can hold, for files that may be carried anywhere."""

import re
import unicodedata
from pathlib import PurePath

_LONGEST = 200
"""Bytes of a name before its ending, in UTF-8; systems take 255 or somewhat less."""

_FORBIDDEN = set('<>:"/\\|?*')
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Devices under Windows, with any ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def portable(name: str, suffix: str) -> str:
    """Return a picture's name with another ending, as any system can hold it.

    What leads elsewhere, cannot be seen or is forbidden somewhere becomes an underscore: a
    backslash is a letter here, and unpacked elsewhere the way to another folder.
    """
    # Letters and accents as one sign: two names that look alike are one on some systems.
    whole = unicodedata.normalize("NFC", PurePath(name).stem)
    stem = "".join(_plain(letter) for letter in whole)
    stem = stem.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").strip(" .")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}{suffix}"


def _plain(letter: str) -> str:
    return "_" if letter in _FORBIDDEN or unicodedata.category(letter) in _UNSEEN else letter
