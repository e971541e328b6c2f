"""What the settings change at once: the look, where the model runs, how much moves."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.motion import Mover
from gui.session import Session
from gui.settings import Settings

Calm = Callable[[bool], None]


class Adjusting(QObject):
    """Does what the settings say; `edited` says that they are other ones now.

    `calmed` are told whether little motion is wanted, as often as that changes.
    """

    edited = Signal()

    def __init__(
        self, session: Session, settings: Settings, calmed: tuple[Calm, ...], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.mover = Mover(self)
        self._session = session
        self._calmed = calmed
        self.mover.changed.connect(self._move)

    def apply(self) -> None:
        """Do what the settings say, as far as that can be done without a restart."""
        session, settings = self._session, self.settings
        session.run_on(settings.device, settings.dtype, settings.memory_bytes)
        session.shelf.budget = settings.step_megabytes * 2**20
        session.bridge.keeps_cancelled = settings.keep_cancelled
        self.mover.set_wish(settings.motion)

    @Slot(Settings)
    def adjust(self, settings: Settings) -> None:
        """Do what other settings say."""
        app = QApplication.instance()
        if settings.theme != self.settings.theme and isinstance(app, QApplication):
            theme.apply(app, settings.theme)
        self.settings = settings
        self.apply()
        self.edited.emit()

    @Slot(bool)
    def _move(self, calm: bool) -> None:
        self._session.show_previews_every(self.settings.preview_pause(calm=calm))
        for tell in self._calmed:
            tell(calm)
