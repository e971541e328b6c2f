"""The image generator without a window: commands in, events out."""

import os

__version__ = "0.1.0"

# The libraries below read these when they are imported, so they are set before any of them is.
os.environ["DIFFUSERS_DISABLE_REMOTE_CODE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# OpenMP's threads spin while they wait, so a single busy neighbour makes a step six times slower
# (474 against 82 ms for the starter's UNet on two cores with two other processes). Sleeping
# threads share the machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
