"""The window speaks the language that was chosen, or the system's, and no other."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from engine.draft import Draft
from gui import app
from gui.language import NAMES, best, speak
from gui.settings import Settings, read_settings
from gui.settings_dialog import SettingsDialog
from gui.shortcuts import ShortcutsDialog
from gui.words import tr
from tests.gui.chinese import CHINESE, english, texts

PROMPT = "草地上的风车"


@pytest.fixture
def chinese(qapp):
    speak(qapp, "zh_CN")
    yield
    speak(qapp, "en")


@pytest.fixture
def chinese_window(chinese, window):
    """The window, made while Chinese is spoken."""
    return window


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        (["zh-Hans-CN", "zh-CN", "en-US"], "zh_CN"),
        (["zh-CN"], "zh_CN"),
        (["zh-SG"], "zh_CN"),
        (["zh"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW"], "en"),
        (["zh-HK", "en-GB"], "en"),
        (["en-GB", "zh-CN"], "en"),
        (["fr-FR", "zh-CN", "en"], "zh_CN"),
        (["fr-FR", "de-DE"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_is_spoken_here_is_taken(wanted, spoken):
    assert best(wanted) == spoken


def test_without_a_choice_it_is_the_systems(qapp, monkeypatch):
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["zh-Hans-CN"])
    speak(qapp, "system")
    assert tr("Settings") == "设置"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["en-US"])
    speak(qapp, "system")
    assert tr("Settings") == "Settings"


def test_one_language_follows_another_without_a_trace(qapp):
    for _ in range(3):
        speak(qapp, "zh_CN")
        assert tr("Generate") == "生成"
        speak(qapp, "en")
        assert tr("Generate") == "Generate"


def test_english_knows_one_from_many_and_chinese_need_not(qapp, chinese):
    assert [tr("%n step(s)", n=count) for count in (1, 20)] == ["1 步", "20 步"]
    speak(qapp, "en")
    said = [tr("%n step(s)", n=count) for count in (0, 1, 20)]
    assert said == ["0 steps", "1 step", "20 steps"]
    assert tr("{name}: %n picture(s)", n=1, name="Sea") == "Sea: 1 picture"


def test_qts_own_buttons_speak_it_too(qtbot, chinese):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(box)
    assert CHINESE.search(box.button(QDialogButtonBox.StandardButton.Close).text())


def test_a_language_is_chosen_in_the_settings_and_spoken_from_the_next_start_on(
    qtbot, window, home
):
    window._show_settings()
    dialog = window.findChild(SettingsDialog)
    box = dialog.language
    labels = [box.itemText(k) for k in range(box.count())]
    assert labels == ["As the system", *NAMES.values()]
    box.setCurrentIndex(box.findData("zh_CN"))
    box.activated.emit(box.currentIndex())
    assert window.settings().language == "zh_CN"
    app.keep(window.settings(), app.current_paths())
    assert read_settings(home / "config").language == "zh_CN"
    assert tr("Settings") == "Settings"
    dialog.reject()


def test_the_program_begins_in_the_language_that_was_kept(qapp, monkeypatch, home):
    def stop(*_):
        raise InterruptedError(tr("Settings"))

    app.keep(Settings(language="zh_CN"), app.current_paths())
    monkeypatch.setattr(app, "Session", stop)  # the first thing made, before any text is
    with pytest.raises(InterruptedError, match="设置"):
        app.run(qapp, app.current_paths(), None, print)


def test_no_word_of_the_create_view_stays_english(qtbot, chinese_window, session, engine):
    window = chinese_window
    controls = window.create_view.controls
    assert english(window) == []
    controls.show_draft(Draft(prompt=PROMPT, sampler="plms", count=2))
    with qtbot.waitSignals([session.saved, session.saved]):
        window.create_view.generate()
    engine.free = False
    window.create_view.generate()
    engine.tick(3)
    qtbot.waitUntil(lambda: session.jobs.progress() is not None)
    qtbot.waitUntil(lambda: session.jobs.progress().step == 3)
    session.pause()
    window.footer.queue.click()
    QApplication.processEvents()
    assert english(window, (PROMPT,)) == []


def test_no_word_of_a_comparison_stays_english(qtbot, chinese_window, engine):
    window = chinese_window
    window.open_view("compare")
    assert english(window) == []
    view = window.compare_view
    view.setup.prompt.set_text(PROMPT)
    view.setup.across.set_axis("eta", "0, 0.5")
    view.setup.down.set_axis("steps", "1, 4")
    view.compare()
    engine.tick(500)
    qtbot.waitUntil(lambda: all(cell.path for cell in view.comparison.cells))
    QApplication.processEvents()
    assert english(window, (PROMPT,)) == []


def test_no_word_of_the_gallery_stays_english(qtbot, chinese_window, session):
    window = chinese_window
    window.open_view("gallery")
    QApplication.processEvents()
    assert english(window) == []
    window.gallery_view.search.field.edit.setText("eta>many")
    QApplication.processEvents()
    assert english(window, ("eta>many", "many")) == []


@pytest.mark.parametrize("kind", [SettingsDialog, ShortcutsDialog])
def test_no_word_of_a_dialog_stays_english(qtbot, chinese_window, home, kind):
    window = chinese_window
    (window._show_settings if kind is SettingsDialog else window._show_shortcuts)()
    dialog = window.findChild(kind)
    qtbot.waitUntil(dialog.isVisible)
    assert english(dialog, (str(home),)) == []
    dialog.reject()


def test_nothing_is_said_by_a_place_that_was_not_filled(qtbot, chinese_window):
    for part, text in texts(chinese_window):
        assert "%n" not in text, part
        assert "{" not in text.replace("{prompt}", ""), part


def test_both_languages_are_there_to_be_read(qapp):
    """A file that is not there, or that Qt cannot read, would leave everything English."""
    for language in NAMES:
        speak(qapp, language)
        assert QCoreApplication.translate("Etascope", "%n step(s)", None, 2) != "2 step(s)"
