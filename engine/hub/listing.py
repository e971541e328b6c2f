"""What the Hub says of its repositories, asked through huggingface_hub. In the child alone."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2
from huggingface_hub import HfApi, constants
from huggingface_hub.errors import HfHubHTTPError, HFValidationError

from engine.errors import NetworkError
from engine.hub import sentences
from engine.hub.choosing import Remote
from engine.hub.names import Wanted, is_commit
from engine.hub.talk import Hit, Patience, Waiting
from engine.hub.trying import Again, insist
from engine.library.plan import printable

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA1 = re.compile(r"[0-9a-f]{40}")
_LONGEST = 100
_Answer = TypeVar("_Answer")
Tell = Callable[[Waiting], None]


@dataclass(frozen=True, slots=True)
class Listing:
    """A repository at one commit: its licence, and its files by their paths.

    `gated`: its files are only for those who have agreed to the licence.
    """

    commit: str
    licence: str
    gated: bool
    files: dict[str, Remote]


def host() -> str:
    """Return the address of the Hub, or of the mirror that HF_ENDPOINT names."""
    return str(constants.ENDPOINT)


def resolve(wanted: Wanted, token: str, patience: Patience, tell: Tell) -> Listing:
    """Return what a repository holds at a revision. Raises NetworkError."""

    def ask() -> Any:
        return HfApi(endpoint=host(), token=token or False).model_info(
            wanted.repository,
            revision=wanted.revision,
            files_metadata=True,
            timeout=patience.stall,
        )

    info = insist(lambda: _asked(ask, wanted.repository), patience, tell)
    commit = str(info.sha)
    if not is_commit(commit) or (is_commit(wanted.revision) and commit != wanted.revision):
        raise sentences.web_page(host())
    files = {one.path: one for one in _files(info)}
    return Listing(commit, _licence(info), bool(info.gated), files)


def search(words: str, most: int, patience: Patience, tell: Tell) -> tuple[Hit, ...]:
    """Return the repositories with diffusers models that have these words in their names."""

    def ask() -> list[Any]:
        found = HfApi(endpoint=host(), token=False).list_models(
            search=words[:_LONGEST], filter="diffusers", sort="downloads", limit=most, cardData=True
        )
        return list(found)

    found = insist(lambda: _asked(ask, f"what is called {printable(words[:_LONGEST])!r}"),
                   patience, tell)  # fmt: skip
    return tuple(_hit(info) for info in found[:most])


def _asked(ask: Callable[[], _Answer], what: str) -> _Answer:
    """Return the Hub's answer; its refusals in our words, those that may pass as Again."""
    try:
        return ask()
    except HfHubHTTPError as error:
        raise refusal(error.response, what) from error
    except (httpx2.TransportError, OSError) as error:
        raise Again(sentences.out_of_reach(host())) from error
    except HFValidationError as error:
        raise NetworkError(f"{what} is no name of a repository.", "Check it.") from error
    except (json.JSONDecodeError, httpx2.HTTPError, UnicodeDecodeError) as error:
        raise sentences.web_page(host()) from error
    except (TypeError, KeyError, AttributeError, ValueError) as error:  # JSON of another form
        raise sentences.web_page(host()) from error


def refusal(response: httpx2.Response, what: str) -> Exception:
    """Return what to raise for an answer that refuses: Again where it may pass."""
    error = sentences.refused(response.status_code, response.headers, what, host())
    if response.status_code == 429 or response.status_code >= 500:
        return Again(error, sentences.retry_after(response.headers))
    return error


def _files(info: Any) -> Iterator[Remote]:
    """Yield the files whose size and digest are told; others cannot be verified."""
    for one in info.siblings or ():
        name, size, lfs = one.rfilename, one.size, one.lfs
        size = size if lfs is None else lfs.size
        if not isinstance(name, str) or type(size) is not int or size < 0:
            continue
        if lfs is not None and _SHA256.fullmatch(str(lfs.sha256)):
            yield Remote(name, size, f"sha256:{lfs.sha256}")
        elif lfs is None and _SHA1.fullmatch(str(one.blob_id)):
            yield Remote(name, size, f"git:{one.blob_id}")


def _licence(info: Any) -> str:
    card = info.card_data
    told = getattr(card, "license_name", None) or getattr(card, "license", None)
    return printable(told[:_LONGEST]) if isinstance(told, str) else ""


def _hit(info: Any) -> Hit:
    downloads = info.downloads if type(info.downloads) is int else 0
    return Hit(printable(str(info.id)[:_LONGEST]), downloads, _licence(info), bool(info.gated))
