"""What a picture tells of its settings, and taking some or all of it into a draft."""

from dataclasses import dataclass, replace

from engine.draft import Draft
from engine.errors import Problem
from engine.gallery.metadata import draft_from
from engine.gallery.reading import Reading
from engine.recipe import Recipe

KEYS = {"P": "prompt", "S": "seed", "A": "all"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture tells of its settings; `known` are the keys of `draft` that it told."""

    draft: Draft
    known: frozenset[str]
    notes: tuple[str, ...] = ()

    def lacks(self, what: str) -> bool:
        """Whether there is nothing of `what` to be recalled."""
        return not self.known if what == "all" else what not in self.known


NOTHING_TOLD = Told(Draft(), frozenset())


def told_by_recipe(recipe: Recipe) -> Told:
    """Return what a picture of our own tells: everything."""
    values = recipe.to_dict() | {"branch": recipe.branch}
    return Told(Draft(**values), frozenset(values))


def told_by_reading(reading: Reading | None) -> Told:
    """Return what a file tells, of whatever tool it is; None: it tells nothing."""
    if reading is None:
        return NOTHING_TOLD
    if reading.recipe is not None:
        return told_by_recipe(reading.recipe)
    return Told(draft_from(reading), frozenset(reading.settings), reading.notes)


def recalled(draft: Draft, source: Draft, what: str) -> Draft:
    """Return `draft` with the prompts, the seed, or all the settings of a picture."""
    if what == "prompt":
        return replace(draft, prompt=source.prompt, negative_prompt=source.negative_prompt)
    if what == "seed":
        return replace(draft, seed=source.seed)
    return replace(source, model=draft.model, count=draft.count)


def in_effect(draft: Draft) -> Draft:
    """Leave out the negative prompt where the controls will show it greyed."""
    return draft if draft.guidance > 1 else replace(draft, negative_prompt="")


def not_told(what: str) -> Problem:
    """Return what to say of a picture that lacks what was to be recalled."""
    lacking = "no settings that can be read" if what == "all" else f"no {what} that can be read"
    return Problem(f"This picture carries {lacking}.", "Nothing has been changed.")
