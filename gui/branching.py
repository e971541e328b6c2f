"""What a branch of another picture's path may change, and whether it would change anything."""

from dataclasses import replace

from engine.errors import BadSetting
from engine.recipe import Branch, Recipe
from gui.words import tr


def check_branch(recipe: Recipe) -> None:
    """Raise BadSetting for what a branch cannot change, or if it would be the same picture."""
    branch = recipe.branch
    if branch is None:
        return
    parent = branch.parent
    if recipe.model != parent.model:
        raise BadSetting("model", tr("A branch keeps the model of the picture that it leaves."))
    for field in ("width", "height"):
        if getattr(recipe, field) != getattr(parent, field):
            size = f"{parent.width} × {parent.height}"
            raise BadSetting(
                field, tr("A branch keeps its picture's size; set {size} again.", size=size)
            )
    if _is_the_same(recipe, parent):
        raise BadSetting(
            "branch", tr("Nothing is changed, so the branch would be the same picture again.")
        )


def _is_the_same(recipe: Recipe, parent: Recipe) -> bool:
    """Whether no setting differs; the seed counts only where the steps draw noise."""
    plain = replace(recipe, branch=parent.branch)
    return plain == parent or (recipe.eta == 0 and replace(plain, seed=parent.seed) == parent)


def words(branch: Branch) -> str:
    """Return what a branch goes on from, as the window says it."""
    prompt = " ".join(branch.parent.prompt.split())
    if not prompt:
        return tr("Goes on from step {step} of a picture without a prompt", step=branch.step)
    return tr("Goes on from step {step} of “{prompt}”", step=branch.step, prompt=prompt)
