"""What a crash of the whole program leaves, and what the next start says of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from gui import app
from gui.crashes import FILE_NAME
from gui.handover import Handover

FAULT = "import faulthandler; faulthandler._sigsegv()"
BEGIN = """
import sys
from pathlib import Path
from gui.crashes import CrashReport
report = CrashReport(Path(sys.argv[1]))
left = report.begin()
print("left" if left else "nothing", left.details if left else "")
prompt = "my secret wish"
def deep(prompt):
    {deed}
deep(prompt)
"""


def run(root: Path, folder: Path, deed: str) -> subprocess.CompletedProcess[str]:
    """A program that watches for crashes, and then does something."""
    code = BEGIN.format(deed=deed)
    words = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)


def test_a_native_crash_is_told_of_at_the_next_start_once_and_without_the_prompt(root, tmp_path):
    crashed = run(root, tmp_path, FAULT)
    assert crashed.returncode < 0 or crashed.returncode > 2
    again = run(root, tmp_path, "report.end()")
    assert again.stdout.startswith("left")
    assert "in deep" in again.stdout
    assert "secret" not in again.stdout
    assert run(root, tmp_path, "report.end()").stdout.startswith("nothing")


def test_an_end_without_a_crash_leaves_nothing(root, tmp_path):
    run(root, tmp_path, "report.end()")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("deed", ["import os; os._exit(0)", "pass"])
def test_an_end_in_a_hurry_is_no_crash(root, tmp_path, deed):
    run(root, tmp_path, deed)
    assert run(root, tmp_path, "report.end()").stdout.startswith("nothing")


def test_an_exception_that_ends_the_program_is_noted_without_its_words(root, tmp_path):
    deed = """try:
        raise ValueError(prompt)
    except ValueError as error:
        report.note(error)"""
    run(root, tmp_path, deed)
    again = run(root, tmp_path, "report.end()").stdout
    assert again.startswith("left")
    assert "ValueError" in again
    assert "secret" not in again


def test_of_two_programs_the_second_one_leaves_the_first_ones_report_alone(root, tmp_path):
    second = "import subprocess, sys; " + (
        "subprocess.run([sys.executable, '-c', "
        "'import sys; from pathlib import Path; from gui.crashes import CrashReport;"
        "one = CrashReport(Path(sys.argv[1])); one.begin(); one.end()', sys.argv[1]]); " + FAULT
    )
    run(root, tmp_path, second)
    assert run(root, tmp_path, "report.end()").stdout.startswith("left")


def test_a_folder_that_cannot_be_written_keeps_nobody_from_starting(root, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = run(root, blocked, "report.end()")
    assert done.stdout.startswith("nothing")
    assert done.returncode == 0


def test_the_start_offers_the_report(qtbot, window, home, monkeypatch, qapp):
    (home / "logs").mkdir(parents=True)
    (home / "logs" / FILE_NAME).write_text("Fatal Python error: Segmentation fault\n")
    offered = []
    monkeypatch.setattr(app, "make_app", lambda: qapp)
    monkeypatch.setattr(app, "run", lambda _, __, left, ___: offered.append(left) or 0)
    monkeypatch.setattr("faulthandler.enable", lambda _: None)
    monkeypatch.setattr("faulthandler.disable", lambda: None)
    assert app.main(Handover(home / "data")) == 0
    assert "Segmentation fault" in offered[0].details
    window.messages.report(offered[0])
    dialog = window.messages.bug_dialog()
    assert "ended unexpectedly" in dialog.findChild(object, "what").text()
    dialog.reject()
