"""What other tools call our samplers and schedules, and what A1111 calls them."""

import re

A1111_SAMPLERS = {
    "ddpm": "DDPM",
    "ddim": "DDIM",
    "plms": "PLMS",
    "euler": "Euler",
    "euler_a": "Euler a",
    "heun": "Heun",
    "lms": "LMS",
    "dpmpp_2m": "DPM++ 2M",
    "dpmpp_2m_sde": "DPM++ 2M SDE",
    "unipc": "UniPC",
    "deis": "DEIS",
    "lcm": "LCM",
    "tcd": "TCD",
}
"""A1111's spelling of our names; those not in here are written as they are."""

A1111_SCHEDULES = {
    "linspace": "Uniform",
    "trailing": "SGM Uniform",
    "karras": "Karras",
    "exponential": "Exponential",
}
"""A1111's spelling of our schedules; "leading" is what its DDIM and PLMS do by themselves, and
what it calls DDIM for the others."""

# Keys as `_bare` leaves them: lower case, "+" as "p", letters and digits only.
_SAMPLERS = {
    "ddpm": "ddpm",
    "ddpmlarge": "ddpm_large",
    "ddim": "ddim",
    "ddimv3": "ddim",
    "plms": "plms",
    "pndm": "plms",
    "euler": "euler",
    "eulera": "euler_a",
    "eulerancestral": "euler_a",
    "heun": "heun",
    "lms": "lms",
    "lmsd": "lms",
    "dpmpp2m": "dpmpp_2m",
    "dpmpp2": "dpmpp_2m",  # InvokeAI before version 3
    "dpmsolver": "dpmpp_2m",  # diffusers' DPMSolverMultistepScheduler, as it comes
    "dpmpp2msde": "dpmpp_2m_sde",
    "dpmpp2msdegpu": "dpmpp_2m_sde",
    "unipc": "unipc",
    "unipcbh2": "unipc",
    "unipcsnr": "unipc",  # Easy Diffusion says how UniPC spaces its steps
    "unipcsnr2": "unipc",
    "unipctu": "unipc",
    "unipctu2": "unipc",
    "unipctq": "unipc",
    "deis": "deis",
    "lcm": "lcm",
    "tcd": "tcd",
}

# Which timesteps or noise levels are visited: simple and SGM uniform count back from the last.
_SCHEDULES = {
    "leading": "leading",
    "ddim": "leading",
    "ddimuniform": "leading",
    "trailing": "trailing",
    "simple": "trailing",
    "sgmuniform": "trailing",
    "sgm": "trailing",
    "linspace": "linspace",
    "uniform": "linspace",
    "normal": "linspace",
    "discrete": "linspace",
    "karras": "karras",
    "exponential": "exponential",
}

_UNTOLD = {"", "automatic", "default", "none", "native", "undefined"}

# Words for a schedule that stand behind a sampler's name; the longer before those they end in.
_FUSED = """
polyexponential exponential linearquadratic sgmuniform smoothstep karras trailing discrete
kloptimal substep simple uniform normal beta gits ays sgm
""".split()  # noqa: SIM905 - a list literal is one name a line


def known_sampler(name: str) -> tuple[str | None, str | None]:
    """Return our name of a sampler, and the word for a schedule fused to it if there is one.

    "DPM++ 2M Karras" (A1111 before 1.9, Draw Things) and "dpmpp_2m_k" (InvokeAI) say both. None
    where the sampler is not one of ours; the word is theirs, for `known_schedule`.
    """
    name = name.strip().lower().removeprefix("k_")
    bare = _bare(name.removesuffix("_k"))
    if sampler := _SAMPLERS.get(re.sub("(discrete|multistep)?scheduler$", "", bare)):
        return sampler, "karras" if name.endswith("_k") else None
    for end in _FUSED:
        if bare.endswith(end):
            sampler = _SAMPLERS.get(bare.removesuffix(end))
            return sampler, end if sampler else None
    return None, None


def known_schedule(name: str) -> str | None:
    """Return our name of a schedule, "default" if it was left to the tool, None if not known."""
    bare = _bare(name)
    return "default" if bare in _UNTOLD else _SCHEDULES.get(bare)


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("+", "p"))
