"""Cancelled pictures that are kept as far as they had come."""

import json
import os
import queue
import signal
import subprocess
import sys
import textwrap
import threading
import weakref

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine import checkpoints, library
from engine.checkpoints import load
from engine.checkpoints.quarters import Quarters
from engine.cli.main import main
from engine.commands import Cancel, CancelAll, Destination, Job, Load, Shutdown, Submit
from engine.device import choose
from engine.errors import PictureError
from engine.events import Cancelled, Kept, Loaded, Noticed, Started, Stepped
from engine.gallery.entries import examine, seen
from engine.gallery.index import Index
from engine.gallery.metadata import read_metadata
from engine.gallery.own import read_own
from engine.gallery.query import parse
from engine.gallery.scan import scan
from engine.gallery.store import gallery_folder, open_picture
from engine.gallery.texts import read_texts
from engine.library.placing import Placing
from engine.loop import Engine
from engine.recipe import Recipe, Unfinished
from engine.remade import recipe_to_remake
from engine.vae import Decoder

LOAD = Load("starter", "cpu", "float32")
STEPS = 6


@pytest.fixture
def job(home, tiny_starter):
    def make(file=None, **settings):
        folder = gallery_folder("Etascope") if file is None else None
        size = {"width": 64, "height": 64, "steps": STEPS}
        recipe = Recipe(**({"prompt": "a boat"} | size | settings))
        return Job(recipe, Destination(folder=folder, file=file))

    return make


def run(*jobs, answer):
    """Run the jobs; `answer(event)` yields what is said to each event. Return all events."""
    inbox = queue.SimpleQueue()
    for command in (LOAD, *map(Submit, jobs)):
        inbox.put(command)
    events = []
    for event in Engine(inbox).run():
        events.append(event)
        for command in answer(event):
            inbox.put(command)
    return events


def stop_at(step, *, keep=True):
    """Cancel at a step, and end when that is told."""

    def answer(event):
        if isinstance(event, Stepped) and event.step == step:
            yield Cancel(event.job, keep=keep)
        if isinstance(event, Cancelled):
            yield Shutdown()

    return answer


def of(events, kind):
    return [event for event in events if isinstance(event, kind)]


def test_the_newest_predicted_picture_is_kept_and_says_how_far_it_had_come(job):
    a_job = job()
    events = run(a_job, answer=stop_at(3))
    (cancelled,), (kept,) = of(events, Cancelled), of(events, Kept)
    assert events.index(cancelled) < events.index(kept)
    assert kept.reached == Unfinished(3, STEPS)
    assert len(cancelled.trajectory) == 3
    reading = read_metadata(kept.path)
    assert (reading.unfinished, reading.recipe) == (kept.reached, a_job.recipe)
    model = load(library.find("starter"), choose("cpu", "float32"))
    x0 = torch.tensor(cancelled.trajectory.x0[-1][None])
    with Image.open(kept.path) as picture:
        assert np.array_equal(np.asarray(picture), model.decoder.decode(x0))
    told = json.loads(read_texts(kept.path)["etascope"])
    assert told["partial"] == {"step": 3, "steps": STEPS}


def test_it_is_found_as_what_it_is_and_is_not_made_again_as_if_it_were_whole(job):
    (kept,) = of(run(job(), answer=stop_at(2)), Kept)
    assert examine(kept.path, seen(kept.path)).kind == "partial"
    index = Index()
    scan(index)
    found = {
        text: len(index.search(parse(text)).result()) for text in ("is:partial", "-is:partial")
    }
    index.close()
    assert found == {"is:partial": 1, "-is:partial": 0}
    with pytest.raises(PictureError, match="cancelled after step 2 of 6"):
        recipe_to_remake(open_picture(kept.path))


def test_inspect_tells_how_far_it_had_come(job, capsys):
    (kept,) = of(run(job(), answer=stop_at(2)), Kept)
    assert main(["inspect", str(kept.path)]) == 0
    assert "Cancelled after step 2 of 6." in capsys.readouterr().out.splitlines()
    assert main(["inspect", "--json", str(kept.path)]) == 0
    assert json.loads(capsys.readouterr().out)["partial"] == {"step": 2, "steps": 6}


@given(step=st.integers(-3, 9) | st.text() | st.floats(), steps=st.integers(-3, 9) | st.none())
def test_a_file_may_say_anything_of_how_far_it_came(step, steps):
    told = json.dumps({"version": 1, "partial": {"step": step, "steps": steps}})
    reached = read_own(told).unfinished
    sense = isinstance(step, int) and isinstance(steps, int) and 0 < step < steps
    assert reached == (Unfinished(step, steps) if sense else None)


@pytest.mark.parametrize("keep", [False, True])
def test_nothing_is_kept_unasked_nor_of_what_has_not_begun(job, home, keep):
    def answer(event):
        if isinstance(event, Started):
            yield CancelAll(keep)
        if isinstance(event, Cancelled):
            yield Shutdown()

    assert of(run(job(), answer=answer), Kept) == []
    assert of(run(job(), answer=stop_at(2, keep=False)), Kept) == []
    assert not gallery_folder("Etascope").exists()


