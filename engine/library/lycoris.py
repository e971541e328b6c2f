"""LoHa and LoKr: what is added to a layer, as a product of small matrices; read off their shapes.

LoHa (Hyeon-Woo et al. 2022, "FedPara") multiplies two low-rank matrices number by number,

    (W1a W1b) * (W2a W2b),

LoKr (Edalati et al. 2022, "KronA") multiplies two blockwise, W1 (x) W2, each of which may be of low
rank itself. For convolutions a small kernel may stand between the halves of a matrix ("t", Tucker's
form). Both times alpha / r, as LyCORIS writes them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from engine.library.plan import Shape, Weight

LOHA, LOKR = "hada", "lokr"
PARTS = {
    f".{kind}_{part}": f"{kind}_{part}"
    for kind, parts in {
        LOHA: ("w1_a", "w1_b", "w2_a", "w2_b", "t1", "t2"),
        LOKR: ("w1", "w1_a", "w1_b", "w2", "w2_a", "w2_b", "t2"),
    }.items()
    for part in parts
}
"""What the parts are called in files, and by us."""


@dataclass(frozen=True, slots=True)
class Product:
    """What is added to one layer: the product of its parts, by their names, times `scale`.

    It counts over r if `alpha` is there (a weight) and `rank` is not None.
    """

    network: str
    layer: str
    parts: Mapping[str, Weight]
    rank: int | None
    alpha: Weight | None = None
    scale: float = 1.0


def is_product(parts: Mapping[str, Weight]) -> bool:
    """Whether these are parts of a LoHa or a LoKr."""
    return any(name in PARTS.values() for name in parts)


def rank_of(parts: Mapping[str, Weight]) -> int | None:
    """Return r; None for a LoKr of two whole matrices, which has none."""
    kinds = (f"{LOHA}_w1_b", f"{LOKR}_w2_b", f"{LOKR}_w1_b")
    return next((parts[kind].shape[0] for kind in kinds if kind in parts), None)


def shape_of(parts: Mapping[str, Weight]) -> Shape:
    """Return the shape of the product, a convolution's kernel perhaps laid out flat.

    Raises ValueError where some are missing, or do not fit one another.
    """
    shapes = {name: weight.shape for name, weight in parts.items()}
    kinds = {name.partition("_")[0] for name in shapes}
    if kinds == {LOHA}:
        first, second = (_half(LOHA, k, shapes) for k in (1, 2))
        if first != second:
            raise ValueError("halves")
        return first
    if kinds != {LOKR}:
        raise ValueError("kinds")
    outer, inner = _half(LOKR, 1, shapes), _half(LOKR, 2, shapes)
    return (outer[0] * inner[0], outer[1] * inner[1], *inner[2:])


def fits(made: Shape, wanted: Shape) -> bool:
    """Whether a product of one shape can be laid out as a layer's weight of another."""
    if len(made) > 2:
        return made == wanted
    return made[0] == wanted[0] and made[1] == math.prod(wanted[1:])


def _half(kind: str, k: int, shapes: Mapping[str, Shape]) -> Shape:
    """Return the shape of one of the two that are multiplied."""
    whole = shapes.get(f"{kind}_w{k}")
    a, b, middle = (shapes.get(f"{kind}_{part}") for part in (f"w{k}_a", f"w{k}_b", f"t{k}"))
    if whole is not None and (a, b, middle) == (None, None, None):
        if len(whole) == 2 or (len(whole) == 4 and k == 2):
            return whole
    elif whole is None and a is not None and b is not None and len(a) == len(b) == 2:
        if middle is None and a[1] == b[0]:
            return (a[0], b[1])
        if middle is not None and len(middle) == 4 and middle[:2] == (a[0], b[0]):
            return (a[1], b[1], *middle[2:])
    raise ValueError("parts")
