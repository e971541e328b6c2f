"""The user's token for the Hub: in the system's keyring, never in a file of ours or in a log."""

import re
from contextlib import suppress

import keyring
from huggingface_hub import constants, get_token
from keyring.errors import KeyringError, PasswordDeleteError

from engine.errors import StorageError

_SERVICE, _USER = "Etascope", "huggingface.co"
_NO_KEYRING = "This system has no keyring that the token could be kept in."
_SENDABLE = re.compile(r"[!-~]+")
_HERE = ("http://127.0.0.1", "http://localhost", "http://[::1]")


def read() -> str:
    """Return the token: from the keyring, or where huggingface_hub's own tools have it; or "".

    What no request could carry counts as none.
    """
    if not str(constants.ENDPOINT).startswith(("https://", *_HERE)):
        return ""  # never unencrypted through a network
    kept = None
    with suppress(KeyringError, RuntimeError):
        kept = keyring.get_password(_SERVICE, _USER)
    token = (kept or get_token() or "").strip()
    return token if _SENDABLE.fullmatch(token) else ""


def keep(token: str) -> str:
    """Keep a token, or forget it if it is empty; return what the keyring calls itself.

    Raises StorageError where there is no keyring.
    """
    try:
        if token:
            keyring.set_password(_SERVICE, _USER, token)
            return str(keyring.get_keyring().name)
        with suppress(PasswordDeleteError):
            keyring.delete_password(_SERVICE, _USER)
        return ""
    except (KeyringError, RuntimeError) as error:
        raise StorageError(_NO_KEYRING, "Set the variable HF_TOKEN instead.") from error
