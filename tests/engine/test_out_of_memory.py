"""Memory that runs out, wherever it does: said in a sentence, and the next smaller job succeeds.

F-10 of the faults to survive: torch's own error, thrown at every stage, twenty rounds in all.
"""

import queue
import re

import numpy as np
import pytest
import torch

from engine import checkpoints
from engine.checkpoints.networks import build
from engine.checkpoints.sharp import SharpPreview
from engine.commands import Load, Shutdown, Submit
from engine.draft import SizeRule
from engine.errors import OutOfMemory
from engine.events import Failed, Finished, Previewed, Saved
from engine.library.budget import smaller
from engine.loop import Engine
from engine.preview import PreviewFit, PreviewMap
from engine.vae import Decoder
from tests.engine.test_loop import FLOAT32, events_of, folder, job, of_kind

__all__ = ["folder", "job"]  # fixtures

ROUNDS = 4
LARGE = 96
"""Pixels of the side of a picture that is made to fail."""
STAGES = ("load", "encode", "unet", "decode", "preview")
KINDS = {"encode": "CLIPTextModel", "unet": "UNet2DConditionModel"}


class Ballast:
    """Takes the memory away at one stage, where a picture is larger than another would be."""

    def __init__(self, stage):
        self.stage = stage
        self.armed = True

    def check(self, places, whole=True):
        if self.armed and places >= (LARGE // 4) ** 2 and whole:
            raise torch.OutOfMemoryError

    def build(self, network, device, dtype):
        """Build a network that runs out of memory."""
        if self.stage == "load" and self.armed:
            raise torch.OutOfMemoryError
        made = build(network, device, dtype)
        if network.kind == KINDS.get(self.stage):
            made.register_forward_pre_hook(lambda _, given: self.check(self._places(given)))
        return made

    def _places(self, given):
        return given[0].shape[-2] * given[0].shape[-1] if self.stage == "unet" else 10**9


@pytest.fixture
def ballast(request, monkeypatch, tiny_model):
    made = Ballast(request.param)
    fitted: PreviewFit = tiny_model.preview
    decode, show = Decoder._colours, PreviewMap.__call__

    def colours(self, x):
        if made.stage == "decode":
            made.check(x.shape[-2] * x.shape[-1])
        return decode(self, x)

    def shown(self, x):
        if made.stage == "preview":
            made.check(x.shape[-2] * x.shape[-1])
        return show(self, x)

    monkeypatch.setattr(checkpoints, "build", made.build)
    monkeypatch.setattr(Decoder, "fit_preview", lambda _: fitted)
    monkeypatch.setattr(Decoder, "_colours", colours)
    monkeypatch.setattr(PreviewMap, "__call__", shown)
    return made


@pytest.mark.parametrize("ballast", STAGES, indirect=True)
def test_the_next_smaller_job_succeeds_without_a_restart(tiny_starter, job, ballast):
    """Twenty rounds: four at each of the stages."""
    inbox = queue.SimpleQueue()
    dtypes = ["float32", "bfloat16"] * ROUNDS

    def begin(number):
        ballast.armed = True
        if ballast.stage == "load":  # every round loads anew
            inbox.put(Load("starter", "cpu", dtypes[number]))
        inbox.put(Submit(job(f"boat {number}", width=LARGE, height=LARGE, steps=2)))

    inbox.put(FLOAT32)
    begin(0)
    offered, saved = [], 0
    for event in Engine(inbox).run():
        if isinstance(event, Failed):
            assert not event.problem.is_bug
            assert "memory" in event.problem.message
            if event.job is None:
                continue  # that the model was loaded ahead of the job
            size = re.search(r"(\d+) x (\d+)", event.problem.advice)
            offered.append(size)
            width, height = map(int, size.groups()) if size else (64, 64)
            ballast.armed = ballast.stage not in {"load", "encode"}
            inbox.put(Submit(job("a smaller boat", width=width, height=height, steps=2)))
        elif isinstance(event, Saved):
            saved += 1
            if saved < ROUNDS:
                begin(saved)
            else:
                inbox.put(Shutdown())
    assert (len(offered), saved) == (ROUNDS, ROUNDS)
    assert all(offered) == (ballast.stage != "load")


def test_a_size_is_offered_that_fits_and_keeps_the_shape():
    rule = SizeRule(width=512, height=512, step=8, largest=2048)
    offers = [smaller((1024, 768), rule, lambda w, h, most=most: w * h <= most)
              for most in (10**7, 600 * 600, 300 * 300, 64 * 64, 10)]  # fmt: skip
    assert offers == [(832, 640), (640, 448), (320, 192), (64, 64), None]


def test_the_smallest_size_has_no_smaller_one():
    assert smaller((64, 64), SizeRule(), lambda *_: True) is None
    assert OutOfMemory(None).advice == OutOfMemory().advice


def test_no_picture_ends_for_want_of_memory_for_a_sharp_preview(tiny_model):
    class Nothing:
        device = "cpu"

        def decode(self, _):
            raise torch.OutOfMemoryError

    latents = np.ones((4, 16, 16), np.float32)
    shown = SharpPreview(Nothing(), tiny_model.preview)(latents)
    np.testing.assert_array_equal(shown, tiny_model.preview(latents))


def test_lanes_that_do_not_fit_together_go_on_one_after_the_other(tiny_starter, job, monkeypatch):
    real = checkpoints._Rows.__call__
    rows = []

    def cramped(self, x, t, conditioning):
        rows.append(len(x))
        if len(x) > 1:
            raise torch.OutOfMemoryError
        return real(self, x, t, conditioning)

    monkeypatch.setattr(checkpoints._Rows, "__call__", cramped)
    events = events_of(FLOAT32, *(Submit(job(seed=k)) for k in range(3)))
    assert len(of_kind(events, Finished)) == 3
    assert not of_kind(events, Failed)
    assert max(rows) > 1
    assert sum(count > 1 for count in rows) <= 3  # it has learnt
    assert len(of_kind(events, Previewed)) == 9
