"""What the user should know of a job, though it goes on."""

from collections.abc import Iterator

from engine.checkpoints import Model
from engine.commands import Job
from engine.conditioning import text_of
from engine.errors import Problem
from engine.events import Finished, Noticed
from engine.library.placing import Placing


class Notices:
    """Says them; what holds for a model and not for one picture, once."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def begun(self, job: Job, model: Model) -> Iterator[Noticed]:
        """Say how much of an overlong prompt is read, and that a model is lent to its device."""
        yield from _of_length(job, model)
        if model.decoders.quarters.placing is not Placing.THERE and self._new(model.id, "lent"):
            message = (
                "The graphics card has too little free memory for all of this model: its parts "
                "are kept in the main memory and take turns on the card, which is slower."
            )
            yield Noticed(job.id, Problem(message, "A smaller model would be faster."))

    def finished(self, finished: Finished) -> Iterator[Noticed]:
        """Say that a picture was decoded in tiles."""
        picture = finished.picture
        if picture.environment.tiled and self._new(picture.recipe.model, "tiled"):
            message = "There was too little memory to decode the picture at once: it is in tiles."
            advice = "Their colours may differ a little; a smaller size avoids that."
            yield Noticed(finished.job, Problem(message, advice))

    def _new(self, model: str, what: str) -> bool:
        is_new = (model, what) not in self._said
        self._said.add((model, what))
        return is_new


def _of_length(job: Job, model: Model) -> Iterator[Noticed]:
    """Say how much of an overlong prompt the encoder reads."""
    for name, prompt in (
        ("prompt", job.recipe.prompt),
        ("negative prompt", job.recipe.negative_prompt),
    ):
        overlay = text_of(job.recipe, prompt).overlay
        tokens = model.prompts.count(prompt, overlay) - 2
        read = model.prompts.read(prompt, overlay)
        if read < tokens:
            message = f"The {name} has {tokens} tokens; the model reads the first {read} of them."
            yield Noticed(job.id, Problem(message, "Put what matters first."))
