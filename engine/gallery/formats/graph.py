"""ComfyUI's graphs in its API form: nodes by id, with values or wires for inputs."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_NODES = 10_000
"""Nodes of a graph that are looked at; people's have hundreds."""

_MOST_HOPS = 40
_DEEPEST_TEXT = 40

_CARRIED = ("value", "int", "float", "number", "seed", "string", "text", "Number", "Value")
_TEXTS = (
    *("text", "string", "value", "prompt", "populated_text", "wildcard_text", "text_0"),
    *("Text", "String", "positive", "text_g", "text_a", "string_a", "result", "any", "anything"),
)
_JOINS = ("concat", "join", "combine")
_JOINED = re.compile(r"(text|string|str|prompt|input|part|value)[ _]?\w{0,3}", re.IGNORECASE)
_BETWEEN = ("delimiter", "separator")

Plain = str | int | float


@dataclass(frozen=True, slots=True)
class Node:
    """One node: its class, and its inputs by name."""

    kind: str
    inputs: Mapping[str, object]


def target(value: object) -> str:
    """Return the id of the node that an input is wired to, empty if it is a plain value."""
    match value:
        case [str() | int() as name, int()]:
            return str(name)
    return ""


class Graph:
    """The nodes of a graph, and ways back along its wires; no walk is endless in a ring."""

    def __init__(self, values: Mapping[str, object]) -> None:
        nodes = ((str(name), _node(value)) for name, value in values.items())
        self.nodes: dict[str, Node] = {}
        for name, node in nodes:
            if node is not None and len(self.nodes) < MOST_NODES:
                self.nodes[name] = node

    def wire(self, start: str, *names: str) -> str:
        """Return where the first of a node's inputs of these names is wired to, or nothing."""
        node = self.nodes.get(start)
        if node is None:
            return ""
        ends = (target(node.inputs.get(name)) for name in names)
        return next((end for end in ends if end in self.nodes), "")

    def upstream(self, start: str) -> Iterator[tuple[str, Node]]:
        """Yield `start` and all nodes before it, nearest first, each once."""
        waiting, seen = deque([start]), {start}
        while waiting:
            name = waiting.popleft()
            node = self.nodes.get(name)
            if node is None:
                continue
            yield name, node
            for value in node.inputs.values():
                end = target(value)
                if end and end not in seen:
                    seen.add(end)
                    waiting.append(end)

    def holder(self, start: str, *names: str) -> tuple[str, str]:
        """Return the nearest node that has an input of these names, and its name; "" if none has.

        What lies behind it is never asked: a value that cannot be told is not another node's.
        """
        for name, node in self.upstream(start):
            for key in names:
                if key in node.inputs:
                    return name, key
        return "", ""

    def nearest(self, start: str, *names: str) -> Plain | None:
        """Return the nearest value of an input of these names, plain or brought by wires."""
        return self.value(*self.holder(start, *names))

    def value(self, start: str, key: str) -> Plain | None:
        """Return a node's input: plain, or what the nodes that it is wired to hand on."""
        names: tuple[str, ...] = (key,)
        for _ in range(_MOST_HOPS):
            node = self.nodes.get(start)
            if node is None:
                return None
            values = [node.inputs[name] for name in names if name in node.inputs]
            if not values and len(node.inputs) == 1:  # a reroute, whatever it calls its input
                values = list(node.inputs.values())
            if not values:
                return None
            if isinstance(values[0], Plain):
                return values[0]
            start, names = target(values[0]), (key, *_CARRIED)
        return None

    def text(self, start: str, key: str) -> str:
        """Return a text input, put together again where nodes join it from several."""
        node = self.nodes.get(start)
        return "" if node is None else self._text(node.inputs.get(key), {start})

    def _text(self, value: object, seen: set[str]) -> str:
        if isinstance(value, str):
            return value
        name = target(value)
        node = self.nodes.get(name)
        # Each node counts once: otherwise joining doubles would grow without end.
        if node is None or name in seen or len(seen) > _DEEPEST_TEXT:
            return ""
        seen.add(name)
        inputs = node.inputs
        if any(word in node.kind.lower() for word in _JOINS):
            between = next((inputs[key] for key in _BETWEEN if key in inputs), ", ")
            parts = [self._text(inputs[key], seen) for key in inputs if _JOINED.fullmatch(key)]
            return str(between).join(filter(None, parts))
        keys = [key for key in _TEXTS if key in inputs] or (
            list(inputs) if len(inputs) == 1 else []
        )
        return next(filter(None, (self._text(inputs[key], seen) for key in keys)), "")


def _node(value: object) -> Node | None:
    match value:
        case {"class_type": str(kind), "inputs": dict(inputs)}:
            return Node(kind, inputs)
    return None
