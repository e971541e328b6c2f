from dataclasses import replace

import pytest

from engine.compare.cost import Pace, kind_of
from engine.compare.stopwatch import Stopwatch
from engine.recipe import Recipe

ONE = Recipe(prompt="a", steps=10)


def run(watch, jobs, calls=10):
    """All jobs in lock-step: each call of all takes a second."""
    for job in jobs:
        watch.began(job, ONE, 0.0)
    for call in range(1, calls + 1):
        for job in jobs:
            watch.asked(job, call, float(call))
    for job in jobs:
        watch.ended(job, float(calls))


def test_the_rate_is_that_of_all_cells_together_without_warming_up():
    pace = Pace()
    run(Stopwatch(pace), ["a", "b"])
    assert pace.seconds(ONE) == pytest.approx(10 * 9 / (2 * 9 + 1), rel=0.06)


def test_a_handful_of_calls_tells_nothing():
    pace = Pace()
    run(Stopwatch(pace), ["a"], calls=4)
    assert pace.seconds(ONE) is None


def together(*recipes, calls=20):
    """Run pictures in lock-step, a call of all a second; return what was learnt."""
    pace = Pace()
    watch = Stopwatch(pace)
    for number, recipe in enumerate(recipes):
        watch.began(str(number), recipe, 0.0)
    for call in range(1, calls + 1):
        for number in range(len(recipes)):
            watch.asked(str(number), call, float(call))
    for number in range(len(recipes)):
        watch.ended(str(number), float(calls))
    return pace


def test_kinds_that_run_together_share_the_time_by_their_rows_and_pixels():
    guided, plain = ONE, replace(ONE, guidance=1.0)
    pace = together(guided, plain)
    assert pace.a_call(guided) == pytest.approx(2 * pace.a_call(plain))
    assert pace.a_call(guided) + pace.a_call(plain) == pytest.approx(1.0, rel=0.06)
    pace = together(ONE, replace(ONE, width=256))
    assert pace.of_kind(kind_of(replace(ONE, width=256))) == pytest.approx(2 * pace.a_call(ONE))


def test_runs_of_different_models_tell_nothing():
    other = replace(ONE, model="other")
    pace = together(ONE, other)
    assert pace.a_call(ONE) is pace.a_call(other) is None


def test_jobs_of_others_are_not_its_business():
    pace = Pace()
    watch = Stopwatch(pace)
    watch.asked("x", 3, 1.0)
    watch.ended("x", 2.0)
    assert pace.a_call(ONE) is None


def test_a_comparison_that_was_held_back_tells_nothing_and_the_next_one_does():
    pace = Pace()
    watch = Stopwatch(pace)
    for paused in (True, False):
        watch.began("a", ONE, 0.0)
        for call in range(1, 13):
            if paused and call == 6:
                watch.held()
            watch.asked("a", call, float(call))
        watch.ended("a", 12.0)
        assert (pace.a_call(ONE) is None) == paused
