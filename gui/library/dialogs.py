"""What is asked before the network is used for the first time; and for a token."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.widgets import Hint
from gui.widgets.described import described, named
from gui.words import tr

_WIDTH = 460


class NetworkDialog(QDialog):
    """Explains what goes where, once; `accepted` if the user wants it."""

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network_dialog")
        self.setWindowTitle(tr("Network – Etascope"))
        question = QLabel(tr("May Etascope use the network now?"))
        what_for = QLabel(what)
        what_for.setWordWrap(True)
        why = Hint(
            tr(
                "It asks huggingface.co, and gets from there what you choose, each time only when "
                "you press a button for it. Nothing of yours is sent. You are asked this once."
            )
        )
        buttons = QDialogButtonBox()
        yes = buttons.addButton(tr("Go ahead"), QDialogButtonBox.ButtonRole.AcceptRole)
        no = buttons.addButton(tr("Not now"), QDialogButtonBox.ButtonRole.RejectRole)
        for button, name, tip in (
            (yes, "network_yes", tr("Use the network for this.")),
            (no, "network_no", tr("Stay offline.")),
        ):
            described(named(button, name), button.text(), tip)
        _lay_out(self, question, what_for, why, buttons)


class TokenDialog(QDialog):
    """Asks for the token; it is shown as dots, and kept in the system's keyring alone."""

    given = Signal(str)

    def __init__(self, repository: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("token_dialog")
        self.setWindowTitle(tr("Token – Etascope"))
        question = QLabel(
            tr("{repository} is only for those whom the Hub knows.", repository=repository)
        )
        question.setWordWrap(True)
        why = Hint(
            tr(
                "Agree to its licence on its page at huggingface.co, make a token that may read "
                "under Settings, Access Tokens, and paste it here. It is kept in this system's "
                "keyring and sent to nobody else."
            )
        )
        self.field = named(QLineEdit(), "token_field")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        described(self.field, tr("Token"), tr("Begins with hf_."))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = named(QPushButton(tr("Keep it and try again")), "token_keep")
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.accepted.connect(lambda: self.given.emit(self.field.text().strip()))
        _lay_out(self, question, why, self.field, buttons)


def _lay_out(dialog: QDialog, *widgets: QWidget) -> None:
    buttons = widgets[-1]
    if isinstance(buttons, QDialogButtonBox):
        buttons.accepted.connect(dialog.accept)
        buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
    column.setSpacing(theme.MEDIUM)
    for widget in widgets:
        column.addWidget(widget)
    dialog.setMinimumWidth(_WIDTH)