def test_who_cancels_the_next_picture_waits_for_no_decoding(job, monkeypatch):
    show, gate = Decoder.show, threading.Event()

    def slow(self, latents):
        assert threading.current_thread().name != "partials" or gate.wait(30)
        return show(self, latents)

    monkeypatch.setattr(Decoder, "show", slow)
    first, second = job(), job(seed=1)

    def answer(event):
        match event:
            case Stepped(first.id, 2):
                yield Cancel(first.id, keep=True)
            case Cancelled(first.id):
                yield Submit(second)
            case Stepped(second.id, 2):
                yield Cancel(second.id, keep=True)
            case Cancelled(second.id):
                gate.set()
                yield Shutdown()

    told = [type(one) for one in run(first, answer=answer) if isinstance(one, Cancelled | Kept)]
    assert told == [Cancelled, Cancelled, Kept, Kept]


def test_networks_that_are_lent_to_their_device_are_asked_by_one_thread_only(job, monkeypatch):
    show, threads = Decoder.show, set()

    def watched(self, latents):
        threads.add(threading.current_thread())
        return show(self, latents)

    monkeypatch.setattr(Decoder, "show", watched)
    monkeypatch.setattr(checkpoints, "_quarters", lambda *_: Quarters("cpu", Placing.NETWORKS))
    assert of(run(job(), answer=stop_at(2)), Kept)
    assert threads == {threading.current_thread()}


def test_a_kept_picture_does_not_keep_its_model(job, monkeypatch):
    networks, counts = weakref.WeakSet(), []

    def built(network, device, dtype, real=checkpoints.build):
        if network.kind != "UNet2DConditionModel":
            return real(network, device, dtype)
        counts.append(len(networks))
        networks.add(made := real(network, device, dtype))
        return made

    monkeypatch.setattr(checkpoints, "build", built)

    def answer(event):
        match event:
            case Stepped(step=2):
                yield Cancel(event.job, keep=True)
            case Kept():
                yield Load("starter", "cpu", "bfloat16")
            case Loaded() if len(counts) == 2:
                yield Shutdown()

    run(job(), answer=answer)
    assert counts == [0, 0]


def test_what_cannot_be_kept_is_said_and_the_engine_goes_on(job, monkeypatch, tmp_path):
    (tmp_path / "a-partial.png").write_bytes(b"mine")
    events = run(job(tmp_path / "a.png"), answer=stop_at(2))
    (notice,) = of(events, Noticed)
    assert "a-partial.png" in notice.problem.message
    assert not notice.problem.is_bug
    assert (tmp_path / "a-partial.png").read_bytes() == b"mine"


def test_memory_that_runs_out_over_it_is_told_as_that(job, monkeypatch):
    show = Decoder.show

    def show_or_fail(self, latents):
        if threading.current_thread().name == "partials":
            raise torch.OutOfMemoryError("CUDA out of memory")
        return show(self, latents)

    monkeypatch.setattr(Decoder, "show", show_or_fail)
    (notice,) = of(run(job(), answer=stop_at(2)), Noticed)
    assert "not enough memory" in notice.problem.message
    assert not notice.problem.is_bug


def test_all_are_told_before_any_is_decoded_in_the_engines_own_thread(job, monkeypatch):
    show, told, told_before = Decoder.show, [], []

    def watched(self, latents):
        told_before.append(len(told))
        return show(self, latents)

    monkeypatch.setattr(checkpoints, "_quarters", lambda *_: Quarters("cpu", Placing.NETWORKS))

    def answer(event):
        if isinstance(event, Stepped) and event.step == 2 and event.job == second.id:
            monkeypatch.setattr(Decoder, "show", watched)
            yield CancelAll(keep=True)
        if isinstance(event, Cancelled):
            told.append(event)
            if len(told) == 2:
                yield Shutdown()

    first, second = job(), job(seed=1)
    assert len(of(run(first, second, answer=answer), Kept)) == 2
    assert told_before == [2, 2]


def test_it_never_takes_the_name_of_the_whole_picture(job, tmp_path):
    (kept,) = of(run(job(tmp_path / "a.png"), answer=stop_at(2)), Kept)
    assert kept.path == tmp_path / "a-partial.png"
    assert not (tmp_path / "a.png").exists()


def test_ctrl_c_keeps_what_there_is_if_asked(root, tiny_resources, tmp_path):
    code = f"""
        import signal, sys
        signal.signal(signal.SIGINT, signal.default_int_handler)
        from pathlib import Path
        from engine import library
        library.RESOURCES = Path({str(tiny_resources)!r})
        from engine import loop
        told = loop.Engine._told
        def tell(self, lane, step, number):
            if number == 3:
                print("three", file=sys.stderr, flush=True)
            return told(self, lane, step, number)
        loop.Engine._told = tell
        from engine.cli.main import main
        options = ["--out", "a.png", "--steps", "1000", "--json", "--keep-partial"]
        sys.exit(main(["generate", "a boat", *options]))
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen(command, cwd=tmp_path, text=True, env=environment, **pipes) as process:
        while "three" not in (line := process.stderr.readline()):
            assert line, "it ended before"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.endswith("etascope: interrupted.\n")
    assert not (tmp_path / "a.png").exists()
    assert (tmp_path / "a-partial.png").exists()
    told = json.loads(out)
    assert (told["file"], told["partial"]["steps"]) == ("a-partial.png", 1000)
    assert f"cancelled after step {told['partial']['step']} of 1000" in err
