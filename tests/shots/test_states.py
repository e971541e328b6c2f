"""Takes docs/states/ and writes docs/states.md: the Create view in every state.

Each sheet has four windows: English above, Chinese below, dark left, light right. The engine is the
real one; only what goes wrong is told in its place.
"""

import pytest
from PySide6.QtGui import QFont, QFontInfo

from engine.draft import Draft
from engine.errors import OutOfMemory, Problem, problem_of
from engine.events import Failed
from gui import theme
from gui.language import speak
from gui.settings import Settings
from gui.window import Window
from tests.shots import sheets

PATIENCE = 240_000
SIZE, SMALL = (1120, 720), (1024, 680)
STATES = {
    "first-start": "First start: nothing made yet, three prompts to begin with",
    "running": "Running: the preview, the film of the steps, how long it will take",
    "paused": "Paused, with the queue open",
    "failed": "A picture failed; it stays in the queue to be tried again",
    "out-of-memory": "The device ran out of memory",
    "finished": "Finished: every step can be looked at again",
    "long-prompt": "A prompt of several chunks, with weights",
    "small-window": "A window of 1024 x 680",
    "large-type": "Type of twice the size in a window of 1024 x 680",
}
PAGE = """# The window in every state

Taken by `python3 launch.py test -m slow tests/shots/test_states.py` from the real window with
the real engine; only the two faults are told in the engine's place. Each sheet has four windows:
English above and Chinese below, dark on the left and light on the right.
"""

MODES = ("dark", "light")
PROMPTS = {
    "en": "a red sailing boat on the sea at sunset with clouds",
    "zh_CN": "日落时海上的一艘红色帆船，有云",
}
MORE = ["a white house in a meadow in spring", "a snowman on the left in falling snow",
        "a lighthouse on an island at night, neon"]  # fmt: skip
LONG = (
    "a (red sailing boat:1.3) on the sea at sunset, [fog] over the water, (((clouds))) and two "
    "(white gulls:1.15), a lighthouse on the left, warm light on the sails, a calm evening, "
    "watercolour on rough paper, the first stars over the horizon, long reflections in the waves, "
    "a small island with three pine trees, the moon behind thin clouds, soft colours, wide sky"
)
NOT_A_NUMBER = Problem(
    "The model answered not-a-number at step 7; nothing was kept.",
    "Try --dtype float32, or a lower guidance.",
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


class Studio:
    """One window after another on one session, and what has been taken of them by state."""

    def __init__(self, qtbot, qapp, session):
        self.qtbot, self.app, self.session = qtbot, qapp, session
        self.type = QFont("Inter")
        self.sheets = {}
        self.window = None

    def open(self, language):
        """Open a window in a language."""
        if self.window is not None:
            self.window.close()
        speak(self.app, language)
        self.dress("dark")
        self.window = Window(self.session, Settings())
        self.qtbot.addWidget(self.window)
        self.window.resize(*SIZE)
        self.window.open()
        if self.session.ready:
            self.window.top_bar.show_environment(self.session.environment)

    def dress(self, mode, scale=1):
        """Put on a theme, with type of a size."""
        self.type.setPixelSize(13 * scale)
        self.app.setFont(self.type)
        theme.apply(self.app, mode)
        assert QFontInfo(self.app.font()).pixelSize() == 13 * scale

    def shoot(self, state):
        """Take the window as it is."""
        self.qtbot.wait(400)
        self.sheets.setdefault(state, []).append(sheets.taken(self.window))

    def make(self, prompt, **settings):
        """Ask for pictures as the user does."""
        self.window.create_view.controls.show_draft(Draft(prompt=prompt, **settings))
        self.window.create_view.generate()

    def finish(self, prompt, **settings):
        with self.qtbot.waitSignal(self.session.saved, timeout=PATIENCE):
            self.make(prompt, steps=20, **settings)

    def until(self, condition):
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def fail(self, problem):
        """Have the running picture fail, as the engine would tell it."""
        self.session.bridge.failed.emit(Failed(self.session.jobs.first_running(), problem))

    def save(self, docs):
        sheets.save(docs, "states", PAGE, STATES, self.sheets)


def run_through(studio, language):
    """Take the states of a run, from its middle to its end."""
    session, window = studio.session, studio.window
    studio.make(PROMPTS[language], steps=40, seed=7, count=3, sampler="ddpm")
    studio.until(lambda: (at := session.jobs.progress()) is not None and at.step > 20)
    studio.shoot("running")
    window.footer.queue.click()
    session.pause()
    studio.shoot("paused")
    studio.fail(NOT_A_NUMBER)
    studio.shoot("failed")
    window.footer.queue.click()
    session.jobs.forget(set(session.jobs.failures()))
    session.resume()
    studio.until(lambda: session.jobs.progress() is not None)
    studio.fail(problem_of(OutOfMemory()))
    session.cancel_all()
    studio.shoot("out-of-memory")
    window.messages.hide()
    session.jobs.forget(set(session.jobs.failures()))


def test_every_state_in_both_themes_and_languages(qtbot, qapp, root, session):
    studio = Studio(qtbot, qapp, session)
    for language in PROMPTS:
        studio.open(language)
        if not session.ready:
            with qtbot.waitSignal(session.loaded, timeout=PATIENCE):
                session.begin("starter")
        for mode in MODES:
            studio.dress(mode)
            studio.shoot("first-start")
    for seed, prompt in enumerate(MORE):
        studio.finish(prompt, seed=seed)
    for language in PROMPTS:
        studio.open(language)
        for mode in MODES:
            studio.dress(mode)
            take_all(studio, language)
    assert all(len(shots) == len(PROMPTS) * len(MODES) for shots in studio.sheets.values())
    assert set(studio.sheets) == set(STATES)
    studio.save(root / "docs")
    speak(qapp, "en")


def take_all(studio, language):
    """Take every state of a window that has made pictures before."""
    window, mode = studio.window, theme.signals().mode
    studio.finish(PROMPTS[language], seed=7)
    studio.shoot("finished")
    window.resize(*SMALL)
    studio.shoot("small-window")
    studio.dress(mode, scale=2)
    window.resize(SMALL[0], SMALL[1] + 1)
    window.resize(*SMALL)
    studio.shoot("large-type")
    studio.dress(mode)
    window.resize(*SIZE)
    run_through(studio, language)
    window.create_view.controls.prompt.set_text(LONG)
    studio.shoot("long-prompt")
