"""JSON files of strangers: small, shallow, of sane numbers, and without orders to run code."""

import json
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from typing import Any

from engine.errors import CheckpointError
from engine.library.opening import NOT_PLAIN, NotPlainError, open_plain
from engine.library.plan import Settings, unusable

_LARGEST = 2**20
_DEEPEST = 20
_MOST_VALUES = 100_000
_LARGEST_NUMBER = 2**20
_ORDERS = {
    "auto_map", "trust_remote_code", "_attn_implementation_internal", "custom_pipeline",
    "custom_pipelines", "custom_revision", "quantization_config",
}  # fmt: skip
"""Keys by which a file asks the libraries to fetch or run something."""
_LIMITS = {
    "num_hidden_layers": 256, "layers_per_block": 32, "transformer_layers_per_block": 64,
    "num_train_timesteps": 10_000, "max_position_embeddings": 10_000, "block_out_channels": 32_768,
    "hidden_size": 32_768, "intermediate_size": 131_072, "cross_attention_dim": 32_768,
}  # fmt: skip
_BOUNDLESS = ("lambda_min_clipped",)
"""Written as -Infinity into the settings of each DPM-Solver; nothing here reads it."""
_MOST_BLOCKS = 16
_BLOCKS = ("block_out_channels", "down_block_types", "up_block_types")


def read_settings(path: Path) -> Settings:
    """Return a configuration: a table of at most 1 MB.

    Raises CheckpointError for anything that is larger or deeper than a real one, for numbers that
    would ask for absurd amounts of memory, and for keys that ask for code.
    """
    values = _read(path, _LARGEST, float)
    for number, (key, value) in enumerate(_walk(values, 0, path)):
        if number > _MOST_VALUES:
            raise unusable(path, "it holds more settings than any real one")
        if key in _ORDERS:
            raise unusable(
                path, f"its setting {key!r} asks for code to be run", "Nothing in a model may."
            )
        _check(key, value, path)
    return values


def read_table(path: Path, largest: int = _LARGEST) -> Settings:
    """Return any table of at most `largest` bytes, whatever is in it; raises CheckpointError."""
    return _read(path, largest, _no_constant)


def _read(path: Path, largest: int, constant: Callable[[str], float]) -> Settings:
    """Return a table; `constant` makes a number of Infinity and its like, which are no JSON."""
    try:
        with open_plain(path) as file:
            text = file.read(largest + 1)
    except FileNotFoundError as error:
        raise unusable(path, "it is missing") from error
    except NotPlainError as error:
        raise unusable(path, NOT_PLAIN, "Choose another folder.") from error
    except OSError as error:
        raise unusable(path, "it cannot be read", "See whether you may read it.") from error
    if len(text) > largest:
        raise unusable(path, "it is larger than any real one")
    try:
        values = json.loads(text, parse_constant=constant)
    except RecursionError as error:
        raise _too_deep(path) from error
    except ValueError as error:
        raise unusable(path, "it is damaged") from error
    if not isinstance(values, dict):
        raise unusable(path, "it is not a table of settings")
    return values


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _too_deep(path: Path) -> CheckpointError:
    return unusable(path, "its settings are nested deeper than any real ones")


def _walk(values: Any, depth: int, path: Path, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value with the key that it, or the list that it is in, has."""
    if depth > _DEEPEST:
        raise _too_deep(path)
    yield key, values
    if isinstance(values, dict):
        for name, value in values.items():
            yield from _walk(value, depth + 1, path, name)
    elif isinstance(values, list):
        for value in values:
            yield from _walk(value, depth + 1, path, key)


def _check(key: str, value: Any, path: Path) -> None:
    limit = inf if key in _BOUNDLESS else _LIMITS.get(key, _LARGEST_NUMBER)
    if isinstance(value, int | float) and not -limit <= value <= limit:
        raise unusable(path, f"its {key} of {str(value)[:20]} is beyond any real one")
    if key in _BLOCKS and isinstance(value, list) and len(value) > _MOST_BLOCKS:
        raise unusable(path, f"it wants {len(value)} {key}, more than any real one")
