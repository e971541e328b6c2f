"""A model as the page shows it: one that is here, one that is offered, one that was found."""

from dataclasses import dataclass

from PySide6.QtGui import QImage

from engine.hub.curated import Offer
from engine.hub.names import MAIN, Wanted
from engine.hub.talk import Hit
from engine.library.catalogue import Listed
from engine.library.memory import Memory
from gui.library.keeper import Listing
from gui.retelling import retold
from gui.words import marked, tr

FITS = {
    "fits": marked("fits this machine"),
    "slow": marked("slow on this machine"),
    "does not fit": marked("does not fit"),
}
_ORIGINS = {"starter": marked("part of Etascope"), "added": marked("added"), "hub": marked("Hub")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is painted: a title, lines below it, how it suits this machine, and a picture.

    `sign` is "good", "warning" or "", for `state`. It is of a model that is here (`listed`), or
    of one that can be got (`wanted`).
    """

    title: str
    line: str = ""
    state: str = ""
    sign: str = ""
    foot: str = ""
    licence_page: str = ""
    about: str = ""
    gigabytes: float = 0.0
    image: QImage | None = None
    listed: Listed | None = None
    wanted: Wanted | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells this model from others."""
        here = "" if self.listed is None else str(self.listed.path)
        return here, "" if self.wanted is None else str(self.wanted)

    @property
    def spoken(self) -> str:
        """Return what a screen reader says of it."""
        return ", ".join(part for part in (self.title, self.line, self.state, self.foot) if part)


def size_of(stored: float) -> str:
    """Return a size in bytes for people."""
    if stored >= 1e9:
        return tr("{size} GB", size=f"{stored / 1e9:.1f}")
    return tr("{size} MB", size=f"{stored / 1e6:.0f}")


def card_of(listed: Listed, listing: Listing, used: str) -> Card:
    """Return the card of a model that is here; `used` is the id of the one at hand."""
    state, sign = _state(listed, in_use=listing.is_used(listed, used))
    origin = tr(_ORIGINS[listed.origin]) if listed.origin in _ORIGINS else ""
    return Card(
        title=listed.label,
        line="  ·  ".join(
            filter(None, (listed.family, size_of(listed.stored) if listed.stored else ""))
        ),
        state=state,
        sign=sign,
        foot="  ·  ".join(filter(None, (listed.source or origin, listed.licence))),
        about=retold(listed.advice),
        gigabytes=listed.stored / 1e9,
        image=listing.pictures.get(listed.model),
        listed=listed,
    )


def _state(listed: Listed, *, in_use: bool) -> tuple[str, str]:
    if listed.away:
        return tr("away: its drive is not there"), "warning"
    if listed.problem:
        return tr("cannot be used"), "warning"
    if in_use:
        return tr("in use"), "good"
    return tr(FITS[listed.fit]), _sign(listed.fit)


def _sign(fit: str) -> str:
    return "good" if fit == "fits" else "warning"


def card_of_offer(offer: Offer, memory: Memory) -> Card:
    """Return the card of a model on our own list of those worth getting."""
    fit = offer.fit(memory)
    return Card(
        title=offer.label,
        line="  ·  ".join((offer.family, size_of(1e9 * offer.gigabytes))),
        state=tr(FITS[fit]),
        sign=_sign(fit),
        foot=retold(offer.licence),
        licence_page=offer.licence_page,
        about=retold(offer.about),
        gigabytes=offer.gigabytes,
        wanted=Wanted(offer.repository, offer.revision),
    )


def card_of_hit(hit: Hit) -> Card:
    """Return the card of a repository that a search has found."""
    owner, _, name = hit.repository.partition("/")
    licence = hit.licence or tr("no licence told")
    return Card(
        title=name,
        line=owner,
        state=tr("only with a token") if hit.gated else "",
        sign="warning" if hit.gated else "",
        foot=licence,
        wanted=Wanted(hit.repository, MAIN),
    )
