"""Draw Things: XMP with JSON in exif:UserComment, and nearly A1111's text as the description."""

import re

from engine.gallery.findings import Findings
from engine.gallery.formats.carried import Carried
from engine.gallery.formats.values import USUAL, take_values
from engine.gallery.infotext import split_fields

_TOOL = "Draw Things"

_KEYS = {
    **{key: names for key, names in USUAL.items() if key not in {"width", "height", "schedule"}},
    "prompt": "c",
    "negative_prompt": "uc",
    "guidance": "scale",
    "size": "size",
}
_FIELDS = {
    "steps": "Steps",
    "sampler": "Sampler",
    "guidance": "Guidance Scale",
    "seed": "Seed",
    "model": "Model",
}
_NEGATIVE = re.compile(r"^-", re.MULTILINE)


def read(carried: Carried) -> Findings | None:
    """Read the JSON, or else the description."""
    for text, values in carried.marked("c", "uc"):
        findings = Findings(_TOOL, text)
        take_values(findings, values, _KEYS)
        return findings
    described = carried.texts.get("xmp:description", "")
    if carried.texts.get("xmp:CreatorTool") == _TOOL and "Steps:" in described:
        return _description(described)
    return None


def _description(text: str) -> Findings:
    """Read the prompt's lines, those of what is unwanted (from a minus on), and the fields."""
    findings = Findings(_TOOL, text)
    words, _, line = text.rstrip().rpartition("\n")
    fields = split_fields(line)
    wanted, *unwanted = _NEGATIVE.split(words, maxsplit=1)
    findings.take("prompt", wanted.strip())
    findings.take("negative_prompt", "".join(unwanted).strip())
    for key, name in _FIELDS.items():
        findings.take(key, fields.pop(name, None))
    findings.size(fields.pop("Size", None))
    findings.keep(fields)
    return findings
