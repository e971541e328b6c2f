"""ComfyUI: from the sampler back along the graph's wires to prompt, model and size."""

import re
from collections.abc import Iterator, Mapping

from engine.gallery.findings import Findings, parsed
from engine.gallery.formats.carried import Carried
from engine.gallery.formats.conditioning import prompts_of
from engine.gallery.formats.graph import Graph, Node
from engine.gallery.formats.laid_over import Lora, take_loras, take_skip, take_vae

_MOST_PASSES = 20

_KEYS: dict[str, tuple[str, ...]] = {
    "seed": ("seed", "noise_seed"),
    "steps": ("steps",),
    "guidance": ("cfg", "cfg_conds", "true_gs"),
}
_MODELS = ("ckpt_name", "unet_name", "model_name", "base_ckpt_name", "gguf_name", "model_path")
_LATENTS = ("latent_image", "latent", "samples", "optional_latent")
_CHANGING = re.compile(
    "ControlNetApply|IPAdapter|FreeU|RescaleCFG|Hypernetwork|FluxGuidance|AttentionGuidance|HyperTile"
)
"""Of nodes' classes, what changes a picture and there is nothing like here."""
_SOURCES = {"model", "positive", "guider", "pipe", "basic_pipe", "conditioning", "context"}


def read(carried: Carried) -> Findings | None:
    """Read the graph in API form; the one of the editor's form is kept, it says less."""
    for key, values in carried.objects.items():
        for inner in (values, values.get("prompt")):
            graph_values = parsed(inner) if isinstance(inner, str) else inner
            if isinstance(graph_values, dict) and (graph := Graph(graph_values)).nodes:
                return _findings(graph, carried.texts[key])
    workflow = carried.texts.get("workflow", "")
    if '"nodes"' in workflow:
        findings = Findings("ComfyUI", workflow)
        findings.note("It has only the drawing of its graph, from which no settings are read.")
        return findings
    return None


def _findings(graph: Graph, text: str) -> Findings:
    findings = Findings("ComfyUI", text)
    start, passes = _first_pass(graph)
    if not start:
        findings.note("Its graph has no sampler that is known here.")
        return findings
    if passes > 1:
        findings.note("Its graph samples more than once; the first pass was read.")
    for key, names in _KEYS.items():
        _take(findings, graph, start, key, names)
    _take_sampler(findings, graph, start)
    for key, words in prompts_of(graph, start, findings).items():
        findings.take(key, words)
    _take_size(findings, graph, start)
    _take_model(findings, graph, start)
    _take_laid_over(findings, graph, start)
    return findings


def _samples(node: Node) -> bool:
    names = node.inputs.keys()
    if {"positive", "latent_image"} <= names or node.kind.startswith("SamplerCustom"):
        return True
    told = bool({"steps", "sigmas"} & names) or "pipe" in names
    return "ampler" in node.kind and told and bool(_SOURCES & names)


def _first_pass(graph: Graph) -> tuple[str, int]:
    """Return the sampler with which the saved picture began, and how many passes it had.

    From what saves to the nearest sampler, and from each to the one that its latent comes from.
    """
    start = _last_pass(graph)
    passes = [start] if start else []
    while start and len(passes) < _MOST_PASSES:
        latent = graph.wire(start, *_LATENTS)
        start = _nearest_sampler(graph, latent) if latent else ""
        if not start or start in passes:
            break
        passes.append(start)
    return (passes[-1], len(passes)) if passes else ("", 0)


def _last_pass(graph: Graph) -> str:
    saving = [name for name, node in graph.nodes.items() if "save" in node.kind.lower()]
    showing = [name for name, node in graph.nodes.items() if "preview" in node.kind.lower()]
    for name in [*saving, *showing][:_MOST_PASSES]:
        if found := _nearest_sampler(graph, name):
            return found
    samplers = [name for name, node in graph.nodes.items() if _samples(node)]
    fed = {
        _nearest_sampler(graph, latent)
        for name in samplers[:_MOST_PASSES]
        if (latent := graph.wire(name, *_LATENTS))
    }
    # What no other pass goes on from comes last.
    return next((name for name in samplers if name not in fed), samplers[0] if samplers else "")


