"""What every test stands on: no display, no network, a home of its own; quick tests first."""

import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt, which reads it once. The engine sets its own environment likewise.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "PYTEST_XDIST_WORKER" in os.environ:
    # Each of several processes would start a thread on every core, and they would all wait.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
import engine  # noqa: F401

HERE = Path(__file__).parent
ROOT = HERE.parent
PATIENCE = 60_000
"""Milliseconds that a test of the window waits at most: a busy machine is slow, not wrong."""

FOLDERS = ("engine", "gui")  # after the files of this folder itself, before all other folders

settings.register_profile(
    "etascope",
    deadline=None,  # the first example pays for imports and for a busy machine
    max_examples=50,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,  # `home` is for every test
        HealthCheck.too_slow,  # so may the machine be
    ],
    derandomize=True,  # who changes nothing breaks nothing: new examples are for those who look
)
settings.register_profile(
    "search", settings.get_profile("etascope"), max_examples=1000, derandomize=False
)
settings.load_profile("etascope")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """ETASCOPE_HOME, empty and not there yet: no test sees or touches the user's own files."""
    folder = tmp_path / "etascope-home"
    monkeypatch.setenv("ETASCOPE_HOME", str(folder))
    return folder


@pytest.fixture
def qtbot(qtbot):
    """pytest-qt's, which gives up after five seconds, made patient."""
    for name in ("waitSignal", "waitSignals", "waitUntil"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE))
    return qtbot


@pytest.fixture
def root() -> Path:
    """The root of the repository."""
    return ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """From quick to slow: the house, the engine, the window, then whatever drives them whole.

    Several processes begin with that, so that none waits for another at the end.
    """
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> tuple[bool, int]:
    slow = item.get_closest_marker("slow") is not None
    inside = item.path.relative_to(HERE).parts
    if inside == ("test_end_to_end.py",):
        return slow, -1 if "PYTEST_XDIST_WORKER" in os.environ else len(FOLDERS) + 2
    if len(inside) == 1:
        return slow, 0
    folder = inside[0]
    return slow, FOLDERS.index(folder) + 1 if folder in FOLDERS else len(FOLDERS) + 1
