"""What the window says, in the language chosen: every text a person reads passes through here."""

import html

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import Qt

CONTEXT = "Etascope"


def tr(text: str, n: int | None = None, **values: object) -> str:
    """Return `text` in the language of the window, `values` put where it says {name}.

    `text` is written out where `tr` is called, so that the texts to translate can be collected.
    "%n" stands for the count `n`, by which a language chooses between singular and plural.
    """
    said = QCoreApplication.translate(CONTEXT, text, None, -1 if n is None else n)
    return said.format(**values) if values else said


def plain(text: str) -> str:
    """Return a text for a tooltip that says it as it is, also where Qt would take it for HTML."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<p style='white-space: pre-wrap'>{html.escape(text)}</p>"


def marked(text: str) -> str:
    """Return `text` as it is: a constant to be collected here and given to `tr` where it shows."""
    return text
