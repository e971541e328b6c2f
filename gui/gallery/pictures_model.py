"""Any number of pictures as a Qt list: their ids at once, what is known of them as it is seen."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
)
from typing_extensions import override

from engine.gallery.entries import Entry
from engine.gallery.listing import Ids, among
from engine.gallery.marks import Mark
from gui.gallery.answers import Answers
from gui.gallery.catalogue import Catalogue
from gui.gallery.changes import change
from gui.gallery.found import Found, without
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex

PAGE = 96
"""Pictures that are asked for together."""

MOST_KNOWN = 6000
"""Pictures whose settings are kept; those looked at longest ago are let go first."""

MOST_ASKED = 2
"""Pages asked for at a time; what has been scrolled past is then never asked for."""

MOST_DRAGGED = 1000
"""Pictures that can be dragged at a time."""

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The picture's entry in the index, None until it is known."""

DRAGGED = "application/x-etascope-pictures"
_TOP = QModelIndex()


class PicturesModel(QAbstractListModel):
    """The pictures that a search has found, in its order.

    `shown` is what is found without what is hidden for now. `known` is emitted when entries have
    arrived.
    """

    known = Signal()

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = catalogue
        self.shown = Found()
        self._found = Found()
        self._hidden: set[int] = set()
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._fresh: set[int] = set()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._asked: set[int] = set()
        self._answers = Answers(self)

    # What it holds

    def show_found(self, found: Found, returned: Iterable[int] = ()) -> None:
        """Show what has been found, keeping in place what stays.

        `returned` are pictures that need not be hidden any more.
        """
        self._found = found
        self._hidden.difference_update(returned)
        self._fresh.clear()
        self._arrange()

    def hide_ids(self, ids: Iterable[int]) -> None:
        """Leave pictures out for now."""
        self._hidden |= set(ids)
        self._arrange()

    def unhide(self, ids: Iterable[int]) -> None:
        self._hidden -= set(ids)
        self._arrange()

    def hidden(self) -> frozenset[int]:
        """Return the ids that are left out for now."""
        return frozenset(self._hidden)

    @property
    def _ids(self) -> Ids:
        return self.shown.ids

    def id_at(self, row: int) -> int:
        return int(self._ids[row])

    def ids_at(self, rows: Iterable[int]) -> list[int]:
        return [int(self._ids[row]) for row in rows]

    def rows_of(self, ids: Iterable[int]) -> list[int]:
        """Return where pictures stand, those that are there, from the first on."""
        wanted = np.fromiter(ids, np.int64)
        return [int(row) for row in np.flatnonzero(among(self._ids, wanted))]

    def entry(self, row: int) -> Entry | None:
        """Return what is known of a picture; if that is nothing yet, it is asked for."""
        at = int(self._ids[row])
        found = self._entries.get(at)
        if at not in self._fresh:
            self._want(row)
        elif found is not None:
            self._entries.move_to_end(at)
        return found

    def entry_of(self, at: int) -> Entry | None:
        """Return what is known of a picture by its id."""
        return self._entries.get(at)

    def set_mark(self, at: int, mark: Mark) -> None:
        """Show a picture's mark as it is going to be."""
        found = self._entries.get(at)
        if found is not None:
            self._entries[at] = replace(found, mark=mark)
            for row in self.rows_of([at]):
                self._tell(row, row)

    def forget_entries(self) -> None:
        """Have everything asked for anew as it is looked at."""
        self._fresh.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    # Qt's questions

    @override
    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entry(index.row())
        if role == ENTRY_ROLE or entry is None:
            return entry
        return _said(entry, role)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else plain

    @override
    def mimeTypes(self) -> list[str]:
        return ["text/uri-list", DRAGGED]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [index.row() for index in indexes[:MOST_DRAGGED]]
        entries = [entry for row in rows if (entry := self.entry(row)) is not None]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.catalogue.path(one))) for one in entries])
        data.setData(DRAGGED, ",".join(str(one.id) for one in entries).encode())
        return data

    @override
    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    # Arranging

    def _arrange(self) -> None:
        """Bring the rows to what is wanted now: by taking out and putting in, or all anew."""
        wanted = without(self._found, self._hidden) if self._hidden else self._found
        grouped = wanted.heads or self.shown.heads
        step = None if grouped else change(self._ids, wanted.ids)
        if step is None:
            self.beginResetModel()
            self.shown = wanted
            self.endResetModel()
            return
        for first, last in step.out:
            self.beginRemoveRows(_TOP, first, last)
            self.shown = Found(np.delete(self._ids, np.s_[first : last + 1]))
            self.endRemoveRows()
        for first, last in step.into:
            self.beginInsertRows(_TOP, first, last)
            self.shown = Found(np.insert(self._ids, first, wanted.ids[first : last + 1]))
            self.endInsertRows()
        self.shown = wanted

    # Entries, page by page

    def _want(self, row: int) -> None:
        page = row // PAGE
        self._wanted[page] = None
        self._wanted.move_to_end(page)
        while len(self._wanted) > 2 * MOST_ASKED:
            self._wanted.popitem(last=False)
        self._ask()

    def _ask(self) -> None:
        """Ask for the pages looked at last, few at a time."""
        index = self.catalogue.index
        while index is not None and self._wanted and len(self._asked) < MOST_ASKED:
            page, _ = self._wanted.popitem()
            ids = self._ids[page * PAGE : (page + 1) * PAGE].tolist()
            missing = [at for at in ids if at not in self._fresh]
            if page in self._asked or not missing:
                continue
            self._asked.add(page)
            self._answers.ask(
                index.entries(missing),
                partial(self._take, page, missing),
                lambda _, page=page: self._asked.discard(page),  # type: ignore[misc]
            )

    def _take(self, page: int, asked: Sequence[int], found: tuple[Entry, ...]) -> None:
        self._asked.discard(page)
        self._fresh.update(asked)  # those that are gone are not asked for again
        for entry in found:
            self._entries[entry.id] = entry
            self._entries.move_to_end(entry.id)
        while len(self._entries) > MOST_KNOWN:
            at, _ = self._entries.popitem(last=False)
            self._fresh.discard(at)
        self._tell(page * PAGE, (page + 1) * PAGE - 1)
        self._ask()

    def _tell(self, first: int, last: int) -> None:
        last = min(last, self.rowCount() - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first), self.index(last))
        self.known.emit()


def _said(entry: Entry, role: int) -> object:
    """Return what is said of a picture."""
    if role == Qt.ItemDataRole.DisplayRole:
        return entry.name
    prompt = str(entry.facts.settings.get("prompt", "")) or entry.name
    if role == Qt.ItemDataRole.ToolTipRole:
        return _plain(prompt)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        kinds = {
            "grid": tr("Comparison: {prompt}", prompt=prompt),
            "partial": tr("Cancelled: {prompt}", prompt=prompt),
            "broken": _broken(entry),
        }
        return kinds.get(entry.facts.kind, prompt)
    return None


def _broken(entry: Entry) -> str:
    return tr("{name} cannot be read", name=entry.name)


def _plain(text: str) -> str:
    """Return text as a tooltip shows it: as it is, never as HTML, and not without end."""
    cut = text if len(text) <= 400 else f"{text[:399]}…"
    escaped = cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>".replace("\n", "<br>")
