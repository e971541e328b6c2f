import queue
import random
import threading

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline

from engine.checkpoints import load
from engine.commands import (
    Cancel,
    CancelAll,
    Decode,
    Destination,
    Job,
    Load,
    Move,
    Pause,
    Resume,
    Shutdown,
    Submit,
)
from engine.device import choose
from engine.events import (
    Cancelled,
    Decoded,
    Failed,
    Finished,
    Loaded,
    Loading,
    Noticed,
    Previewed,
    Saved,
    Started,
    Stepped,
    Unsaved,
)
from engine.library.budget import budget_of
from engine.loop import Engine
from engine.preview import PreviewFit
from engine.recipe import Recipe

ENDS = (Finished, Failed, Cancelled)
FLOAT32 = Load("starter", "cpu", "float32")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pictures").mkdir()
    return tmp_path / "pictures"


@pytest.fixture
def job(folder):
    """Make a job whose picture goes to the test's folder."""

    def make(prompt="a boat", **settings):
        size = {"width": 64, "height": 64, "steps": 3}
        return Job(Recipe(prompt=prompt, **(size | settings)), Destination(folder=folder))

    return make


@pytest.mark.parametrize(("memory", "ends"), [(10**5, Failed), (10**9, Finished)])
def test_a_model_larger_than_the_memory_budget_is_refused(tiny_starter, job, memory, ends):
    events = events_of(Load("starter", "cpu", "float32", memory=memory), Submit(job()))
    told = [event for event in events if isinstance(event, (*ENDS, Failed))]
    assert all(isinstance(event, ends) for event in told)
    assert told
    if ends is Failed:
        assert "memory budget is 0.0 GB" in told[-1].problem.message
        assert not told[-1].problem.is_bug


def test_a_picture_larger_than_the_memory_budget_is_refused_and_the_next_is_made(tiny_starter, job):
    budget = budget_of(tiny_starter.plan(), 4, 1).needed(64, 64)
    load = Load("starter", "cpu", "float32", memory=2 * budget)
    large, usual = job(width=1024, height=1024), job()
    events = events_of(load, Submit(large), Submit(usual))
    ends = {event.job: type(event) for event in events if isinstance(event, ENDS)}
    assert ends == {large.id: Failed, usual.id: Finished}


def events_of(*commands, then=None):
    """Run an engine over commands, then what `then(event)` adds, and shut it down at the end."""
    inbox = queue.SimpleQueue()
    for command in commands:
        inbox.put(command)
    jobs = sum(isinstance(command, Submit) for command in commands)
    ends = (Failed, Cancelled, Saved, Unsaved) if jobs else (Failed, Loaded)
    left = jobs or 1
    events = []
    for event in Engine(inbox).run():
        events.append(event)
        for command in then(event) if then else ():
            inbox.put(command)
            left += isinstance(command, Submit if jobs else Load)
        left -= isinstance(event, ends)
        if not left:
            inbox.put(Shutdown())
    return events


def of_kind(events, kind):
    return [event for event in events if isinstance(event, kind)]


def test_a_job_is_told_from_start_to_saved(tiny_starter, job):
    a_job = job("a boat", sampler="plms", eta=None, seed=3)
    events = events_of(FLOAT32, Submit(a_job))
    told = [type(event) for event in events]
    assert told == [Loading, Loaded, Started, *[Stepped, Previewed] * 3, Finished, Saved]
    started, finished, saved = (of_kind(events, kind)[0] for kind in (Started, Finished, Saved))
    assert (len(started.t), len(started.sigma), started.model_calls) == (3, 3, 4)
    assert [s.step for s in of_kind(events, Stepped)] == [1, 2, 3]
    assert finished.nfe == 4
    assert finished.seconds > 0
    assert finished.picture.recipe == a_job.recipe
    assert len(finished.trajectory) == 3
    assert saved.path.stat().st_size > 0


def test_the_picture_is_what_diffusers_own_pipeline_makes(tiny_starter, job):
    a_job = job("a red boat", negative_prompt="rain", seed=11, steps=10, guidance=5.0)
    (finished,) = of_kind(events_of(FLOAT32, Submit(a_job)), Finished)
    pipeline = StableDiffusionPipeline.from_pretrained(tiny_starter.folder, safety_checker=None)
    pipeline.set_progress_bar_config(disable=True)
    theirs = pipeline(
        "a red boat",
        negative_prompt="rain",
        num_inference_steps=10,
        guidance_scale=5.0,
        width=64,
        height=64,
        generator=torch.Generator().manual_seed(11),
        output_type="np",
    ).images[0]
    off = np.abs(finished.picture.pixels / 255 - theirs).max()
    assert off <= 2 / 255


