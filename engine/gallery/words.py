"""Texts as words to be found: Chinese sign by sign, so that any part of a sentence is found."""

import re
import unicodedata

# Han with its extensions and compatibility forms, kana, hangul: written without blanks between
# words, so each sign is a word, and some signs in a row are a phrase.
_SIGN = (
    r"[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u30a1-\u30ff\u3105-\u312f"
    r"\u3131-\u318e\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    r"\U00020000-\U0003ffff]"
)
_BEYOND = r"[\u2190-\u2bff\U00010000-\U0010ffff]"
_WORD = re.compile(rf"{_SIGN}|\w+?(?={_SIGN}|\W|$)|{_BEYOND}")
EVERY = "\ue001"
"""A word that every text has: what lacks another word is quickly found among all that have it."""

_MARK = "\ue000"
_TOOLS_OF_EMOJI = re.compile("[\ufe00-\ufe0f\u200d\U000e0000-\U000e0fff]")


def split(text: str) -> list[str]:
    """Return the words of a text as they are kept and looked for; punctuation is none.

    Width, ligatures and capitals make no difference (NFKC, folded); SQLite leaves out accents.
    """
    folded = unicodedata.normalize("NFKC", _TOOLS_OF_EMOJI.sub("", text)).casefold()
    return [_known(found[0]) for found in _WORD.finditer(folded)]


def _known(word: str) -> str:
    """Return the word in letters that FTS5's tokenizer takes for letters.

    It knows Unicode 6.1, and no emoji at all: what lies beyond is written as its number, behind
    a private letter that nobody types.
    """
    return re.sub(_BEYOND, lambda sign: f"{_MARK}{ord(sign[0]):x}", word)


def indexed(text: str) -> str:
    """Return a text as the index keeps it: EVERY, and its words, with blanks between them."""
    return " ".join([EVERY, *split(text)])


def phrase(text: str, *, prefix: bool) -> str:
    """Return FTS5's expression for the words of `text` in a row; empty if there are none.

    With `prefix` the last word may go on: boat finds boats.
    """
    words = split(text)
    if not words:
        return ""
    whole = re.fullmatch(_SIGN, words[-1]) or _MARK in words[-1]
    star = "" if whole or not prefix else " *"
    return f'"{" ".join(words)}"{star}'
