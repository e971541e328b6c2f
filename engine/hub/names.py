"""What may be asked of the Hub: names of repositories, of revisions and of single files."""

import re
from dataclasses import dataclass

from engine.errors import BadSetting, KnownError
from engine.library.plan import printable

_PART = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
_REPOSITORY = re.compile(rf"{_PART}/{_PART}")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ ()+-]{0,200}\.safetensors")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,120}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_LONGEST = 200
_MOST_LETTERS = 96
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,200}")
_WHERE_TOKENS = "Copy it from your settings at huggingface.co."
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A repository `owner/name` at a revision; with `file`, that one .safetensors file of it."""

    repository: str
    revision: str = MAIN
    file: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.repository, self.file) if part)


def wanted(text: str, revision: str = "") -> Wanted:
    """Read `owner/name`, `owner/name@revision` or `owner/name/file.safetensors`.

    `revision` is a branch, a tag or a commit. Raises BadSetting for anything else: paths that
    climb, addresses, and letters that only look like those of a name.
    """
    name, at, told = text.strip().partition("@")
    if at and revision and told != revision:
        raise BadSetting("revision", f"The name already asks for {_shown(told)}.")
    revision = revision or told or MAIN
    first, _, rest = name.partition("/")
    second, _, file = rest.partition("/")
    repository = f"{first}/{second}"
    if (at and not told) or not _is_repository(repository):
        raise BadSetting("repository", _why_not(text))
    if not _REVISION.fullmatch(revision) or ".." in revision or "//" in revision:
        message = f"{_shown(revision)} is no revision: give a branch, a tag or a commit."
        raise BadSetting("revision", message)
    if file and not is_weights(file):
        message = f"{_shown(file)} is no .safetensors file at the top of a repository."
        raise BadSetting("repository", message)
    return Wanted(repository, revision, file)


def search_words(text: str) -> str:
    """Read what is searched for: a few words. Raises BadSetting."""
    words = " ".join(text.split())
    if not words:
        raise BadSetting("words", "Nothing to search for was named.")
    if len(words) > _MOST_LETTERS or not words.isprintable():
        message = f"{_shown(words)} cannot be searched for: give part of a model's name."
        raise BadSetting("words", message)
    return words


def token_of(text: str) -> str:
    """Read a token, which is never told again. Raises KnownError."""
    token = text.strip()
    if not token:
        raise KnownError("No token was given.", _WHERE_TOKENS)
    if not _TOKEN.fullmatch(token):
        raise KnownError(
            "That is no token: one is some letters and digits in a row.", _WHERE_TOKENS
        )
    return token


def is_weights(file: str) -> bool:
    """Whether it is the name of a .safetensors file that may be asked for, on any system."""
    return _FILE.fullmatch(file) is not None


def is_commit(revision: str) -> bool:
    """Whether a revision is a commit, which never changes."""
    return _COMMIT.fullmatch(revision) is not None


def _is_repository(name: str) -> bool:
    return _REPOSITORY.fullmatch(name) is not None and ".." not in name and "--" not in name


def _shown(text: str) -> str:
    return repr(printable(text[:_LONGEST]))


def _why_not(text: str) -> str:
    shown = _shown(text)
    if "://" in text:
        return f"{shown} is an address: give the repository's name, as in owner/name."
    if not text.isascii():
        return f"{shown} holds letters that no repository's name has."
    return f"{shown} is no name of a repository: it is written owner/name."
