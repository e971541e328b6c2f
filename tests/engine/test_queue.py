"""The queue: pausing, moving, stopping, going on."""

import queue
import random
from dataclasses import replace

import numpy as np
import pytest

from engine.archive import Archive
from engine.commands import Cancel, Job, Load, Move, Pause, Resume, Shutdown, Submit
from engine.events import (
    Cancelled,
    Finished,
    Paused,
    Recovered,
    Reordered,
    Resumed,
    Saved,
    Started,
    Stepped,
)
from engine.loop import Engine
from engine.recipe import Branch
from engine.tally import tally
from engine.trajectory import kept_file, read_trajectory
from tests.engine.test_loop import ENDS, FLOAT32, events_of, folder, job, of_kind

__all__ = ["folder", "job"]  # fixtures


def test_a_paused_engine_begins_nothing_and_goes_on_when_told(tiny_starter, job):
    a_job = job()

    def then(event):
        return [Resume()] if isinstance(event, Paused) else []

    events = events_of(FLOAT32, Pause(), Submit(a_job), then=then)
    kinds = [type(event) for event in events]
    assert kinds.index(Paused) < kinds.index(Resumed) < kinds.index(Started)
    assert kinds[-1] is Saved


def test_a_paused_lane_stands_still_while_the_others_run(tiny_starter, job):
    held, other = job(steps=4, seed=1), job(steps=6, seed=2)

    def then(event):
        match event:
            case Stepped(job=id_, step=2) if id_ == held.id:
                return [Pause(held.id)]
            case Saved(job=id_) if id_ == other.id:
                return [Resume(held.id)]
        return []

    events = events_of(FLOAT32, Submit(held), Submit(other), then=then)
    stopped = next(k for k, e in enumerate(events) if isinstance(e, Paused))
    resumed = next(k for k, e in enumerate(events) if isinstance(e, Resumed))
    between = [e.job for e in of_kind(events[stopped:resumed], Stepped)]
    assert set(between) == {other.id}
    assert {e.job for e in of_kind(events, Saved)} == {held.id, other.id}


def test_a_paused_lane_gives_its_rows_to_the_next_job(tiny_starter, job):
    jobs = [job(seed=k, steps=8) for k in range(5)]  # four fit

    def then(event):
        match event:
            case Stepped(job=id_, step=1) if id_ == jobs[0].id:
                return [Pause(jobs[0].id)]
            case Started(job=id_) if id_ == jobs[4].id:
                return [Resume()]
        return []

    events = events_of(FLOAT32, *map(Submit, jobs), then=then)
    started = next(
        k for k, e in enumerate(events) if isinstance(e, Started) and e.job == jobs[4].id
    )
    assert not of_kind(events[:started], Finished)
    assert len(of_kind(events, Saved)) == 5


def test_moved_jobs_begin_in_their_new_order(tiny_starter, job):
    jobs = [job(seed=k) for k in range(4)]
    commands = [Pause(), *map(Submit, jobs), Move(jobs[3].id, 0), Move(jobs[0].id, 99), Resume()]
    events = events_of(FLOAT32, *commands)
    order = [jobs[k].id for k in (3, 1, 2, 0)]
    assert [e.job for e in of_kind(events, Started)] == order
    assert of_kind(events, Reordered)[-1].jobs == tuple(order)


def test_pausing_a_job_that_is_not_there_is_not_answered(tiny_starter, job):
    assert not of_kind(events_of(FLOAT32, Pause("nobody"), Submit(job())), Paused)


def test_each_move_is_answered_with_the_order_as_it_is(tiny_starter, job):
    jobs = [job(seed=k) for k in range(2)]
    moves = [Move("nobody", 0), Move(jobs[1].id, 0)]
    events = events_of(FLOAT32, Pause(), *map(Submit, jobs), *moves, Resume())
    told = [event.jobs for event in of_kind(events, Reordered)]
    assert told == [(jobs[0].id, jobs[1].id), (jobs[1].id, jobs[0].id)]


def test_exact_pictures_are_to_the_last_bit_those_made_alone(tiny_starter, job):
    exact = Load("starter", "cpu", "float32", exact=True)
    jobs = [job(seed=k, steps=4) for k in range(3)]
    together = of_kind(events_of(exact, *map(Submit, jobs)), Finished)
    for finished in together:
        alone = Job(finished.picture.recipe, jobs[0].destination)
        (single,) = of_kind(events_of(exact, Submit(alone)), Finished)
        assert np.array_equal(single.trajectory.x, finished.trajectory.x)


def test_a_stopped_jobs_path_is_enough_to_go_on_from(tiny_starter, job):
    a_job = job(steps=6, sampler="plms", eta=None, seed=5)

    def then(event):
        stop = isinstance(event, Stepped) and event.step == 3
        return [Cancel(a_job.id)] if stop else []

    (stopped,) = of_kind(events_of(FLOAT32, Submit(a_job), then=then), Cancelled)
    again = Job(a_job.recipe, a_job.destination, answers=stopped.trajectory.answers, of=a_job.id)
    events = events_of(FLOAT32, Submit(again))
    (resumed,), steps = of_kind(events, Finished), of_kind(events, Stepped)
    whole = Job(a_job.recipe, a_job.destination)
    (finished,) = of_kind(events_of(FLOAT32, Submit(whole)), Finished)
    assert [s.step for s in steps] == [1, 2, 3, 4, 5, 6]
    assert resumed.nfe == finished.nfe - len(stopped.trajectory.answers)
    np.testing.assert_allclose(resumed.trajectory.x, finished.trajectory.x, atol=1e-5)


