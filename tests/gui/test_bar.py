"""A row of three parts, over as few lines as there is room for."""

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.widgets import ChipGroup
from gui.widgets.bar import Bar, centred, together


@pytest.fixture
def bar(qtbot, qapp):
    parts = [together(4, QPushButton(text)) for text in ("to the left", "right")]
    chips = ChipGroup("way", [(text, text) for text in ("one", "all", "wipe", "blink")], wraps=True)
    host = QWidget()
    made = Bar(parts[0], centred(chips), parts[1], 8)
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    column.addStretch()
    qtbot.addWidget(host)
    host.resize(900, 300)
    host.show()
    yield made
    host.close()


def lines(bar):
    return len(
        {
            bar.mapFromGlobal(part.mapToGlobal(part.rect().center())).y() // 8
            for part in bar.findChildren(QPushButton)
        }
    )


def test_nothing_is_cut_however_narrow_it_is(bar, qapp):
    seen = set()
    least = bar.minimumSizeHint().width()
    for width in range(900, least, -40):
        bar.window().resize(width, 300)
        qapp.processEvents()
        for part in bar.findChildren(QPushButton):
            assert part.width() >= part.minimumSizeHint().width()
            corner = part.mapTo(bar, part.rect().bottomRight())
            assert bar.rect().contains(corner)
        seen.add(bar._lines)
    assert seen == {1, 2, 3}


def test_with_room_all_is_on_one_line(bar, qapp):
    bar.window().resize(900, 300)
    qapp.processEvents()
    assert lines(bar) == 1


def test_what_is_hidden_takes_no_room(bar, qapp):
    left, middle, _ = bar._parts
    bar.window().resize(left.sizeHint().width() + middle.sizeHint().width() + 20, 300)
    qapp.processEvents()
    assert bar._lines > 1
    bar._parts[2].hide()
    bar.arrange()
    assert bar._lines == 1
