from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.judging import MOST_PAIRS, VERDICTS, Judgement, Trial, pairs, standings

PICTURES = st.sets(st.text("0123456789abcdef", min_size=4, max_size=4), max_size=40)
SEEDS = st.integers(0, 2**32)


def pictures_of(count):
    return [f"{k:064x}" for k in range(count)]


def of(text):
    """Read "a>b b=c" as judgements."""
    signs = {">": "left", "<": "right", "=": "equal"}
    return [Judgement(one[0], one[2], signs[one[1]]) for one in text.split()]


@given(PICTURES, SEEDS)
def test_no_two_pictures_meet_twice_and_none_meets_itself(pictures, seed):
    met = [frozenset(two) for two in pairs(pictures, seed)]
    assert len(set(met)) == len(met)
    assert all(len(two) == 2 and two <= pictures for two in met)


@given(PICTURES, SEEDS)
def test_wherever_one_stops_all_have_been_seen_about_equally_often(pictures, seed):
    seen = Counter(dict.fromkeys(pictures, 0))
    for two in pairs(pictures, seed):
        seen.update(two)
        assert max(seen.values()) - min(seen.values()) <= 2
    assert not seen or max(seen.values()) - min(seen.values()) <= 1 + len(pictures) % 2


@given(st.integers(2, 40), SEEDS)
def test_every_picture_is_connected_with_every_other(count, seed):
    left = set(pictures_of(count))
    reached = {left.pop()}
    met = pairs(pictures_of(count), seed)
    while found := {two for two in met if len(reached & set(two)) == 1}:
        reached |= {one for two in found for one in two}
    assert len(reached) == count


@pytest.mark.parametrize("count", range(12))
def test_few_pictures_all_meet(count):
    wanted = set(map(frozenset, combinations(pictures_of(count), 2)))
    found = set(map(frozenset, pairs(pictures_of(count), 3)))
    assert found == wanted if len(wanted) <= MOST_PAIRS else found < wanted


def test_many_pictures_are_no_more_work_than_can_be_done():
    assert len(pairs(pictures_of(20), 1)) == MOST_PAIRS
    assert len(pairs(pictures_of(200), 1)) == 200


def test_the_seed_decides_the_order_and_the_sides():
    pictures = pictures_of(8)
    assert pairs(pictures, 1) == pairs(reversed(pictures), 1)
    assert pairs(pictures, 1) != pairs(pictures, 2)
    left = [two[0] == min(two) for seed in range(40) for two in pairs(pictures, seed)]
    assert 0.4 < np.mean(left) < 0.6


@given(PICTURES, SEEDS, st.lists(st.sampled_from(VERDICTS), max_size=80))
def test_a_trial_asks_for_each_pair_once_and_then_for_nothing(pictures, seed, verdicts):
    trial = Trial(seed)
    for verdict in verdicts:
        two = trial.next(pictures)
        if two is None:
            break
        trial = trial.with_verdict(two, verdict)
    done = len(trial.judged)
    assert done == min(len(verdicts), len(trial.pairs(pictures)))
    assert (trial.next(pictures) is None) == (done == len(trial.pairs(pictures)))


def test_a_slip_is_taken_back():
    trial = Trial(1)
    two = trial.next("ab")
    assert trial.with_verdict(two, "left").without_last().next("ab") == two


def test_pictures_that_come_later_are_judged_too():
    trial = Trial(1)
    while two := trial.next("abc"):
        trial = trial.with_verdict(two, "equal")
    assert len(trial.judged) == 3
    while two := trial.next("abcd"):
        trial = trial.with_verdict(two, "left")
    assert len(trial.judged) == 6


def test_who_wins_is_first_and_who_loses_is_last():
    found = standings(of("a>b b>c a>c"), str)
    assert [one.key for one in found] == ["a", "b", "c"]
    assert [(one.wins, one.ties, one.losses) for one in found] == [(2, 0, 0), (1, 0, 1), (0, 0, 2)]
    assert found[1].strength == pytest.approx(0.5)
    assert 0.5 < found[0].strength < 1


