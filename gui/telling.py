"""What the footer says of how jobs end."""

from PySide6.QtCore import QObject, Signal, Slot

from engine.commands import JobId
from engine.events import Cancelled, Failed, Finished, Recovered, Saved, Unsaved
from gui.bridge import Bridge
from gui.words import tr


class Teller(QObject):
    """Listens to the bridge; `told` is a sentence."""

    told = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._summary: dict[JobId, str] = {}
        self._cancelled = 0
        self._keeps = False
        bridge.finished.connect(self._on_finished)
        bridge.saved.connect(self._on_saved)
        bridge.unsaved.connect(self._on_unsaved)
        bridge.failed.connect(self._on_failed)
        bridge.cancelled.connect(self._on_cancelled)
        bridge.recovered.connect(self._on_recovered)

    def begin(self) -> None:
        """Count what is cancelled from now on afresh: something else was asked for."""
        self._cancelled, self._keeps = 0, False

    @Slot(Finished)
    def _on_finished(self, event: Finished) -> None:
        seconds = tr("{seconds} s", seconds=f"{event.seconds:.1f}")
        self._summary[event.job] = f"{seconds}  ·  {tr('%n model call(s)', n=event.nfe)}"

    @Slot(Saved)
    def _on_saved(self, event: Saved) -> None:
        self.told.emit("  ·  ".join([tr("Saved"), self._summary.pop(event.job, event.path.name)]))

    @Slot(Unsaved)
    def _on_unsaved(self, event: Unsaved) -> None:
        self._summary.pop(event.job, None)
        self.told.emit(tr("Not saved"))

    @Slot(Failed)
    def _on_failed(self, event: Failed) -> None:
        no_model = tr("No model is loaded")
        self.told.emit(no_model if event.job is None else tr("Failed, nothing saved"))

    @Slot(Cancelled)
    def _on_cancelled(self, event: Cancelled) -> None:
        """What is kept is told of once it is on the disk: until then, not that nothing is."""
        self._cancelled += 1
        self._keeps |= self._bridge.keeps_cancelled and bool(event.trajectory)
        if self._keeps:
            self.told.emit(tr("Cancelled %n picture(s)", n=self._cancelled))
        else:
            self.told.emit(tr("Cancelled %n picture(s), nothing saved", n=self._cancelled))

    @Slot(Recovered)
    def _on_recovered(self, _: Recovered) -> None:
        self.told.emit(tr("Going on with what was cut off last time"))
