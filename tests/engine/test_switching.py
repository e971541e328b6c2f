"""Switching between models: one is in memory at a time."""

import queue
import weakref

import pytest

from engine import checkpoints
from engine.commands import Destination, Job, Load, Shutdown, Submit
from engine.events import Failed, Loaded, Loading, Saved
from engine.loop import Engine
from engine.preview import PreviewFit
from engine.recipe import Recipe
from engine.vae import Decoder
from tests.originals import write_family

SWITCHES = 20


@pytest.fixture
def three(tiny_starter, tmp_path):
    """The tiny starter, SD 1 in one file, and a folder that turns out to be damaged."""
    folder, file = write_family(tmp_path, "sd1")
    (folder / "vae/diffusion_pytorch_model.safetensors").write_bytes(b"")
    return ["starter", str(file), str(folder)]


@pytest.fixture
def alive(monkeypatch, tiny_model):
    """The networks that are loaded and not freed; previews, which take long, are fitted once."""
    networks = weakref.WeakSet()
    seen = []

    def build(network, device, dtype, real=checkpoints.build):
        seen.append((network.kind, len(networks)))
        made = real(network, device, dtype)
        networks.add(made)
        return made

    fitted: PreviewFit = tiny_model.preview
    monkeypatch.setattr(Decoder, "fit_preview", lambda _: fitted)
    monkeypatch.setattr(checkpoints, "build", build)
    networks.seen = seen
    return networks


def switched(models, count):
    """Load one model after the other; yield what is said of each."""
    inbox = queue.SimpleQueue()
    inbox.put(Load(models[0], "cpu", "float32"))
    told = (event for event in Engine(inbox).run() if not isinstance(event, Loading))
    for number, event in enumerate(told, start=1):
        yield event
        model = models[number % len(models)]
        inbox.put(Load(model, "cpu", "float32") if number < count else Shutdown())


@pytest.mark.slow
def test_twenty_switches_leave_one_model_in_memory_and_never_two(three, alive):
    for number, event in enumerate(switched(three, SWITCHES)):
        fails = number % 3 == 2
        assert isinstance(event, Failed if fails else Loaded)
        assert len(alive) == (0 if fails else 3)
    firsts = [others for kind, others in alive.seen if kind == "UNet2DConditionModel"]
    assert firsts == [0] * len(firsts)
    assert len(firsts) >= SWITCHES * 2 // 3


def test_what_is_being_loaded_is_told_before_it_is_there_or_is_not(three, alive):
    inbox = queue.SimpleQueue()
    for model in (*three, three[0]):
        inbox.put(Load(model, "cpu", "float32"))
    told = []
    for event in Engine(inbox).run():
        told.append(event)
        if isinstance(event, Loaded | Failed):
            inbox.put(Shutdown())
    assert [type(event) for event in told] == [Loading, Loaded]
    assert told[0].model == told[1].model == three[0], "the last wish is the one that counts"


def test_a_job_that_brings_its_model_has_it_announced(tiny_starter, three, alive, tmp_path):
    recipe = Recipe(prompt="a boat", model=three[2], steps=1, width=64, height=64)
    job = Job(recipe, Destination(folder=tmp_path / "pictures"))
    inbox = queue.SimpleQueue()
    inbox.put(Submit(job))
    told = []
    for event in Engine(inbox).run():
        told.append(event)
        if isinstance(event, Failed):
            inbox.put(Shutdown())
    assert told[0] == Loading(three[2])
    assert [type(event) for event in told[1:]] == [Failed]
    assert told[1].job == job.id


def test_a_model_that_made_pictures_is_gone_before_the_next_one_is_loaded(three, alive, tmp_path):
    inbox = queue.SimpleQueue()

    def visit(model):
        recipe = Recipe(prompt="a boat", model=model, width=64, height=64, steps=1)
        inbox.put(Load(model, "cpu", "float32"))
        inbox.put(Submit(Job(recipe, Destination(folder=tmp_path))))

    visits = iter([*three[:2], *three[:2]])
    visit(next(visits))
    for event in Engine(inbox).run():
        assert not isinstance(event, Failed), event.problem
        if isinstance(event, Saved):
            model = next(visits, None)
            inbox.put(Shutdown()) if model is None else visit(model)
    assert [others for kind, others in alive.seen if kind == "UNet2DConditionModel"] == [0] * 4
