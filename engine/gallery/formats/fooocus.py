"""Fooocus and its children: JSON under `parameters`, in EXIF or, in MRE's, under `Comment`.

Its other scheme is A1111's text, which `a1111.py` reads.
"""

from engine.gallery.findings import Findings
from engine.gallery.formats.carried import Carried
from engine.gallery.formats.values import USUAL, Keys, take_values

# Marks of each of its forms, and its names.
_FORMS: tuple[tuple[str, tuple[str, ...], Keys], ...] = (
    (
        "Fooocus",
        ("guidance_scale", "base_model"),
        {
            **USUAL,
            "guidance": "guidance_scale",
            "model": "base_model",
            "size": "resolution",
            "vae": "vae",
            "clip_skip": "clip_skip",
        },
    ),
    (
        "RuinedFooocus",
        ("Prompt", "sampler_name", "base_model_name"),
        {
            **USUAL,
            "prompt": "Prompt",
            "negative_prompt": "Negative",
            "guidance": "cfg",
            "sampler": "sampler_name",
            "model": "base_model_name",
        },
    ),
    (
        "Fooocus MRE",
        ("prompt", "sampler_name", "base_model_name"),
        {**USUAL, "guidance": "cfg", "sampler": "sampler_name", "model": "base_model_name"},
    ),
    (
        "Fooocus",
        ("Prompt", "Base Model"),
        {
            "prompt": "Prompt",
            "sampler": "Sampler",
            "schedule": "Scheduler",
            "seed": "Seed",
            "steps": "Steps",
            "size": "Resolution",
        },
    ),
)
# Names with a blank in them, which the table of the old log's form cannot hold.
_OLD = {
    "negative_prompt": "Negative Prompt",
    "model": "Base Model",
    "guidance": "Guidance Scale",
}


def read(carried: Carried) -> Findings | None:
    """Read any of its JSON forms."""
    for tool, marks, keys in _FORMS:
        for text, values in carried.marked(*marks):
            findings = Findings(tool, text)
            rest = dict(values)
            if "Base Model" in marks:
                for key, name in _OLD.items():
                    findings.take(key, rest.pop(name, None))
            take_values(findings, rest, keys)
            return findings
    return None
