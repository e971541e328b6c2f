import math
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.linking import LINKS, Linked, Track, calls_after, step_by_sigma, track
from engine.menu import menu

LEVELS = st.lists(st.floats(0.01, 200), min_size=1, max_size=60, unique=True)
SAMPLERS = st.sampled_from(sorted(menu()))
NEARLY = 1 - 1e-5  # what float32 makes of a level


@st.composite
def runs(draw):
    levels = sorted(draw(LEVELS), reverse=True)
    return track(draw(SAMPLERS), len(levels), levels)


SOME = st.lists(runs(), min_size=1, max_size=6)
LINK = st.sampled_from(LINKS)


@given(SOME, LINK)
def test_a_later_position_never_shows_an_earlier_step(tracks, link):
    linked = Linked(tracks, link)
    for run in tracks:
        steps = [linked.step(position, run) for position in range(1, len(linked) + 1)]
        assert steps == sorted(steps)
        assert steps[0] >= 1
        assert steps[-1] == len(run)


@given(SOME, LINK)
def test_there_are_as_many_positions_as_the_longest_run_has_steps(tracks, link):
    linked = Linked(tracks, link)
    assert len(linked) == max(map(len, tracks))
    longest = max(tracks, key=len)
    assert [linked.step(p, longest) for p in range(1, len(linked) + 1)][-1] == len(longest)


@given(runs(), st.floats(0.001, 500))
def test_linked_by_noise_every_run_is_within_one_step_of_the_same_sigma(run, sigma):
    step = step_by_sigma(sigma, run)
    before = run.sigma[step - 1]
    after = run.sigma[step] if step < len(run) else 0.0
    assert before >= NEARLY * sigma > NEARLY * after or (step == 1 and sigma > run.sigma[0])


@given(SOME)
def test_linked_by_noise_two_runs_show_steps_whose_levels_overlap(tracks):
    linked = Linked(tracks, "sigma")
    for position in range(2, len(linked)):
        wanted = linked.sigma[position - 1]
        for run in tracks:
            step = linked.step(position, run)
            beyond = run.sigma[step] if step < len(run) else 0.0
            assert wanted > beyond
            assert run.sigma[step - 1] >= NEARLY * wanted or step == 1


@given(SOME)
def test_linked_by_calls_nobody_has_spent_more_than_the_share_unless_it_is_the_first(tracks):
    linked = Linked(tracks, "calls")
    longest = max(tracks, key=len)
    for position in range(1, len(linked)):
        share = longest.calls[position - 1] / longest.calls[-1]
        for run in tracks:
            step = linked.step(position, run)
            assert step == 1 or run.calls[step - 1] / run.calls[-1] <= share + 1e-6


@given(SOME, LINK, st.data())
def test_what_is_reached_is_the_last_position_that_can_be_shown(tracks, link, data):
    linked = Linked(tracks, link)
    run = data.draw(st.sampled_from(tracks))
    step = data.draw(st.integers(0, len(run)))
    reached = linked.reached(run, step)
    assert reached == 0 or linked.step(reached, run) <= step
    if step == len(run):
        assert linked.step(reached, run) == step
        assert reached == 1 or linked.step(reached - 1, run) < step
    else:
        assert linked.step(reached + 1, run) > step


@given(SAMPLERS, st.integers(1, 100))
def test_the_calls_of_all_steps_are_those_of_the_menu(name, steps):
    calls = [calls_after(name, step, steps) for step in range(1, steps + 1)]
    assert calls == sorted(calls)
    assert calls[-1] == menu()[name].model_calls(steps)


def test_equal_runs_are_at_equal_steps_however_they_are_linked():
    run = track("ddim", 10)
    for link in LINKS:
        linked = Linked([run, run], link)
        assert [linked.step(p, run) for p in range(1, 11)] == list(range(1, 11))


def test_positions_are_told_in_what_links_them():
    run = Track((10.0, 1.0, 0.1, 0.01), (1, 2, 3, 4))
    assert Linked([run], "step").words(2) == "Step 2 of 4"
    assert Linked([run], "sigma").words(2) == "σ 1.00"
    assert Linked([run], "calls").words(2) == "50 % of calls"
    assert Linked([run], "step").words(9) == ""


def test_without_runs_there_is_nothing_to_scrub():
    linked = Linked([], "sigma")
    assert len(linked) == 0
    assert linked.sigma == ()


def test_a_run_that_did_not_tell_its_noise_has_levels_that_fall():
    levels = track("ddim", 20).sigma
    assert list(levels) == sorted(set(levels), reverse=True)
    assert all(map(math.isfinite, levels))


@given(SOME, LINK, st.integers(1, 60))
def test_with_the_same_runs_what_is_looked_at_is_the_same(tracks, link, position):
    linked = Linked(tracks, link)
    position = min(position, len(linked))
    there = linked.position_for(Linked(tracks, link), position)
    assert [linked.step(there, run) for run in tracks] == [
        linked.step(position, run) for run in tracks
    ]


@given(SOME, SOME, LINK)
def test_of_other_runs_a_later_position_is_never_an_earlier_one(before, after, link):
    old, new = Linked(before, link), Linked(after, link)
    found = [new.position_for(old, position) for position in range(1, len(old) + 1)]
    assert found == sorted(found)
    assert all(1 <= one <= len(new) for one in found)


def test_with_runs_of_more_steps_the_same_noise_stays_in_sight():
    few, many = track("ddim", 4, [8, 4, 2, 1]), track("ddim", 8, [8, 6, 4, 3, 2, 1.5, 1, 0.5])
    old, new = Linked([few], "sigma"), Linked([few, many], "sigma")
    assert new.position_for(old, 2) == 3
    assert Linked([few, many], "step").position_for(Linked([few], "step"), 2) == 2


@given(runs())
def test_a_run_of_yesterday_is_in_step_with_its_like_of_today(run):
    kept = np.asarray(run.sigma, np.float32)  # as trajectories have them
    levels = [float(level) for level in kept]
    if any(b > NEARLY * a for a, b in pairwise(run.sigma)):
        return
    before = track("ddim", len(levels), levels)
    linked = Linked([before, run], "sigma")
    for position in range(1, len(linked) + 1):
        assert linked.step(position, before) == linked.step(position, run) == position
    linked = Linked([run, before], "sigma")
    for position in range(1, len(linked) + 1):
        assert linked.step(position, before) == linked.step(position, run) == position
