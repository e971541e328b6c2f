"""What a server's refusal, or its silence, means for the user: one sentence, one suggestion."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from engine.errors import CheckpointError, NetworkError

KEPT = "What has arrived is kept; the same again goes on from there."
_MINUTE = 60
_CODES = {
    "RevisionNotFound": ("{what} has no such revision.", "Try it without one."),
    "EntryNotFound": ("A file of {what} is gone.", "Look at its page."),
}


class TokenWanted(NetworkError):
    """Only who is known may have it: a token would help, or another one."""


def refused(status: int, headers: Mapping[str, str], repository: str, host: str) -> NetworkError:
    """Return what an answer with an HTTP status of 400 or more means."""
    code = headers.get("X-Error-Code", "")
    if code in _CODES:
        return NetworkError(*(told.format(what=repository) for told in _CODES[code]))
    if code == "GatedRepo":
        return TokenWanted(
            f"{repository} is given only to those who have agreed to its licence.",
            f"Agree on its page, {host}/{repository}, and give Etascope your token.",
        )
    if status in {401, 403} or (code == "RepoNotFound" and status != 404):
        return TokenWanted(
            f"{repository} is not there, or not for everybody.",
            "See how its name is written; if it is private, give Etascope your token.",
        )
    return _unwilling(status, headers, repository, host)


def _unwilling(status: int, headers: Mapping[str, str], what: str, host: str) -> NetworkError:
    if status == 404:
        return NetworkError(f"{host} has no {what}.", "See how its name is written.")
    if status == 429:
        wait = retry_after(headers) or _MINUTE
        return NetworkError(f"{host} asks to wait {_span(wait)} before it gives more.", KEPT)
    if status >= 500:
        return NetworkError(f"{host} is out of order (it answers {status}).", KEPT)
    return NetworkError(f"{host} refuses to give {what} (it answers {status}).", KEPT)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait, given as a number or as a date."""
    told = headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdecimal():
        return float(told[:9])
    try:
        until = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _span(seconds: float) -> str:
    if seconds < 2 * _MINUTE:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / _MINUTE)} minutes"


def out_of_reach(host: str) -> NetworkError:
    return NetworkError(f"{host} cannot be reached.", f"Is there a connection? {KEPT}")


def stalled(seconds: float) -> NetworkError:
    return NetworkError(f"Next to nothing has come for {_span(seconds)}.", KEPT)


def cut_off(name: str) -> NetworkError:
    return NetworkError(f"The connection broke off again and again within {name}.", KEPT)


def web_page(host: str) -> NetworkError:
    return NetworkError(
        f"A web page came from {host} instead of what was asked for.",
        "Open a browser: this network may want you to sign in. Then try again.",
    )


def damaged(name: str) -> CheckpointError:
    return CheckpointError(
        f"{name} arrived damaged twice: it is not what the server says it has.",
        "Try again later, or from another network.",
    )


def wrong_length(name: str) -> NetworkError:
    return NetworkError(f"The server does not give {name} in the length it told.", "Try it later.")
