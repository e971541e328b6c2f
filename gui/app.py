"""Start: makes everything, connects it, and sees to a clean end."""

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication

from engine.errors import BadSetting, KnownError, Problem
from engine.events import Paused, Recovered
from engine.gallery.store import gallery_folder
from engine.paths import DEFAULT_GALLERY, Paths, current_paths
from gui import theme
from gui.bridge import Bridge, real_engine
from gui.bugs import Bugs
from gui.crashes import CrashReport
from gui.errands import Errand
from gui.gallery_model import NewestPictures
from gui.handover import Handover
from gui.language import speak
from gui.log import log_to
from gui.presets import Kept, read_kept, write_kept
from gui.session import Session
from gui.settings import Settings, read_settings, write_settings
from gui.window import NAME, Window

MODEL = "starter"
PAUSE = 800
"""Milliseconds without a change after which what has been changed is written down."""

LONGEST_WRITE = 1000
"""Milliseconds that the settings may take to be written at the end."""

LONGEST_ERRAND = 1.0
"""Seconds that what the user has asked for, exports and the like, has to end cleanly."""

_log = logging.getLogger(__name__)


def main(door: Handover, picture: Path | None = None) -> int:
    """Open the window, and a picture in it; return the exit status once it is closed.

    Through the `door` other windows of this home hand over what they were given.
    """
    # At the usual 5 ms the engine's Python would make the window wait long enough to be felt.
    sys.setswitchinterval(0.001)
    app = make_app()
    paths = current_paths()
    log_to(paths.logs)
    report = CrashReport(paths.logs)
    left = report.begin()
    try:
        status = run(app, paths, left, partial(open_door, door, picture))
    except Exception as error:
        report.note(error)
        raise
    report.end()
    door.close()
    return status


def run(
    app: QApplication, paths: Paths, left: Problem | None, shown: Callable[[Window], None]
) -> int:
    """Show the window until it is closed; `left` is what a crash of the last time has left.

    `shown` is called once the window is on the screen.
    """
    settings = read_settings(paths.config)
    speak(app, settings.language)
    theme.prepare(app, settings.theme)
    engine = partial(real_engine, kept=round(settings.trajectory_gigabytes * 10**9))
    session = Session(Bridge(engine), NewestPictures(chosen_gallery(settings)))
    window = Window(session, settings)
    theme.apply(app, settings.theme)
    window.painted.connect(gc.enable)  # before the engine's thread, which has its own way with it
    bugs = Bugs()
    bugs.found.connect(window.messages.report)
    bugs.listen()
    # A model that may have been what crashed is not loaded again unasked.
    writer = connect(window, session, paths, MODEL if left else settings.draft.model)
    waker = end_on_ctrl_c(window)
    if left is not None or settings.paused:
        hold_back(session)
    if left is not None:
        window.painted.connect(partial(window.messages.report, left))
    window.painted.connect(partial(shown, window))
    window.open()
    status = app.exec()
    waker.stop()
    return end(session, writer, status)


def hold_back(session: Session) -> None:
    """Have what was cut off wait, paused: it was before, or it may be what crashed."""
    cut_off: list[Recovered] = []

    def look(_: Paused) -> None:
        session.bridge.paused.disconnect(look)
        if not cut_off:
            session.resume()

    session.bridge.recovered.connect(cut_off.append)
    session.bridge.paused.connect(look)
    session.pause()


def open_door(door: Handover, picture: Path | None, window: Window) -> None:
    """Show the picture that was asked for, and from now on what other windows hand over."""

    def show(path: str) -> None:
        come_to_front(window)
        if path:
            window.create_view.take_dropped(Path(path))

    if picture is not None:
        window.create_view.take_dropped(picture)
    door.asked.connect(show)
    window.closing.connect(door.shut)
    door.listen()


