"""A Hub of its own for each test, and our download of it in this process or in its own."""

import os
import pickle
from dataclasses import replace

import huggingface_hub
import pytest
from huggingface_hub import constants

from engine.hub import download
from engine.hub.talk import Get, Patience
from engine.paths import current_paths
from tests import plain
from tests.hub_server import Hub, Repository

NAME = "someone/postcards"
BRIEF = Patience(connect=2.0, stall=0.4, trickle=1024, tries=3, pause=0.01, longest=1.5)
PATIENT = replace(BRIEF, connect=30.0, stall=30.0)
"""Also with this machine, where nothing stalls on purpose."""


class Payload:
    """Whoever unpickles it makes a file."""

    def __init__(self, canary):
        self.canary = str(canary)

    def __reduce__(self):
        return (os.mkdir, (self.canary,))


@pytest.fixture
def canary(tmp_path):
    """The folder that is there once somebody has run what lay on the server."""
    return tmp_path / "canary"


@pytest.fixture
def hub(canary):
    """The servers, with one repository full of things that nobody must touch."""
    files = plain.checkpoint(200_000)
    full = plain.checkpoint(400_000, variant="")
    files |= {name: data for name, data in full.items() if name.endswith(".safetensors")}
    payload = pickle.dumps(Payload(canary))
    code = f"import os\nos.mkdir({str(canary)!r})\n".encode()
    for name in ("unet/diffusion_pytorch_model.bin", "text_encoder/pytorch_model.bin", "old.ckpt"):
        files[name] = payload + b"\0" * 2000
    for name in ("pipeline.py", "unet/unet.py", "None.py"):
        files[name] = code
    files |= {"README.md": b"read me", "safety_checker/model.safetensors": b"\0" * 5000}
    with Hub({NAME: Repository(files)}) as made:
        yield made
    assert not canary.exists()


@pytest.fixture
def online(hub, monkeypatch):
    """Let huggingface_hub in this process reach the servers, as the child's environment does."""
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    template = f"{hub.url}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    yield hub
    huggingface_hub.close_session()


@pytest.fixture
def get(online):
    """Get a model in this process; returns all that is told."""

    def run(repository=NAME, **wishes):
        told = []
        wish = Get(repository, **({"patience": PATIENT} | wishes))
        download.get(wish, current_paths(), told.append)
        return told

    return run
