"""A tiny checkpoint of the real classes, in the starter's place."""

import pytest

from engine import library
from engine.compare import cost


@pytest.fixture(scope="session")
def tiny_resources(tmp_path_factory):
    """A resources folder whose starter is tiny and has random weights."""
    from tests.tiny import write_checkpoint

    folder = tmp_path_factory.mktemp("resources")
    write_checkpoint(folder / "starter")
    return folder


@pytest.fixture
def tiny_starter(tiny_resources, monkeypatch):
    """For one test, `starter` is the tiny checkpoint; returns it as the library lists it."""
    monkeypatch.setattr(library, "RESOURCES", tiny_resources)
    monkeypatch.setattr(cost, "_looked_at", {})  # what is known of the other one
    return library.find("starter")


@pytest.fixture(scope="session")
def families(tmp_path_factory):
    """Each family's folder and single file, written when first asked for."""
    from tests.originals import write_family  # diffusers comes with it

    made = {}

    def family(name):
        if name not in made:
            made[name] = write_family(tmp_path_factory.mktemp(name), name)
        return made[name]

    return family


@pytest.fixture(scope="session")
def tiny_model(tiny_resources):
    """The tiny checkpoint, loaded in float32 on the CPU."""
    from engine.checkpoints import load
    from engine.device import choose

    checkpoint = library.Checkpoint("starter", "Tiny", tiny_resources / "starter")
    return load(checkpoint, choose("cpu", "float32"))


@pytest.fixture
def cli(tiny_starter, tmp_path, capsys, monkeypatch):
    """Run a command line in an empty folder; returns its status, its output and its complaint."""
    from engine.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        try:
            status = main(arguments)
        except SystemExit as leaving:
            status = leaving.code
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run
