"""The path of one picture: its sampler's, or another picture's up to a step and then its own.

A branch goes on from where its parent's path had come to. What only changes what is asked for
(prompts, guidance, seed) keeps the parent's sampler running, with all it remembers; another
sampler, schedule, step count or eta starts afresh at the noise level reached.
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from engine.errors import BadSetting
from engine.menu import entry
from engine.noise import NoiseSource
from engine.recipe import Branch, Recipe
from engine.samplers import Ask, Diffusion, Levels, Step, initial, levels, sample

_CLEARLY_LESS = 0.999
"""A level counts as less noisy only below this part of a sigma: a step of nothing is no step."""
_WAY = ("sampler", "schedule", "steps", "eta")
_SHARED = {"model": "model", "width": "size", "height": "size"}


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on the asks are those of this recipe: its prompts, its guidance."""

    recipe: Recipe


Path = Generator[Ask | Step | Turn, Any, None]


class Noise:
    """The picture's noise: one stream, and from a branch with another seed on that seed's."""

    def __init__(self, recipe: Recipe, shape: tuple[int, int, int]) -> None:
        self._shape, self._seed = shape, _root(recipe).seed
        self._source = NoiseSource(self._seed, shape)
        self.first = self._source.draw()

    def draw(self) -> Tensor:
        """Return the next noise (1, C, h, w), float64."""
        return self._source.draw().double()

    def turn(self, recipe: Recipe) -> None:
        """Draw from `recipe`'s stream, if it is another one, past its initial latents."""
        if recipe.seed != self._seed:
            self._seed = recipe.seed
            self._source = NoiseSource(recipe.seed, self._shape)
            self._source.draw()


def path_levels(recipe: Recipe, diffusion: Diffusion) -> Levels:
    """Return the levels of the whole path. Raises BadSetting for a branch that cannot be."""
    own = levels(recipe, diffusion)
    if recipe.branch is None:
        return own
    _check(recipe, len(path_levels(recipe.branch.parent, diffusion).t))
    branch = _left(recipe.branch)
    before = path_levels(branch.parent, diffusion)
    if _same_way(recipe, branch.parent):
        return before
    step = branch.step
    rest = [k for k, sigma in enumerate(own.sigma) if sigma < _CLEARLY_LESS * before.sigma[step]]
    return Levels(
        before.t[: step + 1] + tuple(own.t[k] for k in rest),
        before.alpha_bar[: step + 1] + tuple(own.alpha_bar[k] for k in rest),
        own.final,
    )


def path_calls(recipe: Recipe, diffusion: Diffusion) -> int:
    """Return the model evaluations of the whole path, those of its parent's part included."""
    sampler = entry(recipe.sampler)
    if recipe.branch is None:
        return sampler.model_calls(recipe.steps)
    branch = _left(recipe.branch)
    if _same_way(recipe, branch.parent):
        return path_calls(branch.parent, diffusion)
    rest = len(path_levels(recipe, diffusion).t) - branch.step
    return _calls_until(branch.parent, branch.step, diffusion) + sampler.model_calls(rest)


def walk(recipe: Recipe, diffusion: Diffusion, noise: Noise) -> Path:
    """Return the path of a recipe as a generator that asks, like a sampler, and says turns."""
    if recipe.branch is None:
        yield Turn(recipe)
        grid = levels(recipe, diffusion)
        x = initial(recipe, grid, noise.first.double())
        yield from sample(recipe, grid, diffusion, x, noise.draw)
        return
    whole, branch = path_levels(recipe, diffusion), _left(recipe.branch)
    parent = walk(branch.parent, diffusion, noise)
    if branch.step == 0:
        x = initial(branch.parent, path_levels(branch.parent, diffusion), noise.first.double())
    else:
        x = yield from _relay(parent, branch.step)
    yield Turn(recipe)
    noise.turn(recipe)
    if _same_way(recipe, branch.parent):
        if branch.step == 0:
            next(parent)  # its own turn, which is not ours
        yield from parent
        return
    rest = Levels(whole.t[branch.step :], whole.alpha_bar[branch.step :], whole.final)
    yield from sample(recipe, rest, diffusion, x, noise.draw)


def _relay(path: Path, steps: int) -> Generator[Ask | Step | Turn, Any, Tensor]:
    """Pass a path on until it has taken `steps` steps; return where it has come to."""
    taken, said = 0, next(path)
    while True:
        if isinstance(said, Ask):
            said = path.send((yield said))
            continue
        yield said
        taken += isinstance(said, Step)
        if isinstance(said, Step) and taken == steps:
            return said.x
        said = next(path)


def _calls_until(recipe: Recipe, step: int, diffusion: Diffusion) -> int:
    """Count the asks of a path's first steps by walking them, on next to no numbers."""
    noise = Noise(recipe, (1, 1, 1))
    path, taken, asked = walk(recipe, diffusion, noise), 0, 0
    said: Ask | Step | Turn = next(path)
    while taken < step:
        if isinstance(said, Ask):
            asked += 1
            said = path.send(torch.zeros(1, 1, 1, 1))
            continue
        taken += isinstance(said, Step)
        if taken < step:
            said = next(path)
    return asked


def _left(branch: Branch) -> Branch:
    """Return the same branch from whoever was really on the way at that step.

    Before a parent's own branching that was the parent's parent.
    """
    above = branch.parent.branch
    if above is None or branch.step > above.step:
        return branch
    return _left(Branch(above.parent, branch.step))


def _check(recipe: Recipe, steps: int) -> None:
    branch = recipe.branch
    if branch is None:
        return
    if not 0 <= branch.step < steps:
        raise BadSetting("branch", f"A branch leaves at step 0 to {steps - 1}, not {branch.step}.")
    for field, name in _SHARED.items():
        if getattr(recipe, field) != getattr(branch.parent, field):
            raise BadSetting("branch", f"A branch keeps the {name} of the picture it leaves.")


def _same_way(recipe: Recipe, parent: Recipe) -> bool:
    """Whether the arithmetic of the steps stays as it is."""
    return all(getattr(recipe, field) == getattr(parent, field) for field in _WAY)


def _root(recipe: Recipe) -> Recipe:
    return recipe if recipe.branch is None else _root(recipe.branch.parent)
