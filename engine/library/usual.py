"""What a checkpoint is at its best with, where its files or its name tell: few steps, above all.

Networks that were distilled make pictures in a few steps. Latent consistency models (Luo et al.
2023) that take guidance in show it by a weight of its own; of others the scheduler's settings tell,
or only the name that their makers gave them.
"""

import re

from engine.draft import Usual
from engine.library.plan import Settings

_FEW = 4
_NAMED = re.compile(
    r"(?:(?<![A-Za-z])(?:turbo|lightning|lcm)|Turbo|TURBO|Lightning|LIGHTNING|LCM)(?![a-z])"
)
"""A word of a name, also one that begins with a capital in the middle: dreamXL_v2TurboDpm."""
_SPACED = {"use_karras_sigmas": "karras", "use_exponential_sigmas": "exponential"}
_CONSISTENT = ("LCMScheduler", "TCDScheduler")

_TAKES_GUIDANCE = "Made for 1 to 8 steps with the sampler LCM; it takes no negative prompt."
_LCM = "Made for 2 to 8 steps with the sampler LCM and guidance 1."
_FEW_STEPS = "Made for 1 to 8 steps with guidance 1."


def takes_guidance(unet: Settings) -> bool:
    """Whether the network is told the guidance scale, and needs no second row for it."""
    return unet.get("time_cond_proj_dim") is not None


def usual_of(unet: Settings, scheduler: Settings, name: str) -> Usual:
    """Return what is usual for a checkpoint of these settings and this name."""
    trailing = scheduler.get("timestep_spacing") == "trailing"
    # Only so does the first step see the level that ends with noise alone (Lin et al. 2023, 3.3).
    trailing = trailing or bool(scheduler.get("rescale_betas_zero_snr"))
    if takes_guidance(unet):
        return Usual(_FEW, "trailing", advice=_TAKES_GUIDANCE)
    named = _NAMED.search(name)
    if scheduler.get("_class_name") in _CONSISTENT or (named and named[0].lower() == "lcm"):
        return Usual(_FEW, "trailing", 1.0, _LCM)
    if named:
        return Usual(_FEW, "trailing", 1.0, _FEW_STEPS)
    return Usual(schedule="trailing" if trailing else _spaced(scheduler))


def _spaced(scheduler: Settings) -> str:
    """Return the schedule that a folder's own scheduler is set to; "" for the samplers' own."""
    wanted = (name for key, name in _SPACED.items() if scheduler.get(key) is True)
    return next(wanted, "")
