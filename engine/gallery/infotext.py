"""A1111's text, which nearly every tool can read and many write: two prompts and the fields."""

import json
import re

from engine import __version__
from engine.gallery.findings import Findings, plain
from engine.gallery.names import A1111_SAMPLERS, A1111_SCHEDULES
from engine.recipe import Recipe

# Starts only where a run of such letters does, so that no text can make the search quadratic.
_FIELD = re.compile(r"(?:^|(?<=[^\w \-/]))[ \-/]*(\w[\w \-/]{1,60}):\s*")
_QUOTED = re.compile(r'("(?:\\.|[^\\"])+")\s*(?:,|$)')

_MOST_JSON = 16
_NEGATIVE = "Negative prompt:"

_KEYS = {
    "Steps": "steps",
    "CFG scale": "guidance",
    "Seed": "seed",
    "Model": "model",
}

# Said by many tools and changing nothing that a recipe could say, or read elsewhere.
_SILENT = re.compile(
    r"Sampler|Schedule type|Size|Eta DDIM|Eta|RNG|Version|App|Clip skip|Civitai .*|SDCPP|"
    r"Created Date|User|Parser|Pipeline|Operations|Sampler RNG|.*[Hh]ash(es)?|VAE Decoder"
)

_TOOLS = (
    ("Etascope", "Etascope"),
    ("stable-diffusion.cpp", "stable-diffusion.cpp"),
    ("Fooocus", "Fooocus"),
    ("ComfyUI", "ComfyUI"),
    ("f", "Forge"),
)


def infotext(recipe: Recipe) -> str:
    """Return the recipe as A1111 would write it; what it has no word for is left out."""
    negative = f"\n{_NEGATIVE} {recipe.negative_prompt}" if recipe.negative_prompt else ""
    return f"{recipe.prompt}{negative}\n{_fields_line(recipe)}".strip()


def read_infotext(text: str) -> Findings:
    """Read A1111's form and its dialects; a text without a line of fields is all prompt."""
    prompt, negative, fields = _parts(text)
    findings = Findings(_tool(fields))
    findings.take("prompt", prompt)
    findings.take("negative_prompt", negative)
    if not fields:
        findings.note("Its text has no line of settings; all of it was taken for the prompt.")
        return findings
    findings.size(fields.get("Size"))
    findings.take("sampler", fields.get("Sampler"))
    findings.take("schedule", fields.get("Schedule type"))
    for theirs, ours in _KEYS.items():
        findings.take(ours, fields.get(theirs))
    _take_eta(findings, fields)
    _note_others(findings, fields)
    return findings


def _fields_line(recipe: Recipe) -> str:
    fields = {
        "Steps": plain(recipe.steps),
        "Sampler": A1111_SAMPLERS.get(recipe.sampler, recipe.sampler),
        "Schedule type": A1111_SCHEDULES.get(recipe.schedule, "Automatic"),
        "CFG scale": plain(recipe.guidance),
        "Seed": plain(recipe.seed),
        "Size": f"{recipe.width}x{recipe.height}",
        "Model": recipe.model,
    }
    if recipe.sampler == "ddim" and recipe.eta:
        fields["Eta DDIM"] = plain(recipe.eta)
    fields |= {"RNG": "CPU", "Version": f"Etascope {__version__}"}
    return ", ".join(f"{key}: {_quote(value)}" for key, value in fields.items())


def _quote(value: str) -> str:
    """Quote as A1111 does, and also what its parser would otherwise strip or unquote."""
    if value == value.strip() and not re.search('[,:\n"]', value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value))
        except (ValueError, RecursionError):
            pass
    return value


def _parts(text: str) -> tuple[str, str, dict[str, str]]:
    """Split into prompt, negative prompt and fields, by A1111's rules."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    fields = _fields(lines[-1])
    if len(fields) < 3:  # then it is a line of the prompt
        fields = {}
    else:
        lines.pop()
    prompts: tuple[list[str], list[str]] = ([], [])
    negative = False
    for line in lines:
        stripped = line.strip()
        if stripped.startswith(_NEGATIVE):
            negative = True
            stripped = stripped.removeprefix(_NEGATIVE).strip()
        prompts[negative].append(stripped)
    return "\n".join(prompts[0]), "\n".join(prompts[1]), fields


def _fields(line: str) -> dict[str, str]:
    """Return the fields of a line: values plain, quoted, or JSON without quotes (Civitai)."""
    fields: dict[str, str] = {}
    at = tries = 0
    while match := _FIELD.search(line, at):
        start = at = match.end()
        if quoted := _QUOTED.match(line, start):
            end = quoted.end(1)
        else:
            if line[start : start + 1] in {"{", "["} and tries < _MOST_JSON:
                tries += 1
                at = _end_of_json(line, start)
            end = _comma(line, at)
        fields[match[1]] = _unquote(line[start:end].strip())
        at = end + 1
    return fields


def _comma(line: str, at: int) -> int:
    """Return where the next comma is, or the end of the line."""
    comma = line.find(",", at)
    return comma if comma >= 0 else len(line)


def _end_of_json(line: str, at: int) -> int:
    """Return where the JSON value that begins at `at` ends; `at` if it is none."""
    try:
        return json.JSONDecoder().raw_decode(line, at)[1]
    except (ValueError, RecursionError):
        return at


def _tool(fields: dict[str, str]) -> str:
    version = fields.get("Version", "")
    if any(key.startswith("Civitai") for key in fields):
        return "Civitai"
    if app := fields.get("App"):
        return app[:40] if app.isprintable() else "A1111"
    return next((tool for start, tool in _TOOLS if version.startswith(start)), "A1111")


def _take_eta(findings: Findings, fields: dict[str, str]) -> None:
    """Take eta: written only where it is not the usual one, which for DDIM is 0."""
    if findings.settings.get("sampler") == "ddim":
        findings.take("eta", fields.get("Eta DDIM", 0.0))
    elif "Eta" in fields and findings.settings.get("sampler") is not None:
        findings.take("eta", fields["Eta"])


def _note_others(findings: Findings, fields: dict[str, str]) -> None:
    others = [key for key in fields if key not in _KEYS and not _SILENT.fullmatch(key)]
    if fields.get("Clip skip", "1") != "1":
        others.append("Clip skip")
    findings.left_out(others)
    if findings.tool != "Etascope" and fields.get("RNG") != "CPU":
        findings.note("Its noise may come from another generator: the same seed, another picture.")
