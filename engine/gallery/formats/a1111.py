"""A1111's text and its dialects: Forge, SD.Next, Civitai, stable-diffusion.cpp, Fooocus, more."""

import math
import re

from engine.gallery.findings import Findings, parsed
from engine.gallery.formats.carried import Carried
from engine.gallery.formats.laid_over import take_vae
from engine.gallery.infotext import Infotext, split_infotext
from engine.gallery.names import known_schedule
from engine.menu import menu

# stable-diffusion.cpp writes into a JPEG's comment or a WebP's XMP, Extras into `postprocessing`.
_PLACES = (
    "parameters",
    "UserComment",
    "postprocessing",
    "comment",
    "xmp",
    "xmp:parameters",
    "xmp:description",
    "ImageDescription",
)

_KEYS = {
    "Steps": "steps",
    "CFG scale": "guidance",
    "Seed": "seed",
    "Model": "model",
}
_READ = {*_KEYS, "Size", "Sampler", "Schedule type", "Eta", "Eta DDIM", "VAE", "Clip skip"}

# Savers of ComfyUI's write "CFG Scale", and others the like.
_NAMES = {key.lower(): key for key in _READ}

# Without any of these a text is another's: cameras and editors write fields too.
_MARKS = {"Steps", "Seed", "Sampler"}

# Said by many tools and changing nothing that a recipe could say, or read elsewhere.
_SILENT = re.compile(
    r"RNG|Version|App|Civitai .*|SDCPP|Created Date|User|Parser|Pipeline|Operations|"
    r"Sampler RNG|.*[Hh]ash(es)?|VAE Decoder|Scheduler|Sampler (sigma|spacing|eta)|TE|Unet|"
    r"Guidance|Backend|Performance|Metadata scheme|Raw .*|Batch (size|pos)|Module \d|"
    r"(Negative )?Template"
)

_TOOLS = (
    ("Etascope", "Etascope"),
    ("stable-diffusion.cpp", "stable-diffusion.cpp"),
    ("Fooocus", "Fooocus"),
    ("ComfyUI", "ComfyUI"),
    ("f", "Forge"),
    ("neo", "Forge"),
)
_BEFORE_SCHEDULES = re.compile(r"v?1\.[0-8](\.|$)")


def read(carried: Carried) -> Findings | None:
    """Read the first of the texts that has a line of fields."""
    for key in _PLACES:
        text = carried.texts.get(key, "")
        if ":" not in text or text.lstrip().startswith("{"):
            continue
        parts = split_infotext(text)
        if parts.fields if key == "parameters" else _MARKS & parts.fields.keys():
            findings = _findings(text, parts)
            if "fooocus_scheme" in carried.texts:
                findings.tool = "Fooocus"
            return findings
    return None


def read_words(carried: Carried) -> Findings | None:
    """Take a text without fields for a prompt, where A1111 writes one."""
    text = carried.texts.get("parameters", "")
    return read_infotext(text) if text.strip() else None


def read_infotext(text: str) -> Findings:
    """Read A1111's form and its dialects; a text without a line of fields is all prompt."""
    return _findings(text, split_infotext(text))


def _findings(text: str, parts: Infotext) -> Findings:
    fields = {_NAMES.get(key.lower(), key): value for key, value in parts.fields.items()}
    findings = Findings(_tool(fields), text)
    findings.take("prompt", parts.prompt)
    findings.take("negative_prompt", parts.negative_prompt)
    if not fields:
        findings.note("Its text has no line of settings; all of it was taken for the prompt.")
        return findings
    findings.size(fields.get("Size"))
    _take_sampler(findings, fields)
    for theirs, ours in _KEYS.items():
        findings.take(ours, fields.get(theirs))
    _take_eta(findings, fields)
    # 1 is said of SDXL too, which has another usual layer.
    if fields.get("Clip skip") not in {"1", "1.0"}:
        findings.take("clip_skip", fields.get("Clip skip"))
    take_vae(findings, fields.get("VAE"))
    _note_others(findings, fields)
    return findings


def _tool(fields: dict[str, str]) -> str:
    version = fields.get("Version", "")
    if any(key.startswith("Civitai") for key in fields):
        return "Civitai"
    if app := fields.get("App"):
        return app[:40] if app.isprintable() else "A1111"
    return next((tool for start, tool in _TOOLS if version.startswith(start)), "A1111")


def _take_sampler(findings: Findings, fields: dict[str, str]) -> None:
    """Take sampler and schedule; SD.Next's `Scheduler` is a class of diffusers', Fooocus's is not.

    A1111 before 1.9 had its schedules in the samplers' names, and even steps where there was none.
    """
    sampler, scheduler = fields.get("Sampler"), fields.get("Scheduler")
    if sampler in {None, "Default", "Undefined"} and scheduler and not known_schedule(scheduler):
        sampler = scheduler
    findings.take("sampler", None if sampler in {"Default", "Undefined"} else sampler)
    told = [fields.get(key, "") for key in ("Schedule type", "Sampler sigma", "Sampler spacing")]
    if scheduler and known_schedule(scheduler):
        told.append(scheduler)
    # "default" and its like leave it to the next.
    schedule = next((name for name in told if known_schedule(name) != "default"), None)
    findings.take("schedule", schedule)
    entry = menu().get(findings.settings.get("sampler", ""))
    old = _BEFORE_SCHEDULES.match(fields.get("Version", ""))
    if old and entry and "karras" in entry.schedules:
        findings.settings.setdefault("schedule", "linspace")


def _take_eta(findings: Findings, fields: dict[str, str]) -> None:
    """Take eta where the sampler takes one; A1111 leaves out DDIM's usual 0.

    Of other samplers it is noted, unless it says what they do anyway, as stable-diffusion.cpp does.
    """
    entry = menu().get(findings.settings.get("sampler", ""))
    told = fields.get("Eta DDIM", fields.get("Sampler eta", fields.get("Eta")))
    if entry is None:
        return
    if entry.eta is not None:
        findings.take("eta", 0.0 if told is None and entry.name == "ddim" else told)
    elif told is not None and not _is_usual(told):
        findings.take("eta", told)


def _is_usual(eta: str) -> bool:
    try:
        value = float(eta)
    except ValueError:
        return False
    return value in {0.0, 1.0} or not math.isfinite(value)


def _note_others(findings: Findings, fields: dict[str, str]) -> None:
    rest = {key: value for key, value in fields.items() if key not in _READ}
    findings.keep(rest)
    findings.left_out(key for key in rest if not _SILENT.fullmatch(key))
    if "<lora:" not in findings.settings["prompt"].lower():
        findings.left_out(_resources(fields.get("Civitai resources", "")))
    if findings.tool != "Etascope" and fields.get("RNG", "").lower() != "cpu":
        findings.note("Its noise may come from another generator: the same seed, another picture.")


def _resources(text: str) -> list[str]:
    """Return what Civitai laid over the model, which its prompts do not name."""
    told = parsed(text)
    resources = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    laid_over = [one for one in resources if one.get("type") not in ("checkpoint", None)]
    return [f"{one['type']} {one.get('modelName', '')}".strip() for one in laid_over]
