"""What other tools' prompts say that is not understood here: told, so that nobody wonders."""

import re
from collections.abc import Iterator

# Bounded and without nesting, so that no prompt makes the search slow.
_TAG = re.compile(r"<([a-z]{2,12})\b[:\[][^<>]{1,200}>", re.IGNORECASE)
_SQUARE = re.compile(r"\[([^\[\]]{1,200})\]")
_WHEN = re.compile(r":\s*[\d.]+\s*$")
_EMBEDDING = re.compile(r"\bembedding:[\w.-]")
_COMPEL = re.compile(r"[\w)](?:\+{1,8}|-{2,8})(?=[\s,]|$)|\)\.(?:and|blend|swap)\(")
_NUMBERED = re.compile(r"-?\d\d?(?:\.\d{0,4})?::")

_NETWORKS = {"lyco", "hypernet"}


def not_understood(tool: str, prompt: str) -> Iterator[str]:
    """Yield a sentence on each way of writing in a prompt of `tool` that is only text here."""
    tags = {tag.lower() for tag in _TAG.findall(prompt)}
    if tags & _NETWORKS:
        yield "Its prompt names networks that are no LoRAs; their names are read as words."
    if tags - _NETWORKS - {"lora"} and tool == "SwarmUI":
        yield "Its prompt has tags in angle brackets, which are read as words."
    if _EMBEDDING.search(prompt):
        yield "The embeddings that its prompt names are not loaded; their names are read as words."
    if tool == "NovelAI":
        if "{" in prompt or _NUMBERED.search(prompt):
            yield "Braces and :: weigh words in NovelAI; here they are read as text."
    elif tool == "InvokeAI":
        if _COMPEL.search(prompt):
            yield "Plus and minus signs weigh words in InvokeAI; here they are read as text."
    else:
        yield from _changing(prompt)


def _changing(prompt: str) -> Iterator[str]:
    """Yield a sentence where the words change from step to step, as A1111 can have them."""
    parts = _SQUARE.findall(prompt)
    if any("|" in part or (part.count(":") >= 1 and _WHEN.search(part)) for part in parts):
        yield "Its prompt changes from step to step, [so:or so:0.5]; here brackets only weigh."
    if re.search(r"\sAND\s", prompt):
        yield "Its prompt puts several together with AND, which is read as a word."
