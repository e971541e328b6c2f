"""Verify the galleries, or make their index anew: started by itself, told in plain words."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from PySide6.QtWidgets import QWidget

from engine.gallery.index import Index
from engine.gallery.scan import Scanned, rebuild
from engine.gallery.verify import Fault, verify
from gui.errand_dialog import ErrandDialog
from gui.errands import Errand, Tell
from gui.retelling import retold
from gui.words import tr

Upkeep = Literal["verify", "rebuild"]


class UpkeepDialog(ErrandDialog):
    """Looks at every picture, to the last pixel, or reads all of them into the index anew."""

    def __init__(self, what: Upkeep, index: Index, parent: QWidget | None = None) -> None:
        title = tr("Verify") if what == "verify" else tr("Rebuild the index")
        super().__init__("upkeep", title, parent)
        self._what, self._index = what, index
        deed = partial(_verify, index) if what == "verify" else partial(rebuild, index)
        self.work(Errand(deed), tr("Looking at the index…"))

    def progress_words(self, done: int, total: int) -> str:
        if self._what == "verify":
            return tr("{done} of {total} pictures verified", done=done, total=total)
        return tr("{done} of {total} pictures read", done=done, total=total)

    def finished_with(self, result: object) -> None:
        if isinstance(result, Scanned):
            self._tell_rebuilt(result)
        elif isinstance(result, tuple):
            self._tell_verified(*result)

    def _tell_verified(self, count: int, faults: Sequence[Fault]) -> None:
        if not faults:
            self.say(tr("All is well: every one of %n picture(s) is whole.", n=count))
            return
        self.say(tr("%n thing(s) are not as they should be. Nothing was changed.", n=len(faults)))
        self.tell([_line(one) for one in faults])

    def _tell_rebuilt(self, found: Scanned) -> None:
        parts = [tr("The index has %n picture(s).", n=found.total)]
        if found.broken:
            parts.append(tr("%n of them cannot be read.", n=found.broken))
        if found.offline:
            names = ", ".join(found.offline)
            parts.append(tr("Not there now, and not forgotten: {names}.", names=names))
        self.say(" ".join(parts))
        self.tell([f"{retold(one.message)} {retold(one.advice)}" for one in found.problems])


def _line(fault: Fault) -> str:
    """Return what is wrong in a line, with the file's name in it once."""
    what = f"{retold(fault.message)} {retold(fault.advice)}".strip()
    return what if str(fault.path) in what else f"{fault.path}: {what}"


def _verify(index: Index, tell: Tell) -> tuple[int, tuple[Fault, ...]]:
    """Return how many pictures there are, and what is wrong with them."""
    seen = 0

    def counting(done: int, total: int) -> None:
        nonlocal seen
        seen = total
        tell(done, total)

    faults = tuple(verify(index, counting))
    return seen, faults
