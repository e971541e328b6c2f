"""Pictures given away: as what, with what in them, and where to."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QGridLayout, QLabel, QWidget
from typing_extensions import override

from engine.errors import Problem
from engine.export.copies import Options
from engine.export.moving import Show
from engine.export.writers import Exported, export
from engine.gallery.decoding import READS_AVIF
from engine.gallery.entries import Entry
from gui import theme
from gui.errand_dialog import ErrandDialog
from gui.errands import Errand, Tell
from gui.retelling import retold
from gui.widgets import Hint, PrimaryButton, line_height
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.words import marked, tr

Fetch = Callable[[], Sequence[Entry]]

_KINDS = {
    "folder": (
        marked("Folder of pictures"),
        marked("Copies of the pictures, in a folder of your choice."),
    ),
    "zip": (marked("ZIP archive"), marked("All pictures in one archive.")),
    "sheet": (marked("Contact sheet"), marked("Small pictures with their settings, 48 a sheet.")),
    "page": (
        marked("Web page"),
        marked("One HTML file with all pictures in it; the steps of grids can be scrubbed."),
    ),
    "webp": (
        marked("WebP animation"),
        marked("The steps to each picture as a moving one; where they are still kept."),
    ),
    "gif": (
        marked("GIF animation"),
        marked("As before, for programs that know no WebP; with 256 colours."),
    ),
}
_COPIED = {"folder", "zip", "page"}
"""What holds the pictures themselves, and so can hold them in another form."""
_TELLING = {*_COPIED, "sheet"}
_FILES = {
    "zip": (marked("ZIP archives (*.zip)"), "zip"),
    "sheet": (marked("Pictures (*.png)"), "png"),
    "page": (marked("Web pages (*.html)"), "html"),
}
_FORM_NAMES = {"png": "PNG", "jpeg": "JPEG", "webp": "WebP", "avif": "AVIF"}


class ExportDialog(ErrandDialog):
    """Gives away `count` pictures, which `fetch` finds when it comes to it, in another thread.

    `root` is the folder of all galleries. `decode`, if it is set, shows the steps of moving
    pictures exactly.
    """

    def __init__(self, root: Path, count: int, fetch: Fetch, parent: QWidget | None = None) -> None:
        super().__init__("export", tr("Export"), parent)
        self._root, self._fetch = root, fetch
        self.decode: Show | None = None
        self.kinds = _box("export-kind", {kind: tr(one[0]) for kind, one in _KINDS.items()})
        self.about = Hint(lines=2)
        self.settings = named(QCheckBox(tr("With their settings")), "export-settings")
        self.marks = named(QCheckBox(tr("With favourites and tags")), "export-marks")
        self.form_box = _box("export-form", _forms())
        self.place = Elided("export-place")
        self.go = PrimaryButton(tr("Export…"), tr("Enter"))
        self.go.setObjectName("export-go")
        self.leave.setAutoDefault(False)
        self._put_together(count)
        self.kinds.currentIndexChanged.connect(self._show_kind)
        self.settings.toggled.connect(self._show_kind)
        self.go.clicked.connect(self._ask_where)
        self._show_kind()
        self.kinds.setFocus()

    def kind(self) -> str:
        """Return what the pictures are to become."""
        return str(self.kinds.currentData())

    def options(self) -> Options:
        """Return what is chosen."""
        kind = self.kind()
        return Options(
            settings=self.settings.isChecked(),
            marks=kind in _COPIED and self.marks.isChecked(),
            form=self.form_box.currentData() if kind in _COPIED else "",
            kind=kind,
            show=self.decode,
        )

    def export_to(self, target: Path) -> None:
        """Begin; `target` is a folder or a file, as the kind wants it."""
        self.place.say(str(target))
        for widget in self._choices():
            widget.setEnabled(False)
        work = partial(_export, self._root, self._fetch, target, self.options())
        self.work(Errand(work), tr("Looking for the pictures…"))

    def finished_with(self, result: object) -> None:
        if isinstance(result, Exported):
            self.say(tr("%n file(s) written.", n=len(result.files)))
            self.tell([retold(note) for note in result.notes])
        self._let_choose()

    @override
    def end_with(self, problem: Problem | None) -> None:
        """Let the user choose again: another name or another kind may do."""
        super().end_with(problem)
        self._let_choose()

    def _choices(self) -> list[QWidget]:
        return [self.kinds, self.settings, self.marks, self.form_box, self.go]

    def _let_choose(self) -> None:
        for widget in self._choices():
            widget.setEnabled(True)
        self._show_kind()

    @Slot()
    def _show_kind(self) -> None:
        kind = self.kind()
        self.about.setText(tr(_KINDS[kind][1]))
        self.settings.setEnabled(kind in _TELLING)
        self.marks.setEnabled(kind in _COPIED)
        self.form_box.setEnabled(kind in _COPIED)
        hint = tr("Moving pictures carry no settings.") if kind not in _TELLING else ""
        about = tr("Without them, nothing but the pixels is given away.")
        described(self.settings, self.settings.text(), hint or about)

    @Slot()
    def _ask_where(self) -> None:
        kind = self.kind()
        dialog = QFileDialog(self, tr("Where to export"))
        dialog.setObjectName("export-where")
        if kind in _FILES:
            kinds, suffix = _FILES[kind]
            dialog.setNameFilter(tr(kinds))
            dialog.setDefaultSuffix(suffix)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # Nothing is ever replaced: to be asked whether it may be would be misleading.
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
            dialog.selectFile(f"{tr('Pictures')}.{suffix}")
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _put_together(self, count: int) -> None:
        self.settings.setChecked(True)
        described(self.kinds, tr("Give away as"), tr("What the pictures are given away as."))
        described(
            self.marks,
            self.marks.text(),
            tr("Favourites, ratings and tags, written into the files."),
        )
        described(self.form_box, tr("File format"), tr("What the pictures are turned into."))
        described(self.go, tr("Export…"), tr("Choose where to, and begin."))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(1, 1)
        rows = ((tr("Give away as"), self.kinds), ("", self.about), (tr("Format"), self.form_box))
        for row, (text, widget) in enumerate(rows):
            label = QLabel(text)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        for row, box in enumerate((self.settings, self.marks), len(rows)):
            grid.addWidget(box, row, 1)
        self.about.setMinimumHeight(2 * line_height(self.about))
        head = named(QLabel(tr("%n picture(s) to give away", n=count)), "export-count")
        self.form.setSpacing(theme.MEDIUM)
        self.form.addWidget(head)
        self.form.addLayout(grid)
        self.form.addWidget(self.place)
        self.buttons.addWidget(self.go)
        self.go.setDefault(True)


def _forms() -> dict[str, str]:
    told = {form: name for form, name in _FORM_NAMES.items() if form != "avif" or READS_AVIF}
    return {"": tr("As they are"), **told}


def _box(name: str, choices: dict[str, str]) -> QComboBox:
    box = named(QComboBox(), name)
    for value, label in choices.items():
        box.addItem(label, value)
    return box


def _export(root: Path, fetch: Fetch, target: Path, options: Options, tell: Tell) -> Exported:
    return export(root, fetch(), target, options, tell)
