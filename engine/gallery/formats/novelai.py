"""NovelAI: `Description` has the prompt, `Comment` the settings as JSON, `Source` the model.

The same texts are in the last bits of the alpha channel (`stealth.py`) and, of WebP, in EXIF.
"""

from collections.abc import Mapping

from engine.gallery.findings import Findings, parsed
from engine.gallery.formats.carried import Carried, Values, text_of
from engine.gallery.formats.values import USUAL, take_values

_KEYS = {
    **USUAL,
    "negative_prompt": "uc negative_prompt",
    "guidance": "scale",
    "schedule": "noise_schedule",
}
_PARTS = ("Title", "Description", "Software", "Source", "Generation time", "Comment")


def read(carried: Carried) -> Findings | None:
    """Read NovelAI's settings, of any of its models."""
    for text, values in carried.marked("Comment"):  # all texts within one
        inner = parsed(str(values["Comment"]))
        texts = {key: str(values[key]) for key in _PARTS if key in values}
        if isinstance(inner, dict) and _is_theirs(inner, texts):
            return _read(inner, texts, text)
    values = carried.objects.get("Comment", {})
    if not _is_theirs(values, carried.texts):
        return None
    texts = {key: carried.texts[key] for key in _PARTS if key in carried.texts}
    return _read(values, texts, text_of(texts))


def _is_theirs(values: Values, texts: Mapping[str, str]) -> bool:
    return "steps" in values and (
        texts.get("Software") == "NovelAI" or {"uc", "scale"} <= values.keys()
    )


def _read(values: Values, texts: Mapping[str, str], raw: str) -> Findings:
    findings = Findings("NovelAI", raw)
    findings.take("prompt", texts.get("Description"))
    take_values(findings, values, _KEYS)
    findings.take("model", texts.get("Source"))
    _take_captions(findings, values)
    return findings


def _take_captions(findings: Findings, values: Values) -> None:
    """Take the prompts of version 4: one for all, and one for each character."""
    for key, name in (("prompt", "v4_prompt"), ("negative_prompt", "v4_negative_prompt")):
        match values.get(name):
            case {"caption": {"base_caption": str(words), **rest}}:
                if not findings.settings.get(key):
                    findings.take(key, words)
                if rest.get("char_captions"):
                    findings.left_out(["the characters' own prompts"])
