"""What is looked for: the text, the gallery, the order and the groups; asked of the index."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from engine.errors import Problem
from engine.gallery.facets import Facets, facets
from engine.gallery.query import Query, Term, by_names, parse
from engine.gallery.schema import FOLDER
from gui.gallery import typed
from gui.gallery.answers import Answers
from gui.gallery.catalogue import Catalogue
from gui.gallery.found import Found, in_groups, in_order
from gui.gallery.said import model_names

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search: `gallery` is "" for all, `group` "", "comparison" or "prompt"."""

    text: str = ""
    gallery: str = ""
    sort: str = "newest"
    group: str = ""

    def query(self) -> Query:
        """Return it as the index is asked; an order that is typed goes before the chosen one."""
        query = by_names(parse(self.text), model_names)
        if not typed.says(self.text, "sort"):
            query = replace(query, sort=self.sort)
        if self.gallery:
            where = Term(FOLDER, "=", (self.gallery,))
            query = replace(query, terms=(*query.terms, where))
        return query


class Finder(QObject):
    """`found` brings what was asked for last, `counted` what there is in the gallery."""

    found = Signal(Found)
    counted = Signal(Facets)
    failed = Signal(Problem)

    def __init__(self, catalogue: Catalogue, parent: QObject) -> None:
        super().__init__(parent)
        self.wanted = Wanted()
        self._catalogue = catalogue
        self._number = 0
        self._counting = False
        self._again = False
        self._answers = Answers(self)
        self._answers.failed.connect(self.failed)

    def find(self, wanted: Wanted) -> None:
        """Ask for something; `found` follows unless something else is asked for before."""
        self.wanted = wanted
        self.again()

    @Slot()
    def again(self) -> None:
        """Ask for the same once more: pictures may have come or gone."""
        index = self._catalogue.index
        if index is None:
            return
        self._number += 1
        number, query = self._number, self.wanted.query()
        answer: Future[Found]
        if self.wanted.group:
            answer = _then(index.groups(query, self.wanted.group), in_groups)
        else:
            answer = _then(index.ids(query), in_order)
        self._answers.ask(answer, lambda found: self._take(number, found))

    def query(self) -> Query:
        return self.wanted.query()

    @Slot()
    def count(self) -> None:
        """Ask what there is in the gallery."""
        index = self._catalogue.index
        if index is None:
            return
        self._again = self._counting
        if not self._counting:
            self._counting = True
            self._answers.ask(
                facets(index, self.wanted.gallery or None), self._take_count, self._no_count
            )

    def _take(self, number: int, found: Found) -> None:
        if number == self._number:
            self.found.emit(found)

    def _take_count(self, found: Facets) -> None:
        self._counting = False
        if self._again:  # meanwhile something has changed
            self.count()
        else:
            self.counted.emit(found)

    def _no_count(self, problem: Problem) -> None:
        self._counting = self._again = False
        self.failed.emit(problem)


def _then(asked: "Future[_T]", turn: Callable[[_T], Found]) -> "Future[Found]":
    """Return what `turn` will make of an answer, in the thread that gives it: it may be long."""
    turned: Future[Found] = Future()

    def work(done: "Future[_T]") -> None:
        error = done.exception()
        if error is None:
            turned.set_result(turn(done.result()))
        else:
            turned.set_exception(error)

    asked.add_done_callback(work)
    return turned
