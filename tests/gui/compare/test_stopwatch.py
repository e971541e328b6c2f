import pytest

from engine.compare.cost import Pace
from engine.recipe import Recipe
from gui.compare.stopwatch import Stopwatch

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


def test_runs_of_different_kinds_tell_nothing():
    pace = Pace()
    watch = Stopwatch(pace)
    watch.began("a", ONE, 0.0)
    watch.began("b", Recipe(prompt="a", width=256), 0.0)
    for call in range(1, 20):
        watch.asked("a", call, float(call))
    watch.ended("a", 20.0)
    watch.ended("b", 20.0)
    assert pace.seconds(ONE) is None


def test_jobs_of_others_are_not_its_business():
    watch = Stopwatch(Pace())
    watch.asked("x", 3, 1.0)
    watch.ended("x", 2.0)
