import subprocess
import sys

CODE = """
import os, sys
import engine
assert not {"torch", "diffusers", "transformers", "huggingface_hub"} & set(sys.modules)
import engine.checkpoints
from huggingface_hub import constants
assert constants.HF_HUB_OFFLINE
assert constants.HF_HUB_DISABLE_TELEMETRY
assert os.environ["DIFFUSERS_DISABLE_REMOTE_CODE"] == "1"
"""


def test_the_libraries_are_told_to_stay_offline_before_they_are_imported(root, monkeypatch):
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
