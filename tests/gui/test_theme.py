"""The look: what can be read, what follows the system, what is drawn."""

from itertools import product
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QPalette, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from engine.paths import RESOURCES
from gui import theme
from gui.sampling_panel import SamplingPanel
from gui.theme import DARK, LIGHT, Tokens
from gui.widgets import ChipGroup, IconButton, SectionHead

BOTH = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
GROUNDS = ("canvas", "panel", "raised")
ICONS = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))
UNTINTED = {"arrow", "check-dark", "check-light"}


@pytest.fixture(autouse=True)
def dark_again(qapp: QApplication):
    font = qapp.font()
    theme.apply(qapp, "dark")
    yield
    qapp.setFont(font)
    theme.apply(qapp, "dark")


def luminance(hexadecimal: str) -> float:
    """WCAG 2.2, relative luminance."""
    shares = [int(hexadecimal[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    r, g, b = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_faint(tokens: Tokens, inks: tuple[str, ...], grounds: tuple[str, ...], least: float):
    colours = tokens.as_dict()
    ratios = {
        f"{ink} on {ground}": round(contrast(colours[ink], colours[ground]), 2)
        for ink, ground in product(inks, grounds)
    }
    return {pair: ratio for pair, ratio in ratios.items() if ratio < least}


@BOTH
def test_all_text_has_a_contrast_of_four_and_a_half_on_every_ground(tokens: Tokens):
    assert not too_faint(tokens, ("text", "secondary", "warning"), GROUNDS, 4.5)
    assert not too_faint(tokens, ("on_accent",), ("accent",), 4.5)


@BOTH
def test_what_can_be_operated_has_a_contrast_of_three_with_what_is_round_it(tokens: Tokens):
    assert not too_faint(tokens, ("edge", "accent", "text"), ("canvas", "panel"), 3.0)


@BOTH
def test_lines_of_a_plot_have_a_contrast_of_three(tokens: Tokens):
    series = ("accent", "warning", "series_3", "series_4")
    assert not too_faint(tokens, series, ("canvas", "panel"), 3.0)


@BOTH
def test_the_palette_and_the_stylesheet_leave_no_name_open(tokens: Tokens):
    assert "$" not in theme.stylesheet(tokens)
    assert theme.palette(tokens).color(QPalette.ColorRole.Window).name() == tokens.panel
    assert theme.palette(tokens).color(QPalette.ColorRole.Text).name() == tokens.text


def test_a_system_that_says_nothing_gets_the_dark_look(qapp: QApplication):
    assert qapp.styleHints().colorScheme() == Qt.ColorScheme.Unknown
    theme.apply(qapp, "system")
    assert theme.tokens() is DARK


def test_the_look_follows_the_system_while_the_program_runs(qapp, qtbot, monkeypatch):
    theme.apply(qapp, "system")
    monkeypatch.setattr(theme, "_system_is_light", lambda: True)
    with qtbot.waitSignal(theme.signals().changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens() is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.panel


def test_a_look_that_was_chosen_stays_whatever_the_system_says(qapp, monkeypatch):
    theme.apply(qapp, "dark")
    monkeypatch.setattr(theme, "_system_is_light", lambda: True)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens() is DARK


def ink(icon, side: int, mode=theme.QIcon.Mode.Normal) -> dict[str, int]:
    """Count the opaque pixels of an icon by colour."""
    image = icon.pixmap(QSize(side, side), 1.0, mode).toImage()
    found: dict[str, int] = {}
    for x, y in product(range(image.width()), range(image.height())):
        if image.pixelColor(x, y).alpha() > 250:
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def test_an_icon_that_is_already_on_a_button_changes_its_colour_with_the_look(qapp, qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    button.setIcon(theme.icon("play"))
    before = ink(button.icon(), 32)
    theme.apply(qapp, "light")
    after = ink(button.icon(), 32)
    assert max(before, key=before.get) == DARK.text
    assert max(after, key=after.get) == LIGHT.text


def test_another_look_leaves_the_type_of_what_is_there_as_it_is(qapp, qtbot):
    chips, head = ChipGroup("chips", [("a", "A"), ("b", "B")]), SectionHead("Head")
    for part in (chips, head):
        qtbot.addWidget(part)
        part.show()
    chips.set_value("b")
    larger = QFont(qapp.font())
    larger.setPixelSize(26)
    qapp.setFont(larger)
    QApplication.processEvents()
    for mode in ("light", "dark"):
        theme.apply(qapp, mode)
        QApplication.processEvents()
        weights = [chip.font().weight() for chip in chips._buttons.values()]
        assert weights == [QFont.Weight.Normal, QFont.Weight.DemiBold]
        assert QFontInfo(head.font()).pixelSize() == 22


def test_what_is_made_before_the_stylesheet_looks_like_what_is_made_after_it(qapp, qtbot):
    def taken(panel):
        qtbot.addWidget(panel)
        panel.resize(360, 420)
        panel.show()
        QApplication.processEvents()
        return panel.grab().toImage()

    after = taken(SamplingPanel())
    qapp.setStyleSheet("")
    theme.prepare(qapp, "dark")
    assert qapp.styleSheet() == ""
    panel = SamplingPanel()
    theme.apply(qapp, "dark")
    assert taken(panel) == after


def test_a_disabled_button_has_a_fainter_icon(qapp):
    faint = ink(theme.icon("play"), 32, theme.QIcon.Mode.Disabled)
    assert max(faint, key=faint.get) == DARK.edge


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_can_be_drawn_and_takes_the_theme_s_colour(qapp, name: str):
    svg = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert ET.fromstring(svg).attrib["viewBox"] == "0 0 16 16"
    assert ("currentColor" in svg) == (name not in UNTINTED)
    assert sum(ink(theme.icon(name), 64).values()) > 100


def test_the_mark_can_be_made_out_at_sixteen_pixels(qapp):
    image = theme.mark().pixmap(QSize(16, 16), 1.0).toImage()
    opaque = [[image.pixelColor(x, y).alpha() > 100 for x in range(16)] for y in range(16)]
    assert any(opaque[0]), "the circle's top"
    assert not opaque[0][0], "a corner outside of it"
    assert 10 < sum(map(sum, (row[3:13] for row in opaque[3:13]))) < 60, "a wave, not a blot"


def test_small_system_type_is_raised_to_thirteen_pixels_and_large_type_stays(qapp):
    for wished, given in ((11, 13), (13, 13), (26, 26)):
        font = QFont(qapp.font())
        font.setPixelSize(wished)
        qapp.setFont(font)
        theme.apply(qapp, "dark")
        assert QFontInfo(qapp.font()).pixelSize() == given


def test_an_open_menu_fills_the_entry_that_is_current(qapp, qtbot):
    menu = QComboBox()
    qtbot.addWidget(menu)
    menu.addItems(["DDIM", "DDPM"])
    menu.show()
    menu.showPopup()
    view = menu.view()
    image = view.viewport().grab().toImage()

    def colour(row: int) -> str:
        rect = view.visualRect(view.model().index(row, 0))
        return image.pixelColor(rect.right() - 8, rect.center().y()).name()

    assert colour(0) == DARK.accent
    assert colour(1) == DARK.raised
    menu.hidePopup()


def test_a_long_list_of_a_box_made_before_the_stylesheet_has_a_scroll_bar(qtbot, qapp):
    sheet = qapp.styleSheet()
    qapp.setStyleSheet("")  # as it is while the window is made
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems([str(number) for number in range(40)])
    box.setCurrentIndex(30)
    assert box.view().verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    theme.apply(qapp, "dark")
    assert qapp.styleSheet() == sheet
    box.show()
    box.showPopup()
    assert box.view().verticalScrollBar().isVisible()
    box.hidePopup()


def test_the_hat_over_a_letter_is_drawn_on_it_whether_chosen_or_not(qtbot):
    chips = ChipGroup("space", [("x0", "x\u0302\u2080"), ("xt", "x\u209c")])
    qtbot.addWidget(chips)
    for value in ("xt", "x0"):
        chips.set_value(value)
        button = chips.findChild(QPushButton, "space-x0")
        layout = QTextLayout(button.text(), button.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        heights = [at.y() for run in layout.glyphRuns() for at in run.positions()]
        assert min(heights) > max(heights) - line.height() / 2, "in sight"


def test_dialogs_have_no_icons_of_qts_own_on_their_buttons(qtbot, qapp):
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(buttons)
    buttons.show()
    assert buttons.button(QDialogButtonBox.StandardButton.Close).icon().isNull()


def test_the_focus_is_shown_once_by_the_border_alone(qtbot):
    host = QWidget()
    row = QHBoxLayout(host)
    first, button = QPushButton("First"), QPushButton("Queue")
    button.setProperty("kind", "quiet")
    for one in (first, button):
        row.addWidget(one)
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    first.setFocus()
    inside = button.rect().adjusted(4, 4, -4, -4)
    plain = button.grab(inside).toImage()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert button.hasFocus()
    assert button.grab(inside).toImage() == plain


def test_a_tool_that_is_on_looks_otherwise_than_one_that_is_off(qtbot):
    button = IconButton("forward", "forward", "The way there", "")
    button.setCheckable(True)
    qtbot.addWidget(button)
    button.show()
    off = button.grab().toImage()
    button.setChecked(True)
    assert button.grab().toImage() != off
