"""The benchmark itself: that it measures, not what it measures."""

import json

import pytest

from engine.bench import Bench
from engine.cli.main import main


@pytest.mark.slow
def test_the_table_has_a_row_for_every_comparison(tiny_starter):
    results = list(Bench("starter", "cpu", "float32", rounds=1).run())
    names = [result.name for result in results]
    assert len(set(names)) == len(names) == 6
    assert all(0 < r.lowest <= r.ratio <= r.highest for r in results)


def test_both_sides_take_turns_and_the_median_counts(tiny_starter):
    bench = Bench("starter", "cpu", "float32", rounds=5)
    times = iter([99.0, 99.0, 1.0, 2.0, 9.0, 2.0, 1.0, 1.0, 4.0, 2.0, 3.0, 2.0])
    result = bench._compare("a / b", lambda: next(times), lambda: next(times))
    assert (result.lowest, result.ratio, result.highest) == (0.5, 1.5, 4.5)


@pytest.mark.slow
def test_the_command_prints_json_lines(tiny_starter, capsys):
    words = "bench --device cpu --dtype float32 --rounds 1 --json"
    assert main(words.split()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all({"name", "ratio", "lowest", "highest"} == set(json.loads(line)) for line in lines)
