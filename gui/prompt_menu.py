"""The menu at the prompt: prompts used lately, presets, and keeping or removing one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu

from engine.draft import Draft
from gui.presets import Kept, Preset, preset_of
from gui.widgets.buttons import HeadButton
from gui.widgets.menus import NameDialog, add_line
from gui.words import marked, tr

NONE_YET = marked("None yet: each prompt that a picture is made of appears here.")
_SHOWN = 12
"""Prompts that the menu shows: more are looked for in the gallery."""


class PromptMenu(HeadButton):
    """A button with a menu. `changed` carries what is to be kept, `draft` says what is set now."""

    prompt_chosen = Signal(str)
    preset_chosen = Signal(Preset)
    changed = Signal(Kept)

    def __init__(self, draft: Callable[[], Draft]) -> None:
        super().__init__(
            "prompt-menu",
            "clock",
            tr("Recent prompts and presets"),
            tr("Prompts used lately, and settings kept under a name (Ctrl+H)."),
        )
        self._kept = Kept()
        self._draft = draft
        self.menu_shown = QMenu(self)
        self.menu_shown.setObjectName("prompt-menu-list")
        self.menu_shown.setToolTipsVisible(True)
        self.menu_shown.setAccessibleName(tr("Recent prompts and presets"))
        self.clicked.connect(self.open)

    def kept(self) -> Kept:
        return self._kept

    def show_kept(self, kept: Kept) -> None:
        """Offer what was kept the last time."""
        self._kept = kept

    def used(self, prompt: str) -> None:
        """Note that a picture is made of a prompt."""
        self._keep(self._kept.used(prompt))

    def keep_preset(self, name: str) -> None:
        """Keep what is set now under a name; a preset of that name is replaced."""
        if name.strip():
            self._keep(self._kept.with_preset(preset_of(name.strip(), self._draft())))

    def remove_preset(self, name: str) -> None:
        self._keep(self._kept.without(name))

    def _keep(self, kept: Kept) -> None:
        if kept != self._kept:
            self._kept = kept
            self.changed.emit(kept)

    @Slot()
    def open(self) -> None:
        """Open the menu under the button; nothing waits for it."""
        self._fill(self.menu_shown)
        self.menu_shown.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(tr("Recent prompts")).setEnabled(False)
        for prompt in self._kept.recent[:_SHOWN]:
            add_line(menu, prompt, partial(self.prompt_chosen.emit, prompt))
        if not self._kept.recent:
            menu.addAction(tr(NONE_YET)).setEnabled(False)
        menu.addSeparator()
        if self._kept.presets:
            menu.addAction(tr("Presets")).setEnabled(False)
        for preset in self._kept.presets:
            add_line(menu, preset.name, partial(self.preset_chosen.emit, preset))
        if self._kept.presets:
            menu.addSeparator()
        add_line(menu, tr("Keep these settings as a preset…"), self._ask_for_name)
        if self._kept.presets:
            gone = menu.addMenu(tr("Remove a preset"))
            for preset in self._kept.presets:
                add_line(gone, preset.name, partial(self.remove_preset, preset.name))

    @Slot()
    def _ask_for_name(self) -> None:
        question = tr("Keep sampler, steps, guidance and size under this name:")
        dialog = NameDialog("preset-name", tr("Preset"), question, self.window())
        dialog.textValueSelected.connect(self.keep_preset)
        dialog.open()
