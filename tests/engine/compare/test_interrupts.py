"""`etascope compare --keep-partial`, interrupted."""

import json
import signal

import pytest

from engine.compare.keep import read_grid
from engine.loop import Engine

QUICK = ("--seed", "7", "--dtype", "float32", "--out", "grid.png", "--keep-partial", "--json")


@pytest.fixture
def interrupts():
    """Interrupts are heard, as in a terminal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
@pytest.mark.parametrize("order", [(), ("--sequential",)])
def test_what_an_interrupt_finds_half_way_is_kept_where_that_is_wished(
    cli, tmp_path, monkeypatch, order
):
    tell = Engine._told

    def interrupt(engine, lane, step, number):
        if (number, lane.job.recipe.steps) == (5, 8):
            signal.raise_signal(signal.SIGINT)
        return tell(engine, lane, step, number)

    monkeypatch.setattr(Engine, "_told", interrupt)
    status, out, err = cli("compare", "a boat", "--steps", "3,8,9", *QUICK, *order)
    assert (status, err.splitlines()[-1]) == (130, "etascope: interrupted.")
    lines = [json.loads(line) for line in out.splitlines()]
    partial = [line for line in lines if "partial" in line]
    assert len(lines) - len(partial) == 1
    assert len(partial) == (1 if order else 2)
    assert all(0 < line["partial"]["step"] < line["partial"]["steps"] for line in partial)
    grid = read_grid(tmp_path / "grid.png")
    assert [bool(cell.file) for cell in grid.cells] == [True, False, False]
    assert "what was finished is in the grid grid.png" in err


@pytest.mark.usefixtures("interrupts")
def test_an_interrupt_while_a_picture_is_finished_ends_what_comes_one_by_one(
    cli, tmp_path, monkeypatch
):
    finish = Engine._finish

    def interrupt(engine, lane, model):
        signal.raise_signal(signal.SIGINT)
        yield from finish(engine, lane, model)

    monkeypatch.setattr(Engine, "_finish", interrupt)
    options = ("--steps", "2,3", "--sequential", "--animation", "film.webp")
    status, out, err = cli("compare", "a boat", *options, *QUICK)
    assert (status, err.splitlines()[-1]) == (130, "etascope: interrupted.")
    assert len(out.splitlines()) == 1
    assert [bool(cell.file) for cell in read_grid(tmp_path / "grid.png").cells] == [True, False]
    assert "the animation was not made." in err
    assert not (tmp_path / "film.webp").exists()
