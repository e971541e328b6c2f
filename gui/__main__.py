"""The `etascope` command: the window, or with a sub-command the terminal."""

import os
import sys


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
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    # Some of Qt's platforms need no display server: offscreen, eglfs, vnc, ...
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb")
    return not platform.startswith(("xcb", "wayland"))


if __name__ == "__main__":
    sys.exit(main())
