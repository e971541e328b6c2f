"""Tools that write one text for each setting: Easy Diffusion and airunner.

Easy Diffusion writes the same names as one JSON object into the EXIF of a JPEG or WebP.
"""

from engine.gallery.findings import Findings
from engine.gallery.formats.carried import Carried, Values, text_of
from engine.gallery.formats.values import USUAL, Keys, take_values

_EASY = {
    **USUAL,
    "model": "use_stable_diffusion_model",
    "sampler": "sampler_name",
    "schedule": "scheduler_name",
    "steps": "num_inference_steps",
    "guidance": "guidance_scale",
    "vae": "use_vae_model",
    "clip_skip": "clip_skip",
}
_AIRUNNER = {
    **{key: names for key, names in USUAL.items() if key != "schedule"},
    "sampler": "scheduler",
    "eta": "ddim_eta",
    "guidance": "scale",
}
_FORMS: tuple[tuple[str, str, Keys], ...] = (
    ("Easy Diffusion", "num_inference_steps", _EASY),
    ("airunner", "ddim_eta", _AIRUNNER),
)

# Easy Diffusion's names as its settings' labels have them, which it writes as well.
_LABELS = {
    "Prompt": "prompt",
    "Negative Prompt": "negative_prompt",
    "Seed": "seed",
    "Stable Diffusion model": "use_stable_diffusion_model",
    "Clip Skip": "clip_skip",
    "VAE model": "use_vae_model",
    "Sampler": "sampler_name",
    "Width": "width",
    "Height": "height",
    "Steps": "num_inference_steps",
    "Guidance Scale": "guidance_scale",
    "Prompt Strength": "prompt_strength",
    "LoRA model": "use_lora_model",
    "LoRA Strength": "lora_alpha",
    "Lora Strength": "lora_alpha",
    "Hypernetwork model": "use_hypernetwork_model",
    "ControlNet model": "use_controlnet_model",
    "Seamless Tiling": "tiling",
    "Use Face Correction": "use_face_correction",
    "Use Upscaling": "use_upscale",
}


def read(carried: Carried) -> Findings | None:
    """Read the settings from the picture's texts themselves, or from one JSON object of them."""
    places: list[tuple[str, Values]] = [
        (carried.texts[key], values) for key, values in carried.objects.items()
    ]
    places.append((text_of(carried.texts), carried.texts))
    for text, values in places:
        if {"Stable Diffusion model", "Guidance Scale"} <= values.keys():
            values = {_LABELS.get(key, key): value for key, value in values.items()}  # noqa: PLW2901
        for tool, mark, keys in _FORMS:
            if mark in values:
                findings = Findings(tool, text)
                take_values(findings, values, keys)
                return findings
    return None
