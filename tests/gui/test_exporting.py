import threading
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from engine.export.copies import KINDS, Options
from engine.gallery.query import Query
from engine.gallery.scan import scan
from gui.exporting import ExportDialog
from tests.engine.gallery.conftest import index, keep, make_picture

__all__ = ["index", "keep", "make_picture"]  # fixtures


@pytest.fixture
def dialog(qtbot, index, keep):
    """The dialog on a gallery of three pictures."""
    for _ in range(3):
        keep()
    scan(index)
    made = ExportDialog(index.galleries, 3, lambda: index.search(Query()).result())
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: ExportDialog, kind: str) -> None:
    dialog.kinds.setCurrentIndex(dialog.kinds.findData(kind))


def test_every_kind_that_can_be_exported_is_offered_and_explained(dialog):
    assert [dialog.kinds.itemData(k) for k in range(dialog.kinds.count())] == list(KINDS)
    told = set()
    for kind in KINDS:
        choose(dialog, kind)
        told.add(dialog.about.text())
    assert len(told) == len(KINDS)


def test_what_is_chosen_is_what_is_done(dialog):
    assert dialog.options() == Options(settings=True, kind="folder")
    choose(dialog, "zip")
    dialog.settings.setChecked(False)
    dialog.marks.setChecked(True)
    dialog.form_box.setCurrentIndex(dialog.form_box.findData("webp"))
    assert dialog.options() == Options(False, True, "webp", "zip")
    choose(dialog, "webp")  # an animation has no room for them, and is what it is
    assert dialog.options() == Options(False, False, "", "webp")
    assert not any(one.isEnabled() for one in (dialog.settings, dialog.marks, dialog.form_box))
    choose(dialog, "sheet")
    assert dialog.settings.isEnabled()
    assert not dialog.marks.isEnabled()


def test_pictures_are_exported_and_that_is_told(qtbot, dialog, tmp_path: Path):
    choose(dialog, "zip")
    with qtbot.waitSignal(dialog.ended):
        dialog.export_to(tmp_path / "a.zip")
        assert dialog.leave.text() == "Cancel"
        assert not dialog.go.isEnabled()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert len(archive.namelist()) == 3
    assert dialog.words.text().startswith("1 file")
    assert dialog.leave.text() == "Close"
    assert dialog.go.isEnabled()


def test_what_was_left_out_is_told_line_by_line(qtbot, dialog, index, tmp_path: Path):
    (index.galleries / "Etascope" / "bad.png").write_bytes(b"bad")
    scan(index)
    dialog.settings.setChecked(False)
    with qtbot.waitSignal(dialog.ended):
        dialog.export_to(tmp_path)
    assert "bad.png" in dialog.lines.toPlainText()
    assert dialog.lines.isVisible()


def test_a_refusal_is_said_in_the_dialog(qtbot, dialog, tmp_path: Path):
    (tmp_path / "a.zip").touch()
    choose(dialog, "zip")
    with qtbot.waitSignal(dialog.ended):
        dialog.export_to(tmp_path / "a.zip")
    assert "already exists" in dialog.words.text()
    assert (tmp_path / "a.zip").stat().st_size == 0
    assert dialog.go.isEnabled()  # another name may do
    with qtbot.waitSignal(dialog.ended):
        dialog.export_to(tmp_path / "b.zip")
    assert dialog.words.text().startswith("1 file")


@pytest.mark.parametrize("how", ["button", "escape"])
def test_cancelling_leaves_no_half_archive(qtbot, index, keep, tmp_path: Path, how: str):
    keep()
    scan(index)
    gate = threading.Event()

    def fetch():
        assert gate.wait(60)
        return index.search(Query()).result()

    dialog = ExportDialog(index.galleries, 1, fetch)
    qtbot.addWidget(dialog)
    dialog.show()
    choose(dialog, "zip")
    ended = []
    dialog.ended.connect(lambda: ended.append(True))
    dialog.export_to(tmp_path / "a.zip")
    errand = dialog._errand
    (dialog.leave.click if how == "button" else dialog.reject)()
    gate.set()
    assert errand.wait(60)
    assert list(tmp_path.glob("*.zip")) == list(tmp_path.glob(".*.part")) == []
    if how == "button":
        qtbot.waitUntil(lambda: ended == [True])
        assert dialog.words.text() == "Cancelled."


def test_where_to_is_asked_as_the_kind_wants_it(qtbot, dialog, tmp_path: Path):
    for kind, mode in (("page", QFileDialog.AcceptMode.AcceptSave), ("gif", None)):
        choose(dialog, kind)
        dialog.go.click()
        asked = dialog.findChild(QFileDialog, "export-where")
        if mode is None:
            assert asked.fileMode() == QFileDialog.FileMode.Directory
        else:
            assert asked.acceptMode() == mode
            assert asked.defaultSuffix() == "html"
            assert asked.testOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.reject()
        qtbot.waitUntil(lambda: dialog.findChild(QFileDialog, "export-where") is None)
