"""Checkpoints as large as the real ones, in both layouts: minutes, and gigabytes of disk."""

import gc
import subprocess
import sys

import pytest
import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline

from engine.checkpoints import load
from engine.device import choose
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


def test_its_answers_are_those_of_diffusers(full):
    """One guided question; whole pictures are compared at tiny size."""
    family, folder, file = full
    kind = StableDiffusionXLPipeline if family == "sdxl" else StableDiffusionPipeline
    x = torch.randn((1, 4, 16, 24), generator=torch.Generator().manual_seed(1))
    t = torch.tensor([601.0])
    pipeline = kind.from_pretrained(folder, dtype=ON.dtype, use_safetensors=True)
    with torch.inference_mode():
        told = pipeline.encode_prompt("a boat at sea", device="cpu", num_images_per_prompt=1,
                                      do_classifier_free_guidance=False)  # fmt: skip
        added = {}
        if family == "sdxl":
            sizes = torch.tensor([[128, 192, 0, 0, 128, 192]], dtype=ON.dtype)
            added = {"added_cond_kwargs": {"text_embeds": told[2], "time_ids": sizes}}
        expected = pipeline.unet(x.to(ON.dtype), t, told[0], **added).sample.float()
    del pipeline
    gc.collect()
    for checkpoint in (Checkpoint("folder", "Folder", folder), single(file)):
        model = load(checkpoint, ON)
        answer = model.denoise(x, t, model.encode("a boat at sea"))
        del model
        gc.collect()
        torch.testing.assert_close(answer, expected, atol=2e-2, rtol=2e-2)