def test_jobs_run_together_and_the_picture_is_the_one_it_makes_alone(tiny_starter, job):
    jobs = [job(seed=k, steps=2 + k) for k in range(6)]
    together = of_kind(events_of(FLOAT32, *map(Submit, jobs)), Finished)
    assert {finished.job for finished in together} == {j.id for j in jobs}
    for finished in together[:3]:
        alone = Job(finished.picture.recipe, jobs[0].destination)
        (single,) = of_kind(events_of(FLOAT32, Submit(alone)), Finished)
        difference = single.picture.pixels.astype(int) - finished.picture.pixels.astype(int)
        assert np.abs(difference).max() <= 1


def test_no_more_rows_run_at_once_than_the_device_takes(tiny_starter, job):
    jobs = [job(seed=k) for k in range(6)]  # two rows each, eight at once
    events = events_of(FLOAT32, *map(Submit, jobs))
    first_step = next(k for k, e in enumerate(events) if isinstance(e, Stepped))
    assert len(of_kind(events[:first_step], Started)) == 4


def test_different_sizes_run_in_turn(tiny_starter, job):
    events = events_of(FLOAT32, Submit(job(width=96)), Submit(job()), Submit(job(height=80)))
    shapes = {f.picture.pixels.shape for f in of_kind(events, Finished)}
    assert shapes == {(64, 96, 3), (64, 64, 3), (80, 64, 3)}


def test_cancelling_one_lane_leaves_the_others_alone(tiny_starter, job):
    stopped, kept, waiting = job(steps=1000), job(seed=5), job(seed=6, steps=1000)

    def cancel(event):
        if isinstance(event, Stepped) and (event.job, event.step) == (stopped.id, 2):
            return [Cancel(stopped.id), Cancel(waiting.id)]
        return []

    events = events_of(FLOAT32, *map(Submit, (stopped, kept, waiting)), then=cancel)
    cancelled = {e.job: e for e in of_kind(events, Cancelled)}
    assert set(cancelled) == {stopped.id, waiting.id}
    assert 2 <= len(cancelled[stopped.id].trajectory) < 5
    assert [f.job for f in of_kind(events, Finished)] == [kept.id]
    assert len(of_kind(events, Saved)) == 1


def test_cancelling_all_stops_running_and_waiting_jobs_alike(tiny_starter, job, folder):
    jobs = [job(steps=1000, seed=k) for k in range(9)]
    cancel = lambda event: [CancelAll()] if isinstance(event, Stepped) and event.step == 1 else []  # noqa: E731
    events = events_of(FLOAT32, *map(Submit, jobs), then=cancel)
    assert {e.job for e in of_kind(events, Cancelled)} == {j.id for j in jobs}
    assert not list(folder.iterdir())


def test_shutdown_cancels_what_is_left(tiny_starter, job):
    a_job = job(steps=1000)
    stop = lambda event: [Shutdown()] if isinstance(event, Stepped) else []  # noqa: E731
    events = events_of(FLOAT32, Submit(a_job), then=stop)
    assert isinstance(events[-1], Cancelled)


def test_a_running_job_keeps_its_dtype_and_the_next_one_gets_the_new(tiny_starter, job):
    first, second = job(steps=6), job(seed=9)
    change = [Load("starter", "cpu", "bfloat16"), Submit(second)]
    told = []

    def after_two_steps(event):
        if isinstance(event, Stepped) and (event.job, event.step) == (first.id, 2):
            told.append(event)
            return change
        return []

    events = events_of(FLOAT32, Submit(first), then=after_two_steps)
    dtypes = {f.job: f.picture.environment.dtype for f in of_kind(events, Finished)}
    assert dtypes == {first.id: "float32", second.id: "bfloat16"}
    assert [loaded.environment.dtype for loaded in of_kind(events, Loaded)] == [
        "float32",
        "bfloat16",
    ]