def test_a_branch_of_a_picture_under_way_asks_nothing_of_what_was_answered_there(tiny_starter, job):
    """DESIGN section 4: counted where the network answers, not where it is told."""
    parent = job(steps=6, sampler="heun", schedule="karras", eta=None, seed=5)
    branched = replace(parent.recipe, prompt="a house", branch=Branch(parent.recipe, 3))
    branch = Job(branched, parent.destination)

    def then(event):
        leave = isinstance(event, Stepped) and (event.job, event.step) == (parent.id, 3)
        return [Submit(branch)] if leave else []

    before = tally()
    events = events_of(FLOAT32, Submit(parent), then=then)
    made = {one.job: one for one in of_kind(events, Finished)}
    assert (made[parent.id].nfe, made[branch.id].nfe) == (11, 5)
    assert tally().since(before).rows <= 2 * (11 + 5)
    asked_anew = Job(branched, parent.destination)
    (anew,) = of_kind(events_of(FLOAT32, Submit(asked_anew)), Finished)
    assert anew.nfe == 11
    np.testing.assert_allclose(anew.trajectory.x, made[branch.id].trajectory.x, atol=1e-4)


def run_with_archive(folder, commands, stop_at=None):
    """Run an engine that keeps an archive until its jobs are saved, or a step is reached."""
    inbox = queue.SimpleQueue()
    for command in commands:
        inbox.put(command)
    left, events = sum(isinstance(command, Submit) for command in commands), []
    for event in Engine(inbox, archive=Archive(folder)).run():
        events.append(event)
        left += isinstance(event, Recovered) - isinstance(event, Saved)
        if not left or (isinstance(event, Stepped) and event.step == stop_at):
            inbox.put(Shutdown())
    return events


def test_jobs_that_were_cut_off_go_on_next_time_where_they_were(tiny_starter, job, tmp_path):
    first, second = job(steps=6, seed=1), job(steps=6, seed=2, guidance=1.0)
    other_size = job(steps=2, seed=3, width=96)
    jobs = [Submit(one) for one in (first, second, other_size)]
    run_with_archive(tmp_path / "kept", [FLOAT32, *jobs, Pause(other_size.id)], stop_at=3)
    events = run_with_archive(tmp_path / "kept", [FLOAT32])
    back = of_kind(events, Recovered)
    assert [event.job.of for event in back] == [first.id, second.id, other_size.id]
    by_id = {event.job: event for event in of_kind(events, Finished)}
    nfe = [by_id[event.job.id].nfe for event in back]
    assert nfe[0] <= 4
    assert nfe[1] <= 4
    assert nfe[2] == 2
    (whole,) = of_kind(events_of(FLOAT32, Submit(Job(first.recipe, first.destination))), Finished)
    resumed = by_id[back[0].job.id].trajectory
    np.testing.assert_allclose(resumed.x, whole.trajectory.x, atol=1e-5)


def test_what_ended_does_not_come_back_and_finished_paths_are_kept(tiny_starter, job, tmp_path):
    done, dropped = job(steps=2, seed=1), job(steps=2, seed=2)
    commands = [Load("starter", "cpu", "float32"), Pause(), Submit(done), Submit(dropped)]
    inbox = queue.SimpleQueue()
    for command in [*commands, Cancel(dropped.id), Resume()]:
        inbox.put(command)
    saved = None
    for event in Engine(inbox, archive=Archive(tmp_path / "kept")).run():
        if isinstance(event, Saved):
            saved = event.path
            inbox.put(Shutdown())
    assert Archive(tmp_path / "kept").cut_off() == []
    kept = read_trajectory(kept_file(tmp_path / "kept", saved))
    assert kept.recipe == done.recipe
    assert kept.sigma is not None


@pytest.mark.slow
def test_two_hundred_random_cancels_each_end_within_a_call(tiny_starter, job):
    rng = random.Random(2)
    for _ in range(200):
        a_job, after = job(steps=8, seed=rng.getrandbits(32)), rng.randint(1, 7)
        told = []

        def then(event, a_job=a_job, after=after, told=told):
            if isinstance(event, Stepped) and event.job == a_job.id:
                told.append(event.step)
                if event.step == after:
                    return [Cancel(a_job.id), Submit(job(steps=1))]
            return []

        events = events_of(FLOAT32, Submit(a_job), then=then)
        ends = [e for e in events if isinstance(e, ENDS) and e.job == a_job.id]
        assert len(ends) == 1
        assert isinstance(ends[0], Cancelled)
        assert max(told) <= after + 1
        assert len(of_kind(events, Saved)) == 1
