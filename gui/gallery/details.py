"""The panel at the right: the picture, what is thought of it, and every setting that it tells."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.gallery.entries import Entry
from engine.gallery.reading import Reading
from gui import theme
from gui.controls import Column
from gui.gallery import said
from gui.gallery.button_lines import ButtonLines
from gui.gallery.facts import Facts
from gui.gallery.marks_panel import MarksPanel
from gui.gallery.thumbs import EDGES, Thumbs, Wish, key_of
from gui.gallery.tiles import Tile, fitted, paint_tile
from gui.retelling import retold
from gui.widgets import Hint, SectionHead, Surface, line_height
from gui.widgets.buttons import text_button
from gui.widgets.described import described, named
from gui.words import tr

WIDTH = 308
_MOST_PREVIEW = 260
_RAW_LINES = 8


class Preview(QWidget):
    """The picture, as wide as the panel; a click shows it large."""

    clicked = Signal()

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__()
        described(named(self, "preview"), tr("Picture"), tr("Click to see it large (Enter)."))
        self._thumbs = thumbs
        self._entry: Entry | None = None
        thumbs.ready.connect(self.update)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_entry(self, entry: Entry | None) -> None:
        self._entry = entry
        self.updateGeometry()
        self.update()

    def wish(self, path: Callable[[Entry], object]) -> list[Wish]:
        """Return the thumbnail that is wanted here."""
        entry = self._entry
        if entry is None or entry.facts.kind == "broken":
            return []
        return [Wish(key_of(entry, EDGES[-1]), path(entry))]  # type: ignore[arg-type]

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        facts = None if self._entry is None else self._entry.facts
        if facts is None or not facts.width or not facts.height:
            return width * 3 // 4
        return min(max(width * facts.height // facts.width, 60), _MOST_PREVIEW)

    @override
    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self.heightForWidth(max(self.width(), 100)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        entry = self._entry
        if entry is None:
            return
        image = self._thumbs.image(key_of(entry, EDGES[-1]))
        if image is None:
            small = self._thumbs.image(key_of(entry, 1))
            if small is None:
                paint_tile(painter, Tile(self.rect(), entry), self._thumbs)
                return
            image = small
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place: QRect = fitted(image.size(), self.rect())
        painter.drawImage(place, image)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class Details(Surface):
    """Shows one picture, or what several have in common. `wanted` names what is to be done."""

    wanted = Signal(str)
    told = Signal(str)

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__("panel")
        self.setObjectName("details")
        self.preview = Preview(thumbs)
        self.preview.clicked.connect(partial(self.wanted.emit, "large"))
        self.marks = MarksPanel()
        self.title = named(SectionHead(""), "details-title")
        self.prompt = _text("details-prompt")
        self.notes = named(Hint(), "details-notes")
        self.facts = Facts("facts")
        self.more = Facts("more-facts")
        self.more_head = SectionHead(tr("More in the file"))
        self.raw = _raw()
        self.raw_button = text_button("raw", tr("Show the raw text"), tr("All that the file says."))
        self.raw_button.setCheckable(True)
        self.raw_button.toggled.connect(self._turn_raw)
        self.all_button = text_button(
            "copy-all", tr("Copy all of this"), tr("Put all that is told here on the clipboard.")
        )
        self.all_button.clicked.connect(self._copy_all)
        self.buttons = self._make_buttons()
        self._entry: Entry | None = None
        self._reading: Reading | None = None
        self._lay_out()
        self.show_entries([], 0)

    def show_entries(self, entries: Sequence[Entry], count: int) -> None:
        """Show the only one of `entries`, or what several of the `count` selected share."""
        if not count and self.title.text() == _title(0, None):
            return  # as with every search
        one = entries[0] if count == 1 and len(entries) == 1 else None
        self._entry = one
        self.title.setText(_title(count, one))
        self.preview.setVisible(one is not None)
        self.preview.show_entry(one)
        self.marks.setVisible(bool(entries))
        self.marks.show_marks([entry.mark for entry in entries])
        prompt = said.prompt_of(one) if one else ""
        self.prompt.setText(said.breakable(said.cut(prompt)))
        self.prompt.setVisible(bool(prompt))
        lines = said.lines_of(one) if one else said.common_lines(entries)
        self.facts.show_lines(lines)
        self._offer(one)
        self.show_reading(None)

    def show_reading(self, reading: Reading | None, problem: str = "") -> None:
        """Show what the file itself tells beyond the index."""
        self._reading = reading
        if self._entry is not None and reading is not None:
            self.facts.show_lines(said.lines_of(self._entry, reading))
        notes = [retold(note) for note in (problem, *(reading.notes if reading else ()))]
        self.notes.setText(said.breakable(said.cut("\n".join(filter(None, notes)))))
        self.notes.setVisible(any(notes))
        more = said.more_lines(reading)
        self.more.show_lines(more)
        self.more.setVisible(bool(more))
        self.more_head.setVisible(bool(more))
        raw = "" if reading is None else reading.raw
        self.raw.setPlainText(said.cut(raw, 20_000))
        self.raw_button.setVisible(bool(raw))
        self.all_button.setVisible(self._entry is not None)
        self.raw.setVisible(bool(raw) and self.raw_button.isChecked())

    def _offer(self, one: Entry | None) -> None:
        """Show what can be done with what is selected."""
        told = one is not None and bool(one.facts.settings)
        for name in ("all", "prompt", "seed", "rest"):
            self.buttons[name].setVisible(one is not None)
            self.buttons[name].setEnabled(told)
        self.buttons["grid"].setVisible(one is not None and one.facts.kind == "grid")
        ours = one is not None and told and one.facts.kind == "picture"
        self.buttons["reproduce"].setVisible(ours)
        for name in ("copy", "settings", "folder"):
            self.buttons[name].setVisible(one is not None)
        self.buttons["settings"].setEnabled(told)

    @Slot()
    def _copy_all(self) -> None:
        if self._entry is not None:
            QGuiApplication.clipboard().setText(said.everything_text(self._entry, self._reading))
            self.told.emit(tr("Copied"))

    @Slot(bool)
    def _turn_raw(self, on: bool) -> None:
        self.raw.setVisible(on)
        self.raw_button.setText(tr("Hide the raw text") if on else tr("Show the raw text"))

    def _make_buttons(self) -> dict[str, QPushButton]:
        tips = {
            "all": (tr("Use all  A"), tr("Take all its settings to Create (A).")),
            "rest": (tr("All but seed"), tr("Take all its settings but the seed (Shift+A).")),
            "prompt": (tr("Prompt  P"), tr("Take its prompts to Create (P).")),
            "seed": (tr("Seed  S"), tr("Take its seed to Create (S).")),
            "grid": (tr("Open in Compare"), tr("Open the living comparison again (G).")),
            "reproduce": (
                tr("Reproduce and check"),
                tr("Make it again from its file, and see whether it is the same (R)."),
            ),
            "copy": (tr("Copy picture"), tr("Put the picture on the clipboard (Ctrl+C).")),
            "settings": (
                tr("Copy settings"),
                tr("Put its settings on the clipboard as text (Ctrl+Shift+C)."),
            ),
            "folder": (tr("Show on disk"), tr("Open the folder of its file (Ctrl+E).")),
        }
        made = {}
        for name, (words, tip) in tips.items():
            made[name] = text_button(f"do-{name}", words, tip)
            made[name].clicked.connect(partial(self.wanted.emit, name))
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        above: list[QWidget] = [self.title, self.preview, self.marks, self.prompt]
        for part in above:
            column.addWidget(part)
        column.addWidget(self._lines_of(("all", "rest"), ("prompt", "seed"), ("grid",)))
        column.addWidget(self.facts)
        column.addWidget(self._lines_of(("reproduce",), ("copy", "settings"), ("folder",)))
        below: list[QWidget] = [self.notes, self.more_head, self.more]
        below += [self.all_button, self.raw_button, self.raw]
        for part in below:
            column.addWidget(part)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(named(Column(column), "details-column"))

    def _lines_of(self, *lines: tuple[str, ...]) -> ButtonLines:
        """Return buttons in lines; one that is alone takes the whole of it."""
        return ButtonLines(*([self.buttons[name] for name in names] for names in lines))


def _title(count: int, one: Entry | None) -> str:
    if not count:
        return tr("No picture selected")
    if count > 1:
        return tr("{count} pictures", count=f"{count:,}")
    kinds = {"grid": tr("Comparison"), "partial": tr("Cancelled picture")}
    return kinds.get("" if one is None else one.facts.kind, tr("Picture"))


def _text(name: str) -> QLabel:
    label = named(QLabel(), name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def _raw() -> QPlainTextEdit:
    edit = named(QPlainTextEdit(), "raw-text")
    edit.setReadOnly(True)
    edit.setTabChangesFocus(True)
    described(edit, tr("Raw text"), tr("The text in the file, as it is."))
    edit.setFixedHeight(_RAW_LINES * line_height(edit))
    edit.hide()
    return edit
