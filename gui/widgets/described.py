"""Names and tooltips for controls, so that none is left without."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QWidget

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def named(widget: AnyWidget, name: str) -> AnyWidget:
    """Give `widget` its object name, by which tests and stylesheets find it."""
    widget.setObjectName(name)
    return widget


def label_of(text: str, field: QWidget) -> QLabel:
    """Return a label that gives the keyboard to its field."""
    label = QLabel(text)
    label.setBuddy(field)
    return label


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have screen readers say what has come up while the keys are elsewhere."""
    if words:
        event = QAccessibleAnnouncementEvent(widget, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)


def described(widget: AnyWidget, name: str, tip: str) -> AnyWidget:
    """Give `widget` its accessible name and tooltip, and those of its parts that lack them."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip)
    widget.setAccessibleDescription(tip)
    for part in widget.findChildren(QWidget):
        if part.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if not part.accessibleName():
            part.setAccessibleName(name)
        if not part.toolTip():
            part.setToolTip(tip)
    return widget
