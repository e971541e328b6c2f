"""Checkpoints as large as the real ones, in both layouts: minutes, and gigabytes of disk."""

import contextlib
import gc
import subprocess
import sys

import pytest
import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline

from engine import lanes
from engine.checkpoints import load
from engine.commands import Destination, Job
from engine.device import choose
from engine.draft import Draft
from engine.lanes import Lane
from engine.library import Checkpoint, SingleFile
from engine.library.memory import weights_bytes
from tests.originals import FAMILIES, REAL, write_family

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
ON = choose("cpu", "bfloat16")


@pytest.fixture(scope="module", params=FAMILIES)
def full(request, tmp_path_factory):
    """A family's name, folder and single file, in half precision as they are spread."""
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, *write_family(folder, request.param, REAL[request.param], torch.float16)


def single(file):
    return SingleFile("file", "File", file.parent, file.name)


LOAD = """
import re, sys
from pathlib import Path
from engine.checkpoints import load
from engine.device import choose
from engine.library import at, find

def most():  # not resource's, which begins with that of the process that started this one
    text = Path("/proc/self/status").read_text()
    return 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", text)[1])

load(find("starter"), choose("cpu", "float16"))
before = most()
load(at(Path(sys.argv[1])), choose("cpu", "float16"))
print(most() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
@pytest.mark.parametrize("layout", ["folder", "file"])
def test_loading_it_takes_the_weights_memory_once(full, layout, root):
    _, folder, file = full
    place = folder if layout == "folder" else file
    command = [sys.executable, "-c", LOAD, str(place)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    plan = single(file).plan()
    ratio = int(done.stdout) / weights_bytes(plan, 2)
    print(f"{plan.family} as a {layout}: {ratio:.3f} of its weights")
    assert 0.9 < ratio < 1.3


@contextlib.contextmanager
def float32_outside(unet):
    """Let a network of another dtype be asked and answer in float32, as ours is."""

    def cast(_, given, more):
        return (given[0].to(unet.dtype), *given[1:]), more

    hooks = [
        unet.register_forward_pre_hook(cast, with_kwargs=True),
        unet.register_forward_hook(lambda _, __, answer: (answer[0].float(),)),
    ]
    yield
    for hook in hooks:
        hook.remove()


def test_its_latents_are_those_of_diffusers_own_pipeline(full):
    """Two guided steps of DDIM, of both layouts."""
    family, folder, file = full
    kind = StableDiffusionXLPipeline if family == "sdxl" else StableDiffusionPipeline
    folder = Checkpoint("folder", "Folder", folder)
    draft = Draft(prompt="a boat at sea", negative_prompt="rain", schedule="leading", steps=2,
                  guidance=3.0, width=192, height=128, seed=7)  # fmt: skip
    (recipe,) = draft.resolve(folder.sizes())
    pipeline = kind.from_pretrained(folder.folder, dtype=ON.dtype, use_safetensors=True)
    pipeline.set_progress_bar_config(disable=True)
    for network in (
        pipeline.unet,
        pipeline.text_encoder,
        getattr(pipeline, "text_encoder_2", None),
    ):
        if network is not None:  # torch multiplies in another order where it could want gradients
            network.requires_grad_(requires_grad=False)
    x = torch.randn((1, 4, 16, 24), generator=torch.Generator().manual_seed(7))
    with float32_outside(pipeline.unet):
        theirs = pipeline(recipe.prompt, negative_prompt=recipe.negative_prompt, latents=x,
                          num_inference_steps=2, guidance_scale=3.0, width=192, height=128,
                          output_type="latent").images  # fmt: skip
    del pipeline
    gc.collect()
    for checkpoint in (folder, single(file)):
        model = load(checkpoint, ON)
        lane = Lane(Job(recipe, Destination()), model)
        while lane.ask is not None:
            lane.hand(lanes.answer([lane], model.denoise)[0])
        ours = lane.latents
        del model, lane
        gc.collect()
        off = (ours - theirs).abs().max() / theirs.std()
        print(f"{family}, {checkpoint.label}: off by {off:.1e} of the latents' spread at most")
        torch.testing.assert_close(ours, theirs, atol=2e-3, rtol=2e-3)
