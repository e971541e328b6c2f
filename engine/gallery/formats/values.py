"""Names and values of another tool to settings of ours, by a table."""

from collections.abc import Callable, Mapping

from engine.gallery.findings import Findings
from engine.gallery.formats.carried import Values
from engine.gallery.formats.laid_over import loras_in, take_loras, take_skip, take_vae

Keys = Mapping[str, str]
"""Of a recipe's keys, the other tool's names for each, parted by blanks; the first there counts.

"size" is for a text that holds both width and height.
"""

USUAL: Keys = {
    "prompt": "prompt",
    "negative_prompt": "negative_prompt",
    "model": "model",
    "sampler": "sampler",
    "schedule": "scheduler",
    "steps": "steps",
    "seed": "seed",
    "width": "width",
    "height": "height",
}

# Settings that change a picture and that there are none of here, in any tool's words.
_CHANGING = frozenset(
    """
    loras lora use_lora_model lora_alpha controlnets controlnet controls ipAdapters t2iAdapters
    clip_skip clipstopatlayer base_clip_skip vae use_vae_model vae_name strength prompt_strength
    init_image initimage initimagecreativity denoise hrf_enabled cfg_rescale_multiplier
    cfg_rescale refiner refiner_model refinermodel refinermethod refinerupscale seamless_x
    seamless_y seamless seamlesstileable styles sharpness adm_guidance variationseed
    variationseedstrength variations hires_fix use_controlnet_model use_upscale
    use_hypernetwork_model tiling use_face_correction sm sm_dyn dynamic_thresholding threshold
    perlin freeu seamlessx
    controlnetmodel controlnettwomodel controlnetthreemodel reference_strength_multiple
    reference_image_multiple skip_cfg_above_sigma uncond_scale zeronegative ref_images regions
    """.split()  # noqa: SIM905 - a list literal is one name a line
)

_NOTHING: tuple[object, ...] = (
    *(None, False, 0, 1, "", "0", "1", "None", "none", "False", "false", [], {}, "[]"),
    *("Automatic", "Default (model)"),
)


_BY_THEMSELVES: Mapping[str, Callable[[Findings, object], None]] = {
    "size": Findings.size,
    "vae": take_vae,
    "clip_skip": take_skip,
}


def take_values(findings: Findings, values: Values, keys: Keys) -> None:
    """Take every setting there is a key for, note what changes a picture, keep all the rest."""
    read = set()
    for key, names in keys.items():
        name = next((name for name in names.split() if name in values), None)
        if name is None:
            continue
        read.add(name)
        if key in _BY_THEMSELVES:
            _BY_THEMSELVES[key](findings, simple(values[name]))
        else:
            findings.take(key, simple(values[name]))
    loras, told = loras_in(values)
    understood = told if take_loras(findings, loras) else set()
    rest = {name: value for name, value in values.items() if name not in read}
    findings.keep(rest)
    findings.left_out(
        name
        for name, value in rest.items()
        if name not in understood
        and (name in _CHANGING or name.startswith("lora_combined"))
        and _says_something(value)
    )


def _says_something(value: object) -> bool:
    return value is True or value not in _NOTHING  # True equals 1, which is what strengths are


def simple(value: object) -> object:
    """Return the text in nested values: a model's name, the first prompt of a list."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        named = (value[key] for key in ("name", "model_name", "prompt") if key in value)
        value = next(named, value)
    return value
