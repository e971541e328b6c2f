"""InvokeAI's three generations: a command line, nested JSON, flat JSON."""

import re

from engine.gallery.findings import Findings
from engine.gallery.formats.carried import Carried, Values
from engine.gallery.formats.values import USUAL, take_values

_TOOL = "InvokeAI"

# In its words a scheduler is what samples.
_FLAT = {
    **{key: names for key, names in USUAL.items() if key != "schedule"},
    "prompt": "positive_prompt",
    "guidance": "cfg_scale",
    "sampler": "scheduler",
    "vae": "vae",
}
_NESTED = {
    **{key: names for key, names in USUAL.items() if key != "schedule"},
    "guidance": "cfg_scale",
}
_SWITCHES = {
    "s": "steps",
    "S": "seed",
    "W": "width",
    "H": "height",
    "C": "guidance",
    "A": "sampler",
    "m": "sampler",
}
# The first versions wrote a value right behind its letter: -s50 -Ak_lms.
_SWITCH = re.compile(
    r"(?:^|\s)--?([sSWHCbnGU](?=[\d.])|[Am](?=k_|ddim|plms)|[A-Za-z]\w*)"
    r"[ =]?([^\s-]\S*|-[\d.]\S*)?"
)
_UNWANTED = re.compile(r"\[([^\[\]]*)\]")

_LONGEST_SWITCHES = 4000


def read(carried: Carried) -> Findings | None:
    """Read the newest of its forms that there is."""
    for mark in ("cfg_scale", "generation_mode"):
        for text, values in carried.marked("positive_prompt", mark):
            findings = Findings(_TOOL, text)
            skipped = values.get("clip_skip")  # how many layers, not which is the last
            if isinstance(skipped, int) and skipped > 0:
                findings.take("clip_skip", skipped + 1)
            rest = {key: value for key, value in values.items() if key != "clip_skip"}
            take_values(findings, rest, _FLAT)
            return findings
    for key in ("sd-metadata", "parameters", "UserComment"):
        values = carried.objects.get(key, {})
        inner = values.get("image", values)
        if isinstance(inner, dict) and "cfg_scale" in inner and "sampler" in inner:
            return _nested(carried.texts[key], values, inner)
    if carried.texts.get("Dream", "").strip():
        return _command(carried.texts["Dream"])
    return None


def _nested(text: str, values: Values, inner: Values) -> Findings:
    """Read version 2's `sd-metadata`: the picture's settings within, the model's name outside."""
    findings = Findings(_TOOL, text)
    take_values(findings, inner, _NESTED)
    if inner is not values:
        findings.take("model", values.get("model_weights"))
        findings.keep({key: values[key] for key in values if key not in ("image", "model_weights")})
    _part(findings)
    return findings


def _command(text: str) -> Findings:
    """Read version 1's `Dream`: a quoted prompt, then switches as on a command line."""
    findings = Findings(_TOOL, text)
    text = text.strip()
    if text.startswith('"'):
        prompt, _, switches = text[1:].rpartition('"')
        if '" -' in text[1:]:
            prompt, _, switches = text[1:].partition('" -')
            switches = f"-{switches}"
    else:
        prompt, dash, switches = text.partition(" -")
        switches = dash + switches
    findings.take("prompt", prompt)
    _part(findings)
    others = {}
    for match in _SWITCH.finditer(switches[:_LONGEST_SWITCHES]):
        name, value = match[1], match[2] or ""
        if name in _SWITCHES:
            findings.take(_SWITCHES[name], value or None)
        else:
            others[name] = value
    findings.keep(others)
    findings.left_out(f"-{name}" for name in others if name not in ("n", "b", "i", "g"))
    return findings


def _part(findings: Findings) -> None:
    """Part what was unwanted from the prompt: it stood in brackets."""
    prompt = findings.settings.get("prompt", "")
    unwanted = [words.strip() for words in _UNWANTED.findall(prompt)]
    if unwanted:
        findings.take("prompt", " ".join(_UNWANTED.sub(" ", prompt).split()))
        findings.take("negative_prompt", ", ".join(filter(None, unwanted)))
