r"""Wildcards in a prompt: {red|green|dark blue} is one of the three, by the picture's seed.

Options may hold anything, further wildcards too, or nothing. Braces without a bar between them
are text, and so are braces without a partner; \{ \| \} are never wildcards. Escapes stay as they
are (weights.py reads them), so that expanding once more changes nothing.
"""

import hashlib
import re

_MARKS = re.compile(r"\\[][(){}|\\]|[{|}]|[^{|}\\]+|\\", re.DOTALL)


def expand(prompt: str, seed: int, field: str = "prompt") -> str:
    """Return the prompt with one option of each wildcard in its place.

    The same prompt, seed and field give the same choices on every machine; each wildcard chooses
    for itself, so that changing one leaves the others.
    """
    levels: list[_Braces] = [_Braces(0)]
    opened = 0
    for mark in _MARKS.findall(prompt):
        if mark == "{":
            opened += 1
            levels.append(_Braces(opened))
        elif mark == "|" and len(levels) > 1:
            levels[-1].options.append([])
        elif mark == "}" and len(levels) > 1:
            closed = levels.pop()
            levels[-1].write(closed.chosen(seed, field))
        else:
            levels[-1].write(mark)
    while len(levels) > 1:  # braces that are never closed
        unclosed = levels.pop()
        levels[-1].write("{" + "|".join(unclosed.texts()))
    return "".join(levels[0].texts())


class _Braces:
    """A wildcard while it is read: the options so far, each a list of parts."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.options: list[list[str]] = [[]]

    def write(self, text: str) -> None:
        self.options[-1].append(text)

    def texts(self) -> list[str]:
        return ["".join(option) for option in self.options]

    def chosen(self, seed: int, field: str) -> str:
        """Return one option, or the braces with their text where there is nothing to choose."""
        texts = self.texts()
        if len(texts) == 1:
            return f"{{{texts[0]}}}"
        # A hash rather than Python's generator: it must mean the same in years to come.
        digest = hashlib.sha256(f"{field} {self.number} {seed}".encode()).digest()
        return texts[int.from_bytes(digest[:8], "little") % len(texts)]
