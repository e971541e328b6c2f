"""A draft: what the user edits. `resolve` is the one door from drafts to recipes."""

import math
import secrets
from dataclasses import dataclass, field, fields

from engine.errors import BadSetting
from engine.extras import NOTHING, Extras, understood
from engine.menu import MOST_STEPS, SamplerEntry, entry
from engine.recipe import SEED_COUNT, Adapter, Branch, Part, Recipe
from engine.wording.weights import check_weights
from engine.wording.wildcards import expand

MOST_PICTURES = 1000
HIGHEST_GUIDANCE = 30.0
WITHOUT_NEGATIVE = "This model has its guidance built in and takes no negative prompt."


@dataclass(frozen=True, slots=True)
class Usual:
    """What a checkpoint is at its best with: None and "" where it has no wish of its own.

    `advice` says it in a sentence.
    """

    steps: int | None = None
    schedule: str = ""
    guidance: float | None = None
    advice: str = ""

    def steps_of(self, sampler: SamplerEntry) -> int:
        """Return how many steps a sampler takes if nobody says otherwise."""
        return sampler.steps if self.steps is None else min(self.steps, sampler.steps)

    def schedules_of(self, sampler: SamplerEntry) -> tuple[str, ...]:
        """Return the schedules that a sampler takes, the usual one first."""
        first = (self.schedule,) if self.schedule in sampler.schedules else ()
        return tuple(dict.fromkeys((*first, *sampler.schedules)))


