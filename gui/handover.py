"""One window for each home: a second one hands over to the first what it was given, and ends.

They talk through a local socket of the operating system that only this user may connect to; no
network is involved. A lock says who is first: the system takes it from a window that is killed.
"""

import hashlib
import json
import os
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from PySide6.QtCore import QDir, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "window.lock"
PATIENCE = 900
"""Milliseconds that a second window gives the first one, which is listening, to answer."""

LONGEST_CHANGE = 8.0
"""Seconds in which a window that is being started comes to listen, and one that closes is gone."""

_LONGEST = 65_536
_AGREED = b"ok\n"
_PAUSE = 0.05
_ACTIVATION = "XDG_ACTIVATION_TOKEN"
"""By this Wayland lets a window come to the front that was not clicked on."""


class Handover(QObject):
    """The door between windows of one home, whose data is in `folder`.

    `asked` carries the path of a picture to be opened, "" for none, from a window that has ended;
    whoever hears it also comes to the front.
    """

    asked = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._lock = FileLock(folder / LOCK)
        self._server: QLocalServer | None = None
        self._visitors: dict[QLocalSocket, bytes] = {}

    def is_first(self) -> bool:
        """Take the lock; where there can be none every window is on its own, and first."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError:
            return True
        return True

    def enter(self, picture: Path | None) -> int | None:
        """Return None if this is the first window; else hand over, and return the exit status.

        One that is only just being started or closed is waited for.
        """
        until = time.monotonic() + LONGEST_CHANGE
        while not self.is_first():
            heard = self._call(picture)
            if heard:
                return 0
            if heard is False or time.monotonic() > until:
                sys.stderr.write(
                    "etascope: another window is open, but does not answer. "
                    "Use that one, or close it and try again.\n"
                )
                return 1
            time.sleep(_PAUSE)
        return None

    def _call(self, picture: Path | None) -> bool | None:
        """Ask the first window to come to the front; tell if it will, None if nobody is there."""
        try:
            from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - see `listen`
        except ImportError:
            return False
        wish = {
            "open": "" if picture is None else str(picture.absolute()),
            "activation": os.environ.get(_ACTIVATION, ""),
        }
        name, socket = socket_name(self._folder), QLocalSocket()
        if not _is_mine(name):
            return None
        socket.connectToServer(name)
        if not socket.waitForConnected(PATIENCE):
            return None
        socket.write(json.dumps(wish).encode() + b"\n")
        return bool(socket.waitForReadyRead(PATIENCE))

    def listen(self) -> None:
        """Let other windows in from now on."""
        try:
            # Its library is not on every system, and everything else works without.
            from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415
        except ImportError:
            return
        if not self._lock.is_locked:
            return
        name = socket_name(self._folder)
        QLocalServer.removeServer(name)  # of one that was killed; this one has the lock
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._meet)
        if server.listen(name):
            self._server = server

    @Slot()
    def shut(self) -> None:
        """Let nobody in any more: this window is closing."""
        visitors, self._visitors = self._visitors, {}
        for socket in visitors:
            socket.abort()
        if self._server is not None:
            self._server.close()

    def close(self) -> None:
        """Let another window be the first."""
        self.shut()
        self._lock.release()

    @Slot()
    def _meet(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._visitors[socket] = b""
            socket.readyRead.connect(partial(self._hear, socket))
            socket.disconnected.connect(partial(self._leave, socket))
            self._hear(socket)

    def _hear(self, socket: "QLocalSocket") -> None:
        """Take what has come, until it is a line; whatever else comes is not listened to."""
        if socket not in self._visitors:
            return
        self._visitors[socket] += bytes(socket.readAll().data())
        line, end, _ = self._visitors[socket].partition(b"\n")
        if not end and len(line) <= _LONGEST:
            return
        wish = _understood(line)
        if wish is not None:
            socket.write(_AGREED)
            socket.flush()
        self._leave(socket)
        if wish is not None:
            self.asked.emit(wish)

    def _leave(self, socket: "QLocalSocket") -> None:
        """Say good-bye; the socket itself goes with the server, whose child it is."""
        if self._visitors.pop(socket, None) is not None:
            socket.disconnectFromServer()


def socket_name(folder: Path) -> str:
    """Return what a home's socket is called: short, and another one for each home and user."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    told = f"{user} {os.path.realpath(folder)}".encode(errors="surrogateescape")
    name = f"etascope-{hashlib.sha256(told).hexdigest()[:20]}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return f"{runtime}/{name}" if runtime and len(runtime) < 70 and Path(runtime).is_dir() else name


def _is_mine(name: str) -> bool:
    """Whether the socket was made by this user; in a folder for all it may be anybody's."""
    if not hasattr(os, "getuid"):
        return True  # Windows' pipes say themselves who may connect
    path = Path(name) if name.startswith("/") else Path(QDir.tempPath(), name)
    with suppress(OSError):
        return path.stat().st_uid == os.getuid()
    return False


def _understood(line: bytes) -> str | None:
    """Return the picture that is to be opened, "" for none; None if it is no wish of ours."""
    try:
        wish = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(wish, dict) or not isinstance(wish.get("open"), str):
        return None
    activation = wish.get("activation")
    if isinstance(activation, str) and activation and "\0" not in activation:
        os.environ[_ACTIVATION] = activation
    return str(wish["open"])
