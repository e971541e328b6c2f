import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.curves import changes, over_steps, scale

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


@given(VALUES, st.booleans())
def test_every_value_has_its_place_on_the_axis(values, zero):
    made = scale(values, zero=zero)
    assert all(-1e-9 <= made.share(value) <= 1 + 1e-9 for value in values)
    assert not zero or -1e-9 <= made.share(0) <= 1 + 1e-9


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=20))
def test_on_a_logarithmic_axis_equal_ratios_are_equally_far(values):
    made = scale(values, logarithmic=True)
    assert all(-1e-9 <= made.share(value) <= 1 + 1e-9 for value in values)
    middle = math.sqrt(made.lowest * made.highest)
    assert made.share(middle) == pytest.approx(0.5)


@given(VALUES)
def test_ticks_are_few_and_within_the_axis(values):
    made = scale(values)
    ticks = made.ticks()
    assert 1 <= len(ticks) <= 8
    assert all(-1e-6 <= made.share(tick) <= 1 + 1e-6 for tick in ticks)


def test_ticks_are_round_numbers():
    assert scale([0, 50]).ticks() == [0, 20, 40]
    assert scale([0.02, 14.6], logarithmic=True).ticks() == [0.1, 1, 10]


@pytest.mark.parametrize(("values", "ticks"), [([1], [1]), ([1, 2], [1, 2]), ([3, 5], [3, 4, 5])])
def test_between_steps_there_is_nothing_to_write_at_the_axis(values, ticks):
    assert scale(values).ticks() == ticks


def test_without_values_there_is_still_an_axis():
    assert scale([]).ticks()
    assert scale([math.inf, -1], logarithmic=True).ticks()


def test_the_change_of_a_step_is_the_root_mean_square():
    x0 = np.zeros((3, 1, 2, 2), np.float32)
    x0[1] = 3
    x0[2, 0, 0, 0] = 3 + 4
    x0[2, 0, 1:] = 3
    x0[2, 0, 0, 1] = 3
    assert changes(x0) == pytest.approx([3.0, 2.0])
    assert over_steps(changes(x0), 2) == ((2.0, pytest.approx(3.0)), (3.0, pytest.approx(2.0)))
