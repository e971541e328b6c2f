import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.commands import DEVICES, DTYPES, Load
from engine.paths import current_paths
from gui import theme
from gui.settings import Settings
from gui.settings_dialog import SettingsDialog


@pytest.fixture
def dialog(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return window.findChild(SettingsDialog)


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_ctrl_comma_opens_the_settings_and_so_does_the_button(qtbot, window, dialog):
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    window.top_bar.settings.click()
    assert any(one.isVisible() for one in window.findChildren(SettingsDialog))


def test_the_theme_changes_at_once(qapp, window, dialog):
    try:
        dialog.theme.set_value("light")
        assert theme.tokens().name == "light"
        assert window.settings().theme == "light"
        dialog.theme.set_value("dark")
        assert theme.tokens().name == "dark"
    finally:
        theme.apply(qapp, "dark")


def test_another_device_or_dtype_loads_the_model_again_there(qtbot, session, engine, dialog):
    with qtbot.waitSignal(session.loaded):
        choose(dialog.device, "cpu")
    with qtbot.waitSignal(session.loaded):
        choose(dialog.dtype, "float32")
    assert engine.heard[-2:] == [Load("starter", "cpu"), Load("starter", "cpu", "float32")]


def test_every_device_and_dtype_that_the_engine_knows_is_offered(dialog):
    offered = [dialog.device.itemData(k) for k in range(dialog.device.count())]
    assert offered == list(DEVICES)
    assert [dialog.dtype.itemData(k) for k in range(dialog.dtype.count())] == list(DTYPES)


def test_a_memory_budget_loads_the_model_again_within_it(qtbot, session, engine, window, dialog):
    with qtbot.waitSignal(session.loaded):
        choose(dialog.budget, 6)
    assert engine.heard[-1] == Load("starter", memory=6 * 10**9)
    assert window.settings().memory_gigabytes == 6
    with qtbot.waitSignal(session.loaded):
        choose(dialog.budget, 0)
    assert engine.heard[-1] == Load("starter")


@pytest.mark.parametrize(
    ("typed", "shown"), [(5, "5 GB"), (0, "All there is"), (-2, "All there is")]
)
def test_a_budget_set_in_the_file_is_shown(qtbot, typed, shown):
    dialog = SettingsDialog(Settings(memory_gigabytes=typed), current_paths())
    qtbot.addWidget(dialog)
    assert dialog.budget.currentText() == shown


def test_previews_motion_and_memory_hold_at_once(window, session, dialog):
    choose(dialog.previews, "seldom")
    assert session._bridge._mailbox.pause == 0.5
    dialog.motion.set_value("little")
    assert session._bridge._mailbox.pause == 1
    assert window.create_view.stage._frame_time == 600
    dialog.memory.set_value(64)
    assert session.shelf.budget == 64 * 2**20
    dialog.disk.set_value(4.5)
    assert window.settings().trajectory_gigabytes == 4.5


def test_the_window_starts_with_what_was_set(qtbot, session):
    from gui.window import Window

    window = Window(session, Settings(motion="little", device="cpu", step_megabytes=32))
    qtbot.addWidget(window)
    assert session._place == ("cpu", "auto", 0)
    assert session.shelf.budget == 32 * 2**20
    assert window.settings().motion == "little"
    assert window.create_view.stage._frame_time == 600


def test_a_folder_is_chosen_without_the_window_standing_still(qtbot, window, dialog, tmp_path):
    assert dialog.folder.sentence() == str(current_paths().galleries)
    dialog.choose.click()
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path))
    asked.reject()
    assert dialog.folder.sentence() == str(tmp_path)
    assert window.settings().galleries == str(tmp_path)


def test_every_control_has_a_name_and_a_tooltip(dialog):
    parts = [
        part
        for part in dialog.findChildren(QWidget)
        if part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part.focusProxy() is None
        and not part.objectName().startswith("qt_")
        and part.window() is dialog
        and part.isVisible()
    ]
    assert len(parts) > 10
    for part in parts:
        close = part.property("text") == "&Close" or part.property("text") == "Close"
        assert close or (part.objectName() and part.accessibleName() and part.toolTip()), part