def come_to_front(window: Window) -> None:
    """Show the window before all others, as far as the desktop lets it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)


def chosen_gallery(settings: Settings) -> Path:
    """Return where new pictures go; the usual place if the settings name none that can be."""
    try:
        return gallery_folder(settings.gallery)
    except BadSetting:
        return gallery_folder(DEFAULT_GALLERY)


def make_app() -> QApplication:
    """Return the application, named."""
    QApplication.setApplicationName(NAME)
    QApplication.setApplicationDisplayName(NAME)
    QApplication.setDesktopFileName("etascope")
    app = QApplication(sys.argv[:1])
    app.setWindowIcon(theme.mark())
    return app


def connect(window: Window, session: Session, paths: Paths, model: str = MODEL) -> QThreadPool:
    """Start the engine once the window is on the screen; keep the settings as they are changed.

    It begins with `model`. Returns the thread that writes the settings.
    """
    session.model = model  # also of a window that is closed before it is on the screen
    # Not before: importing torch takes seconds, and the window should not wait for it.
    window.painted.connect(partial(session.begin, model))
    window.painted.connect(session.pictures.begin)
    window.painted.connect(window.compare_view.begin)
    window.painted.connect(window.adjusting.mover.ask)
    # Only then: it may be minutes of reading, and the model is waited for.
    session.loaded.connect(window.gallery_view.begin)
    session.not_loaded.connect(window.gallery_view.begin)
    writer = QThreadPool(window)
    writer.setMaxThreadCount(1)

    pause, written = QTimer(window), _Written(window)
    pause.setSingleShot(True)
    pause.setInterval(PAUSE)

    def remember() -> None:
        pause.stop()
        writer.start(partial(_keep, window.settings(), paths, written))

    def say_goodbye() -> None:
        remember()
        writer.waitForDone(LONGEST_WRITE)

    def look_into_galleries() -> None:
        folder = gallery_folder(session.pictures.folder.name)
        if folder != session.pictures.folder:
            session.pictures.show_folder(folder)
            window.gallery_view.catalogue.look_elsewhere()

    menu = window.create_view.controls.menu
    menu.show_kept(read_kept(paths.config))
    menu.changed.connect(lambda kept: writer.start(partial(keep_prompts, kept, paths)))
    pause.timeout.connect(remember)
    written.done.connect(look_into_galleries)
    window.edited.connect(pause.start)
    window.create_view.generated.connect(remember)
    window.closing.connect(say_goodbye)
    return writer


class _Written(QObject):
    """Tells the window's thread that the settings are on the disk."""

    done = Signal()


def _keep(settings: Settings, paths: Paths, written: _Written) -> None:
    keep(settings, paths)
    with suppress(RuntimeError):  # the window is gone
        written.done.emit()


def keep(settings: Settings, paths: Paths) -> None:
    """Write the settings; a full disk must not keep anybody from making or closing anything."""
    try:
        write_settings(settings, paths.config)
    except KnownError as error:
        _log.warning("the settings were not kept: %s", error)


def keep_prompts(kept: Kept, paths: Paths) -> None:
    """Write the recent prompts and the presets."""
    try:
        write_kept(kept, paths.config)
    except KnownError as error:
        _log.warning("the presets were not kept: %s", error)


def end_on_ctrl_c(window: Window) -> QTimer:
    """Close the window on Ctrl-C in the terminal.

    Python looks at signals only when it runs, so a timer makes it run now and then.
    """
    signal.signal(signal.SIGINT, lambda *_: window.close())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(200)
    return timer


def end(session: Session, writer: QThreadPool, status: int) -> int:
    """Shut down; leave hard if the engine is stuck in a long model call, or a disk hangs.

    Python would crash or hang on its way out under a thread that is busy inside torch, and Qt
    waits for its own threads without end; what could be written is written, and pictures and
    settings appear on disk whole or not at all.
    """
    done = Errand.stop_all(LONGEST_ERRAND)
    ended = session.close() and done
    if not ended or not writer.waitForDone(0):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status
