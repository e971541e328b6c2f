"""Switching between models: one is in memory at a time."""

import queue
import weakref

import pytest

from engine import checkpoints
from engine.commands import Load, Shutdown
from engine.events import Failed, Loaded
from engine.loop import Engine
from engine.preview import PreviewFit
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
    for number, event in enumerate(Engine(inbox).run(), start=1):
        yield event
        model = models[number % len(models)]
        inbox.put(Load(model, "cpu", "float32") if number < count else Shutdown())


def test_twenty_switches_leave_one_model_in_memory_and_never_two(three, alive):
    for number, event in enumerate(switched(three, SWITCHES)):
        fails = number % 3 == 2
        assert isinstance(event, Failed if fails else Loaded)
        assert len(alive) == (0 if fails else 3)
    firsts = [others for kind, others in alive.seen if kind == "UNet2DConditionModel"]
    assert firsts == [0] * len(firsts)
    assert len(firsts) >= SWITCHES * 2 // 3
