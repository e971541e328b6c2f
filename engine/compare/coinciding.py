"""Which recipes are one picture by their arithmetic, whatever they are called.

Two cells of a comparison that should differ and do not are told as a fault; these should not.
"""

from dataclasses import replace

from engine.menu import MOST_STEPS
from engine.recipe import Recipe

_STRAIGHT = {"ddim", "tcd", "euler"}
"""Along the straight line without noise (Song et al. 2020, section 4.3): DDIM and TCD at eta 0."""
_STRAIGHT_TWICE = {"dpmpp_2m", "unipc", "deis"}
"""Their first step has no history, and the last one goes to the predicted x0 whatever they know."""
_NOISY = {"ddpm", "euler_a"}
"""The posterior of Ho et al. 2020, equation 7, which DDIM has at eta 1."""
_NOISY_TWICE = {"dpmpp_2m_sde"}

_BY_SIGMA = {"linspace", "karras", "exponential"}
_BY_T = {"leading", "trailing", "linspace"}
_WHOLE_T = {"ddim", "plms", "ddpm", "ddpm_large", "lcm", "tcd"}
"""They round the levels of linspace to those that the model was trained on."""


def same_by_definition(one: Recipe, other: Recipe) -> bool:
    """Whether two recipes may be one picture, rounding aside, with nothing wrong about it."""
    return _plainest(one) == _plainest(other)


def _plainest(recipe: Recipe) -> Recipe:
    """Return the recipe with all that makes no difference to its picture written in one way."""
    sampler, eta = _way(recipe)
    negative = "" if recipe.guidance == 1 else _read(recipe.negative_prompt)
    return replace(
        recipe,
        sampler=sampler,
        eta=eta,
        schedule=_levels(recipe),
        prompt=_read(recipe.prompt),
        negative_prompt=negative,
    )


def _way(recipe: Recipe) -> tuple[str, float | None]:
    """Return the sampler, in DDIM's terms where it is DDIM, and its eta."""
    name, few = recipe.sampler, recipe.steps <= 2
    if recipe.steps == 1 and _goes_to_x0(recipe):
        return "ddim", 0.0
    if name == "tcd" and recipe.steps == 2 and recipe.schedule != "trailing":
        return "ddim", 0.0  # from the least noise there is nothing to be given back
    if (name in _STRAIGHT and not recipe.eta) or (few and name in _STRAIGHT_TWICE):
        return "ddim", 0.0
    if name in _NOISY or (few and name in _NOISY_TWICE):
        return "ddim", 1.0
    return name, recipe.eta


def _goes_to_x0(recipe: Recipe) -> bool:
    """Whether a single step is all the way to the predicted x0.

    PLMS averages two answers in its first step; LCM trusts its x0 where there was little noise
    only in part.
    """
    is_part = recipe.sampler == "lcm" and recipe.schedule == "leading"
    return recipe.sampler != "plms" and not is_part


def _levels(recipe: Recipe) -> str:
    """Return the schedule, by one name where several visit the same noise levels."""
    name = recipe.schedule
    if name == "leading" and MOST_STEPS % recipe.steps and recipe.sampler in _WHOLE_T:
        return "linspace"  # for models without an offset, and for DDPM, which has none
    if recipe.steps == 1:
        return "leading" if name == "leading" else "trailing"  # the least noise, or the most
    if recipe.steps == 2 and name in _BY_SIGMA:
        return "linspace"  # the two ends
    if recipe.steps == MOST_STEPS and name in _BY_T:
        return "linspace"  # all there are
    return name


def _read(prompt: str) -> str:
    """Return a prompt as CLIP reads it, which knows neither capitals nor how wide a blank is."""
    return " ".join(prompt.casefold().split())