def _nearest_sampler(graph: Graph, start: str) -> str:
    return next((name for name, node in graph.upstream(start) if _samples(node)), "")


def _take(findings: Findings, graph: Graph, start: str, key: str, names: tuple[str, ...]) -> None:
    """Take a number from the sampler or the nearest node before it that has one."""
    holder, name = graph.holder(start, *names)
    value = graph.value(holder, name)
    findings.take(key, value)
    if holder and value is None:
        findings.note(f"Its {key} comes out of a node that does not tell it; it was left out.")


def _take_sampler(findings: Findings, graph: Graph, start: str) -> None:
    """Take sampler and schedule: by their names, or by the classes of nodes that are one."""
    sampler = graph.nearest(start, "sampler_name")
    if sampler is None and (wired := graph.wire(start, "sampler")):
        sampler = graph.nodes[wired].kind.removeprefix("Sampler")
    findings.take("sampler", sampler)
    schedule = graph.nearest(start, "scheduler")
    if schedule is None and (wired := graph.wire(start, "sigmas")):
        schedule = next(_schedulers(graph, wired), None)
    findings.take("schedule", schedule)
    denoise = graph.nearest(start, "denoise")
    begins = graph.nearest(start, "start_at_step")
    if denoise not in (None, 1) or begins not in (None, 0):
        findings.left_out(["denoise"])
    if graph.nodes.get(graph.wire(start, "guider"), Node("", {})).kind == "BasicGuider":
        findings.take("guidance", 1.0)  # which asks the model once a step


def _schedulers(graph: Graph, start: str) -> Iterator[str]:
    for _, node in graph.upstream(start):
        if node.kind.endswith("Scheduler"):
            yield node.kind.removesuffix("Scheduler")


def _take_size(findings: Findings, graph: Graph, start: str) -> None:
    latent = graph.wire(start, *_LATENTS) or start
    for key in ("width", "height"):
        _take(findings, graph, latent, key, (key, f"empty_latent_{key}"))
    if "width" not in findings.settings:
        resolution = graph.nearest(latent, "resolution")
        findings.size(resolution.partition("(")[0] if isinstance(resolution, str) else None)
    if graph.nearest(latent, "batch_size") not in (None, 1):
        findings.note("It may be one of a batch: all of them carry the same seed.")
    if any(node.kind.startswith("LoadImage") for _, node in graph.upstream(latent)):
        findings.left_out(["the picture it began with"])


def _take_model(findings: Findings, graph: Graph, start: str) -> None:
    """Take the checkpoint, and keep the LoRAs on the way to it."""
    wired = graph.wire(start, "model") or start
    findings.take("model", graph.nearest(wired, *_MODELS))
    loras: dict[str, Lora] = {}
    for name, node in graph.upstream(wired):
        for key, value in node.inputs.items():
            if (lora := _lora(key, value, node.inputs)) and len(loras) < _MOST_PASSES:
                loras[f"LoRA {name} {key}"] = lora
    findings.keep({key: f"{name} {weight}" for key, (name, weight) in loras.items()})
    if not take_loras(findings, loras.values()):
        findings.left_out(["LoRA"])


def _lora(key: str, value: object, inputs: Mapping[str, object]) -> Lora | None:
    match value:
        case str() if key.startswith("lora_name") and value not in {"None", ""}:
            return value, inputs.get("strength_model", inputs.get("lora_model_strength", ""))
        case {"on": True, "lora": str(name), **rest}:
            return name, rest.get("strength", "")
    return None


def _take_laid_over(findings: Findings, graph: Graph, start: str) -> None:
    """Take the clip skip and the VAE; note what else is on the way of a picture's settings."""
    take_skip(findings, graph.nearest(start, "stop_at_clip_layer", "clip_skip"))
    decoding = [name for name, node in graph.nodes.items() if node.kind.startswith("VAEDecode")]
    vaes = (graph.nearest(graph.wire(name, "vae"), "vae_name") for name in decoding)
    take_vae(findings, next((vae for vae in vaes if vae is not None), None))
    kinds = dict.fromkeys(node.kind for _, node in graph.upstream(start))
    findings.left_out(kind for kind in kinds if _CHANGING.search(kind))