def test_the_strengths_solve_the_likelihood_equations_of_bradley_and_terry():
    judged = of("a>b a>b b>a b>c c>b c=a a>d d>b d=c")
    p = {one.key: one.strength / (1 - one.strength) for one in standings(judged, str)}
    for key, strength in p.items():
        won, expected = 0.5, strength / (strength + 1)  # the tie against an average one
        for one in judged:
            if key not in one.pair:
                continue
            (other,) = one.pair - {key}
            sides = {"left": one.left, "right": one.right}
            won += 0.5 if one.verdict == "equal" else float(sides[one.verdict] == key)
            expected += strength / (strength + p[other])
        assert won == pytest.approx(expected, rel=1e-6)


@given(st.lists(st.tuples(*[st.sampled_from("abcde")] * 2, st.sampled_from(VERDICTS)), max_size=40))
def test_judgements_mirrored_mirror_the_ranking_and_every_one_is_counted(told):
    judged = [Judgement(*one) for one in told]
    swap = {"left": "right", "right": "left", "equal": "equal"}
    mirrored = [Judgement(one.left, one.right, swap[one.verdict]) for one in judged]
    here = {one.key: one for one in standings(judged, str)}
    there = {one.key: one for one in standings(mirrored, str)}
    assert here.keys() == there.keys()
    for key, one in here.items():
        assert one.strength == pytest.approx(1 - there[key].strength, abs=1e-6)
        assert (one.wins, one.losses) == (there[key].losses, there[key].wins)
    meetings = sum(one.left != one.right for one in judged)
    assert sum(one.wins + one.ties + one.losses for one in here.values()) == 2 * meetings


def test_a_ranking_by_setting_counts_only_what_differs_in_it():
    sampler = {"a": "ddim", "b": "ddim", "c": "plms", "d": None}.get
    found = standings(of("a>b a>c b<c c=a d>a"), sampler)
    assert [(one.key, one.wins, one.ties, one.losses) for one in found] == [
        ("ddim", 1, 1, 1),
        ("plms", 1, 1, 1),
    ]
    assert found[0].strength == pytest.approx(0.5)


def test_without_judgements_there_is_no_ranking():
    assert standings([], str) == []


def test_a_blind_test_is_told_by_inspect_once_it_was_ended(tmp_path, capsys):
    from engine.cli.main import main
    from engine.compare.axes import axis, plan
    from engine.compare.keep import Grid, KeptCell, save_grid
    from engine.draft import Draft, SizeRule

    chosen = plan(Draft(seed=1), [axis("sampler", "ddim, plms")], lambda _: SizeRule())
    cells = [
        KeptCell(cell.recipe, cell.at, "a.png", digest)
        for cell, digest in zip(chosen.cells, ("a" * 64, "b" * 64), strict=True)
    ]
    trial = Trial(1, (Judgement("a" * 64, "b" * 64, "right"),))
    for ended in (False, True):
        grid = Grid(chosen.axes, tuple(cells), trial=Trial(1, trial.judged, ended=ended))
        path = save_grid(tmp_path / f"{ended}.png", np.zeros((8, 8, 3), np.uint8), grid)
        assert main(["inspect", str(path)]) == 0
        assert ("A blind test of 1 comparison" in capsys.readouterr().out) == ended
    assert main(["inspect", str(path)]) == 0
    last = capsys.readouterr().out.splitlines()[-2:]
    assert [line.split("%  ")[1] for line in last] == ["PLMS (1, 0, 0)", "DDIM (0, 0, 1)"]


def test_the_axes_say_what_the_steps_are_counted_in():
    from engine.compare.axes import axis, plan
    from engine.compare.words import axes_line
    from engine.draft import Draft, SizeRule

    for equal, words in (
        ("steps", "steps 4, 8"),
        ("calls", "model calls 4, 8"),
        ("time", "time of model calls 4, 8"),
    ):
        chosen = plan(Draft(), [axis("steps", "4, 8")], lambda _: SizeRule(), equal=equal)
        assert axes_line(chosen.axes) == words
