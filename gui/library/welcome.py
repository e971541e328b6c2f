"""First launch: the starter is ready, and three models more are offered, quietly, on the canvas."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from gui import theme
from gui.library.card import Card
from gui.widgets import Hint, IconButton
from gui.widgets.described import described
from gui.widgets.floating import Floating
from gui.words import tr

_CARDS = 3
_GAP = 12
_WIDEST = 640
_MOVED = {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move}


class OfferButton(QPushButton):
    """A model to get: its name, its size, and whether it suits this machine."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card
        self.setObjectName("welcome_offer")
        self.setProperty("kind", "example")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        described(self, card.spoken, card.about)
        title = QLabel(card.title)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        lines = [title, Hint(card.line), Hint(card.foot), Hint(card.state)]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.TINY // 2)
        for line in lines:
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line.setWordWrap(True)
            column.addWidget(line)
        column.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return super().minimumSizeHint() if layout is None else layout.minimumSize()


class Welcome(Floating):
    """Lies at the bottom of the empty canvas until it is dismissed, or there is no room for it.

    `taken` are the things on the canvas that it must not cover.
    """

    chosen = Signal(Card)
    dismissed = Signal()
    more_wanted = Signal()

    def __init__(self, host: QWidget, taken: QWidget) -> None:
        super().__init__(host, "welcome", "line")
        self._taken = taken
        self._offered = False
        self._words = Hint(tr("The starter model is ready. There are larger ones:"))
        self._more = QPushButton(tr("All models…"))
        self._more.setObjectName("welcome_more")
        self._more.setProperty("kind", "quiet")
        described(self._more, tr("All models…"), tr("Open the library (Ctrl+M)."))
        self._close = IconButton("welcome_close", "close", tr("Close"), tr("Do not show again."))
        self._close.setProperty("kind", "small")
        self._row = QWidget()
        self._cards = QHBoxLayout(self._row)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self._more.clicked.connect(self.more_wanted)
        self._close.clicked.connect(self.dismissed)
        taken.installEventFilter(self)

    def offer(self, cards: Sequence[Card]) -> None:
        """Show the first few of these cards; none of them: go away."""
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for card in cards[:_CARDS]:
            button = OfferButton(card)
            button.clicked.connect(lambda _=False, card=card: self.chosen.emit(card))
            self._cards.addWidget(button, 1)
        self._offered = bool(cards)
        self.settle()

    def settle(self) -> None:
        """Be there if there is something to offer, and room on an empty canvas.

        Where there is too little for the cards, there is only the way to them.
        """
        if not self._offered or not self._taken.isVisibleTo(self.host):
            self.hide()
            return
        for with_cards in (True, False):
            self._row.setVisible(with_cards)
            if self._room():
                self.appear()
                return
        self.hide()

    def _room(self) -> bool:
        width = min(_WIDEST, self.host.width() - 2 * theme.LARGE)
        free = self.host.height() - self._taken.geometry().bottom() - theme.SMALL - _GAP
        return self.minimumSizeHint().width() <= width and self._height(width) <= free

    def _height(self, width: int) -> int:
        layout = self.layout()
        return 0 if layout is None else layout.totalHeightForWidth(width)

    @override
    def place(self) -> None:
        width = min(_WIDEST, self.host.width() - 2 * theme.LARGE)
        height = self._height(width)
        left = (self.host.width() - width) // 2
        self.setGeometry(left, self.host.height() - height - theme.SMALL, width, height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self.settle()
        return False

    def _lay_out(self) -> None:
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self._more)
        head.addWidget(self._close)
        self._cards.setSpacing(theme.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.SMALL)
        column.addLayout(head)
        column.addWidget(self._row)
