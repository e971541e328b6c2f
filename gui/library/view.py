"""The library's page: the models that are here, those that can be got, and the chosen one."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontInfo, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.hub.curated import offers
from engine.hub.talk import Found, Trouble
from engine.library.catalogue import Listed
from gui import theme
from gui.library.card import Card, card_of, card_of_hit, card_of_offer
from gui.library.card_delegate import CardDelegate
from gui.library.cards_model import CardsModel
from gui.library.details import Details
from gui.library.keeper import Listing
from gui.messages import Messages
from gui.retelling import retold
from gui.widgets import Hairline, Hint, IconButton, Segmented, Surface
from gui.widgets.buttons import text_button
from gui.widgets.described import described, named
from gui.widgets.fitting import Fitting
from gui.words import tr

HERE, GET = "here", "get"
_DETAILS_EMS = 21
_FILES = "*.safetensors"


class LibraryView(QWidget):
    """Asks for what is wanted; does none of it itself."""

    use_wanted = Signal(Listed)
    get_wanted = Signal(Card)
    check_wanted = Signal(Listed)
    remove_wanted = Signal(Listed)
    add_wanted = Signal(Path)
    search_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self._listing = Listing()
        self._used = ""
        self._hits: tuple[Card, ...] = ()
        tabs = [(HERE, tr("On this machine")), (GET, tr("More to get"))]
        self.tabs = described(
            Segmented(tabs, "library_tabs"), tr("Models"), tr("Those that are here, or others.")
        )
        self.cards = CardsModel(self)
        self._delegate = CardDelegate(self)
        self.list = self._make_list()
        self.details = Details()
        self.words = named(QLineEdit(), "search_words")
        self.hint = Hint()
        self.add_file = text_button("add_file", tr("Add a file…"), tr("A .safetensors model."))
        self.add_folder = text_button(
            "add_folder",
            tr("Add a folder…"),
            tr("A model, or the models of A1111, ComfyUI or InvokeAI; nothing is moved."),
        )
        self.close_button = IconButton("close_library", "close", tr("Close"), tr("Back (Esc)."))
        self.search = text_button("find", tr("Find"), tr("Search the Hub by name."))
        self._ground = Surface("canvas")
        self.messages = Messages(self._ground)
        self._lay_out()
        self._connect()
        self._fill()
        Fitting(self, self._take_size)

    def show_listing(self, listing: Listing, used: str) -> None:
        """Show what there is; `used` is the id of the model at hand."""
        self._listing, self._used = listing, used
        self._fill()

    def show_used(self, used: str) -> None:
        """Mark another model as the one at hand."""
        self._used = used
        self._fill()

    def show_found(self, found: Found | Trouble) -> None:
        """Show what a search has found, or why it has not."""
        if isinstance(found, Trouble):
            self.messages.report(found.problem)
            self.hint.setText(retold(found.message))
            return
        self._hits = tuple(map(card_of_hit, found.hits))
        self.tabs.set_value(GET)
        self._fill()
        if not found.hits:
            self.hint.setText(tr("Nothing on the Hub is called that."))

    def escape(self) -> bool:
        """Leave, as Esc does."""
        self.left.emit()
        return True

    def open_tab(self, tab: str) -> None:
        """Show the models that are here (HERE), or those that can be got (GET)."""
        self.tabs.set_value(tab)
        self._fill()
        self.list.setFocus()

    def selected(self) -> Card | None:
        """Return the chosen card."""
        return self.cards.card(self.list.currentIndex().row())

    def _fill(self) -> None:
        chosen = self.selected()
        here = self.tabs.value() == HERE
        if here:
            cards = [card_of(one, self._listing, self._used) for one in self._listing.models]
        else:
            cards = list(self._hits) or self._offered()
        self.cards.show(cards)
        for widget in (self.words, self.search):
            widget.setVisible(not here)
        for button in (self.add_file, self.add_folder):
            button.setVisible(here)
        self.hint.setText(self._hint())
        row = self.cards.row_like(chosen) if chosen else -1
        self.list.setCurrentIndex(self.cards.index(max(row, 0)))
        self._show_selected()

    def _hint(self) -> str:
        if self.tabs.value() == HERE:
            return tr("Models stay where they are, also those of other programs.")
        if self._hits:
            return tr("Found on the Hub")
        return tr("Worth getting. Nothing is asked of the network until you press Get.")

    def _offered(self) -> list[Card]:
        here = {one.model.partition("@")[0] for one in self._listing.models}
        memory = self._listing.memory
        return [card_of_offer(one, memory) for one in offers() if one.repository not in here]

    @Slot()
    def _show_selected(self) -> None:
        self.details.show_card(self.selected())
        self._take_size()  # its buttons may want more room than those of another

    @Slot()
    def _search(self) -> None:
        words = self.words.text().strip()
        if words:
            self.hint.setText(tr("Asking the Hub…"))
            self.search_wanted.emit(words)
        else:
            self._hits = ()
            self._fill()

    @Slot()
    def _choose_file(self) -> None:
        title, kinds = tr("Add a file"), tr("Models ({ending})", ending=_FILES)
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if path:
            self.add_wanted.emit(Path(path))

    @Slot()
    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Add a folder"))
        if path:
            self.add_wanted.emit(Path(path))

    @Slot(QModelIndex)
    def _act(self, _index: QModelIndex) -> None:
        self.details.act()

    def _make_list(self) -> QListView:
        view = described(QListView(), tr("Models"), tr("Enter uses the chosen model, or gets it."))
        view.setObjectName("cards")
        view.setModel(self.cards)
        view.setItemDelegate(self._delegate)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setMovement(QListView.Movement.Static)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        return view

    def _lay_out(self) -> None:
        described(
            self.words, tr("Name of a repository"), tr("Part of a name, or all of it: owner/name.")
        )
        self.words.setPlaceholderText(tr("Part of a name, or owner/name"))
        self.words.setClearButtonEnabled(True)
        head = QHBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.SMALL)
        head.addWidget(self.tabs)
        head.addWidget(self.words, 1)
        head.addWidget(self.search)
        head.addStretch()
        for button in (self.add_file, self.add_folder, self.close_button):
            head.addWidget(button)
        inner = QVBoxLayout(self._ground)
        inner.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, 0)
        self.hint.setContentsMargins(theme.TINY, 0, 0, 0)
        inner.addWidget(self.hint)
        inner.addWidget(self.list, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for widget in (self._ground, Hairline(vertical=True), self.details):
            middle.addWidget(widget)
        middle.setStretchFactor(self._ground, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addLayout(middle, 1)
        self._take_size()

    def _connect(self) -> None:
        self.tabs.changed.connect(self._fill)
        self.list.selectionModel().currentChanged.connect(self._show_selected)
        self.list.activated.connect(self._act)
        self.words.returnPressed.connect(self._search)
        self.search.clicked.connect(self._search)
        self.add_file.clicked.connect(self._choose_file)
        self.add_folder.clicked.connect(self._choose_folder)
        self.close_button.clicked.connect(self.left)
        self.details.use_wanted.connect(self.use_wanted)
        self.details.get_wanted.connect(self.get_wanted)
        self.details.check_wanted.connect(self.check_wanted)
        self.details.remove_wanted.connect(self.remove_wanted)

    def _take_size(self) -> None:
        em = QFontInfo(self.font()).pixelSize()
        wish = min(_DETAILS_EMS * em, self.width() // 3)
        self.details.setFixedWidth(min(max(wish, self.details.least_width()), self.width() // 2))
        bar = self.list.verticalScrollBar().sizeHint().width()
        room = self.width() - self.details.width() - 2 * theme.MEDIUM - bar - theme.TINY
        self._delegate.fit(max(1, room), self.list.font())
        self.list.setGridSize(QSize())
        self.list.scheduleDelayedItemsLayout()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_size()  # only now the style has had its say
