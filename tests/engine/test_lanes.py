import numpy as np
import pytest
import torch

from engine import lanes
from engine.calls import Calls
from engine.commands import Destination, Job
from engine.errors import KnownError, OutOfMemory
from engine.lanes import Lane
from engine.recipe import Recipe

NOWHERE = Destination()


def recipe(prompt="a boat", **settings):
    return Recipe(**({"prompt": prompt, "width": 64, "height": 64, "steps": 6} | settings))


VARIED = [
    recipe("a boat", seed=1),
    recipe("a boat", seed=1, eta=0.5),
    recipe("a red house", seed=2, sampler="plms", eta=None, steps=4, guidance=1.0),
    recipe("", seed=3, sampler="ddpm", eta=None, steps=9, guidance=7.5, negative_prompt="rain"),
    recipe("the moon", seed=2**64 - 1, steps=1),
]


def open_lanes(recipes, model):
    return [Lane(Job(r, NOWHERE), model) for r in recipes]


def run(running, denoise):
    """Run lanes to their ends in lock-step; return the number of model calls."""
    calls = 0
    while asking := [lane for lane in running if lane.ask]:
        calls += 1
        for lane, rows in zip(asking, lanes.answer(asking, denoise), strict=True):
            lane.hand(rows)
    return calls


class Counting:
    """A denoiser that counts calls and rows, and may refuse more rows than fit."""

    def __init__(self, denoise, most_rows=1000):
        self.denoise = denoise
        self.most_rows = most_rows
        self.rows = []

    def __call__(self, x, t, conditioning):
        if len(x) > self.most_rows:
            raise torch.OutOfMemoryError
        self.rows.append(len(x))
        return self.denoise(x, t, conditioning)


@pytest.fixture(scope="module")
def alone(tiny_model):
    """Each recipe's trajectory and picture when it runs by itself."""
    results = []
    for lane in open_lanes(VARIED, tiny_model):
        run([lane], tiny_model.denoise)
        results.append((lane.trajectory(), tiny_model.decoder.decode(lane.latents)))
    return results


def test_a_picture_does_not_depend_on_its_neighbours(tiny_model, alone):
    together = open_lanes(VARIED, tiny_model)
    run(together, tiny_model.denoise)
    for lane, (trajectory, pixels) in zip(together, alone, strict=True):
        np.testing.assert_allclose(lane.trajectory().x, trajectory.x, atol=2e-4)
        ours = tiny_model.decoder.decode(lane.latents).astype(int)
        assert np.abs(ours - pixels.astype(int)).max() <= 1


def test_a_late_arrival_joins_without_disturbing(tiny_model, alone):
    first, late = open_lanes([VARIED[3], VARIED[2]], tiny_model)
    for _ in range(4):
        first.hand(lanes.answer([first], tiny_model.denoise)[0])
    run([first, late], tiny_model.denoise)
    np.testing.assert_allclose(first.trajectory().x, alone[3][0].x, atol=2e-4)
    np.testing.assert_allclose(late.trajectory().x, alone[2][0].x, atol=2e-4)


def test_lanes_that_run_together_share_their_model_calls(tiny_model):
    running = open_lanes(VARIED, tiny_model)
    calls = run(running, tiny_model.denoise)
    assert calls == max(lane.calls for lane in running) < sum(lane.calls for lane in running)


def test_equal_asks_are_computed_once(tiny_model):
    counting = Counting(tiny_model.denoise)
    run(open_lanes([recipe(eta=e, steps=2) for e in (0.0, 0.5, 1.0)], tiny_model), counting)
    assert counting.rows == [2, 6]  # the same noise in the first round, three paths in the second


def test_guidance_1_costs_one_row_and_any_other_two(tiny_model):
    counting = Counting(tiny_model.denoise)
    run(open_lanes([recipe(guidance=1.0, steps=1)], tiny_model), counting)
    run(open_lanes([recipe(guidance=2.0, steps=1)], tiny_model), counting)
    assert counting.rows == [1, 2]


