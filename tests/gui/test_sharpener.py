"""Steps as the VAE shows them, once one stays at them."""

import numpy as np
import pytest

from engine.commands import Decode
from tests.gui.scripted import exactly


@pytest.fixture
def view(qtbot, window, session):
    """The Create view, with a finished picture on show."""
    made = window.create_view
    with qtbot.waitSignal(session.saved):
        made.generate()
    return made


def decodes(engine):
    return [command for command in engine.heard if isinstance(command, Decode)]


def test_a_step_that_is_looked_at_is_decoded_and_shown(qtbot, view, engine):
    with qtbot.waitSignal(view._sharpener.sharpened):
        view.stage.timeline.moved.emit(3)
    reel = view.stage.reel
    wanted = exactly(reel.trajectory.x0[2])
    np.testing.assert_array_equal(reel.frame(3, noisy=False), wanted)
    assert (
        view.stage.canvas.grab().toImage().pixelColor(view.stage.canvas.rect().center()).red()
        == (wanted[0, 0, 0])
    )
    assert decodes(engine)[0].model == reel.recipe.model


def test_what_is_known_is_not_asked_for_again(qtbot, view, engine):
    for _ in range(2):
        view.stage.timeline.moved.emit(3)
        qtbot.waitUntil(lambda: bool(view.stage.reel.decoded))
        qtbot.wait(350)
    assert len(decodes(engine)) == 1


def test_x_t_is_decoded_where_x_t_is_shown(qtbot, view):
    view.stage.set_noisy(True)
    with qtbot.waitSignal(view._sharpener.sharpened):
        view.stage.timeline.moved.emit(2)
    reel = view.stage.reel
    np.testing.assert_array_equal(reel.decoded[2, True], exactly(reel.trajectory.x[2]))


def test_scrubbing_past_asks_for_nothing_on_the_way(qtbot, view, engine):
    with qtbot.waitSignal(view._sharpener.sharpened):
        for step in (1, 2, 3, 4):
            view.stage.timeline.moved.emit(step)
    assert list(view.stage.reel.decoded) == [(4, False)]


def test_the_picture_itself_needs_no_decoding(qtbot, view, engine):
    view.stage.timeline.moved.emit(len(view.stage.reel.t))
    qtbot.wait(350)
    assert decodes(engine) == []
