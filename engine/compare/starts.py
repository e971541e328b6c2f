"""Comparisons to start from, one click each."""

from dataclasses import dataclass

from engine.compare.axes import Equal


@dataclass(frozen=True, slots=True)
class Start:
    """A ready-made comparison: each axis as (field, what would be typed); "" where none is.

    `sampler` and `steps` are set for all cells where the axes do not.
    """

    name: str
    about: str
    across: tuple[str, str]
    down: tuple[str, str] = ("", "")
    equal: Equal = "steps"
    sampler: str | None = None
    steps: int | None = None


STARTS = (
    Start(
        "Samplers at 20 steps",
        "Six ways from the same noise, side by side.",
        ("sampler", "ddim, ddpm, plms, euler, heun, dpmpp_2m"),
        steps=20,
    ),
    Start(
        "Eta from 0 to 1",
        "What fresh noise at every step does to DDIM.",
        ("eta", "0-1 (+0.25)"),
        ("steps", "10, 20, 50"),
        sampler="ddim",
    ),
    Start(
        "How many steps are enough",
        "Three samplers, each with few and with many steps.",
        ("steps", "5, 10, 20, 50"),
        ("sampler", "ddpm, ddim, plms"),
    ),
)
