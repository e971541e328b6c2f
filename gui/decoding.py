"""Latents decoded by the window's engine for a thread that can wait, as exports can."""

from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, Slot

from engine.commands import Decode
from engine.events import Decoded
from engine.preview import Latents
from engine.recipe import Pixels, Recipe
from gui.session import Session

PATIENCE = 20.0
"""Seconds for an answer, which comes between two of the engine's model calls."""


class Decoding(QObject):
    """Shows latents as the VAE of the model in memory does; called in any thread but the window's.

    Once there was no answer it asks no more: another model has been loaded meanwhile.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._answers: dict[str, SimpleQueue[Pixels]] = {}
        self._silent = False
        session.bridge.decoded.connect(self._on_decoded)

    def __call__(self, recipe: Recipe, latents: Latents) -> Pixels | None:
        """Return the picture of latents (C, h, w); None if their model is not in memory."""
        if self._silent or recipe.model != self._session.in_memory:
            return None
        wish = Decode(recipe.model, latents, vae=recipe.vae)
        answer = self._answers[wish.ticket] = SimpleQueue()
        self._session.bridge.decode(wish)
        try:
            return answer.get(timeout=PATIENCE)
        except Empty:
            self._silent = True
            return None
        finally:
            del self._answers[wish.ticket]

    @Slot(Decoded)
    def _on_decoded(self, event: Decoded) -> None:
        answer = self._answers.get(event.ticket)
        if answer is not None:
            answer.put(event.pixels)