def test_where_memory_is_short_the_call_is_split_and_the_picture_is_the_same(tiny_model, alone):
    cramped = Counting(tiny_model.denoise, most_rows=2)
    running = open_lanes(VARIED, tiny_model)
    calls = Calls(cramped, 8, 8)
    run(running, calls)
    assert max(cramped.rows) <= 2
    assert calls.rows <= 2
    for lane, (trajectory, _) in zip(running, alone, strict=True):
        np.testing.assert_allclose(lane.trajectory().x, trajectory.x, atol=2e-4)


def test_one_row_that_does_not_fit_is_a_known_error(tiny_model):
    lane = open_lanes([recipe(guidance=1.0)], tiny_model)
    with pytest.raises(OutOfMemory):
        lanes.answer(lane, Calls(Counting(tiny_model.denoise, most_rows=0), 8, 8))


def test_sizes_differ_so_the_lanes_take_turns(tiny_model):
    wide = open_lanes([recipe(width=96), recipe(), recipe(width=96, seed=4)], tiny_model)
    assert [len(group) for group in lanes.together(wide)] == [2, 1]


def test_the_trajectory_holds_every_step(tiny_model, alone):
    for a_recipe, (trajectory, _) in zip(VARIED, alone, strict=True):
        steps = a_recipe.steps
        calls = steps + (a_recipe.sampler == "plms")
        assert len(trajectory) == steps
        assert trajectory.x.shape == (steps + 1, 4, 16, 16)
        assert trajectory.x0.shape == (steps, 4, 16, 16)
        assert trajectory.answers.shape == (calls, 4, 16, 16)
        assert {trajectory.x.dtype, trajectory.t.dtype} == {np.dtype("float32")}
        noise = torch.randn(1, 4, 16, 16, generator=torch.Generator().manual_seed(a_recipe.seed))
        np.testing.assert_array_equal(trajectory.x[0], noise[0].numpy())


def test_a_lane_stopped_half_way_keeps_what_it_has(tiny_model):
    (lane,) = open_lanes([recipe(steps=5)], tiny_model)
    assert len(lane.trajectory()) == 0
    for _ in range(3):
        lane.hand(lanes.answer([lane], tiny_model.denoise)[0])
    assert (len(lane.trajectory()), len(lane.trajectory().x)) == (3, 4)


def test_a_stopped_job_goes_on_from_its_recorded_answers_and_asks_for_none_of_them(
    tiny_model, alone
):
    """DESIGN section 4: its history and its random stream are right again."""
    for a_recipe, (whole, _) in zip(VARIED, alone, strict=True):
        kept = whole.answers[: len(whole.answers) // 2]
        lane = Lane(Job(a_recipe, Destination(), answers=kept), tiny_model)
        assert lane.calls == len(kept)
        while lane.ask is not None:
            lane.hand(lanes.answer([lane], tiny_model.denoise)[0])
        assert lane.spent == len(whole.answers) - len(kept)
        resumed = lane.trajectory()
        np.testing.assert_allclose(resumed.x, whole.x, atol=1e-5)
        np.testing.assert_array_equal(resumed.t, whole.t)


def test_a_whole_recorded_path_needs_no_model(tiny_model, alone):
    a_recipe, (whole, _) = VARIED[0], alone[0]
    lane = Lane(Job(a_recipe, Destination(), answers=whole.answers), tiny_model)
    assert (lane.ask, lane.spent, len(lane.replayed)) == (None, 0, len(whole))
    np.testing.assert_array_equal(lane.trajectory().x, whole.x)


@pytest.mark.parametrize("spoil", [lambda a: a[:, :1], lambda a: a * np.nan])
def test_recorded_answers_that_do_not_fit_are_a_known_error(tiny_model, alone, spoil):
    answers = spoil(alone[0][0].answers)
    with pytest.raises(KnownError, match="does not fit"):
        Lane(Job(VARIED[0], Destination(), answers=answers), tiny_model)
