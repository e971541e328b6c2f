"""The image generator without a window: commands in, events out."""

import os

__version__ = "0.1.0"

# The libraries below read these when they are imported, so they are set before any of them is.
os.environ["DIFFUSERS_DISABLE_REMOTE_CODE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
if "HF_HUB_OFFLINE" not in os.environ:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["ETASCOPE_ASKS"] = "1"  # offline by our own wish: what the user asks for may be got
# OpenMP's threads spin while they wait for each other, so a busy neighbour makes a step five to
# fifteen times slower (the starter's UNet on two cores beside two other processes: 474 to 1528 ms
# a call; sleeping threads: 82 to 94 ms). On an idle machine sleeping costs a sixth (62 against 53).
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
