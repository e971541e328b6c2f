"""ComfyUI's graphs: from the sampler back along the wires to prompt, model and size."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from engine.gallery.findings import Findings

_TEXT = ("text", "text_g", "t5xxl", "prompt", "string", "value")
_NUMBER = ("value", "int", "float", "seed", "number")

_KEYS: dict[str, tuple[str, ...]] = {
    "seed": ("seed", "noise_seed"),
    "steps": ("steps",),
    "guidance": ("cfg",),
    "sampler": ("sampler_name",),
    "schedule": ("scheduler",),
    "model": ("ckpt_name", "unet_name"),
}


def is_graph(value: object) -> bool:
    """Tell whether parsed JSON is a graph in ComfyUI's API form: nodes by id."""
    return isinstance(value, dict) and any(map(_is_node, value.values()))


def read_graph(graph: dict[str, Any]) -> Findings:
    """Read the settings of the graph's first sampler; extra passes and LoRAs are noted."""
    nodes = {str(name): node for name, node in graph.items() if _is_node(node)}
    findings = Findings("ComfyUI")
    samplers = [name for name, node in nodes.items() if _samples(node)]
    if not samplers:
        findings.note("Its graph has no sampler that is known here.")
        return findings
    if len(samplers) > 1:
        findings.note("Its graph samples more than once; the first pass was read.")
    start = _first_pass(nodes, samplers)
    for key, theirs in _KEYS.items():
        findings.take(key, _find(nodes, start, theirs, _NUMBER))
    _take_prompts(findings, nodes, start)
    latent = _wire(nodes, start, ("latent_image", "samples"))
    for key in ("width", "height"):
        findings.take(key, _find(nodes, latent, (key,), _NUMBER))
    if _find(nodes, start, ("lora_name",), ()) is not None:
        findings.left_out(["LoRA"])
    return findings


def _take_prompts(findings: Findings, nodes: dict[str, Any], start: str) -> None:
    positive = _wire(nodes, start, ("positive", "conditioning"))
    negative = _wire(nodes, start, ("negative",))
    findings.take("prompt", _find(nodes, positive, _TEXT, _TEXT))
    # The two are wired to one node where there is no negative prompt.
    if negative != positive:
        findings.take("negative_prompt", _find(nodes, negative, _TEXT, _TEXT))


def _is_node(value: object) -> bool:
    return (
        isinstance(value, dict) and "class_type" in value and isinstance(value.get("inputs"), dict)
    )


def _samples(node: dict[str, Any]) -> bool:
    inputs = node["inputs"]
    kind = str(node["class_type"])
    return kind.startswith(("KSampler (", "SamplerCustom")) or {"positive", "latent_image"} <= set(
        inputs
    )


def _first_pass(nodes: dict[str, Any], samplers: list[str]) -> str:
    """Return the sampler that starts from an empty latent, which other passes refine."""
    for name in samplers[:20]:
        latent = _wire(nodes, name, ("latent_image",))
        if latent in nodes and "Empty" in str(nodes[latent]["class_type"]):
            return name
    return samplers[0]


def _target(value: object) -> str:
    """Return the id of the node that an input is wired to, empty if it is a plain value."""
    is_wire = isinstance(value, list) and len(value) == 2 and isinstance(value[0], str | int)
    return str(value[0]) if is_wire else ""  # type: ignore[index]


def _upstream(nodes: dict[str, Any], start: str) -> Iterator[dict[str, Any]]:
    """Yield the inputs of `start` and of all nodes before it, nearest first, each once."""
    waiting, seen = deque([start]), {start}
    while waiting:
        node = nodes.get(waiting.popleft())
        if node is None:
            continue
        yield node["inputs"]
        for value in node["inputs"].values():
            target = _target(value)
            if target and target not in seen:
                seen.add(target)
                waiting.append(target)


def _wire(nodes: dict[str, Any], start: str, keys: tuple[str, ...]) -> str:
    """Return where the nearest input of one of these names is wired to, empty if none is."""
    for inputs in _upstream(nodes, start):
        for key in keys:
            if target := _target(inputs.get(key)):
                return target
    return ""


def _find(nodes: dict[str, Any], start: str, keys: tuple[str, ...], deeper: tuple[str, ...]) -> Any:
    """Return the nearest plain input of one of these names.

    If it is wired to another node, that one's input of a name in `deeper`.
    """
    for inputs in _upstream(nodes, start):
        for key in keys:
            value = inputs.get(key)
            if target := _target(value):
                value = _find(nodes, target, deeper, ()) if deeper else None
            if isinstance(value, str | int | float):
                return value
    return None
