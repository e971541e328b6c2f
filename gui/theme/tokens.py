"""The colours by name, dark and light, and Qt's palette of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours by what they are for, as #rrggbb.

    `edge` outlines what can be operated, 3:1 at least; `groove` is the rest of a bar or slider.
    """

    name: Literal["dark", "light"]
    canvas: str
    panel: str
    raised: str
    line: str
    groove: str
    edge: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    warning: str
    series_3: str
    series_4: str

    def color(self, token: str) -> QColor:
        """Return one token as Qt's colour."""
        return QColor(str(getattr(self, token)))

    def as_dict(self) -> Mapping[str, str]:
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


DARK = Tokens(
    name="dark",
    canvas="#111214",
    panel="#191b1e",
    raised="#23262a",
    line="#2d3136",
    groove="#3b4046",
    edge="#646b74",
    text="#e9ebee",
    secondary="#979da6",
    accent="#3ddc97",
    on_accent="#06281a",
    warning="#f2b34a",
    series_3="#5aa9ff",
    series_4="#d48cff",
)
LIGHT = Tokens(
    name="light",
    canvas="#e9eaec",
    panel="#f7f7f8",
    raised="#ffffff",
    line="#d6d9dd",
    groove="#c6cad0",
    edge="#80868d",
    text="#17191c",
    secondary="#5d646d",
    accent="#0b7d52",
    on_accent="#ffffff",
    warning="#8a5a00",
    series_3="#1f6fc4",
    series_4="#8f45c4",
)


def palette(tokens: Tokens) -> QPalette:
    """Return Qt's palette of `tokens`, for what the stylesheet does not reach."""
    roles = {
        QPalette.ColorRole.Window: tokens.panel,
        QPalette.ColorRole.Base: tokens.raised,
        QPalette.ColorRole.AlternateBase: tokens.panel,
        QPalette.ColorRole.Button: tokens.raised,
        QPalette.ColorRole.ToolTipBase: tokens.raised,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.PlaceholderText: tokens.secondary,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.BrightText: tokens.warning,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.line,
        QPalette.ColorRole.Light: tokens.raised,
        QPalette.ColorRole.Midlight: tokens.raised,
        QPalette.ColorRole.Shadow: tokens.canvas,
    }
    result = QPalette()
    for role, value in roles.items():
        result.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.secondary))
    return result
