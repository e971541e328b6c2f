"""A prompt to the chunks in which an encoder reads it.

CLIP's text encoder reads a fixed number of tokens, 77 as a rule, the marks of beginning and end
among them. Longer prompts are read in several chunks, as the AUTOMATIC1111 web UI does it
(`tokenize_line` in its modules/sd_hijack_clip.py): a chunk that is full ends behind its last comma
if that is among its last 20 tokens, and BREAK ends it at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from engine.wording.embeddings import NamedVectors
from engine.wording.weights import Piece, parse

MOST_CHUNKS = 16
"""How many chunks of a prompt are read at most; what lies behind them is not."""
USUAL_LENGTH = 77
_BACKTRACK = 20
_UNLIKELY_LENGTH = 100_000
"""Tokenizers that know no length say one with thirty zeros."""

Tokenize = Callable[[str], tuple[Sequence[int], Sequence[int]]]
"""Text to token ids, and for each token the offset in the text just behind it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How an encoder reads: its tokenizer, and what there is to know about it.

    `length` is how many tokens the encoder reads at once; `begin` and `end` mark a prompt's
    beginning and end, `pad` fills what is left, and `comma` is a comma that ends a word.
    `together` has, for the first of some tokens that no chunk's end may part, how many they are.
    """

    tokenize: Tokenize
    length: int
    begin: int
    end: int
    pad: int
    comma: int | None = None
    together: Mapping[int, int] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """Tokens of a prompt that one chunk holds."""
        return self.length - 2

    def ids(self, chunk: "Chunk") -> list[int]:
        """Return the `length` ids of a chunk as the encoder reads them: marked and filled up."""
        padding = [self.pad] * (self.room - len(chunk.ids))
        return [self.begin, *chunk.ids, self.end, *padding]

    def weights(self, chunk: "Chunk") -> list[float]:
        """Return the weight of each of `ids`; marks and padding have 1."""
        return [1.0, *chunk.weights, *[1.0] * (self.length - 1 - len(chunk.weights))]


@dataclass(frozen=True, slots=True)
class Chunk:
    """The tokens that are encoded together, their weights, and where in the prompt they end."""

    ids: tuple[int, ...] = ()
    weights: tuple[float, ...] = ()
    end: int = field(default=0, compare=False)

    def is_plain(self) -> bool:
        """Whether nothing in it is weighted."""
        return all(weight == 1 for weight in self.weights)


class _Token(NamedTuple):
    id: int
    weight: float
    end: int


def with_vectors(reader: Reader, named: Mapping[str, int]) -> Reader:
    """Return a reader to which some words are names, each for so many learned vectors.

    The vectors' ids are -1, -2 and so on, in the order of the names.
    """
    ids: dict[str, range] = {}
    reached = 0
    for name, count in named.items():
        ids[name] = range(-reached - 1, -reached - count - 1, -1)
        reached += count
    together = {own[0]: len(own) for own in ids.values()}
    return replace(reader, tokenize=NamedVectors(reader.tokenize, ids), together=together)


def length_of(model_max_length: float | None) -> int:
    """Return a tokenizer's length from what its configuration says, or does not say."""
    if model_max_length is None or not 2 < model_max_length < _UNLIKELY_LENGTH:
        return USUAL_LENGTH
    return int(model_max_length)


def speakable(prompt: str) -> str:
    """Replace halves of surrogate pairs, which no encoding of text can carry; offsets stay."""
    return prompt.encode("utf-8", "replace").decode("utf-8")


def lay_out(prompt: str, reader: Reader) -> tuple[Chunk, ...]:
    """Return all chunks of a prompt, at least one; BREAKs with no token behind them add none."""
    layout = _Layout(reader)
    for piece in parse(speakable(prompt)):
        layout.add(piece)
    if layout.tokens or not layout.chunks:
        layout.close()
    return tuple(layout.chunks)


class _Layout:
    """Tokens as they are put into chunks; `tokens` are those of the chunk that is open."""

    def __init__(self, reader: Reader) -> None:
        self.chunks: list[Chunk] = []
        self.tokens: list[_Token] = []
        self._reader = reader
        self._comma: int | None = None
        self._section = 0
        self._reached = 0

    def add(self, piece: Piece) -> None:
        """Put a piece of the prompt behind what is there."""
        ids, ends = self._reader.tokenize(piece.text)
        for token_id, end in zip(ids, ends, strict=True):
            while self._section < piece.section:
                self._section += 1
                self.close()
            self._put(_Token(token_id, piece.weight, piece.ends[max(end, 1) - 1]))

    def _put(self, token: _Token) -> None:
        full = len(self.tokens) == self._reader.room
        if token.id == self._reader.comma:
            if full:
                self.close()
            self._comma = len(self.tokens)
        elif full:
            near = self._comma is not None and len(self.tokens) - self._comma <= _BACKTRACK
            self.close(self._comma if near else None)
        if len(self.tokens) + self._reader.together.get(token.id, 1) > self._reader.room:
            self.close()
        self.tokens.append(token)

    def close(self, comma: int | None = None) -> None:
        """End the chunk, behind the comma at that place if one is given."""
        kept = len(self.tokens) if comma is None else comma + 1
        tokens, self.tokens = self.tokens[:kept], self.tokens[kept:]
        self._comma = None
        self._reached = tokens[-1].end if tokens else self._reached
        ids, weights = tuple(t.id for t in tokens), tuple(t.weight for t in tokens)
        self.chunks.append(Chunk(ids, weights, self._reached))
