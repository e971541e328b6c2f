"""The download's bar at the bottom, which stays whichever view is open."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import theme
from gui.library.card import size_of
from gui.library.downloads import Downloads, State
from gui.retelling import retold
from gui.widgets import Hairline, IconButton, Surface, ThinProgress
from gui.widgets.described import described, named
from gui.widgets.elided import Elided
from gui.words import marked, tr

_FINE = 1000
_BAR, _NARROWEST_BAR = 220, 60
_WORDS = 5
"""The words have so many times the room of the bar."""
_MINUTE, _HOUR = 60, 3600
_PLAIN = {
    "asking": marked("asking the Hub…"),
    "checking": marked("checking what has arrived…"),
    "done": marked("verified, and on the list"),
}


class DownloadBar(Surface):
    """Shows a State; hidden while there is nothing to tell. Others do what asks the network."""

    def __init__(self, downloads: Downloads, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setObjectName("download_bar")
        self._downloads = downloads
        self.bar = named(ThinProgress(), "download_progress")
        self.bar.setAccessibleName(tr("Progress of the download"))
        self.bar.setRange(0, _FINE)
        self.bar.setMinimumWidth(_NARROWEST_BAR)
        self.bar.setMaximumWidth(_BAR)
        self.words = Elided("download_words")
        self.pause = _button("download_pause", tr("Pause"), tr("What has arrived is kept."))
        self.resume = _button("download_resume", tr("Go on"), tr("Go on where it was."))
        self.token = _button("download_token", tr("Token…"), tr("Give your token for the Hub."))
        self.use = _button("download_use", tr("Use it"), tr("Make pictures with this model."))
        self.cancel = IconButton("download_cancel", "close", tr("Cancel"), "")
        self._lay_out()
        self.pause.clicked.connect(downloads.pause)
        self.cancel.clicked.connect(downloads.cancel)
        downloads.changed.connect(self.show_state)
        self.show_state(downloads.state)

    def show_state(self, state: State) -> None:
        """Show how far it is, and what can be done."""
        self.setVisible(state.phase != "none")
        share = state.done / state.total if state.total else 0.0
        self.bar.setValue(_FINE if state.phase == "done" else round(_FINE * share))
        advice = retold(state.problem.advice) if state.problem else ""
        self.words.say(sentence(state), advice)
        self.pause.setVisible(state.running)
        self.resume.setVisible(state.phase in {"paused", "failed"})
        self.resume.setText(tr("Try again") if state.phase == "failed" else tr("Go on"))
        self.token.setVisible(state.phase == "failed" and state.token)
        self.use.setVisible(state.phase == "done" and bool(state.model))
        over = state.phase == "done"
        tip = tr("Close this line.") if over else tr("Cancel, and remove what has arrived.")
        described(self.cancel, tr("Close") if over else tr("Cancel"), tip)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        column.addLayout(row)
        row.setContentsMargins(theme.LARGE, theme.TINY, theme.LARGE, theme.TINY)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.bar, 1)
        row.addWidget(self.words, _WORDS)
        for button in (self.token, self.use, self.resume, self.pause, self.cancel):
            row.addWidget(button)


def _button(name: str, words: str, tip: str) -> QPushButton:
    button = described(named(QPushButton(words), name), words, tip)
    button.setProperty("kind", "quiet")
    button.setAutoDefault(False)
    return button


def sentence(state: State) -> str:
    """Return what is said of a download."""
    words = f"{state.label}: {_what(state)}" if state.label else ""
    if state.behind:
        words += "  ·  " + tr("%n more after it", n=state.behind)
    return words


def _what(state: State) -> str:
    if state.phase == "done" and not state.model:
        return tr("verified, and found from now on")
    if state.phase in _PLAIN:
        return tr(_PLAIN[state.phase])
    if state.phase == "waiting":
        return tr("{reason} Trying again…", reason=retold(state.reason))
    if state.phase == "paused":
        done, total = size_of(state.done), size_of(state.total)
        return tr("{done} of {total} are here", done=done, total=total)
    if state.problem is not None:
        return retold(state.problem.message)
    return _coming(state)


def _coming(state: State) -> str:
    parts = [tr("{done} of {total}", done=size_of(state.done), total=size_of(state.total))]
    if state.left >= 0:
        parts.append(_left(state.left))
    if state.speed > 0:
        parts.append(tr("{size} a second", size=size_of(state.speed)))
    return "  ·  ".join(parts)


def _left(seconds: float) -> str:
    if seconds < _MINUTE:
        return tr("less than a minute left")
    if seconds < _HOUR:
        return tr("%n minute(s) left", n=round(seconds / _MINUTE))
    return tr("%n hour(s) left", n=round(seconds / _HOUR))
