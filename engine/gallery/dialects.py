"""Tools that write plain JSON, or one text for each setting: which keys mean what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.gallery.findings import Findings


@dataclass(frozen=True, slots=True)
class Dialect:
    """One tool's names for a recipe's keys, and the marks (names all there) that tell it.

    Of the names for a key, the first that is there counts. "size" holds width and height in one.
    """

    tool: str
    marks: frozenset[str]
    keys: Mapping[str, tuple[str, ...]]


def _dialect(tool: str, marks: str, **keys: str) -> Dialect:
    named = {key: tuple(names.split()) for key, names in (_COMMON | keys).items()}
    return Dialect(tool, frozenset(marks.split()), named)


_COMMON = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "model": "model",
    "sampler": "sampler sampler_name",
    "schedule": "scheduler",
    "steps": "steps",
    "seed": "seed",
    "width": "width",
    "height": "height",
}

DIALECTS = (
    _dialect("SwarmUI", "swarm_version", negative_prompt="negativeprompt", guidance="cfgscale"),
    _dialect(
        "InvokeAI",
        "positive_prompt cfg_scale",
        prompt="positive_prompt",
        guidance="cfg_scale",
        sampler="scheduler",  # in its words a scheduler is what samples
        schedule="",
    ),
    _dialect("InvokeAI", "cfg_scale sampler", guidance="cfg_scale", sampler="sampler", schedule=""),
    _dialect(
        "RuinedFooocus",
        "Prompt sampler_name base_model_name",
        prompt="Prompt",
        negative_prompt="Negative",
        guidance="cfg",
        model="base_model_name",
    ),
    _dialect(
        "Easy Diffusion",
        "num_inference_steps",
        model="use_stable_diffusion_model",
        sampler="sampler_name",
        schedule="scheduler_name",
        steps="num_inference_steps",
        guidance="guidance_scale",
    ),
    _dialect(
        "airunner", "ddim_eta", sampler="scheduler", schedule="", eta="ddim_eta", guidance="scale"
    ),
    _dialect(
        "Fooocus",
        "guidance_scale base_model",
        guidance="guidance_scale",
        model="base_model",
        size="resolution",
    ),
    _dialect(
        "Draw Things", "c uc", prompt="c", negative_prompt="uc", guidance="scale", size="size"
    ),
    _dialect(
        "NovelAI",
        "uc scale",
        prompt="prompt",
        negative_prompt="uc",
        guidance="scale",
        schedule="noise_schedule",
    ),
)

# Settings that change a picture and that there are none of here, wherever they are found.
_EXTRAS = """
loras lora use_lora_model controlnets ipAdapters t2iAdapters clip_skip clipstopatlayer vae
strength prompt_strength init_image initimage refiner refiner_model seamless_x seamless_y styles
variationseed
""".split()  # noqa: SIM905 - a list literal is one name a line


def read_values(values: Mapping[str, Any]) -> Findings | None:
    """Read one tool's settings from their names and values; None if no tool is recognised."""
    values = _unwrapped(values)
    dialect = next((known for known in DIALECTS if known.marks <= values.keys()), None)
    if dialect is None:
        return None
    findings = Findings(dialect.tool)
    for key, names in dialect.keys.items():
        value = next((values[name] for name in names if name in values), None)
        if key == "size":
            findings.size(value)
        else:
            findings.take(key, _simple(value))
    findings.left_out(name for name in _EXTRAS if values.get(name) not in _NOTHING)
    return findings


_NOTHING: tuple[object, ...] = (None, False, 0, 1, "", "0", "1", "None", "Automatic", [], {})


def _unwrapped(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take the settings out of their envelope: SwarmUI's, and InvokeAI's before version 3."""
    inner = values.get("sui_image_params")
    if isinstance(inner, dict):
        return {"swarm_version": ""} | inner
    inner = values.get("image")
    if isinstance(inner, dict) and "cfg_scale" in inner:
        return {"model": values.get("model_weights")} | inner
    return values


def _simple(value: object) -> object:
    """Return the text in InvokeAI's nested values: a model's name, the first prompt of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = next(
            (value[key] for key in ("name", "model_name", "prompt") if key in value), value
        )
    return value
