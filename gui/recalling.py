"""What a picture tells of its settings, and taking some or all of it into a draft."""

from dataclasses import dataclass, fields, replace

from engine.draft import Draft, SizeRule, like
from engine.errors import Problem
from engine.extras import Anything
from engine.gallery.metadata import draft_from, fitted
from engine.gallery.reading import Reading
from engine.library.extras import at_hand
from engine.recipe import Recipe
from gui.words import tr

KEYS = {"P": "prompt", "S": "seed", "A": "all"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture tells of its settings; `known` are the keys of `draft` that it told."""

    draft: Draft
    known: frozenset[str]
    notes: tuple[str, ...] = ()

    def lacks(self, what: str) -> bool:
        """Whether there is nothing of `what` to be recalled."""
        return not self.known if what in {"all", "rest"} else what not in self.known

    def suited(self, sizes: SizeRule, model: str) -> "Told":
        """Return what of it the model at hand can make: a note says what has been changed."""
        draft, note = fitted(self.draft, sizes)
        notes = [*self.notes, note] if note else [*self.notes]
        if draft.branch is not None and (note or draft.branch.parent.model != model):
            draft = replace(draft, branch=None)
            notes.append(tr("This model cannot go on from its branch: it begins from noise."))
        return Told(draft, self.known, tuple(notes))


NOTHING_TOLD = Told(Draft(), frozenset())


def told_by_recipe(recipe: Recipe) -> Told:
    """Return what a picture of our own tells: everything."""
    return Told(like(recipe), frozenset(one.name for one in fields(Recipe)))


def told_by_reading(reading: Reading | None) -> Told:
    """Return what a file tells, of whatever tool it is; None: it tells nothing."""
    if reading is None:
        return NOTHING_TOLD
    if reading.recipe is not None:
        return told_by_recipe(reading.recipe)
    draft, lacking = at_hand(draft_from(reading))
    return Told(draft, frozenset(reading.settings), (*reading.notes, *lacking))


def recalled(draft: Draft, source: Draft, what: str) -> Draft:
    """Return `draft` with a picture's prompts, its seed, all its settings or all but the seed."""
    if what == "prompt":
        return replace(draft, prompt=source.prompt, negative_prompt=source.negative_prompt)
    if what == "seed":
        return replace(draft, seed=source.seed)
    seed = draft.seed if what == "rest" else source.seed
    return replace(source, model=draft.model, count=draft.count, seed=seed)


def in_effect(draft: Draft, sizes: SizeRule) -> Draft:
    """Leave out the negative prompt where the controls will show it greyed."""
    shown = draft.guidance > 1 and not sizes.takes_guidance
    return draft if shown else replace(draft, negative_prompt="")


def check_draft(draft: Draft, sizes: SizeRule) -> None:
    """Raise BadSetting if a draft cannot be made. Files that are not here are told when needed."""
    in_effect(draft, sizes).resolve(replace(sizes, extras=Anything()))


def not_told(what: str) -> Problem:
    """Return what to say of a picture that lacks what was to be recalled."""
    lacking = {
        "prompt": tr("This picture carries no prompt that can be read."),
        "seed": tr("This picture carries no seed that can be read."),
    }
    usual = tr("This picture carries no settings that can be read.")
    return Problem(lacking.get(what, usual), tr("Nothing has been changed."))
