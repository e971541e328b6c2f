"""The `etascope` command: the window, or with a sub-command the terminal."""

import ctypes
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

_HERE = ("", "unix", "localhost", "127.0.0.1", "[::1]")
_PATIENCE = 0.05
"""Seconds for a compositor to take a connection; its socket is on this machine."""


def main(argv: list[str] | None = None) -> int:
    """Run the program; return its exit status."""
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # while the program was still being imported
        return 130


def _run(arguments: list[str]) -> int:
    if arguments:
        from engine import cli

        return cli.main(arguments)
    if not has_display():
        from engine import cli

        return cli.without_display()
    from gui import app

    return app.main()


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
