"""What can be looked at of one job: a preview of every step and, at the end, the picture."""

from dataclasses import dataclass, field
from pathlib import Path

from engine.commands import JobId
from engine.events import Previewed, Started
from engine.gallery.store import Stored
from engine.preview import PreviewMap
from engine.recipe import Environment, Pixels, Recipe
from engine.trajectory import Array, Trajectory, noised
from gui.words import tr


@dataclass(slots=True, eq=False)
class Reel:
    """The frames of one job. Steps run from 1 to S; `reached` is the last one taken.

    While the job runs its frames are the previews that came; afterwards they are computed from
    the trajectory, so that not one is missing, or are those that the VAE has `decoded`, by step
    and whether it is x_t. `made_on` is where the model has answered, if that is known.
    """

    job: JobId
    recipe: Recipe
    t: tuple[float, ...]
    sigma: tuple[float, ...]
    reached: int = 0
    picture: Pixels | None = None
    path: Path | None = None
    trajectory: Trajectory | None = None
    preview_map: PreviewMap | None = None
    made_on: Environment | None = None
    previews: dict[int, Previewed] = field(default_factory=dict)
    decoded: dict[tuple[int, bool], Pixels] = field(default_factory=dict)

    def grow(self, preview: Previewed) -> None:
        """Take in one step's preview."""
        self.previews[preview.step] = preview
        self.reached = max(self.reached, preview.step)

    def settle(self, trajectory: Trajectory | None, preview_map: PreviewMap | None) -> None:
        """The job has ended: its trajectory, where it can be shown, replaces the previews."""
        if trajectory is None or preview_map is None:
            return
        self.trajectory, self.preview_map = trajectory, preview_map
        self.reached = len(trajectory)
        self.previews.clear()

    def frame(self, step: int, *, noisy: bool) -> Pixels | None:
        """Return how `step` looks, x_t or predicted x0; None if there is nothing to see."""
        if step < 1:
            return None
        if self.picture is not None and step == len(self.t):
            return self.picture
        if (step, noisy) in self.decoded:
            return self.decoded[step, noisy]
        latents = self.latents(step, noisy=noisy)
        if latents is not None and self.preview_map is not None:
            return self.preview_map(latents)
        preview = self.previews.get(step)
        if preview is None:
            return None
        return preview.x if noisy else preview.x0

    def latents(self, step: int, *, noisy: bool) -> Array | None:
        """Return x_t after `step` or its predicted x0, (C, h, w); None if it is not kept."""
        path = self.trajectory
        if path is None or not 1 <= step <= len(path):
            return None
        latents: Array = path.x[step] if noisy else path.x0[step - 1]
        return latents

    def forward(self, step: int) -> Pixels | None:
        """Return the finished picture, noised as much as x_t is after `step`.

        It is the way there, q(x_t | x_0), with the noise that the path began with; None where
        there is no whole path.
        """
        path = self.trajectory
        if path is None or self.preview_map is None or not self.is_whole() or step < 1:
            return None
        if step == len(self.t):
            return self.picture
        return self.preview_map(noised(path.x[-1], path.x[0], self.sigma[step]))

    def is_whole(self) -> bool:
        """Whether the path leads to a finished picture, and can be shown both ways."""
        path = self.trajectory
        known = path is not None and path.space == "vp" and len(path) == len(self.t)
        return known and self.picture is not None

    def branched_at(self) -> int:
        """Return the step after which the picture left another one's path; 0 if it did not."""
        return 0 if self.recipe.branch is None else self.recipe.branch.step

    def nearest(self, step: int) -> int | None:
        """Return the last step up to `step` that has a frame, or else the first after it."""
        if self.trajectory is not None or (self.picture is not None and step == len(self.t)):
            return step
        first = min(self.previews, default=None)
        return max((known for known in self.previews if known <= step), default=first)

    def sentence(self, step: int) -> str:
        """Return where on the way `step` is."""
        words = tr("Step {step} of {steps}", step=step, steps=len(self.t))
        if not 1 <= step <= len(self.t):
            return words
        words += f"  ·  t {self.t[step - 1]:.0f}  ·  σ {_three_digits(self.sigma[step - 1])}"
        branched = self.branched_at()
        if branched:
            words += f"  ·  {tr('branched after step {step}', step=branched)}"
        return words

    @property
    def nbytes(self) -> int:
        """Return the memory that the reel holds on to, about."""
        arrays = [] if self.picture is None else [self.picture.nbytes]
        if self.trajectory is not None:
            path = self.trajectory
            arrays += [a.nbytes for a in (path.x, path.x0, path.answers)]
        arrays += [one.nbytes for one in self.decoded.values()]
        arrays += [one.x.nbytes + one.x0.nbytes for one in self.previews.values()]
        return sum(arrays)


def new_reel(event: Started, recipe: Recipe) -> Reel:
    """Return the empty reel of a job that has just started."""
    return Reel(event.job, recipe, event.t, event.sigma)


def kept_reel(stored: Stored, path: Trajectory, preview_map: PreviewMap) -> Reel | None:
    """Return the reel of a picture whose path was kept; None if the two do not belong together."""
    recipe = None if stored.reading is None else stored.reading.recipe
    if recipe != path.recipe or path.sigma is None or not len(path):
        return None
    t, sigma = tuple(map(float, path.t)), tuple(map(float, path.sigma))
    reel = Reel(f"kept {stored.path}", path.recipe, t, sigma, picture=stored.pixels)
    reel.path = stored.path
    reel.made_on = None if stored.reading is None else stored.reading.environment
    reel.settle(path, preview_map)
    return reel


def _three_digits(number: float) -> str:
    return f"{number:.2f}" if number < 10 else f"{number:.1f}" if number < 100 else f"{number:.0f}"
