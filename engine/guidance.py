"""Classifier-free guidance: Ho and Salimans 2022, where scale 1 is the plain conditional answer."""

from torch import Tensor


def is_guided(scale: float) -> bool:
    """Whether a scale needs the unconditional answer as well, and so a second row."""
    return scale != 1


def combine(unconditional: Tensor, conditional: Tensor, scale: float) -> Tensor:
    """Extrapolate from the unconditional through the conditional answer by `scale`."""
    return unconditional + scale * (conditional - unconditional)
