from pathlib import Path

from engine.gallery.query import Query
from engine.gallery.scan import scan
from gui.upkeep import UpkeepDialog
from tests.engine.gallery.conftest import index, keep, make_picture

__all__ = ["index", "keep", "make_picture"]  # fixtures


def run(qtbot, what: str, index) -> UpkeepDialog:
    dialog = UpkeepDialog(what, index)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.ended):
        dialog.show()
    return dialog


def test_when_all_is_well_one_sentence_says_so(qtbot, index, keep):
    keep(), keep()
    scan(index)
    dialog = run(qtbot, "verify", index)
    assert dialog.words.text().startswith("All is well")
    assert "2" in dialog.words.text()
    assert not dialog.lines.isVisible()


def test_what_is_wrong_is_listed_with_what_to_do(qtbot, index, keep):
    path: Path = keep()
    scan(index)
    path.write_bytes(path.read_bytes()[:-40])
    dialog = run(qtbot, "verify", index)
    assert "not as they should be" in dialog.words.text()
    assert str(path) in dialog.lines.toPlainText()


def test_rebuilding_reads_all_and_tells_what_there_is(qtbot, index, keep):
    (keep().parent / "bad.png").write_bytes(b"bad")
    dialog = run(qtbot, "rebuild", index)
    assert "2 picture" in dialog.words.text()
    assert "1 of them cannot be read" in dialog.words.text()
    assert index.count(Query()).result() == 2


def test_an_index_that_another_program_has_is_said(qtbot, index, keep, monkeypatch):
    monkeypatch.setattr(index, "writable", False)
    dialog = run(qtbot, "rebuild", index)
    assert "Another Etascope" in dialog.words.text()


def test_closing_it_ends_it(qtbot, index, keep):
    for _ in range(30):
        keep()
    scan(index)
    dialog = UpkeepDialog("verify", index)
    qtbot.addWidget(dialog)
    errand = dialog._errand
    dialog.reject()
    assert errand.wait(60)
