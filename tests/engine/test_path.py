"""Branches: a path that leaves another one."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine import lanes
from engine.commands import Destination, Job
from engine.compare.linking import calls_after
from engine.errors import BadSetting
from engine.lanes import Lane
from engine.menu import menu
from engine.path import path_calls, path_levels
from engine.recipe import Branch, Recipe, recipe_from_dict

PARENT = Recipe(prompt="a boat", steps=8, eta=0.5, seed=3, guidance=2.0, width=64, height=64)
LATER = 5


def branch(step=LATER, parent=PARENT, **changes):
    return replace(parent, branch=Branch(parent, step), **changes)


def trajectory(recipe, model, answers=None):
    lane = Lane(Job(recipe, Destination(), answers=answers), model)
    while lane.ask is not None:
        lane.hand(lanes.answer([lane], model.denoise)[0])
    return lane.trajectory()


@pytest.fixture(scope="module")
def parent(tiny_model):
    return trajectory(PARENT, tiny_model)


def test_a_branch_that_changes_nothing_is_the_same_picture(tiny_model, parent):
    np.testing.assert_allclose(trajectory(branch(), tiny_model).x, parent.x, atol=1e-6)


CHANGES = [
    {"prompt": "a house"},
    {"guidance": 6.0},
    {"negative_prompt": "rain"},
    {"seed": 99},
    {"eta": 0.0},
    {"sampler": "plms", "eta": None},
    {"sampler": "heun", "schedule": "karras", "eta": None},
    {"sampler": "unipc", "schedule": "karras", "eta": None, "steps": 30},
]


@pytest.mark.parametrize("changes", CHANGES)
def test_a_branch_is_its_parent_up_to_the_step_and_another_picture_after_it(
    tiny_model, parent, changes
):
    made = trajectory(branch(**changes), tiny_model)
    np.testing.assert_allclose(made.x[: LATER + 1], parent.x[: LATER + 1], atol=1e-6)
    np.testing.assert_array_equal(made.t[:LATER], parent.t[:LATER])
    assert np.abs(made.x[-1] - parent.x[-1]).max() > 1e-3
    levels = path_levels(branch(**changes), tiny_model.diffusion)
    assert len(made) == len(levels.t)
    assert list(levels.alpha_bar) == sorted(levels.alpha_bar)
    assert len(made.answers) == path_calls(branch(**changes), tiny_model.diffusion)


def test_the_parents_recorded_answers_spare_its_part_of_the_branch(tiny_model, parent):
    recipe = branch(prompt="a house")
    lane = Lane(Job(recipe, Destination(), answers=parent.answers[:LATER]), tiny_model)
    assert (len(lane.replayed), lane.spent) == (LATER, 0)
    while lane.ask is not None:
        lane.hand(lanes.answer([lane], tiny_model.denoise)[0])
    assert lane.spent == 8 - LATER
    np.testing.assert_allclose(lane.trajectory().x, trajectory(recipe, tiny_model).x, atol=1e-5)


@pytest.mark.parametrize("sampler", ["ddim", "ddpm", "plms", "heun", "unipc", "dpmpp_2m_sde"])
@pytest.mark.parametrize("step", [0, 1, 4])
@pytest.mark.parametrize("changes", [{"prompt": "a house"}, {"steps": 9}], ids=["way", "steps"])
def test_of_all_that_a_parent_was_answered_a_branch_takes_what_leads_to_where_it_leaves(
    tiny_model, sampler, step, changes
):
    """DESIGN section 4: not one model call before the branch, not one wrong answer after it."""
    one = menu()[sampler]
    eta = 0.5 if one.eta else None
    parent = replace(PARENT, sampler=sampler, schedule=one.schedules[0], eta=eta, steps=6)
    answers = trajectory(parent, tiny_model).answers
    recipe = branch(step, parent, **changes)
    lane = Lane(Job(recipe, Destination(), answers=answers), tiny_model)
    before = lane.calls
    while lane.ask is not None:
        lane.hand(lanes.answer([lane], tiny_model.denoise)[0])
    assert before == (calls_after(sampler, step, 6) if step else 0)
    assert lane.spent == path_calls(recipe, tiny_model.diffusion) - before
    np.testing.assert_allclose(lane.trajectory().x, trajectory(recipe, tiny_model).x, atol=1e-5)


def test_a_stopped_branch_goes_on_from_its_own_answers_not_only_its_parents(tiny_model, parent):
    recipe = branch(prompt="a house")
    whole = trajectory(recipe, tiny_model, parent.answers)
    job = Job(recipe, Destination(), answers=whole.answers[:-1], of="stopped")
    assert Lane(job, tiny_model).calls == len(whole.answers) - 1


def test_a_branch_of_a_path_under_way_begins_with_what_was_answered_there(tiny_model):
    running = Lane(Job(PARENT, Destination()), tiny_model)
    for _ in range(LATER):
        running.hand(lanes.answer([running], tiny_model.denoise)[0])
    job = Job(branch(prompt="a house"), Destination())
    other = Lane(Job(replace(PARENT, seed=4), Destination()), tiny_model)
    told = lanes.informed(job, [other, running])
    assert Lane(told, tiny_model).calls == LATER
    assert lanes.informed(job, [other]).answers is None
    assert lanes.informed(Job(PARENT, Destination()), [running]).answers is None


@pytest.mark.parametrize("sampler", [name for name in menu() if name != "ddim"])
@pytest.mark.parametrize("step", [0, 1, 7])
def test_every_sampler_may_take_over_at_any_step(tiny_model, parent, sampler, step):
    entry = menu()[sampler]
    eta = None if entry.eta is None else entry.eta.default
    recipe = branch(step, sampler=sampler, schedule=entry.schedules[0], eta=eta)
    made = trajectory(recipe, tiny_model)
    np.testing.assert_allclose(made.x[1 : step + 1], parent.x[1 : step + 1], atol=1e-6)
    assert np.isfinite(made.x).all()
    assert len(made.answers) == path_calls(recipe, tiny_model.diffusion)


def test_a_branch_of_a_branch_leaves_whoever_was_on_the_way(tiny_model, parent):
    child = branch(4, sampler="euler", schedule="karras", eta=None)
    early = replace(child, prompt="a house", branch=Branch(child, 2))
    made = trajectory(early, tiny_model)
    np.testing.assert_allclose(made.x[:3], parent.x[:3], atol=1e-6)
    late = replace(child, prompt="a house", branch=Branch(child, 6))
    first, second = trajectory(child, tiny_model), trajectory(late, tiny_model)
    np.testing.assert_allclose(second.x[:7], first.x[:7], atol=1e-6)
    assert np.abs(second.x[-1] - first.x[-1]).max() > 1e-4


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (branch(8), "step 0 to 7"),
        (branch(-1), "step 0 to 7"),
        (branch(width=128), "keeps the size"),
        (branch(model="other"), "keeps the model"),
    ],
)
def test_a_branch_that_cannot_be_is_refused(tiny_model, recipe, words):
    with pytest.raises(BadSetting, match=words):
        path_levels(recipe, tiny_model.diffusion)


def test_a_branch_survives_the_way_through_json():
    child = branch(4, sampler="euler", schedule="karras", eta=None)
    assert recipe_from_dict(child.to_dict()) == child
    assert "branch" not in PARENT.to_dict()
    with pytest.raises(ValueError, match="branch"):
        recipe_from_dict(PARENT.to_dict() | {"branch": {"step": 1}})


def test_another_seed_draws_from_its_own_stream_after_the_branch(tiny_model, parent):
    """The noise of the two parts is that of the two seeds, in their own order."""
    made = trajectory(branch(seed=99), tiny_model)
    again = trajectory(branch(seed=99), tiny_model)
    np.testing.assert_array_equal(made.x, again.x)
    assert torch.isfinite(torch.from_numpy(made.x.copy())).all()
    assert np.abs(made.x[LATER + 1] - parent.x[LATER + 1]).max() > 1e-3
