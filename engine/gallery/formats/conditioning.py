"""ComfyUI's prompts: from a sampler's conditioning back to the texts that were encoded."""

from collections import deque
from collections.abc import Iterator

from engine.gallery.findings import Findings
from engine.gallery.formats.graph import Graph, Node, target

_ENCODED = ("text", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "prompt", "llama", "caption")
_ROLES = {
    "prompt": ("positive", "cond1", "conditioning", "cond"),
    "negative_prompt": ("negative", "neg_conditioning"),
}
# Wildcards: what they came to, and where that was not noted, how they were written.
_WILDCARDS = ("populated_text", "wildcard_text")
# What comes with a conditioning and has other texts behind it.
_ASIDE = {"clip", "model", "vae", "image", "latent", "latent_image", "control_net", "samples"}


def prompts_of(graph: Graph, start: str, findings: Findings) -> dict[str, str]:
    """Return prompt and negative prompt of a sampler, each where there is one.

    Several texts for one prompt are joined, and a note says so.
    """
    found: dict[str, str] = {}
    holder, _ = graph.holder(start, "positive", "conditioning", "cond1")
    for key, names in _ROLES.items():
        if key == "negative_prompt" and _is_one_for_both(graph, holder):
            continue
        texts = list(dict.fromkeys(filter(None, _prompt(graph, holder, names))))
        if len(texts) > 1:
            findings.note(f"Its {key.replace('_', ' ')} was in several parts, which were joined.")
        if texts:
            found[key] = "\n".join(texts)
    return found


def _is_one_for_both(graph: Graph, holder: str) -> bool:
    """Tell whether both prompts are wired to the same text, for want of a negative one.

    ControlNets and loaders hand on both.
    """
    wires = {graph.wire(holder, *names) for names in _ROLES.values()}
    node = graph.nodes.get(next(iter(wires)))
    return (
        len(wires) == 1 and node is not None and not {"positive", "negative"} <= node.inputs.keys()
    )


def _prompt(graph: Graph, holder: str, names: tuple[str, ...]) -> Iterator[str]:
    node = graph.nodes.get(holder)
    plain = None if node is None else node.inputs.get(names[0])
    if isinstance(plain, str):
        yield plain
    else:
        yield from _texts(graph, graph.wire(holder, *names), names)


def _texts(graph: Graph, start: str, roles: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts encoded into a conditioning, nearest first."""
    waiting, seen = deque([start]), {start, ""}
    while waiting:
        name = waiting.popleft()
        node = graph.nodes.get(name)
        if node is None or "ZeroOut" in node.kind:
            continue
        role = next((key for key in roles if key in node.inputs), "")
        if isinstance(node.inputs.get(role), str):
            yield str(node.inputs[role])
            continue
        texts = [] if role else _encoded(graph, name, node)
        if any(texts):
            yield from texts
            continue
        for end in [target(node.inputs[role])] if role else _before(node):
            if end not in seen:
                seen.add(end)
                waiting.append(end)


def _encoded(graph: Graph, name: str, node: Node) -> list[str]:
    """Return the texts that a node encodes."""
    texts = [graph.text(name, key) for key in _ENCODED if key in node.inputs]
    if any(texts):
        return texts
    drawn = (graph.text(name, key) for key in _WILDCARDS if key in node.inputs)
    return list(filter(None, drawn))[:1]


def _before(node: Node) -> list[str]:
    """Return the nodes that a conditioning is made of."""
    named = [key for key in node.inputs if key.startswith("cond")]
    keys = named or [key for key in node.inputs if key not in _ASIDE]
    return [end for key in keys if (end := target(node.inputs[key]))]
