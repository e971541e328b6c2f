"""Civitai's own generator: a graph of ComfyUI's with the settings beside it, in one JSON object.

Its other form is A1111's text with `Civitai resources`, which `a1111.py` reads.
"""

from engine.gallery.findings import Findings, parsed
from engine.gallery.formats.carried import Carried
from engine.gallery.formats.values import USUAL, take_values

_KEYS = {
    **{key: names for key, names in USUAL.items() if key != "model"},
    "negative_prompt": "negativePrompt",
    "guidance": "cfgScale",
    "clip_skip": "clipSkip",
}


def read(carried: Carried) -> Findings | None:
    """Read the settings beside the graph, which say more plainly what the graph says."""
    for text, values in carried.marked("extraMetadata"):
        beside = values["extraMetadata"]
        settings = parsed(beside) if isinstance(beside, str) else beside
        if isinstance(settings, dict) and "prompt" in settings:
            findings = Findings("Civitai", text)
            take_values(findings, settings, _KEYS)
            if settings.get("resources"):
                findings.left_out(["resources"])
            return findings
    return None
