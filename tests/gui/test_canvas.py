"""The canvas: fitting, looking closer, and what it offers while it is empty."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui import theme
from gui.canvas import Canvas
from gui.canvas.examples import Example
from gui.canvas.viewport import Viewport
from gui.pixels import resampled, to_image

PROMPTS = ["a red sailing boat", "a lighthouse at sunset", "a house in the snow, " * 9]
RED, BLUE = (220, 40, 40), (40, 60, 220)


def plain(colour: tuple[int, int, int], width: int = 128, height: int = 128):
    return np.full((height, width, 3), colour, np.uint8)


def halves(side: int):
    """Red on the left, blue on the right."""
    pixels = plain(RED, side, side)
    pixels[:, side // 2 :] = BLUE
    return pixels


@pytest.fixture
def canvas(qtbot, qapp):
    theme.apply(qapp, "dark")
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 500)
    with qtbot.waitActive(canvas):
        canvas.show()
        canvas.activateWindow()
    canvas.setFocus()
    return canvas


def colour_at(canvas: Canvas, point: QPointF) -> tuple[int, int, int]:
    colour = canvas.grab().toImage().pixelColor(point.toPoint())
    return colour.red(), colour.green(), colour.blue()


def wheel(canvas: Canvas, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


# ------------------------------------------------------------------ the picture


def test_a_picture_is_shown_as_large_as_fits_in_its_own_colours(canvas):
    canvas.show_pixels(halves(128))
    rect = canvas.viewport.rect()
    assert rect.height() == pytest.approx(500 - 24 - 12)
    assert QRectF(canvas.rect()).contains(rect)
    middle = rect.center()
    assert colour_at(canvas, middle - QPointF(rect.width() / 4, 0)) == RED
    assert colour_at(canvas, middle + QPointF(rect.width() / 4, 0)) == BLUE


def test_a_small_preview_takes_the_place_of_the_picture_it_is_of(canvas):
    canvas.show_pixels(plain(RED, 512, 384))
    full = canvas.viewport.rect()
    canvas.show_pixels(plain(BLUE, 64, 48), natural=(512, 384))
    assert canvas.viewport.rect() == full
    assert colour_at(canvas, full.center()) == BLUE


def test_the_zoom_stays_when_the_next_preview_comes(canvas):
    canvas.show_pixels(plain(RED, 64, 64), natural=(512, 512))
    canvas.zoom_by(3)
    scale = canvas.viewport.scale
    canvas.show_pixels(plain(BLUE, 512, 512))
    assert canvas.viewport.scale == scale


def test_the_wheel_zooms_about_the_pointer(canvas):
    canvas.show_pixels(halves(256))
    rect = canvas.viewport.rect()
    spot = QPointF(rect.left() + rect.width() * 0.3, rect.top() + rect.height() * 0.6)
    wheel(canvas, spot, 3)
    zoomed = canvas.viewport.rect()
    assert zoomed.width() > 1.5 * rect.width()
    assert (spot.x() - zoomed.left()) / zoomed.width() == pytest.approx(0.3)
    assert (spot.y() - zoomed.top()) / zoomed.height() == pytest.approx(0.6)


def test_dragging_moves_a_zoomed_picture_with_the_hand(canvas):
    canvas.show_pixels(halves(256))
    canvas.zoom_by(4)
    before = canvas.viewport.rect().topLeft()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    QTest.mouseMove(canvas, QPoint(330, 240))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(330, 240))
    assert canvas.viewport.rect().topLeft() - before == QPointF(30, -10)


def test_f_zero_and_a_double_click_fit_again(canvas):
    canvas.show_pixels(halves(256))
    for again in (
        lambda: QTest.keyClick(canvas, Qt.Key.Key_F),
        lambda: QTest.keyClick(canvas, Qt.Key.Key_0),
        lambda: QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton),
    ):
        canvas.zoom_by(3)
        assert not canvas.viewport.fitted
        again()
        assert canvas.viewport.fitted


def test_one_shows_each_pixel_as_one_of_the_screen_s(canvas):
    canvas.show_pixels(halves(256))
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert canvas.viewport.rect().width() * canvas.devicePixelRatioF() == 256


def test_plus_and_minus_undo_one_another(canvas):
    canvas.show_pixels(halves(256))
    before = canvas.viewport.scale
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.viewport.scale == pytest.approx(1.25 * before)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.viewport.scale == pytest.approx(before)


def test_single_pixels_are_crisp_when_looked_into_and_soft_when_fitted(canvas):
    canvas.show_pixels(halves(8))
    edge = canvas.viewport.rect().center()
    assert colour_at(canvas, edge - QPointF(6, 0)) != RED
    canvas.zoom_by(1.5)
    edge = canvas.viewport.rect().center()
    assert colour_at(canvas, edge - QPointF(2, 0)) == RED
    assert colour_at(canvas, edge + QPointF(2, 0)) == BLUE


def test_the_corners_are_round(canvas):
    canvas.show_pixels(plain(RED))
    rect = QRectF(canvas.viewport.rect().toRect())
    ground = theme.color("canvas")
    assert colour_at(canvas, rect.topLeft()) == (ground.red(), ground.green(), ground.blue())
    assert colour_at(canvas, rect.topLeft() + QPointF(5, 5)) == RED


@pytest.mark.parametrize(
    ("key", "signal", "said"),
    [
        (Qt.Key.Key_Left, "previous_wanted", []),
        (Qt.Key.Key_Right, "next_wanted", []),
        (Qt.Key.Key_P, "recall_wanted", ["prompt"]),
        (Qt.Key.Key_S, "recall_wanted", ["seed"]),
        (Qt.Key.Key_A, "recall_wanted", ["all"]),
    ],
)
def test_keys_ask_for_other_pictures_and_for_their_settings(canvas, qtbot, key, signal, said):
    with qtbot.waitSignal(getattr(canvas, signal)) as heard:
        QTest.keyClick(canvas, key)
    assert heard.args == said


def test_a_key_with_ctrl_is_left_to_the_window(canvas, qtbot):
    with qtbot.assertNotEmitted(canvas.recall_wanted):
        QTest.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def test_what_is_shown_is_said_to_a_screen_reader(canvas):
    assert canvas.accessibleDescription() == "No picture yet."
    canvas.show_pixels(plain(RED, 64, 48), natural=(512, 384))
    assert canvas.accessibleDescription() == "A picture of 512 by 384 pixels."


def test_focus_by_keyboard_is_to_be_seen(canvas):
    canvas.show_pixels(plain(RED))
    canvas.clearFocus()
    before = canvas.grab().toImage()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.grab().toImage() != before


# ------------------------------------------------------------------- while empty


def test_an_empty_canvas_offers_examples_by_mouse_and_by_keyboard(canvas, qtbot):
    canvas.set_examples(PROMPTS)
    QApplication.processEvents()
    rows = canvas.findChildren(Example)
    assert all(row.isVisible() for row in rows)
    with qtbot.waitSignal(canvas.example_chosen) as heard:
        qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert heard.args == [PROMPTS[1]]
    rows[1].setFocus()
    QTest.keyClick(rows[1], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is rows[2]
    with qtbot.waitSignal(canvas.example_chosen) as heard:
        QTest.keyClick(rows[2], Qt.Key.Key_Return)
    assert heard.args == [PROMPTS[2]], "whole, though it is shown cut"
    assert rows[2].text().endswith("…")


def test_examples_go_when_a_picture_comes_and_return_when_it_goes(canvas):
    canvas.set_examples(PROMPTS)
    examples = canvas.findChild(QWidget, "examples")
    canvas.show_pixels(plain(RED))
    assert not examples.isVisible()
    canvas.show_pixels(None)
    assert examples.isVisible()


def test_examples_lie_within_even_a_small_canvas(canvas):
    canvas.set_examples(PROMPTS)
    canvas.resize(260, 400)
    QApplication.processEvents()
    examples = canvas.findChild(QWidget, "examples")
    assert canvas.rect().contains(examples.geometry())


def test_what_is_going_on_is_written_on_the_canvas(canvas):
    before = canvas.grab().toImage()
    canvas.set_busy_text("Loading the starter model …")
    assert canvas.grab().toImage() != before
    canvas.set_busy_text("")
    assert canvas.grab().toImage() == before


# ------------------------------------------------------------- pixels, viewport


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_pixels_become_an_image_unchanged(width: int, height: int, seed: int):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    image = to_image(pixels)
    back = [[image.pixelColor(x, y).getRgb()[:3] for x in range(width)] for y in range(height)]
    assert np.array_equal(np.array(back, np.uint8), pixels)


@pytest.mark.parametrize("size", [QSize(5, 7), QSize(300, 200), QSize(1200, 1100)], ids=repr)
def test_resampling_keeps_a_plain_colour_plain_and_asks_for_no_writing(size: QSize):
    pixels = plain(RED, 32, 32)
    pixels.setflags(write=False)
    image = resampled(to_image(pixels), pixels, size)
    assert image.size() == size
    for x, y in (
        (0, 0),
        (size.width() // 2, size.height() // 2),
        (size.width() - 1, size.height() - 1),
    ):
        assert image.pixelColor(x, y).getRgb()[:3] == RED


@given(
    st.lists(st.tuples(st.floats(0.05, 20), st.floats(0, 600), st.floats(0, 400)), max_size=12),
    st.floats(-5000, 5000),
    st.floats(-5000, 5000),
)
def test_however_it_is_zoomed_and_dragged_a_part_of_the_picture_stays_in_sight(zooms, dx, dy):
    area = QRectF(20, 20, 600, 400)
    viewport = Viewport()
    viewport.set_area(area)
    viewport.set_natural(512, 768)
    for factor, x, y in zooms:
        viewport.zoom_by(factor, QPointF(x, y))
        viewport.pan(QPointF(dx, dy))
    assert area.intersects(viewport.rect())
