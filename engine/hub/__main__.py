"""The process that talks to the network: a wish in, reports out, as `engine.hub.talk` has them."""

import os
import sys
import threading
import traceback
from typing import BinaryIO, assert_never

from engine.errors import KnownError
from engine.hub.talk import (
    STOP,
    Found,
    Get,
    KeepToken,
    Report,
    Search,
    TokenKept,
    Trouble,
    Wish,
    line_of,
    trouble_of,
    wish_of,
)

_OUR_FAULT = "Something went wrong inside Etascope; this is our fault."
_STOPPED = 130


def main() -> int:
    """Read a wish, and do it; returns 0, or 1 after a Trouble."""
    source = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 - open to the end
    try:
        wish = wish_of(source.readline().decode())
        threading.Thread(target=_listen, args=(source,), daemon=True).start()
        _do(wish)
    except KnownError as error:
        from engine.hub.sentences import TokenWanted

        _tell(trouble_of(error, "token" if isinstance(error, TokenWanted) else ""))
    except Exception:  # noqa: BLE001 - top of the process: beyond it nobody would hear
        details = traceback.format_exc()
        _tell(Trouble(_OUR_FAULT, "Please report it with the details.", details))
    else:
        return 0
    return 1


def _do(wish: Wish) -> None:
    from engine.hub import download, listing, tokens
    from engine.hub.names import token_of
    from engine.paths import current_paths

    match wish:
        case Get():
            download.get(wish, current_paths(), _tell)
        case Search(words, most, patience):
            _tell(Found(listing.search(words, most, patience, _tell)))
        case KeepToken(token):
            _tell(TokenKept(tokens.keep(token_of(token) if token else "")))
        case _:
            assert_never(wish)


def _listen(source: BinaryIO) -> None:
    """End at once when told to, or when whoever began this is gone.

    Nothing has to be tidied up: every byte that has arrived is in its file.
    """
    for line in source:
        if line.strip() == STOP.encode():
            break
    os._exit(_STOPPED)


def _tell(report: Report) -> None:
    try:
        sys.stdout.write(line_of(report))
        sys.stdout.flush()
    except OSError:  # nobody listens any more
        os._exit(_STOPPED)


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # the thread that listens still holds the input