def test_a_device_that_is_not_there_fails_the_jobs_that_wanted_it(tiny_starter, job, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    a_job = job()
    events = events_of(FLOAT32, Load("starter", "cuda"), Submit(a_job))
    assert [failed.job for failed in of_kind(events, Failed)][-1] == a_job.id
    assert not of_kind(events, Finished)


def test_asking_again_for_the_loaded_model_is_answered(tiny_starter):
    asked = []

    def again(event):
        asked.append(event)
        return [FLOAT32] if len(asked) == 1 else []

    events = events_of(FLOAT32, then=again)
    assert [type(event) for event in events] == [Loading, Loaded, Loaded]


def test_cancelling_is_heard_between_the_calls_of_different_sizes(tiny_starter, job):
    jobs = [job(width=w, steps=1000) for w in (64, 72, 80, 88)]
    first = []

    def cancel(event):
        if isinstance(event, Stepped) and not first:
            first.append(event)
            return [CancelAll()]
        return []

    events = events_of(FLOAT32, *map(Submit, jobs), then=cancel)
    assert len(of_kind(events, Stepped)) == 1
    assert len(of_kind(events, Cancelled)) == 4


def test_memory_that_runs_out_anywhere_is_a_known_error(tiny_starter, job, monkeypatch):
    def no_memory(*_):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr("engine.vae.Decoder._colours", no_memory)
    black = PreviewFit(np.zeros((1, 4, 4, 4), np.float32), np.zeros((1, 8, 8, 3), np.uint8), 1)
    monkeypatch.setattr("engine.vae.Decoder.fit_preview", lambda _: black)
    (failed,) = of_kind(events_of(FLOAT32, Submit(job())), Failed)
    assert not failed.problem.is_bug
    assert "memory" in failed.problem.message


def test_any_latents_are_decoded_between_two_calls_and_only_by_their_own_model(tiny_starter, job):
    a_job = job(steps=3)
    latents = np.random.default_rng(5).normal(size=(4, 8, 8)).astype(np.float32)
    asked, foreign = Decode("starter", latents), Decode("another", latents)

    def then(event):
        return [asked, foreign] if isinstance(event, Stepped) and event.step == 1 else []

    events = events_of(FLOAT32, Submit(a_job), then=then)
    (decoded,) = of_kind(events, Decoded)
    assert decoded.ticket == asked.ticket
    model = load(tiny_starter, choose("cpu", "float32"))
    wanted = model.decoder.decode(torch.tensor(latents[None]))
    np.testing.assert_array_equal(decoded.pixels, wanted)
    assert len(of_kind(events, Saved)) == 1


def test_an_unknown_model_fails_its_job_alone(tiny_starter, job):
    bad, good = job(model="nope"), job()
    events = events_of(FLOAT32, Submit(bad), Submit(good))
    (failed,) = of_kind(events, Failed)
    assert failed.job == bad.id
    assert "starter" in failed.problem.message
    assert of_kind(events, Finished)[0].job == good.id


def test_a_checkpoint_that_cannot_be_loaded_is_said_once(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.library.RESOURCES", tmp_path)
    _, event = events_of(Load("starter"))
    assert isinstance(event, Failed)
    assert event.job is None
    assert not event.problem.is_bug


def test_a_bug_in_one_round_fails_its_jobs_and_the_engine_goes_on(tiny_starter, job, monkeypatch):
    from engine import lanes

    first, second = job(), job(seed=9)
    real, calls = lanes.answer, []

    def breaks_once(group, denoise):
        calls.append(1)
        if len(calls) == 2:
            raise ZeroDivisionError
        return real(group, denoise)

    monkeypatch.setattr(lanes, "answer", breaks_once)
    again = lambda event: [Submit(second)] if isinstance(event, Failed) else []  # noqa: E731
    events = events_of(FLOAT32, Submit(first), then=again)
    (failed,) = of_kind(events, Failed)
    assert failed.job == first.id
    assert "ZeroDivisionError" in failed.problem.details
    assert of_kind(events, Finished)[0].job == second.id


def test_a_picture_that_cannot_be_written_is_told_and_kept_in_memory(tiny_starter, tmp_path):
    taken = tmp_path / "taken.png"
    taken.write_bytes(b"mine")
    recipe = Recipe(prompt="", width=64, height=64, steps=1)
    events = events_of(FLOAT32, Submit(Job(recipe, Destination(file=taken))))
    assert [type(event) for event in events[-2:]] == [Finished, Unsaved]
    assert taken.read_bytes() == b"mine"


def test_an_overlong_prompt_is_used_as_far_as_it_is_read_and_that_is_said(tiny_starter, job):
    events = events_of(FLOAT32, Submit(job("boat " * 10_000, steps=1)))
    (noticed,) = of_kind(events, Noticed)
    assert "40000 tokens" in noticed.problem.message
    assert "first 1200" in noticed.problem.message
    assert of_kind(events, Saved)


def test_not_a_number_is_never_saved(tiny_starter, job, folder, monkeypatch):
    from engine.checkpoints import _Rows

    monkeypatch.setattr(_Rows, "__call__", lambda _, x, __, ___: x * float("nan"))
    (failed,) = of_kind(events_of(FLOAT32, Submit(job())), Failed)
    assert "not-a-number" in failed.problem.message
    assert not list(folder.iterdir())


def test_random_commands_from_another_thread_end_every_job_exactly_once(tiny_starter, job):
    """Two thousand commands: none lost, none answered twice, and the engine lives on."""
    rng = random.Random(1)
    jobs = [job(seed=k, steps=rng.randint(1, 3)) for k in range(60)]
    inbox = queue.SimpleQueue()

    def talk():
        for k, a_job in enumerate(jobs):
            inbox.put(Submit(a_job))
            for _ in range(32):
                other = jobs[rng.randint(0, k)].id
                word = rng.choice((Cancel, Pause, Pause, Resume, Resume, Move, Move))
                inbox.put(word(other, rng.randint(0, 5)) if word is Move else word(other))
        inbox.put(Resume())
        inbox.put(Submit(job("the last")))

    threading.Thread(target=talk).start()
    ends = {}
    for event in Engine(inbox).run():
        if isinstance(event, ENDS):
            ends.setdefault(event.job, []).append(event)
        if isinstance(event, Finished) and event.picture.recipe.prompt == "the last":
            inbox.put(Shutdown())
    assert len(ends) == 61
    assert all(len(told) == 1 for told in ends.values())
