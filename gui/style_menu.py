"""The menu of styles at the prompt: laying one round it, and keeping the prompt as one."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, QThreadPool, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from engine.draft import Draft
from engine.errors import KnownError, Problem, problem_of
from engine.gallery.files import make_folder
from engine.styles import Style, read_styles, styles_path, write_styles
from gui.widgets.buttons import HeadButton
from gui.widgets.menus import NameDialog, add_line
from gui.words import marked, tr

NONE_YET = marked("None yet: keep a prompt as one, or put a styles.csv into the folder.")
UNREADABLE = marked("The styles cannot be read.")
LONGEST_GOODBYE = 500
"""Milliseconds that `close` waits for a style being written."""

_QUESTION = marked(
    "Keep both prompts as a style under this name.\n"
    "Where it says {prompt} other prompts go in; without that, it goes behind them."
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What was found in the styles' file, if it is there; `problem` if it could not be read."""

    styles: tuple[Style, ...] = ()
    is_there: bool = False
    problem: Problem | None = None


class StylesFile(QObject):
    """Reads and writes styles.csv in another thread. It has no parent: it outlives its menu."""

    listed = Signal(Listed)
    troubled = Signal(Problem)

    def __init__(self) -> None:
        super().__init__()
        self._worker = QThreadPool()
        self._worker.setMaxThreadCount(1)

    def list(self) -> None:
        """Have the file read; `listed` follows."""
        self._worker.start(self._list)

    def keep(self, style: Style) -> None:
        """Have a style written beside the others, in the place of one of its name."""
        self._worker.start(partial(self._keep, style))

    def close(self) -> bool:
        """Wait a little for what is being written; return whether that is done."""
        return self._worker.waitForDone(LONGEST_GOODBYE)

    def _list(self) -> None:
        path = styles_path()
        try:
            self.listed.emit(Listed(read_styles(path), path.exists()))
        except KnownError as error:
            self.listed.emit(Listed(is_there=True, problem=problem_of(error)))

    def _keep(self, style: Style) -> None:
        path = styles_path()
        try:
            by_name = {one.name: one for one in read_styles(path)} | {style.name: style}
            write_styles(path, by_name.values())
        except KnownError as error:
            self.troubled.emit(problem_of(error))


class StyleMenu(HeadButton):
    """A button with a menu of the rows of styles.csv, which is read whenever it is opened.

    The file is the user's, who may edit it beside this program. `draft` says what is set now.
    """

    style_chosen = Signal(Style)
    troubled = Signal(Problem)

    def __init__(self, draft: Callable[[], Draft]) -> None:
        super().__init__(
            "style-menu", "style", tr("Styles"), tr("Words laid round the prompt (Ctrl+T).")
        )
        self._draft = draft
        self.file = StylesFile()
        self.menu_shown = QMenu(self)
        self.menu_shown.setObjectName("style-menu-list")
        self.menu_shown.setToolTipsVisible(True)
        self.menu_shown.setAccessibleName(tr("Styles"))
        self.clicked.connect(self.open)
        self.file.listed.connect(self._show)
        self.file.troubled.connect(self.troubled)

    @Slot()
    def open(self) -> None:
        """Have the styles read, and open the menu under the button."""
        self.file.list()

    def keep(self, name: str) -> None:
        """Keep both prompts as a style; one of that name is replaced."""
        draft = self._draft()
        if name.strip():
            self.file.keep(Style(name.strip(), draft.prompt, draft.negative_prompt))

    @Slot(Listed)
    def _show(self, listed: Listed) -> None:
        self._fill(self.menu_shown, listed)
        self.menu_shown.popup(self.mapToGlobal(QPoint(0, self.height())))
        if listed.problem is not None:
            self.troubled.emit(listed.problem)

    def _fill(self, menu: QMenu, listed: Listed) -> None:
        menu.clear()
        menu.addAction(tr("Styles")).setEnabled(False)
        for style in listed.styles:
            add_line(menu, style.name, partial(self.style_chosen.emit, style), _tip(style))
        if listed.problem is not None or not listed.styles:
            why = NONE_YET if listed.problem is None else UNREADABLE
            menu.addAction(tr(why)).setEnabled(False)
        menu.addSeparator()
        if listed.problem is None:
            add_line(menu, tr("Keep the prompts as a style…"), self._ask_for_name)
        there = listed.is_there
        what = tr("Open the styles' file") if there else tr("Open the styles' folder")
        add_line(menu, what, _open, str(styles_path()))

    @Slot()
    def _ask_for_name(self) -> None:
        dialog = NameDialog("style-name", tr("Style"), tr(_QUESTION), self.window())
        dialog.textValueSelected.connect(self.keep)
        dialog.open()


def _tip(style: Style) -> str:
    """Return both prompts of a style for its tooltip."""
    negative = style.negative_prompt
    negative = tr("Negative: {prompt}", prompt=negative) if negative else ""
    return "\n".join(part for part in (style.prompt, negative) if part) or style.name


def _open() -> None:
    """Show the file in whatever opens tables, or the folder that it would be in."""
    path = styles_path()
    with suppress(KnownError):
        make_folder(path.parent)
    place = path if path.exists() else path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
