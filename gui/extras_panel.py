"""What is laid over the model: LoRAs with their weights, another VAE, clip skip."""

from functools import partial

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.draft import Draft, SizeRule
from engine.recipe import MOST_WEIGHT, Adapter, Part
from gui import theme
from gui.extras import ExtrasReader, Found
from gui.widgets import IconButton
from gui.widgets.described import described, label_of, named
from gui.widgets.elided import Elided
from gui.widgets.fields import NumberEdit
from gui.widgets.menus import add_line
from gui.widgets.span import Span
from gui.words import marked, tr

_LETTERS = 8
_ABOUT_LORAS = marked("LoRAs teach the model something more: a style, a person, a thing.")
_ABOUT_VAE = marked("What turns latents into colours; another one than the model's own.")
_ABOUT_SKIP = marked(
    "Which layer of the text model is read, counted from the end. Some models want 2."
)


class LoraRow(QWidget):
    """One LoRA: its name, its weight, and a button to take it off."""

    changed = Signal()
    left = Signal()

    def __init__(self, adapter: Adapter) -> None:
        super().__init__()
        self._adapter = adapter
        label = tr("Weight of {name}", name=adapter.name)
        self.weight = NumberEdit("lora-weight", label, Span(-MOST_WEIGHT, MOST_WEIGHT, 0.05, 2))
        self.weight.show_number(adapter.weight)
        self.weight.setToolTip(tr("How strongly it works; below 0 it works the other way."))
        leave = IconButton("leave-lora", "close", tr("Take off"), tr("Take this LoRA off."))
        leave.setProperty("kind", "small")
        called = Elided("lora-name")
        called.say(adapter.name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(called, 1)
        row.addWidget(self.weight)
        row.addWidget(leave)
        self.weight.edited.connect(self._on_edited)
        leave.clicked.connect(self.left)

    def value(self) -> Adapter:
        return Adapter(self._adapter.name, self._adapter.sha256, round(self.weight.number, 4))

    @Slot()
    def _on_edited(self) -> None:
        self.changed.emit()


class ExtrasPanel(QWidget):
    """Edits what a draft lays over its model; of what there is none, nothing is shown.

    `wanted` says, by the recipe's field and a name, what will be needed; `look_wanted` that the
    folders should be looked through again.
    """

    changed = Signal()
    wanted = Signal(str, str)
    look_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("extras")
        self._found = Found()
        self._sizes = SizeRule()
        self._vae: Part | None = None
        self._rows: list[LoraRow] = []
        self.add = IconButton("add-lora", "plus", tr("Add a LoRA"), tr(_ABOUT_LORAS))
        self.add.setProperty("kind", "small")
        self.menu = named(QMenu(self), "lora-menu")
        self.menu.setAccessibleName(tr("LoRAs"))
        self.vae = described(named(QComboBox(), "vae"), tr("VAE"), tr(_ABOUT_VAE))
        self.skip = described(named(QComboBox(), "clip-skip"), tr("Clip skip"), tr(_ABOUT_SKIP))
        # A long name of a file must not widen the panel.
        self.vae.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.vae.setMinimumContentsLength(_LETTERS)
        self.vae.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.add.clicked.connect(self._open_menu)
        self.vae.activated.connect(self._vae_chosen)
        self.skip.activated.connect(self.changed)
        self.set_sizes(SizeRule())
        self.show_found(Found())

    def use(self, reader: ExtrasReader) -> None:
        """Have the folders looked through, and files read, by `reader`."""
        self.look_wanted.connect(reader.look)
        self.wanted.connect(reader.want)
        reader.found.connect(self.show_found)
        reader.look()

    def values(self) -> dict[str, object]:
        """Return what of a draft is set here."""
        skip = self.skip.currentData()
        return {
            "adapters": tuple(row.value() for row in self._rows),
            "vae": self._vae,
            "clip_skip": None if skip == self._sizes.clip_skip else skip,
        }

    def show_draft(self, draft: Draft) -> None:
        """Set every control as `draft` says."""
        for row in self._rows:
            self._drop(row)
        self._rows = []
        for adapter in draft.adapters:
            self._put(adapter)
        self._vae = draft.vae
        self._offer_vaes()
        self._offer_skips(draft.clip_skip)
        self._adapt()

    def set_sizes(self, sizes: SizeRule) -> None:
        """Go by another model's layers, keeping what is chosen where it has that."""
        chosen = self.skip.currentData()
        usual = chosen == self._sizes.clip_skip
        self._sizes = sizes
        self._offer_skips(None if usual else chosen)
        self._adapt()

    @Slot(Found)
    def show_found(self, found: Found) -> None:
        """Offer what there is."""
        self._found = found
        self._offer_vaes()
        self._adapt()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        self._loras = _row(QLabel(tr("LoRAs")), None, self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.TINY)
        self._vae_row = _row(label_of(tr("VAE"), self.vae), self.vae)
        self._skip_row = _row(label_of(tr("Clip skip"), self.skip), None, self.skip)
        column.addWidget(self._loras)
        column.addLayout(self._list)
        column.addWidget(self._vae_row)
        column.addWidget(self._skip_row)

    def _adapt(self) -> None:
        """Show what there is a choice of."""
        self._loras.setVisible(bool(self._found.loras or self._rows))
        self.add.setVisible(bool(self._found.loras))
        self._vae_row.setVisible(self.vae.count() > 1)
        self._skip_row.setVisible(self.skip.count() > 1)

    # LoRAs

    @Slot()
    def _open_menu(self) -> None:
        self.look_wanted.emit()
        worn = {row.value().name for row in self._rows}
        self.menu.clear()
        for name in self._found.loras:
            if name not in worn:
                add_line(self.menu, name, partial(self.put_on, name))
        if self.menu.isEmpty():
            self.menu.addAction(tr("All of them are on.")).setEnabled(False)
        self.menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

    def put_on(self, name: str) -> None:
        """Put on a LoRA, at full weight."""
        self._put(Adapter(name))
        self._adapt()
        self.wanted.emit("adapters", name)
        self.changed.emit()

    def _put(self, adapter: Adapter) -> None:
        row = LoraRow(adapter)
        row.changed.connect(self.changed)
        row.left.connect(partial(self._leave, row))
        self._rows.append(row)
        self._list.addWidget(row)

    def _leave(self, row: LoraRow) -> None:
        self._rows.remove(row)
        self._drop(row)
        self._adapt()
        self.add.setFocus()
        self.changed.emit()

    def _drop(self, row: LoraRow) -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    # VAE and clip skip

    def _offer_vaes(self) -> None:
        self.vae.clear()
        self.vae.addItem(tr("The model's own"), None)
        names = list(self._found.vaes)
        if self._vae is not None and self._vae.name not in names:
            names.append(self._vae.name)
        for name in names:
            self.vae.addItem(name, name)
        self.vae.setCurrentIndex(0 if self._vae is None else 1 + names.index(self._vae.name))

    @Slot()
    def _vae_chosen(self) -> None:
        name = self.vae.currentData()
        if name != (self._vae and self._vae.name):
            self._vae = None if name is None else Part(str(name))
            if name is not None:
                self.wanted.emit("vae", str(name))
            self.changed.emit()

    def _offer_skips(self, chosen: int | None) -> None:
        """List the layers of the model, and show `chosen`, or the usual one if there is no such."""
        usual = self._sizes.clip_skip
        self.skip.clear()
        for skip in range(usual, max(self._sizes.layers, usual) + 1):
            self.skip.addItem(tr("{skip} (usual)", skip=skip) if skip == usual else str(skip), skip)
        self.skip.setCurrentIndex(max(self.skip.findData(chosen), 0))


def _row(*widgets: QWidget | None) -> QWidget:
    """Return a line of widgets, with room to spare where there is none."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SMALL)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return line
