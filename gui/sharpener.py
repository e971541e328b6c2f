"""Steps as the VAE shows them, once somebody stays at one; until then the quick preview does."""

from PySide6.QtCore import QObject, Signal, Slot

from engine.commands import Decode
from engine.events import Decoded
from gui.bridge import Bridge
from gui.reel import Reel

_MOST = 64
"""Steps of a reel that are remembered as decoded."""


class Sharpener(QObject):
    """Has single steps decoded by the engine, between two of its model calls."""

    sharpened = Signal(Reel, int)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asked: dict[str, tuple[Reel, int, bool]] = {}
        bridge.decoded.connect(self._on_decoded)

    @Slot(Reel, int, bool)
    def sharpen(self, reel: Reel, step: int, noisy: bool) -> None:
        """Ask for one step of a reel, x_t or predicted x0, unless it is known or asked for."""
        latents = reel.latents(step, noisy=noisy)
        question = (reel, step, noisy)
        if latents is None or (step, noisy) in reel.decoded or question in self._asked.values():
            return
        wish = Decode(reel.recipe.model, latents, vae=reel.recipe.vae)
        self._asked = {wish.ticket: question}  # an older one comes too late
        self._bridge.decode(wish)

    @Slot(Decoded)
    def _on_decoded(self, event: Decoded) -> None:
        question = self._asked.pop(event.ticket, None)
        if question is None:
            return
        reel, step, noisy = question
        if len(reel.decoded) == _MOST:
            del reel.decoded[next(iter(reel.decoded))]
        reel.decoded[step, noisy] = event.pixels
        self.sharpened.emit(reel, step)