@dataclass(frozen=True, slots=True)
class SizeRule:
    """The picture sizes a checkpoint can make, in pixels: multiples of `step` within limits.

    `trained` names the (width, height) that it makes best, where that is known. `clip_skip` is
    the layer of its text model that it was trained on, counted from the end, of `layers`;
    `extras` are what may be laid over it. With `takes_guidance` it was taught what guidance does
    and has no use for a negative prompt; `usual` is what else it is at its best with.
    """

    width: int = 128
    height: int = 128
    step: int = 8
    smallest: int = 64
    largest: int = 1024
    trained: tuple[tuple[int, int], ...] = ()
    clip_skip: int = 1
    layers: int = 12
    extras: Extras = field(default=NOTHING, compare=False, repr=False)
    takes_guidance: bool = False
    usual: Usual = Usual()

    def skipped(self, skip: int | None) -> int:
        """Return the clip skip, the usual one for None; raises BadSetting if it cannot be."""
        if skip is None:
            return self.clip_skip
        if self.clip_skip <= skip <= self.layers:
            return skip
        accepted = f"{self.clip_skip} to {self.layers}"
        if self.layers <= self.clip_skip:
            accepted = f"{self.clip_skip}, as its text model has no more layers"
        raise BadSetting("clip_skip", f"The clip skip of this model is {accepted}, not {skip}.")

    def check(self, side: str, size: int) -> int:
        """Return `size`, or raise BadSetting naming the nearest sizes that work."""
        if self.smallest <= size <= self.largest and size % self.step == 0:
            return size
        below = min(max(size // self.step * self.step, self.smallest), self.largest)
        above = min(max(-(-size // self.step) * self.step, self.smallest), self.largest)
        nearest = f"{below} or {above}" if below != above else f"{below}"
        raise BadSetting(
            side,
            f"The {side} must be a multiple of {self.step} from {self.smallest} to "
            f"{self.largest}, not {size}; the nearest that works is {nearest}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Editable settings; None means "the usual": the sampler's, the checkpoint's, or by chance.

    LoRAs are those in `adapters` and those that the prompt names as <lora:name:0.7>.
    """

    prompt: str = ""
    negative_prompt: str = ""
    model: str = "starter"
    sampler: str = "ddim"
    schedule: str = "default"
    steps: int | None = None
    eta: float | None = None
    guidance: float = 5.0
    seed: int | None = None
    width: int | None = None
    height: int | None = None
    count: int = 1
    branch: Branch | None = None
    adapters: tuple[Adapter, ...] = ()
    vae: Part | None = None
    clip_skip: int | None = None

    def resolve(self, sizes: SizeRule) -> tuple[Recipe, ...]:
        """Return `count` recipes, picture k with seed + k. Raise BadSetting for the first fault.

        Wildcards in the prompts are expanded for each picture by its own seed.
        """
        sampler = entry(self.sampler)
        first = self._seed()
        shared = {
            "model": self.model,
            "sampler": sampler.name,
            "schedule": _schedule(self.schedule, sampler, sizes.usual),
            "steps": _steps(self.steps, sampler, sizes.usual),
            "eta": _eta(self.eta, sampler),
            "guidance": _guidance(self.guidance),
            "width": sizes.check("width", sizes.width if self.width is None else self.width),
            "height": sizes.check("height", sizes.height if self.height is None else self.height),
            "vae": None if self.vae is None else sizes.extras.vae(self.vae),
            "clip_skip": sizes.skipped(self.clip_skip),
        }
        if self.negative_prompt and shared["guidance"] == 1:
            raise BadSetting(
                "negative_prompt", "A negative prompt needs a guidance above 1 to have an effect."
            )
        if self.negative_prompt and sizes.takes_guidance:
            raise BadSetting("negative_prompt", WITHOUT_NEGATIVE)
        if not 1 <= self.count <= MOST_PICTURES:
            raise BadSetting("count", f"The count must be 1 to {MOST_PICTURES}, not {self.count}.")
        seeds = [(first + k) % SEED_COUNT for k in range(self.count)]
        prompts = [self._prompts(seed) for seed in seeds]
        # A thousand pictures may have the same few prompts: each is looked at once.
        said = {both: self._said(both, sizes.extras) for both in dict.fromkeys(prompts)}
        return tuple(
            Recipe(**shared | said[both], seed=seed, branch=self.branch)  # type: ignore[arg-type]
            for seed, both in zip(seeds, prompts, strict=True)
        )

    def _prompts(self, seed: int) -> tuple[str, str]:
        """Return both prompts with their wildcards expanded."""
        negative = expand(self.negative_prompt, seed, "negative_prompt")
        return expand(self.prompt, seed, "prompt"), negative

    def _said(self, prompts: tuple[str, str], extras: Extras) -> dict[str, object]:
        """Return a recipe's words and the files that they name."""
        said = understood(*prompts, self.adapters, extras)
        check_weights("prompt", said.prompt)
        check_weights("negative_prompt", said.negative_prompt)
        return {one.name: getattr(said, one.name) for one in fields(said)}

    def _seed(self) -> int:
        if self.seed is None:
            # Short enough to be read aloud; any seed up to 2^64-1 may be typed.
            return secrets.randbelow(2**32)
        if not 0 <= self.seed < SEED_COUNT:
            raise BadSetting("seed", f"The seed must be 0 to {SEED_COUNT - 1}, not {self.seed}.")
        return self.seed


def like(recipe: Recipe) -> Draft:
    """Return the draft of the same settings, which resolves to this recipe where it was made."""
    names = {one.name for one in fields(Draft)} & {one.name for one in fields(Recipe)}
    values = {name: getattr(recipe, name) for name in names}
    if recipe.clip_skip == 1:  # the usual one in files of before there was any other
        values["clip_skip"] = None
    return Draft(**values)


def _schedule(name: str, sampler: SamplerEntry, usual: Usual) -> str:
    if name == "default":
        return usual.schedules_of(sampler)[0]
    if name in sampler.schedules:
        return name
    accepted = ", ".join(("default", *sampler.schedules))
    raise BadSetting("schedule", f"{sampler.label} takes the schedules {accepted}, not {name!r}.")


def _steps(steps: int | None, sampler: SamplerEntry, usual: Usual) -> int:
    if steps is None:
        return usual.steps_of(sampler)
    if not 1 <= steps <= MOST_STEPS:
        raise BadSetting("steps", f"The steps must be 1 to {MOST_STEPS}, not {steps}.")
    return steps


def _eta(eta: float | None, sampler: SamplerEntry) -> float | None:
    if sampler.eta is None:
        if eta is None:
            return None
        raise BadSetting("eta", f"{sampler.label} takes no eta: {sampler.without_eta}")
    if eta is None:
        return sampler.eta.default
    if not sampler.eta.lowest <= eta <= sampler.eta.highest:
        accepted = f"{sampler.eta.lowest:g} to {sampler.eta.highest:g}"
        raise BadSetting("eta", f"The eta of {sampler.label} must be {accepted}, not {eta:g}.")
    return float(eta)


def _guidance(scale: float) -> float:
    if math.isfinite(scale) and 1 <= scale <= HIGHEST_GUIDANCE:
        return float(scale)
    raise BadSetting("guidance", f"The guidance must be 1 to {HIGHEST_GUIDANCE:g}, not {scale:g}.")
