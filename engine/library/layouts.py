"""Where other programs keep their models: A1111 and its forks, ComfyUI, InvokeAI, or any folder.

Nothing is moved or written there; which kind of file is which is told by its content, and by the
folder only where the content does not say it (embeddings in pickles).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.library.opening import open_plain

LORAS, EMBEDDINGS, VAES, CHECKPOINTS = "loras", "embeddings", "vae", "checkpoints"

_A1111 = {
    "models/Stable-diffusion": CHECKPOINTS, "models/Diffusers": CHECKPOINTS, "models/Lora": LORAS,
    "models/LyCORIS": LORAS, "models/VAE": VAES, "embeddings": EMBEDDINGS,
    "models/embeddings": EMBEDDINGS,
}  # fmt: skip
_COMFY = {
    "models/checkpoints": CHECKPOINTS, "models/diffusers": CHECKPOINTS, "models/loras": LORAS,
    "models/vae": VAES, "models/embeddings": EMBEDDINGS,
}  # fmt: skip
_EXTRA_PATHS = "extra_model_paths.yaml"
_EXTRA = {
    "checkpoints": CHECKPOINTS, "diffusers": CHECKPOINTS, "loras": LORAS, "vae": VAES,
    "embeddings": EMBEDDINGS,
}  # fmt: skip
_LARGEST = 2**18


@dataclass(frozen=True, slots=True)
class Layout:
    """A program's name, "" for none that is known, and the folders to look through by their kind.

    The kind is that of what lies there for the most part, "" where anything may.
    """

    program: str
    places: tuple[tuple[Path, str], ...]


def layout_of(root: Path) -> Layout:
    """Return how the folder of a program, or its `models` folder, is laid out."""
    for base in (root, root.parent) if root.name.lower() == "models" else (root,):
        if (base / "models" / "checkpoints").is_dir():
            return Layout("ComfyUI", tuple(_comfy(base)))
        if (base / "models" / "Stable-diffusion").is_dir():
            return Layout("A1111", tuple(_there(base, _A1111)))
        if (base / "invokeai.yaml").is_file() or (base / "databases" / "invokeai.db").is_file():
            return Layout("InvokeAI", ((base / "models", ""),))
    return Layout("", ((root, ""),))


def _there(base: Path, kinds: dict[str, str]) -> Iterator[tuple[Path, str]]:
    return ((base / name, kind) for name, kind in kinds.items() if (base / name).is_dir())


def _comfy(base: Path) -> Iterator[tuple[Path, str]]:
    yield from _there(base, _COMFY)
    try:
        with open_plain(base / _EXTRA_PATHS) as file:
            text = file.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        return
    yield from _extra(text, base)


def _extra(text: str, base: Path) -> Iterator[tuple[Path, str]]:
    """Yield the folders of ComfyUI's extra_model_paths.yaml: `kind: folder`, or several after `|`.

    Of YAML only what such files use is understood; names are relative to their `base_path`.
    """
    home, kind = base, ""
    for line in text.splitlines():
        told = re.fullmatch(r"(\s*)([A-Za-z_]+):\s*(.*?)\s*", line.partition(" #")[0])
        if line.lstrip().startswith("#") or not line.strip():
            continue
        if told is None:
            if kind:
                yield _place(home, line.strip()), kind
            continue
        indent, key, value = told[1], told[2], told[3].strip("'\"")
        kind = _EXTRA.get(key, "")
        if not indent:
            home = base
        elif key == "base_path" and value:
            home = _place(base, value)
        elif kind and value not in {"", "|", ">"}:
            yield _place(home, value), kind


def _place(home: Path, name: str) -> Path:
    place = Path(name.strip("'\""))
    with suppress(RuntimeError):  # ~ and the name of nobody here
        place = place.expanduser()
    return home / place
