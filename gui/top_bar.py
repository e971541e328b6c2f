"""The bar at the top: the mark, the views, the model and the device it runs on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from engine.library import names
from engine.recipe import Environment
from gui import theme
from gui.widgets import IconButton, Segmented, Surface
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.widgets.elided_box import ElidedBox
from gui.widgets.fitting import Fitting
from gui.widgets.icon_label import IconLabel
from gui.words import marked, tr

VIEWS = [
    ("create", marked("Create")),
    ("compare", marked("Compare")),
    ("gallery", marked("Gallery")),
]
_NARROWEST_MODEL = 120
_WIDEST_MODEL = 18
"""Ems of width that the menu of models takes at most: one long name must not fill the bar."""
_ALL = "*"
"""What the last line of the menu stands for, which is no model."""
_ROOMY = 64
"""Ems of width from which on there is room for the program's name."""


class TopBar(Surface):
    """Chooses the view and the model."""

    model_chosen = Signal(str)
    models_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("top_bar")
        self.views = described(
            Segmented([(view, tr(label)) for view, label in VIEWS]),
            tr("Views"),
            tr("Create, compare, or look at what you have made (Ctrl+1, 2, 3)."),
        )
        self.views.set_tooltip("create", tr("Make pictures one by one (Ctrl+1)."))
        self.views.set_tooltip("compare", tr("Samplers and settings side by side (Ctrl+2)."))
        self.views.set_tooltip("gallery", tr("All that you have made (Ctrl+3)."))
        self.model = named(ElidedBox(), "model")
        self.show_models(names())
        described(self.model, tr("Model"), tr("The model that makes the pictures."))
        self.device = Elided("device", asks=True)
        self.model.setMinimumWidth(_NARROWEST_MODEL)
        self.settings = IconButton("settings", "settings", tr("Settings"), tr("Settings (Ctrl+,)."))
        self.settings.clicked.connect(self.settings_wanted)
        self.model.activated.connect(self._model_activated)
        self._lay_out()
        Fitting(self, self._fit)

    def show_models(self, models: Sequence[tuple[str, str]]) -> None:
        """Offer these models, by their names and ids, and the way to all of them."""
        chosen = self.model.currentData()
        self.model.clear()
        for label, model in models:
            self.model.addItem(label, model)
        self.model.insertSeparator(self.model.count())
        self.model.addItem(tr("Models…"), _ALL)
        if not self.choose_model(chosen):
            self.model.setCurrentIndex(0)
        self._chosen = self.model.currentIndex()

    def rename_model(self, asked: str, model: str) -> None:
        """A model that was asked for by its path has this id."""
        row = self.model.findData(asked)
        if row >= 0:
            self.model.setItemData(row, model)

    def choose_model(self, model: str) -> bool:
        """Show that a model is at hand; return whether it is on the list."""
        row = self.model.findData(model) if model else -1  # a separator is of no model too
        if row >= 0:
            self.model.setCurrentIndex(row)
            self._chosen = row
        return row >= 0

    def show_environment(self, environment: Environment) -> None:
        """Say where the model runs."""
        device, dtype = environment.device, environment.dtype
        tip = tr(
            "The model runs on {device} in {dtype}, by {backend}.",
            device=device,
            dtype=dtype,
            backend=environment.backend,
        )
        self._say(f"{device.upper()} · {dtype}", tip)

    @Slot()
    def show_loading(self) -> None:
        self._say(tr("Loading the model…"), tr("Pictures asked for now wait for it."))

    @Slot(str)
    def show_fetching(self, model: str) -> None:
        """Say which model is being loaded: a job may bring another than the one that is chosen."""
        row = self.model.findData(model)
        if row in {-1, self.model.currentIndex()}:
            self.show_loading()
        else:
            name = self.model.itemText(row)
            self._say(tr("Loading {model}…", model=name), tr("Pictures asked for now wait for it."))

    @Slot()
    def show_no_model(self) -> None:
        self._say(tr("No model"), tr("No model is loaded. Choose one to try again."))

    def _fit(self) -> None:
        em = QFontInfo(self.font()).pixelSize()
        self.model.setMaximumWidth(max(_NARROWEST_MODEL, _WIDEST_MODEL * em))
        roomy = self.width() >= _ROOMY * em
        self._name.setVisible(roomy)
        self._row.setColumnStretch(0, int(roomy))  # the views no longer stand in the middle

    def _say(self, words: str, tip: str) -> None:
        self.device.say(words, tip)

    def _model_activated(self) -> None:
        if self.model.currentData() == _ALL:
            self.model.setCurrentIndex(self._chosen)
            self.models_wanted.emit()
            return
        self._chosen = self.model.currentIndex()
        self.model_chosen.emit(str(self.model.currentData()))

    def _lay_out(self) -> None:
        name = named(QLabel("Etascope"), "name")
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(IconLabel(theme.mark(), 24, most=32))
        left.addWidget(name)
        left.addStretch()
        right.addStretch()
        right.addWidget(self.model)
        right.addWidget(self.device)
        right.addWidget(self.settings)
        self._name = name
        self._row = row = QGridLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.addLayout(left, 0, 0)
        row.addWidget(self.views, 0, 1, Qt.AlignmentFlag.AlignCenter)
        row.addLayout(right, 0, 2)
        row.setColumnStretch(0, 1)
        row.setColumnStretch(2, 1)
