"""The system's libraries that Qt wants on Linux: which lack, and how they are installed."""

import sys
from pathlib import Path

import pytest

import qt_libraries  # isort: skip

ROOT = Path(__file__).parent.parent

LDD = """
    libQt6XcbQpa.so.6 => /x/PySide6/Qt/lib/libQt6XcbQpa.so.6 (0x00007f)
    libxcb-icccm.so.4 => not found
    libxcb-keysyms.so.1 => not found
    libxcb-icccm.so.4 => not found
"""

CTYPES = "libxcb-cursor.so.0: cannot open shared object file: No such file or directory"


def test_missing_libraries_are_read_from_either_report():
    assert qt_libraries.missing_in(LDD) == ["libxcb-icccm.so.4", "libxcb-keysyms.so.1"]
    assert qt_libraries.missing_in(CTYPES) == ["libxcb-cursor.so.0"]
    assert qt_libraries.missing_in("libc.so.6 => /lib/libc.so.6 (0x00007f)") == []


def test_every_library_has_its_three_packages():
    assert {len(row.split()) for row in qt_libraries.LIBRARIES.strip().splitlines()} == {4}


@pytest.mark.parametrize(
    ("tool", "line"),
    [
        ("apt-get", "sudo apt install libxcb-cursor0 libxcb-icccm4"),
        ("dnf", "sudo dnf install xcb-util-cursor xcb-util-wm"),
        ("pacman", "sudo pacman -S xcb-util-cursor xcb-util-wm"),
    ],
)
def test_the_advice_is_the_line_to_type(monkeypatch, tool, line):
    monkeypatch.setattr(qt_libraries.shutil, "which", lambda name: name == tool)
    advice = qt_libraries.advice_on(["libxcb-cursor.so.0", "libxcb-icccm.so.4"])
    assert advice.endswith(line)


def test_an_unknown_library_is_named_at_least():
    assert "libodd.so.1" in qt_libraries.advice_on(["libodd.so.1"])


@pytest.mark.parametrize(
    ("variables", "plugins"),
    [
        ({}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ["wayland", "xcb"]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, []),
        ({"QT_QPA_PLATFORM": "wayland;xcb:option"}, ["wayland", "xcb"]),
    ],
)
def test_only_a_real_display_needs_libraries(variables, plugins):
    assert qt_libraries.plugins_for(variables) == plugins


def lacking(monkeypatch, missing):
    monkeypatch.setattr(qt_libraries, "missing_libraries", lambda _venv, name: missing[name])


def test_one_way_to_the_screen_is_enough(monkeypatch):
    lacking(monkeypatch, {"wayland": ["libwayland-cursor.so.0"], "xcb": []})
    both_displays = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert qt_libraries.prepare_window(ROOT, both_displays, print) == ""


def test_who_may_not_install_is_told_what_to(monkeypatch):
    lacking(monkeypatch, {"xcb": ["libxcb-icccm.so.4"]})
    monkeypatch.setattr(qt_libraries, "install", lambda *_: False)
    assert "libxcb-icccm" in qt_libraries.prepare_window(ROOT, {"DISPLAY": ":0"}, print)


@pytest.mark.skipif(sys.platform != "linux", reason="apt-get is Linux's")
def test_root_on_debian_installs_and_fetches_the_lists_if_need_be(monkeypatch):
    said, called = [], []
    monkeypatch.setattr(qt_libraries.os, "geteuid", lambda: 0)
    monkeypatch.setattr(qt_libraries.shutil, "which", lambda name: name)
    monkeypatch.setattr(qt_libraries, "succeeds", lambda c: called.append(c) or len(called) > 1)
    assert qt_libraries.install(["libxcb-icccm4"], said.append)
    assert [("update" in command) for command in called] == [False, True, False]
    assert said == ["Installing system packages: libxcb-icccm4."]


def test_tests_without_a_display_server_are_announced(monkeypatch):
    lacking(monkeypatch, {"xcb": []})
    monkeypatch.setattr(qt_libraries, "install", lambda *_: False)
    monkeypatch.setattr(qt_libraries.shutil, "which", lambda _name: None)
    (note,) = qt_libraries.prepare_tests(ROOT, print)
    assert "Xvfb and xdotool" in note
