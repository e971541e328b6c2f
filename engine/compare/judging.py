"""A blind test: which two pictures are judged next, and what the judgements come to.

Pictures are known by the digest of their pixels, so that a judgement is about what was seen: a
cell that is rolled again is another picture, and two that came out the same are one.
"""

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["left", "right", "equal"]
VERDICTS: tuple[Verdict, ...] = ("left", "right", "equal")

Key = TypeVar("Key", bound=Hashable)

MOST_PAIRS = 60
"""About as many as are judged with care at one go."""

_ROUNDS = 10_000
_STILL = 1e-10


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of two pictures, by their digests, which was the better one as they were shown."""

    left: str
    right: str
    verdict: Verdict

    @property
    def pair(self) -> frozenset[str]:
        """The two, whichever side they were on."""
        return frozenset((self.left, self.right))


@dataclass(frozen=True, slots=True)
class Trial:
    """A blind test: what decides order and sides, what was judged, whether it was ended."""

    seed: int
    judged: tuple[Judgement, ...] = ()
    ended: bool = False

    def pairs(self, pictures: Iterable[str]) -> list[tuple[str, str]]:
        """Return what there is to judge among these pictures, judged already or not."""
        return pairs(pictures, self.seed)

    def next(self, pictures: Iterable[str]) -> tuple[str, str] | None:
        """Return the next two as (left, right); None when all have been judged."""
        judged = {one.pair for one in self.judged}
        return next((two for two in self.pairs(pictures) if frozenset(two) not in judged), None)

    def with_verdict(self, two: tuple[str, str], verdict: Verdict) -> "Trial":
        """Return it with one more judgement."""
        return replace(self, judged=(*self.judged, Judgement(*two, verdict)))

    def without_last(self) -> "Trial":
        """Return it without the last judgement, which was a slip."""
        return replace(self, judged=self.judged[:-1])


@dataclass(frozen=True, slots=True)
class Standing(Generic[Key]):
    """How one picture, or all with one setting, did.

    `strength` (0 to 1) is the share of comparisons that it is expected to win against one of
    average strength.
    """

    key: Key
    wins: int
    ties: int
    losses: int
    strength: float


def pairs(pictures: Iterable[str], seed: int, most: int = MOST_PAIRS) -> list[tuple[str, str]]:
    """Return (left, right) pairs of different pictures in an order that `seed` decides.

    They go in rounds in which every picture is seen once (the circle method of tournaments), so
    that whoever stops early has seen all about equally often. As many whole rounds are given as
    there are pairs in `most`, two at least, which connect all pictures with each other.
    """
    chance = random.Random(seed)
    here: list[str | None] = [*sorted(set(pictures))]
    chance.shuffle(here)
    if len(here) % 2:
        here.append(None)  # who meets it sits the round out
    found: list[tuple[str, str]] = []
    for number in range(len(here) - 1):
        if number > 1 and len(found) + len(here) // 2 > most:
            break
        found += _round(here, chance)
        here = [here[0], here[-1], *here[1:-1]]
    return found


def _round(here: Sequence[str | None], chance: random.Random) -> list[tuple[str, str]]:
    """Return one round's pairs, in any order and on any sides."""
    facing = zip(here[: len(here) // 2], reversed(here), strict=False)
    two = [(a, b) if chance.random() < 0.5 else (b, a) for a, b in facing if a and b]
    chance.shuffle(two)
    return two


def standings(
    judged: Iterable[Judgement], key_of: Callable[[str], Key | None]
) -> list[Standing[Key]]:
    """Rank what the pictures are by `key_of`, the strongest first; None leaves a picture out.

    Comparisons within one key say nothing of it and are not counted. Strengths are those of
    Bradley and Terry 1952, "Rank analysis of incomplete block designs", a tie counting as half a
    win for both, found by the iteration of Hunter 2004, "MM algorithms for generalized
    Bradley-Terry models". Each key has one more tie against an average one, without which who
    never lost would be infinitely strong.
    """
    wins: Counter[tuple[Key, Key]] = Counter()
    ties: Counter[tuple[Key, Key]] = Counter()
    keys: dict[Key, None] = {}
    for a, b, verdict in _keyed(judged, key_of):
        keys |= {a: None, b: None}
        if verdict == "equal":
            ties[a, b] += 1
            ties[b, a] += 1
        else:
            wins[(a, b) if verdict == "left" else (b, a)] += 1
    strength = dict(zip(keys, _strengths(list(keys), wins, ties), strict=True))
    found = [
        Standing(
            key,
            sum(wins[key, other] for other in keys),
            sum(ties[key, other] for other in keys),
            sum(wins[other, key] for other in keys),
            strength[key],
        )
        for key in keys
    ]
    return sorted(found, key=lambda one: -round(one.strength, 9))


def _keyed(
    judged: Iterable[Judgement], key_of: Callable[[str], Key | None]
) -> Iterator[tuple[Key, Key, Verdict]]:
    for one in judged:
        a, b = key_of(one.left), key_of(one.right)
        if a is not None and b is not None and a != b:
            yield a, b, one.verdict


def _strengths(
    keys: Sequence[Key],
    wins: Mapping[tuple[Key, Key], int],
    ties: Mapping[tuple[Key, Key], int],
) -> list[float]:
    """Return each key's chance against an average one."""
    if not keys:
        return []
    won = _matrix(keys, wins) + _matrix(keys, ties) / 2
    met = won + won.T
    p: NDArray[np.float64] = np.ones(len(keys))
    for _ in range(_ROUNDS):
        # The tie against an average one, of strength 1, is half a win in one more meeting.
        new = (won.sum(1) + 0.5) / ((met / np.add.outer(p, p)).sum(1) + 1 / (p + 1))
        still = np.abs(new / p - 1).max() < _STILL
        p = new
        if still:
            break
    return [float(one) for one in p / (p + 1)]


def _matrix(keys: Sequence[Key], counts: Mapping[tuple[Key, Key], int]) -> NDArray[np.float64]:
    return np.array([[counts[a, b] for b in keys] for a in keys], np.float64)
