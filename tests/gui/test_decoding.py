import numpy as np

from engine.recipe import Recipe
from gui import decoding
from gui.decoding import Decoding
from gui.errands import Errand

LATENTS = np.ones((4, 8, 8), np.float32)


def asked(qtbot, decode: Decoding, recipe: Recipe) -> object:
    """Ask in another thread, and return the answer."""
    errand = Errand(lambda _: decode(recipe, LATENTS))
    with qtbot.waitSignal(errand.done) as done:
        errand.start()
    return done.args[0]


def test_the_engine_shows_latents_of_the_model_in_memory(qtbot, window, session):
    decode = Decoding(session)
    recipe = Recipe(prompt="a", model="starter")
    pixels = asked(qtbot, decode, recipe)
    assert pixels.shape == (64, 96, 3)  # as the scripted VAE has it
    assert decode._answers == {}


def test_of_another_model_nothing_is_asked(qtbot, window, session, engine):
    before = len(engine.heard)
    assert asked(qtbot, Decoding(session), Recipe(prompt="a", model="other/model@1")) is None
    assert len(engine.heard) == before


def test_after_no_answer_it_asks_no_more(qtbot, window, session, monkeypatch):
    wishes = []
    monkeypatch.setattr(decoding, "PATIENCE", 0.05)
    monkeypatch.setattr(session.bridge, "decode", wishes.append)
    decode = Decoding(session)
    recipe = Recipe(prompt="a", model="starter")
    assert asked(qtbot, decode, recipe) is None
    assert asked(qtbot, decode, recipe) is None
    assert len(wishes) == 1
