"""The figures of a comparison's cells, a row each, for export."""

from collections.abc import Callable, Iterator

from gui.compare.cells import LiveCell, State

_SETTINGS = ("sampler", "schedule", "steps", "eta", "guidance", "seed", "model", "width", "height")


def rows(cells: list[LiveCell], label: Callable[[LiveCell], str]) -> Iterator[dict[str, object]]:
    """Yield a row for each cell that was wanted; what is not known is None."""
    for cell in cells:
        if cell.state is State.LEFT_OUT:
            continue
        done, likeness = cell.state is State.DONE, cell.likeness
        yield {
            "cell": label(cell),
            "state": cell.state.value,
            **{name: getattr(cell.recipe, name) for name in _SETTINGS},
            "prompt": cell.recipe.prompt,
            "negative_prompt": cell.recipe.negative_prompt,
            "model_calls": cell.calls if done else None,
            "seconds": cell.seconds if done and cell.seconds else None,
            "psnr_db": None if likeness is None else likeness.psnr,
            "ssim": None if likeness is None else likeness.ssim,
            "file": cell.path.name if done and cell.path is not None else None,
            "pixels_sha256": cell.sha256 if done else None,
        }
