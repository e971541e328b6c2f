"""Downloads: one at a time, others behind it; paused, gone on with, cancelled."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from engine.errors import KnownError, Problem, problem_of
from engine.hub.begun import Begun
from engine.hub.child import is_last
from engine.hub.names import Wanted
from engine.hub.talk import (
    Checking,
    Done,
    Found,
    Get,
    KeepToken,
    Patience,
    Progress,
    Report,
    Resolved,
    Search,
    TokenKept,
    Trouble,
    Waiting,
    Wish,
)
from gui.library.hub_process import HubProcess

Phase = Literal["none", "asking", "coming", "waiting", "checking", "paused", "failed", "done"]
RUNNING: tuple[Phase, ...] = ("asking", "coming", "waiting", "checking")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is told of the download at hand.

    `label` is what it is called; `done` and `total` are bytes, `speed` bytes a second, `left`
    seconds (-1: not known). `reason` says why it waits, `problem` why it has failed, and
    `token` whether a token would help. `model` is its id once it is there, "" of a vocabulary;
    `behind` are others.
    """

    phase: Phase = "none"
    label: str = ""
    wanted: Wanted | None = None
    done: int = 0
    total: int = 0
    speed: float = 0.0
    left: float = -1.0
    reason: str = ""
    problem: Problem | None = None
    token: bool = False
    model: str = ""
    behind: int = 0

    @property
    def running(self) -> bool:
        """Whether its process runs."""
        return self.phase in RUNNING


class Downloads(QObject):
    """Owns the process; nothing here waits for the network or the disk.

    `changed` carries a State. `got` carries the id of a model that has come, or "" for a
    vocabulary, `forgotten` what is
    to be removed from the disk, `found` the hits of a search or the Trouble with it, `kept`
    where a token is kept or the Trouble with it.
    """

    changed = Signal(State)
    got = Signal(str)
    forgotten = Signal(Wanted)
    found = Signal(object)
    kept = Signal(object)

    def __init__(self, parent: QObject | None = None, patience: Patience | None = None) -> None:
        super().__init__(parent)
        self._patience = patience or Patience()
        self._state = State()
        self._process: HubProcess | None = None
        self._asked: HubProcess | None = None
        self._is_token = False
        self._behind: deque[tuple[Wanted, str]] = deque()

    @property
    def state(self) -> State:
        """What is told now."""
        return self._state

    def get(self, wanted: Wanted, label: str) -> None:
        """Get a model now, or after those that are being got."""
        named = (wanted, label)
        if self._state.running or self._state.phase == "paused":
            if wanted != self._state.wanted and named not in self._behind:
                self._behind.append(named)
            self._set(replace(self._state, behind=len(self._behind)))
        else:
            self._begin(wanted, label)

    def offer(self, begun: Sequence[Begun]) -> None:
        """Offer to go on with what an earlier session has begun; nothing is asked for yet."""
        if self._state.phase != "none" or not begun:
            return
        first = begun[0]
        record = first.record
        self._set(
            State(
                phase="paused",
                label=record.label,
                wanted=record.wanted,
                done=first.done,
                total=record.total,
            )
        )

    @Slot()
    def pause(self) -> None:
        """Break off; what has arrived stays."""
        if self._state.running:
            self._stop()
            self._set(replace(self._state, phase="paused", reason="", speed=0.0, left=-1.0))

    @Slot()
    def resume(self) -> None:
        """Go on where it was."""
        state = self._state
        if state.phase in {"paused", "failed"} and state.wanted is not None:
            self._begin(state.wanted, state.label, done=state.done, total=state.total)

    @Slot()
    def cancel(self) -> None:
        """Break off and have what has arrived removed; one that has ended is only told no more."""
        state = self._state
        self._stop()
        if state.wanted is not None and state.phase != "done":
            self.forgotten.emit(state.wanted)
        self._next()

    def search(self, words: str) -> None:
        """Look for repositories; `found` follows."""
        self._ask(Search(words, patience=self._patience))

    def keep_token(self, token: str) -> None:
        """Have a token kept in the keyring, or forgotten; `kept` follows."""
        self._ask(KeepToken(token))

    @Slot()
    def close(self) -> None:
        """End all processes, also those that have said their last word."""
        self._behind.clear()
        self._process = self._asked = None
        for process in self.findChildren(HubProcess):
            process.stop()

    def _begin(self, wanted: Wanted, label: str, *, done: int = 0, total: int = 0) -> None:
        behind = len(self._behind)
        self._set(
            State(phase="asking", label=label, wanted=wanted, done=done, total=total, behind=behind)
        )
        wish = Get(wanted.repository, wanted.revision, wanted.file, self._patience)
        try:
            self._process = HubProcess(wish, self)
        except KnownError as error:
            self._set(replace(self._state, phase="failed", problem=problem_of(error)))
            return
        self._process.reported.connect(self._hear)

    def _ask(self, wish: Wish) -> None:
        """Ask something short, instead of what was asked before."""
        if self._asked is not None:
            self._asked.stop()
            self._asked = None
        try:
            self._asked = HubProcess(wish, self)
        except KnownError as error:
            told = Trouble(error.message, error.advice)
            (self.kept if isinstance(wish, KeepToken) else self.found).emit(told)
            return
        self._asked.reported.connect(self._answer)
        self._is_token = isinstance(wish, KeepToken)

    @Slot(object)
    def _answer(self, report: Report) -> None:
        if is_last(report):
            self._asked = None
        match report:
            case Found():
                self.found.emit(report)
            case TokenKept():
                self.kept.emit(report)
            case Trouble():
                (self.kept if self._is_token else self.found).emit(report)

    @Slot(object)
    def _hear(self, report: Report) -> None:
        state = self._state
        match report:
            case Resolved(_, commit, _, total, have, _) if state.wanted is not None:
                # From here on this very commit is wanted, also after a pause.
                wanted = replace(state.wanted, revision=commit)
                self._set(replace(state, phase="coming", wanted=wanted, done=have, total=total))
            case Progress(done, total, speed, left):
                came = replace(state, phase="coming", reason="")
                self._set(replace(came, done=done, total=total, speed=speed, left=left))
            case Waiting(reason, _):
                self._set(replace(state, phase="waiting", reason=reason, speed=0.0, left=-1.0))
            case Checking() if state.phase != "checking":
                self._set(replace(state, phase="checking", left=-1.0))
            case Trouble():
                self._fail(report)
            case Done(model, label):
                self._process = None
                label = label if model else state.label
                self._set(replace(state, phase="done", label=label, model=model))
                self.got.emit(model)
                if self._behind:
                    self._next()

    def _fail(self, trouble: Trouble) -> None:
        self._process = None
        token = trouble.kind == "token"
        self._set(replace(self._state, phase="failed", problem=trouble.problem, token=token))

    def _next(self) -> None:
        if self._behind:
            self._begin(*self._behind.popleft())
        else:
            self._set(State())

    def _stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def _set(self, state: State) -> None:
        self._state = state
        self.changed.emit(state)
