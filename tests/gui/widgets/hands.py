"""Some widgets, and hands on them, for their tests."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets import (
    NumberRow,
)

SHAPES = [("1:1", "1:1"), ("3:2", "3:2"), ("2:3", "2:3"), ("16:9", "16:9")]

VIEWS = [("create", "Create"), ("compare", "Compare"), ("gallery", "Gallery")]

REASON = "PLMS is deterministic and adds no noise."


def steps_row() -> NumberRow:
    row = NumberRow("Steps", "steps", lowest=1, highest=1000, step=1, decimals=0)
    row.set_value(20)
    return row


def field(widget: QWidget, name: str) -> QLineEdit:
    found = widget.findChild(QLineEdit, name)
    assert found is not None
    return found


def type_over(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
