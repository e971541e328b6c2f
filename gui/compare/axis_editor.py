"""One axis to set up: what varies, and its values, typed or picked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from engine.compare.axes import Axis, axis, replaced, typed
from engine.compare.lists import MARKS, entries, joined
from engine.compare.models import id_of, names
from engine.errors import BadSetting
from engine.menu import menu
from gui import theme
from gui.compare.spoken import label
from gui.widgets import SectionHead
from gui.widgets.chips import Choice
from gui.widgets.described import described, named
from gui.widgets.fields import set_invalid
from gui.widgets.flow import Flow
from gui.words import marked, tr

NOTHING = ""
FIELDS = {
    NOTHING: marked("Nothing"),
    "sampler": marked("Sampler"),
    "schedule": marked("Noise schedule"),
    "steps": marked("Steps"),
    "eta": marked("Eta  η"),
    "guidance": marked("Guidance"),
    "seed": marked("Seed"),
    "model": marked("Model"),
    "prompt": marked("Words of the prompt"),
}
_HINTS = {
    "sampler": "DDIM, DDPM, PLMS",
    "schedule": "leading, karras",
    "steps": marked("10, 20, 50  or  10-50 (+10)"),
    "eta": marked("0, 0.5, 1  or  0-1 (+0.25)"),
    "guidance": marked("1, 5, 10  or  1-9 (+2)"),
    "seed": marked("1-4  or  7, 1234"),
    "model": marked("two or more of those below"),
    "prompt": marked("boat, house, windmill"),
}
_ABOUT = {
    "prompt": marked(
        "The first words are looked for in the prompt; the others take their place in turn."
    ),
    "seed": marked("Each seed is other noise to begin with."),
    "model": marked("One model is loaded at a time: first all cells of one, then of the next."),
}
_USUAL = {
    "sampler": "DDIM, DDPM, PLMS",
    "schedule": "leading, trailing",
    "steps": "10, 20, 50",
    "eta": "0, 0.5, 1",
    "guidance": "1, 5, 10",
    "seed": "1-4",
    "model": "",
    "prompt": "",
}
_PICKS = {
    "schedule": ("leading", "trailing", "linspace", "karras", "exponential"),
    "steps": ("5", "10", "20", "30", "50", "100"),
    "eta": ("0", "0.25", "0.5", "0.75", "1"),
    "guidance": ("1", "3", "5", "7.5", "10", "15"),
}


class Chips(QWidget):
    """Chips of which any number is chosen; arrows go from one to the next, Tab stops once."""

    picked = Signal(str, bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._buttons: dict[str, Choice] = {}
        self._flow = Flow(6)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def offer(self, picks: Sequence[str], what: str) -> None:
        """Show other chips, none of them chosen."""
        if tuple(picks) == tuple(self._buttons):
            return
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._buttons = {pick: self._button(pick, what) for pick in picks}
        for number, button in enumerate(self._buttons.values()):
            self._flow.addWidget(button)
            button.setFocusPolicy(_POLICIES[number == 0])
        self.setVisible(bool(picks))
        self.updateGeometry()

    def come_after(self, before: QWidget) -> None:
        """Have Tab lead here from another widget; new chips would be the last of the window."""
        for button in self._buttons.values():
            self.setTabOrder(before, button)
            before = button

    def choose(self, chosen: set[str]) -> None:
        """Fill the chips that are chosen."""
        for pick, button in self._buttons.items():
            button.setChecked(pick in chosen)
            button.strengthen(pick in chosen)

    def _button(self, pick: str, what: str) -> Choice:
        button = named(Choice(pick, "chip"), f"{self.objectName()}-{pick}")
        tip = tr("Add {value} to the values, or take it out.", value=pick)
        described(button, f"{what} {pick}", tip)
        button.clicked.connect(lambda on: self.picked.emit(pick, on))
        button.installEventFilter(self)
        return button

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows before the button does, which knows only where Tab goes."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        move = (event.key() in _FORTH) - (event.key() in _BACK)
        buttons = list(self._buttons.values())
        if not move or watched not in buttons:
            return False
        here = next(k for k, button in enumerate(buttons) if button is watched)
        there = (here + move) % len(buttons)
        buttons[here].setFocusPolicy(_POLICIES[False])
        buttons[there].setFocusPolicy(_POLICIES[True])
        buttons[there].setFocus(Qt.FocusReason.OtherFocusReason)
        return True


_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_FORTH = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_POLICIES = {True: Qt.FocusPolicy.StrongFocus, False: Qt.FocusPolicy.ClickFocus}


class AxisEditor(QWidget):
    """Edits one axis. What is typed is the truth; the chips are a shorter way."""

    changed = Signal()

    def __init__(self, name: str, head: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._texts = dict(_USUAL)
        self.head = QHBoxLayout()
        self.field = named(QComboBox(), f"{name}-field")
        for field, words in FIELDS.items():
            self.field.addItem(tr(words), field)
        self.values = named(QLineEdit(), f"{name}-values")
        self.chips = Chips(f"{name}-chips")
        described(self.field, head, tr("What varies: {where}.", where=head))
        described(self.values, tr("{where}: values", where=head), "")
        self._lay_out(head)
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.values.textEdited.connect(self._typed)
        self.chips.picked.connect(self._pick)
        self._show_field()

    def chosen(self) -> str:
        """Return the field that varies, NOTHING for none."""
        return str(self.field.currentData())

    def set_axis(self, field: str, text: str) -> None:
        """Show an axis as it would be typed."""
        self._texts[field] = text
        self.field.setCurrentIndex(max(self.field.findData(field), 0))
        self._show_field()
        self.changed.emit()

    def show_axis(self, one: Axis | None, prompt: str) -> None:
        """Show an axis that is there."""
        if one is None:
            self.set_axis(NOTHING, "")
        elif one.field in {"sampler", "model"}:
            self.set_axis(one.field, ", ".join(label(one.field, value) for value in one.values))
        elif one.field == "prompt":
            self.set_axis("prompt", typed(one) if prompt == one.values[0] else "")
        elif one.field in FIELDS:
            self.set_axis(one.field, joined(one.values))

    def offer_all_but(self, taken: set[str]) -> None:
        """Grey what other axes vary already."""
        model = self.field.model()
        for number, field in enumerate(FIELDS):
            free = field == NOTHING or field not in taken
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item = getattr(model, "item")(number)  # noqa: B009 - a QStandardItemModel, in fact
            item.setFlags(flags if free else Qt.ItemFlag.NoItemFlags)

    def axis(self, prompt: str) -> Axis | None:
        """Return the axis that is set, None for none. Raises BadSetting."""
        field, text = self.chosen(), _without_end(self.values.text())
        if field == NOTHING:
            return None
        if field == "prompt":
            return replaced(prompt, text)
        if field == "model":
            return _models(text)
        return axis(field, _names(text) if field == "sampler" else text)

    def show_problem(self, problem: str) -> None:
        """Mark the values as refused, or clear the mark."""
        if bool(self.values.property("invalid")) != bool(problem):
            self.values.setProperty("invalid", bool(problem))
            self.values.style().polish(self.values)
        self.values.setAccessibleDescription(problem or self.values.toolTip())

    def _lay_out(self, head: str) -> None:
        self.head.addWidget(SectionHead(head))
        self.head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(self.head)
        for widget in (self.field, self.values, self.chips):
            column.addWidget(widget)

    @Slot()
    def _field_chosen(self) -> None:
        self._show_field()
        self.changed.emit()

    def _show_field(self) -> None:
        field = self.chosen()
        self.values.setVisible(field != NOTHING)
        self.values.setText(self._texts.get(field, ""))
        hint = tr(_HINTS[field]) if field in _HINTS else ""
        self.values.setPlaceholderText(hint)
        about = tr("Values with commas between them: {example}", example=hint)
        self.values.setToolTip(tr(_ABOUT[field]) if field in _ABOUT else about)
        set_invalid(self.values, "")
        self.chips.offer(_picks(field), tr(FIELDS[field]))
        self.chips.come_after(self.values)
        self._show_chosen()

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._texts[self.chosen()] = text
        self._show_chosen()
        self.changed.emit()

    @Slot(str, bool)
    def _pick(self, pick: str, on: bool) -> None:
        words = [word for word in entries(self.values.text()) if word]
        if on:
            words = _in_order([*words, pick], _picks(self.chosen()))
        else:
            words = _without(words, pick)
            written_out = entries(_written_out(self.chosen(), ", ".join(words)))
            if len(_without(written_out, pick)) < len(written_out):  # it is within a range
                words = _without(written_out, pick)
        self.values.setText(", ".join(words))
        self._typed(self.values.text())

    def _show_chosen(self) -> None:
        typed = {_plain(word) for word in entries(_written_out(self.chosen(), self.values.text()))}
        self.chips.choose({pick for pick in _picks(self.chosen()) if _plain(pick) in typed})


def _picks(field: str) -> tuple[str, ...]:
    if field == "sampler":
        return tuple(one.label for one in menu().values())
    if field == "model":
        return tuple(names().values())
    return _PICKS.get(field, ())


def _plain(word: str) -> str:
    """Return a word by which it can be told whether two mean the same."""
    name = word.casefold().strip()
    return next((one.label.casefold() for key, one in menu().items() if key == name), name)


def _without(words: list[str], pick: str) -> list[str]:
    return [word for word in words if _plain(word) != _plain(pick)]


def _names(text: str) -> str:
    """Return samplers by their names, whichever way they are typed."""
    labels = {one.label.casefold(): name for name, one in menu().items()}
    return ", ".join(labels.get(word.casefold(), word) for word in entries(text)) or text


def _models(text: str) -> Axis:
    """Return the models that are meant. Raises BadSetting where one is not on the list."""
    words = [word for word in entries(text) if word]
    if not words:
        raise BadSetting("model", tr("Choose models to compare."))
    return Axis("model", tuple(dict.fromkeys(map(id_of, words))))


def _without_end(text: str) -> str:
    """Return a list without the comma after which the next entry is going to be typed."""
    return text.strip().rstrip(MARKS).strip()


def _written_out(field: str, text: str) -> str:
    """Return numbers with their ranges written out, where they can be read."""
    if field not in {"steps", "eta", "guidance"}:
        return text
    try:
        return joined(axis(field, _without_end(text)).values)
    except BadSetting:
        return text


def _in_order(words: list[str], picks: Sequence[str]) -> list[str]:
    """Return numbers by size and names in the menu's order; what is neither stays in front."""
    known = [_plain(pick) for pick in picks]
    if all(_plain(word) in known for word in words):
        return sorted(words, key=lambda word: known.index(_plain(word)))
    try:
        return sorted(words, key=float)
    except ValueError:
        return words
