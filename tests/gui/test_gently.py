import ctypes
import gc
import sys

import pytest

from gui.gently import _load_ahead, gently


@pytest.fixture(autouse=True)
def thaw():
    yield
    gc.unfreeze()


@pytest.fixture
def no_loading(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_: pytest.fail("loaded"))


def test_no_garbage_is_collected_while_it_lasts_and_what_came_is_set_aside():
    before = gc.get_freeze_count()
    with gently():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > before


def test_garbage_is_collected_again_after_a_failed_import():
    with pytest.raises(ImportError), gently():
        import no_such_module  # noqa: F401
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("package", "library"), [("no_such_package", "lib.so"), ("numpy", "no_such_lib.so")]
)
def test_what_is_not_there_is_not_loaded(package, library, no_loading):
    _load_ahead(package, library)


def test_other_systems_are_left_alone(monkeypatch, no_loading):
    monkeypatch.setattr(sys, "platform", "win32")
    _load_ahead("torch", "libtorch_cpu.so")
