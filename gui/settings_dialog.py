"""The settings that are seldom changed, by Ctrl+comma; each holds as soon as it is set."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.paths import Paths
from gui import theme
from gui.language import NAMES
from gui.settings import Settings
from gui.widgets import ChipGroup, Hint, NumberRow, SectionHead, line_height
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.words import marked, tr

Choices = dict[str, str] | dict[int, str]

_THEMES = [
    ("system", marked("As the system")),
    ("light", marked("Light")),
    ("dark", marked("Dark")),
]
_MOTIONS = [
    ("system", marked("As the system")),
    ("little", marked("Little")),
    ("full", marked("All")),
]
_LANGUAGES: Choices = {"system": marked("As the system"), **NAMES}
_DEVICES: Choices = {
    "auto": marked("The best there is"),
    "cpu": marked("CPU"),
    "cuda": marked("CUDA (NVIDIA)"),
    "mps": marked("MPS (Apple)"),
}
_DTYPES: Choices = {
    "auto": marked("What is fast here"),
    "float32": marked("float32, exact"),
    "bfloat16": marked("bfloat16, quicker"),
    "float16": marked("float16, quicker"),
}
_PREVIEWS: Choices = {
    "all": marked("Every step"),
    "often": marked("Ten a second"),
    "seldom": marked("Two a second"),
}
_GIGABYTES = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)
_ABOUT = {
    "theme": marked("Light or dark, or whichever the system has."),
    "language": marked("What the window speaks, from the next start on."),
    "motion": marked("Little: previews change once a second at most, and playing is slower."),
    "device": marked("Where the model runs. Changing it loads the model again."),
    "dtype": marked("What the model computes in. Changing it loads the model again."),
    "memory_gigabytes": marked("The most that a model may take. What takes more is refused."),
    "previews": marked("How often the picture being made is shown anew."),
    "galleries": marked("The folder that holds the galleries. Pictures already there stay there."),
    "keep_cancelled": marked("As far as they had come when they were stopped."),
    "trajectory_gigabytes": marked(
        "How much is kept, oldest dropped first; in gigabytes, from the next start on."
    ),
    "step_megabytes": marked("How much of the newest pictures is kept at hand, in megabytes."),
    "online": marked("Only for what you search or get. Unticked, you are asked first."),
}


class SettingsDialog(QDialog):
    """Edits a copy of the settings; `changed` carries it after every change."""

    changed = Signal(Settings)

    def __init__(self, settings: Settings, paths: Paths, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_dialog")
        self.setWindowTitle(tr("Settings – Etascope"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings, self._paths = settings, paths
        self._grid = QGridLayout()
        self.theme = ChipGroup("theme", [(mode, tr(label)) for mode, label in _THEMES])
        self.motion = ChipGroup("motion", [(motion, tr(label)) for motion, label in _MOTIONS])
        self.keep = named(QCheckBox(tr("Keep cancelled pictures")), "keep-cancelled")
        self.language = _choice("language", _LANGUAGES, settings.language)
        self.device = _choice("device", _DEVICES, settings.device)
        self.dtype = _choice("dtype", _DTYPES, settings.dtype)
        gigabytes = max(settings.memory_gigabytes, 0)
        self.budget = _choice("memory-budget", _budgets(gigabytes), gigabytes)
        self.previews = _choice("previews", _PREVIEWS, settings.previews)
        self.folder = Elided("galleries")
        self.choose = named(QPushButton(tr("Choose…")), "choose-galleries")
        self.show_folder = named(QPushButton(tr("Open")), "open-galleries")
        self.online = named(QCheckBox(tr("May ask huggingface.co")), "online")
        self.disk = NumberRow(
            tr("On disk"), "trajectory-gigabytes", lowest=0.5, highest=500, step=0.5, decimals=1
        )
        self.memory = NumberRow(
            tr("In memory"), "step-megabytes", lowest=16, highest=16_384, step=16, decimals=0
        )
        self._lay_out()
        self._show()
        self._connect()

    def settings(self) -> Settings:
        return self._settings

    def _show(self) -> None:
        settings = self._settings
        self.theme.set_value(settings.theme)
        self.motion.set_value(settings.motion)
        self.keep.setChecked(settings.keep_cancelled)
        self.online.setChecked(settings.online)
        self.disk.set_value(settings.trajectory_gigabytes)
        self.memory.set_value(settings.step_megabytes)
        self._show_folder()

    def _show_folder(self) -> None:
        folder = self._settings.galleries or str(self._paths.galleries)
        self.folder.say(folder, tr(_ABOUT["galleries"]))

    def _connect(self) -> None:
        self.theme.changed.connect(lambda mode: self._set(theme=mode))
        self.motion.changed.connect(lambda motion: self._set(motion=motion))
        self.keep.toggled.connect(lambda on: self._set(keep_cancelled=on))
        self.online.toggled.connect(lambda on: self._set(online=on))
        for box in self._boxes().values():
            box.activated.connect(self._chosen)
        self.disk.changed.connect(lambda size: self._set(trajectory_gigabytes=float(size)))
        self.memory.changed.connect(lambda size: self._set(step_megabytes=round(size)))
        self.choose.clicked.connect(self._ask_for_folder)
        self.show_folder.clicked.connect(self._open_folder)

    def _set(self, **values: Any) -> None:
        self._settings = replace(self._settings, **values)
        self.changed.emit(self._settings)

    @Slot()
    def _chosen(self) -> None:
        self._set(**{name: box.currentData() for name, box in self._boxes().items()})

    def _boxes(self) -> dict[str, QComboBox]:
        """Return the lists to choose from, by the settings' names."""
        return {
            "language": self.language,
            "device": self.device,
            "dtype": self.dtype,
            "memory_gigabytes": self.budget,
            "previews": self.previews,
        }

    @Slot()
    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self, tr("The folder of the galleries"), self.folder.sentence())
        dialog.setObjectName("folder-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    @Slot(str)
    def take_folder(self, name: str) -> None:
        """Have the galleries kept in a folder."""
        self._set(galleries=str(Path(name).absolute()))
        self._show_folder()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.sentence()))

    # Putting it together

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("surface", "clear")
        page.setLayout(self._grid)
        self._grid.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.SMALL)
        self._grid.setHorizontalSpacing(theme.MEDIUM)
        self._grid.setVerticalSpacing(theme.TINY)
        self._grid.setColumnStretch(1, 1)
        self._fill()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setMinimumWidth(page.minimumSizeHint().width() + 12)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.LARGE)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        room = self.screen().availableSize()
        width = max(560, page.sizeHint().width() + 16)
        height = (
            self._grid.heightForWidth(width - 16) + buttons.sizeHint().height() + 3 * theme.LARGE
        )
        self.resize(width, min(height, room.height() - 80))

    def _fill(self) -> None:
        self._head(tr("Look"))
        self._row(tr("Theme"), "theme", self.theme)
        self._row(tr("Language"), "language", self.language)
        self._row(tr("Motion"), "motion", self.motion)
        self._head(tr("Computing"))
        self._row(tr("Device"), "device", self.device)
        self._row(tr("Numbers"), "dtype", self.dtype)
        self._row(tr("Memory"), "memory_gigabytes", self.budget)
        self._row(tr("Previews"), "previews", self.previews)
        self._head(tr("Models"))
        self._row(tr("Network"), "online", self.online)
        self._head(tr("Pictures"))
        folder = QWidget()
        row = QHBoxLayout(folder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        for widget, stretch in ((self.folder, 1), (self.choose, 0), (self.show_folder, 0)):
            row.addWidget(widget, stretch)
        described(self.choose, tr("Choose the folder of the galleries"), tr(_ABOUT["galleries"]))
        described(
            self.show_folder, tr("Open the folder"), tr("Show it in the system's file manager.")
        )
        self._row(tr("Galleries"), "galleries", folder)
        self._row(tr("Cancelled"), "keep_cancelled", self.keep)
        self._head(tr("Steps to look back at"))
        for number, name in ((self.disk, "trajectory_gigabytes"), (self.memory, "step_megabytes")):
            about = tr(_ABOUT[name])
            number.set_help(about)
            self._wide(number, about)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _head(self, text: str) -> None:
        if self._grid.count():
            self._grid.setRowMinimumHeight(self._grid.rowCount(), theme.SMALL)
        self._grid.addWidget(SectionHead(text), self._grid.rowCount(), 0, 1, 2)

    def _row(self, label: str, name: str, field: QWidget) -> None:
        """Add a control beside its label, and under it what it does."""
        number, caption = self._grid.rowCount(), QLabel(label)
        caption.setBuddy(field)
        if name != "galleries":
            called = field.text() if isinstance(field, QCheckBox) else label
            described(field, called, tr(_ABOUT[name]))
        self._grid.addWidget(caption, number, 0)
        self._grid.addWidget(field, number, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(_about(tr(_ABOUT[name])), number + 1, 1)
        self._grid.setRowMinimumHeight(number + 2, theme.TINY)

    def _wide(self, field: QWidget, about: str) -> None:
        number = self._grid.rowCount()
        self._grid.addWidget(field, number, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(_about(about), number + 1, 1)
        self._grid.setRowMinimumHeight(number + 2, theme.TINY)


def _about(text: str) -> Hint:
    """Return a sentence that asks for no more lines than it has at the width that it gets."""
    hint = Hint(text)
    hint.setMinimumHeight(line_height(hint))
    return hint


def _budgets(chosen: int) -> Choices:
    """Return gigabytes to choose from, and whatever was set by hand in the file."""
    sizes = sorted({*_GIGABYTES, chosen} - {0})
    return {0: tr("All there is")} | {size: tr("{size} GB", size=size) for size in sizes}


def _choice(name: str, choices: Choices, chosen: str | int) -> QComboBox:
    box = named(QComboBox(), name)
    for value, label in choices.items():
        box.addItem(tr(label), value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box
