"""The library in the window: page, bar, first offers and model menu, put together."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from engine.errors import BadSetting, Problem, problem_of
from engine.hub.curated import offers
from engine.hub.names import Wanted, search_words
from engine.hub.names import wanted as read_name
from engine.hub.talk import Found, TokenKept, Trouble
from engine.library import STARTER
from engine.library.catalogue import Listed
from engine.library.vocabulary import COMMIT, REPOSITORY
from gui.canvas import Canvas
from gui.canvas.examples import Examples
from gui.library.bar import DownloadBar
from gui.library.card import Card, card_of_offer, size_of
from gui.library.dialogs import NetworkDialog, TokenDialog
from gui.library.downloads import Downloads, State
from gui.library.keeper import Keeper, Listing
from gui.library.view import GET, LibraryView
from gui.library.welcome import Welcome
from gui.messages import Offer
from gui.session import Session
from gui.settings import Settings
from gui.top_bar import TopBar
from gui.widgets import Segmented
from gui.words import tr


class Library(QObject):
    """Decides nothing about pictures: `model_wanted` carries the id of the model to load.

    `online` is whether the user was asked about the network and agreed, `welcome` whether the
    first offers are still shown: both are remembered as the model is, and `edited` says that they
    have changed.
    """

    model_wanted = Signal(str)
    left = Signal()
    edited = Signal()
    told = Signal(str)
    troubled = Signal(Problem)

    def __init__(self, top_bar: TopBar, canvas: Canvas, window: QWidget) -> None:
        super().__init__(window)
        self.online, self.welcome = False, True
        self._window = window
        self._top_bar = top_bar
        self._used = ""
        self._asked: Callable[[], object] | None = None
        self._wordless: Callable[[], object] | None = None
        self._listing = Listing()
        self.keeper = Keeper(self)
        self.downloads = Downloads(self)
        self.view = LibraryView()
        self.bar = DownloadBar(self.downloads)
        self.offers = Welcome(canvas, canvas.findChild(Examples) or canvas)
        self._dialog: QDialog | None = None
        self._connect()

    def join(self, session: Session, views: QStackedWidget, tabs: Segmented) -> None:
        """Take a place among the views, and have the session load what is chosen."""
        self._views, self._session = views, session
        self._used = self.keeper.used = session.model
        views.addWidget(self.view)
        self.model_wanted.connect(session.load)
        session.loading.connect(self._on_loading)
        session.enders.append(self.close_threads)
        tabs.clicked.connect(self.leave)

    @Slot()
    def begin(self) -> None:
        """Look at what there is: once the window is on the screen."""
        self.keeper.refresh()

    @Slot()
    def open(self) -> None:
        """Show the page."""
        self.keeper.refresh()
        self._views.setCurrentWidget(self.view)
        self.view.list.setFocus()

    @Slot()
    def leave(self) -> None:
        """Go back to the view from which the page was opened."""
        if self._views.currentWidget() is self.view:
            self.left.emit()

    @Slot()
    def close_down(self) -> None:
        """End what runs; what has arrived of a download stays."""
        self.downloads.close()

    def close_threads(self) -> bool:
        """Wait a little for the keeper; return whether it is done."""
        return self.keeper.close()

    @Slot(str)
    def use(self, model: str) -> None:
        """Have a model loaded, by its id or by the path of one in an added folder."""
        if Path(model).is_absolute():
            self.told.emit(tr("Reading all of the model once, for its hash…"))
            self._asked = partial(self.use, model)
            self.keeper.identify(model)
        else:
            self._load(model)

    def restore(self, *, online: bool, welcome: bool) -> None:
        """Take what was remembered."""
        self.online, self.welcome = online, welcome

    @Slot(Settings)
    def heed(self, settings: Settings) -> None:
        """Take whether the network may be used; where not any more, what comes is broken off."""
        self.online = settings.online
        if not self.online:
            self.downloads.pause()

    @Slot()
    def _on_loading(self) -> None:
        self.show_used(self._session.model)

    def show_used(self, model: str) -> None:
        """Mark the model at hand."""
        self._used = self.keeper.used = model
        if not self._top_bar.choose_model(model):
            self.keeper.refresh()  # one in an added folder is known once it has been looked for
        self.view.show_used(model)

    def _load(self, model: str) -> None:
        self.show_used(model)
        self.model_wanted.emit(model)
        self.edited.emit()

    @Slot(str, str)
    def _on_identified(self, asked: str, model: str) -> None:
        self._top_bar.rename_model(asked, model)
        self.told.emit("")  # it has been read
        self._load(model)

    @Slot(Listing)
    def _on_listed(self, listing: Listing) -> None:
        self._listing = listing
        used = [one for one in listing.models if listing.is_used(one, self._used)]
        there = [one for one in listing.models if one.usable or one in used]
        self._top_bar.show_models([(one.label, one.model) for one in there])
        for one in used:
            self._top_bar.rename_model(one.model, self._used)
        self._top_bar.choose_model(self._used)
        self.view.show_listing(listing, self._used)
        if not used and listing.used == self._used:
            self.told.emit(tr("The model is off the list: the starter takes its place."))
            self._load(STARTER)
        self.downloads.offer(listing.begun)
        self._offer()

    def _offer(self) -> None:
        """Offer three models while there is only the starter, and nobody has said no."""
        alone = len(self._listing.models) == 1
        shown = self.welcome and alone and self.downloads.state.phase == "none"
        cards = [card_of_offer(one, self._listing.memory) for one in offers()]
        self.offers.offer(cards if shown else [])

    @Slot(Card)
    def get(self, card: Card) -> None:
        """Get a model, once the user has agreed to the network."""
        if card.wanted is None:
            return
        size = f" ({size_of(1e9 * card.gigabytes)})" if card.gigabytes else ""
        what = tr("To get {model}{size}, {licence}.", model=card.title, size=size,
                  licence=card.foot or tr("no licence told"))  # fmt: skip
        self._online(what, partial(self.downloads.get, card.wanted, card.title))

    @Slot()
    def get_words(self) -> None:
        """Get the vocabulary that a model in a file lacks, once the user has agreed."""
        what = tr("To get the vocabulary that this model's file has not (about 1.5 MB).")
        wanted = Wanted(REPOSITORY, COMMIT)
        self._online(what, partial(self.downloads.get, wanted, tr("CLIP's vocabulary")))

    @Slot(str)
    def search(self, words: str) -> None:
        """Search the Hub; the whole name of a repository is got as it is."""
        try:
            if "/" in words:
                wanted = read_name(words)
                self.get(Card(title=str(wanted), wanted=wanted))
                return
            words = search_words(words)
        except BadSetting as error:
            self.view.messages.report(problem_of(error))
            return
        what = tr("To search it for models by name.")
        self._online(what, partial(self.downloads.search, words))

    def _online(self, what: str, deed: partial[None]) -> None:
        """Do what needs the network; before the first time, ask."""
        if self.online:
            deed()
            return
        dialog = NetworkDialog(what, self._window)
        dialog.accepted.connect(partial(self._agreed, deed))
        self._open(dialog)

    def _agreed(self, deed: partial[None]) -> None:
        self.online = True
        self.edited.emit()
        deed()

    @Slot()
    def _go_on(self) -> None:
        what = tr("To go on with {model}.", model=self.downloads.state.label)
        self._online(what, partial(self.downloads.resume))

    @Slot()
    def _ask_token(self) -> None:
        wanted = self.downloads.state.wanted
        dialog = TokenDialog("" if wanted is None else wanted.repository, self._window)
        dialog.given.connect(self.downloads.keep_token)
        self._open(dialog)

    @Slot(object)
    def _on_kept(self, report: TokenKept | Trouble) -> None:
        if isinstance(report, Trouble):
            self.troubled.emit(report.problem)
        else:
            self.downloads.resume()

    @Slot(object)
    def _on_found(self, report: Found | Trouble) -> None:
        self.view.show_found(report)

    @Slot(Problem)
    def _on_troubled(self, problem: Problem) -> None:
        self._top_bar.choose_model(self._used)  # another one may have been asked for in vain
        self._wordless = self._asked if problem.wants_words else None
        self.told.emit("")
        self.troubled.emit(problem)

    @Slot(str)
    def _on_added(self, name: str) -> None:
        self.told.emit(tr("{place} is on the list.", place=name))

    @Slot(str)
    def _on_checked(self, label: str) -> None:
        self.told.emit(tr("{model} is whole and can be used.", model=label))

    @Slot(str)
    def _on_got(self, model: str) -> None:
        self.keeper.refresh()
        if model:
            return
        again, self._wordless = self._wordless, None
        if again is not None:
            again()
        if not self._session.ready:
            self._session.load(self._session.model)

    def offers_about(self, problem: Problem) -> list[Offer]:
        """Return what can be done about bad news of a model."""
        if not problem.wants_words:
            return []
        about = tr("Get what this model reads prompts with from huggingface.co.")
        return [Offer(tr("Get it…"), about, self.get_words)]

    @Slot()
    def _use_got(self) -> None:
        model = self.downloads.state.model
        self.downloads.cancel()  # it is over: its line goes
        self.leave()
        self._load(model)

    @Slot(Listed)
    def _use_listed(self, listed: Listed) -> None:
        self.leave()
        self.use(listed.model)

    @Slot(State)
    def _on_changed(self, state: State) -> None:
        if state.phase in {"asking", "none"}:
            self._offer()
        if state.phase == "failed" and state.problem is not None and state.problem.is_bug:
            self.troubled.emit(state.problem)

    @Slot()
    def _dismiss(self) -> None:
        self.welcome = False
        self._offer()
        self.edited.emit()

    @Slot()
    def _more(self) -> None:
        self.open()
        self.view.open_tab(GET)

    def _open(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._window.activateWindow)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.activateWindow()

    def _connect(self) -> None:
        keeper, view, downloads = self.keeper, self.view, self.downloads
        keeper.listed.connect(self._on_listed)
        keeper.identified.connect(self._on_identified)
        keeper.troubled.connect(self._on_troubled)
        keeper.added.connect(self._on_added)
        keeper.checked.connect(self._on_checked)
        downloads.changed.connect(self._on_changed)
        downloads.got.connect(self._on_got)
        downloads.forgotten.connect(keeper.forget)
        downloads.found.connect(self._on_found)
        downloads.kept.connect(self._on_kept)
        view.use_wanted.connect(self._use_listed)
        view.get_wanted.connect(self.get)
        view.check_wanted.connect(keeper.check)
        view.remove_wanted.connect(keeper.remove)
        view.add_wanted.connect(self._add)
        view.search_wanted.connect(self.search)
        view.left.connect(self.leave)
        self.bar.use.clicked.connect(self._use_got)
        self.bar.resume.clicked.connect(self._go_on)
        self.bar.token.clicked.connect(self._ask_token)
        self.offers.chosen.connect(self.get)
        self.offers.dismissed.connect(self._dismiss)
        self.offers.more_wanted.connect(self._more)
        self._top_bar.models_wanted.connect(self.open)

    @Slot(Path)
    def _add(self, place: Path) -> None:
        self.told.emit(tr("Looking at {place}…", place=place.name))
        self._asked = partial(self._add, place)
        self.keeper.add(place)
