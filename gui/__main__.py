"""The `etascope` command: the window, or with a sub-command the terminal."""

import ctypes
import gc
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

_HERE = ("", "unix", "localhost", "127.0.0.1", "[::1]")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif")
_PATIENCE = 0.05
"""Seconds for a compositor to take a connection; its socket is on this machine."""


def main(argv: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # while the program was still being imported
        return 130


def _run(arguments: list[str]) -> int:
    picture = picture_of(arguments)
    if has_display() and (picture is not None or not arguments):
        return _open(picture)
    from engine import cli

    if picture is not None:
        return cli.main(["inspect", *arguments])
    return cli.main(arguments) if arguments else cli.without_display()


def picture_of(arguments: list[str]) -> Path | None:
    """Return the picture that is all that was asked for, as by a file manager; None if not."""
    if len(arguments) != 1 or not arguments[0].lower().endswith(PICTURES):
        return None
    path = Path(arguments[0])
    return path if os.path.isfile(path) else None  # noqa: PTH113 - unlike Path.is_file never raises


def _open(picture: Path | None) -> int:
    """Open the window, or have the one that is open already come to the front."""
    from engine.paths import current_paths
    from gui.handover import Handover

    door = Handover(current_paths().data)
    status = door.enter(picture)
    if status is not None:
        return status
    gc.disable()  # until the window is on the screen: much that is new, and nothing to collect
    try:
        from gui import app

        return app.main(door, picture)
    finally:
        gc.enable()


def has_display() -> bool:
    """Whether a window can be shown. Only Linux machines are commonly without a screen."""
    if not sys.platform.startswith("linux"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM") or "wayland;xcb"
    if not platform.startswith(("xcb", "wayland")):
        return True  # some of Qt's platforms need no display server: offscreen, eglfs, vnc, ...
    if "wayland" in platform and wayland_answers(os.environ.get("WAYLAND_DISPLAY", "")):
        return True
    return "xcb" in platform and x11_answers(os.environ.get("DISPLAY", ""))


def x11_answers(display: str) -> bool:
    """Whether an X server can be reached; Qt would abort where a terminal's DISPLAY is stale.

    One on another machine is believed to be there: asking it could take long.
    """
    if not display:
        return False
    if display.rpartition(":")[0] not in _HERE:
        return True
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(display), None))
        broken = xcb.xcb_connection_has_error(connection)
        xcb.xcb_disconnect(connection)
    except (OSError, AttributeError, ValueError):
        return True  # nobody to ask
    return not broken


def wayland_answers(display: str) -> bool:
    """Whether a Wayland compositor listens at its socket."""
    if not display:
        return False
    with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(_PATIENCE)
        asked.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/"), display)))
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
