"""The bar at the top: the mark, the views, the model and the device it runs on."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from engine.library import checkpoints
from engine.recipe import Environment
from gui import theme
from gui.widgets import IconButton, Segmented, Surface
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.widgets.icon_label import IconLabel

VIEWS = [("create", "Create"), ("compare", "Compare"), ("gallery", "Gallery")]
_NARROWEST_MODEL = 120
_LATER = "This view comes with a later version."


class TopBar(Surface):
    """Chooses the view and the model."""

    model_chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("top_bar")
        self.views = described(Segmented(VIEWS), "Views", "Create (Ctrl+1) or compare (Ctrl+2).")
        self.views.set_tooltip("create", "Make pictures one by one (Ctrl+1).")
        self.views.set_tooltip("compare", "Samplers and settings side by side (Ctrl+2).")
        for view, _ in VIEWS[2:]:
            self.views.set_available(view, False, _LATER)
        self.model = named(QComboBox(), "model")
        for checkpoint in checkpoints():
            self.model.addItem(checkpoint.label, checkpoint.id)
        described(self.model, "Model", "The model that makes the pictures.")
        self.device = Elided("device", asks=True)
        self.model.setMinimumWidth(_NARROWEST_MODEL)
        self.settings = IconButton("settings", "settings", "Settings", "Settings (Ctrl+,).")
        self.settings.clicked.connect(self.settings_wanted)
        self.model.activated.connect(self._model_activated)
        self._lay_out()

    def show_environment(self, environment: Environment) -> None:
        """Say where the model runs."""
        device, dtype = environment.device, environment.dtype
        tip = f"The model runs on {device} in {dtype}, by {environment.backend}."
        self._say(f"{device.upper()} · {dtype}", tip)

    @Slot()
    def show_loading(self) -> None:
        self._say("Loading the model…", "Pictures asked for now wait for it.")

    @Slot()
    def show_no_model(self) -> None:
        self._say("No model", "No model is loaded. Choose one to try again.")

    def _say(self, words: str, tip: str) -> None:
        self.device.say(words, tip)

    def _model_activated(self) -> None:
        self.model_chosen.emit(str(self.model.currentData()))

    def _lay_out(self) -> None:
        name = named(QLabel("Etascope"), "name")
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(IconLabel(theme.mark(), 24))
        left.addWidget(name)
        left.addStretch()
        right.addStretch()
        right.addWidget(self.model)
        right.addWidget(self.device)
        right.addWidget(self.settings)
        row = QGridLayout(self)
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        row.addLayout(left, 0, 0)
        row.addWidget(self.views, 0, 1, Qt.AlignmentFlag.AlignCenter)
        row.addLayout(right, 0, 2)
        row.setColumnStretch(0, 1)
        row.setColumnStretch(2, 1)
