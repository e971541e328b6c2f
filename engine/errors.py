"""Known errors: failures of the world, each one sentence and one suggestion.

    KnownError
    ├── BadSetting          a value that cannot be honoured; names the field
    ├── CheckpointError     a model that is missing, damaged or not ours to open
    │   └── WordsMissing    one that has no vocabulary, which could be got
    ├── PictureError        a picture or metadata that cannot be read
    ├── StorageError        a path that is missing, taken, full or not writable
    ├── NetworkError        the network, or who answers in it
    ├── DeviceError         a device or number format this machine does not have
    └── OutOfMemory         the device ran out of memory

Everything else that is raised is a bug of ours.
"""

import traceback
from dataclasses import dataclass


class KnownError(Exception):
    """A failure that is nobody's bug: `message` says what, `advice` what to do about it."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class BadSetting(KnownError):
    """A setting outside what is accepted. `field` is the recipe's key."""

    def __init__(self, field: str, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.field = field


class CheckpointError(KnownError):
    """A model that is missing, damaged or of a kind that is not supported."""


class WordsMissing(CheckpointError):
    """A model in a file that has no vocabulary, and none on this machine suits it."""


class PictureError(KnownError):
    """A picture file, or the metadata in it, that cannot be read."""


class StorageError(KnownError):
    """A file or folder that is missing, already there, full or not writable."""


class NetworkError(KnownError):
    """The network, or the server that was asked, would not give what was wanted."""


class DeviceError(KnownError):
    """A device or number format that this machine does not offer."""


class OutOfMemory(KnownError):
    """The device ran out of memory. `size` is the (width, height) of a picture that would fit."""

    def __init__(self, size: tuple[int, int] | None = None) -> None:
        advice = "Close other programs, try a smaller size, or use --device cpu."
        if size is not None:
            width, height = size
            advice = f"A picture of {width} x {height} should fit; or close other programs."
        super().__init__("There is not enough memory for this.", advice)
        self.size = size


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, ready to be shown. `details` is empty unless the fault is ours.

    `wants_words` says that all would be well with a vocabulary, which could be got.
    """

    message: str
    advice: str = ""
    details: str = ""
    wants_words: bool = False

    @property
    def is_bug(self) -> bool:
        """Whether this is our fault (with details to copy) rather than the world's."""
        return bool(self.details)


def problem_of(error: BaseException) -> Problem:
    """Describe any exception: known errors by their words, bugs by their traceback."""
    if isinstance(error, KnownError):
        words = isinstance(error, WordsMissing)
        return Problem(error.message, error.advice, wants_words=words)
    return Problem(
        "Something went wrong inside Etascope; this is our fault.",
        "Please report it with the details.",
        "".join(traceback.format_exception(error)),
    )
