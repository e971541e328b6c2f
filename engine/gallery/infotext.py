"""A1111's text, which nearly every tool can read and many write: two prompts and the fields."""

import json
import re
from dataclasses import dataclass

from engine import __version__
from engine.gallery.findings import parsed, plain
from engine.gallery.names import A1111_SAMPLERS, A1111_SCHEDULES
from engine.menu import menu
from engine.recipe import Recipe
from engine.wording.tags import tag

# Starts only where a run of such letters does, so that no text can make the search quadratic.
_FIELD = re.compile(r"(?:^|(?<=[^\w \-/]))[ \-/]*(\w[\w \-/]{1,60}):\s*")
_QUOTED = re.compile(r'("(?:\\.|[^\\"])+")\s*(?:,|$)')

_NAMED = re.compile(r"([A-Z]\w*(?: \w+){0,2}): ")

_MOST_JSON = 16
_NEGATIVE = "Negative prompt:"

_HASH = 10
"""Digits of a file's sha256 by which sites of models know it (AutoV2)."""

_LEAST_FIELDS = 3
"""A last line with fewer is a line of the prompt, by A1111's rule."""


@dataclass(frozen=True, slots=True)
class Infotext:
    """A1111's text in parts; `fields` is empty where it had no line of them."""

    prompt: str
    negative_prompt: str
    fields: dict[str, str]


def infotext(recipe: Recipe) -> str:
    """Return the recipe as A1111 would write it; what it has no word for is left out."""
    negative = f"\n{_NEGATIVE} {recipe.negative_prompt}" if recipe.negative_prompt else ""
    words = " ".join((recipe.prompt, *(tag(one.name, one.weight) for one in recipe.adapters)))
    return f"{words}{negative}\n{_fields_line(recipe)}".strip()


def split_infotext(text: str) -> Infotext:
    """Split into prompt, negative prompt and fields, by A1111's rules.

    Lines that an extension put behind the fields, such as "Template: ...", are fields too.
    """
    text = text.replace("\r\n", "\n").strip("\ufeff").strip()
    lines = text.split("\n")
    fields = split_fields(lines[-1])
    if len(fields) >= _LEAST_FIELDS:
        lines.pop()
    else:
        before, _, rest = text.rpartition("\nSteps: ")
        line, *behind = f"Steps: {rest}".split("\n")
        fields = split_fields(line) if before else {}
        fields = fields if len(fields) >= _LEAST_FIELDS else {}
        if fields:
            lines = before.split("\n")
            fields = _named(behind) | fields
    prompts: tuple[list[str], list[str]] = ([], [])
    negative = False
    for line in lines:
        stripped = line.strip()
        if stripped.startswith(_NEGATIVE):
            negative = True
            stripped = stripped.removeprefix(_NEGATIVE).strip()
        prompts[negative].append(stripped)
    return Infotext("\n".join(prompts[0]), "\n".join(prompts[1]), fields)


def split_fields(line: str) -> dict[str, str]:
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


def _named(lines: list[str]) -> dict[str, str]:
    """Return lines by their names; one without goes on with the one before."""
    fields: dict[str, str] = {}
    name = "Behind"
    for line in lines:
        if named := _NAMED.match(line):
            name, line = named[1], line[named.end() :]  # noqa: PLW2901
        fields[name] = f"{fields[name]}\n{line}" if name in fields else line
    return fields


def _fields_line(recipe: Recipe) -> str:
    fields = {
        "Steps": plain(recipe.steps),
        "Sampler": A1111_SAMPLERS.get(recipe.sampler, recipe.sampler),
        "Schedule type": _schedule_name(recipe),
        "CFG scale": plain(recipe.guidance),
        "Seed": plain(recipe.seed),
        "Size": f"{recipe.width}x{recipe.height}",
        "Model": recipe.model,
    }
    entry = menu().get(recipe.sampler)
    if recipe.sampler == "ddim" and recipe.eta:
        fields["Eta DDIM"] = plain(recipe.eta)
    elif recipe.eta is not None and entry and entry.eta and recipe.eta != entry.eta.default:
        fields["Eta"] = plain(recipe.eta)
    if recipe.vae is not None:
        fields |= {"VAE hash": recipe.vae.sha256[:_HASH], "VAE": recipe.vae.name}
    if recipe.clip_skip != 1:
        fields["Clip skip"] = plain(recipe.clip_skip)
    for key, files in (("Lora hashes", recipe.adapters), ("TI hashes", recipe.embeddings)):
        if files:
            fields[key] = ", ".join(f"{one.name}: {one.sha256[:_HASH]}" for one in files)
    fields |= {"RNG": "CPU", "Version": f"Etascope {__version__}"}
    return ", ".join(f"{key}: {_quote(value)}" for key, value in fields.items())


def _schedule_name(recipe: Recipe) -> str:
    """Return A1111's name of the schedule: "leading" is called after DDIM where it is not usual."""
    entry = menu().get(recipe.sampler)
    usual = entry is None or recipe.schedule in {"default", entry.schedules[0]}
    unusual = "DDIM" if recipe.schedule == "leading" and not usual else "Automatic"
    return A1111_SCHEDULES.get(recipe.schedule, unusual)


def _quote(value: str) -> str:
    """Quote as A1111 does, and also what its parser would otherwise strip or unquote."""
    if value == value.strip() and not re.search('[,:\n"]', value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        told = parsed(value)
        return told if isinstance(told, str) else value
    return value


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
