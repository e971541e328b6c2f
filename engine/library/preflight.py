"""Whether a folder of strangers may be handed to the libraries: what is in it, by our own reading.

Nothing here opens a file with the libraries, follows a way out of the folder or runs anything.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from engine.library.plan import Settings, unusable
from engine.library.settings import read_settings

INDEX = "model_index.json"
PIPELINES = {
    "StableDiffusionPipeline": "Stable Diffusion",
    "StableDiffusionXLPipeline": "SDXL",
    "LatentConsistencyModelPipeline": "Stable Diffusion",
}
"""The pipelines whose folders can be used, and what their families are called."""

_CLASSES = {
    "unet": {"UNet2DConditionModel"},
    "vae": {"AutoencoderKL"},
    "text_encoder": {"CLIPTextModel"},
    "text_encoder_2": {"CLIPTextModelWithProjection"},
    "tokenizer": {"CLIPTokenizer", "CLIPTokenizerFast"},
    "tokenizer_2": {"CLIPTokenizer", "CLIPTokenizerFast"},
    "scheduler": {
        "DDIMScheduler", "DDPMScheduler", "PNDMScheduler", "LMSDiscreteScheduler",
        "EulerDiscreteScheduler", "EulerAncestralDiscreteScheduler", "HeunDiscreteScheduler",
        "DPMSolverMultistepScheduler", "DPMSolverSinglestepScheduler", "UniPCMultistepScheduler",
        "DEISMultistepScheduler", "KDPM2DiscreteScheduler", "LCMScheduler", "TCDScheduler",
        "KDPM2AncestralDiscreteScheduler", "DPMSolverSDEScheduler", "SASolverScheduler",
        "DDIMParallelScheduler", "DDPMParallelScheduler",
    },
    # They lie in many folders and are never loaded.
    "safety_checker": {"StableDiffusionSafetyChecker"},
    "feature_extractor": {
        "CLIPImageProcessor", "CLIPImageProcessorFast", "CLIPImageProcessorPil",
        "CLIPFeatureExtractor",
    },
    "image_encoder": {"CLIPVisionModelWithProjection"},
}  # fmt: skip
_NEVER_LOADED = ("safety_checker", "feature_extractor", "image_encoder")
_LIBRARIES = {"diffusers", "transformers"}
_CODE = (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib")
_MOST_FILES = 10_000
ANOTHER = "Choose another model: this one is of no kind that can be used."


def inspect_folder(folder: Path) -> Settings:
    """Return the index of a model's folder, once all of the folder has been looked through.

    Raises CheckpointError where there is code, a link that leaves the folder, or a class that is
    not on our list.
    """
    if not (folder / INDEX).is_file():
        raise unusable(
            folder,
            f"{INDEX} is missing",
            "Choose a folder in diffusers' layout, or a single .safetensors file.",
        )
    homes = _homes(folder)
    for number, path in enumerate(_files(folder)):
        if number >= _MOST_FILES:
            raise unusable(folder, f"it holds more than {_MOST_FILES} files", "Choose one model.")
        if path.suffix.lower() in _CODE:
            raise unusable(
                path, "it is a program", "No model needs one; remove it if you trust it."
            )
        if path.is_symlink() and not _is_within(path, homes):
            raise unusable(path, "it is a link out of its folder", "Put the file itself there.")
    index = read_settings(folder / INDEX)
    _check_index(index, folder / INDEX)
    return index


def _homes(folder: Path) -> tuple[Path, ...]:
    """Return where links may lead: the hub's cache keeps a repository's files beside it."""
    real = folder.resolve()
    if real.parent.name == "snapshots":
        return (real, real.parent.parent / "blobs")
    return (real,)


def _is_within(path: Path, homes: tuple[Path, ...]) -> bool:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # it leads nowhere, or in circles
        return False
    return any(target.is_relative_to(home) for home in homes)


def _files(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):  # links to folders are listed, not entered
        yield from (Path(here) / name for name in (*folders, *files))


def _check_index(index: Settings, path: Path) -> None:
    pipeline = index.get("_class_name")
    if not isinstance(pipeline, str) or pipeline not in PIPELINES:
        known = " and ".join(dict.fromkeys(PIPELINES.values()))
        raise unusable(
            path,
            f"it is a model of the kind {str(pipeline)[:60]!r}",
            f"{known} models can be used.",
        )
    for name, entry in index.items():
        if name.startswith("_") or isinstance(entry, bool | None):
            continue
        if entry not in ([None, None], []):
            _check_part(name, entry, path)


def _check_part(name: str, entry: object, path: Path) -> None:
    match entry:
        case [str(library), str(kind)]:
            known = kind in _CLASSES.get(name, ())
            if known and (library in _LIBRARIES or name in _NEVER_LOADED):
                return
            if name == "scheduler" and library in _LIBRARIES:
                raise unusable(path, f"its {kind[:60]} is for noise of another kind", ANOTHER)
    reason = f"it asks for {str(entry)[:80]} as its {name[:40]}, which is not on the list of parts"
    raise unusable(path, reason, ANOTHER)
