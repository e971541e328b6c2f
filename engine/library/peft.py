"""How much a LoRA counts, where PEFT's settings say it: in a file beside it, or among its notes.

PEFT saves `adapter_model.safetensors` and beside it `adapter_config.json`; diffusers puts the same
settings among the notes in the file, each network's under its name. Either way what is added counts
alpha / r times, with rslora alpha / sqrt(r) times (Kalajdzievski 2023).
"""

import json
import os
import re
from collections.abc import Mapping
from math import sqrt
from pathlib import Path
from typing import Any

from engine.errors import CheckpointError
from engine.library.plan import unusable
from engine.library.settings import read_settings

MOST_RANK = 2048

_WEIGHTS, _BESIDE = "adapter_model.safetensors", "adapter_config.json"
_NOTES = "lora_adapter_metadata"
_UNSUPPORTED = ("use_qalora", "use_bdlora", "alora_invocation_tokens", "arrow_config",
                "layer_replication")  # fmt: skip
_CHANGED_BASE = ("pissa", "olora", "corda", "loftq", "lora_ga")
"""Ways to begin a training that change the model's own weights as well."""
_PLAIN = "Plain LoRAs can be used."
_NAME = re.compile(r"\^?[\w.]+")
_MOST_ALPHA = MOST_RANK**2


def settings_beside(path: Path) -> Path | None:
    """Return the file with the settings of a LoRA, None for one that PEFT did not save."""
    if path.name != _WEIGHTS:
        return None
    beside = path.with_name(_BESIDE)
    return beside if os.path.lexists(beside) else None


class Scales:
    """What the settings of the LoRA at `path` say, whose notes are given too."""

    def __init__(self, path: Path, notes: Mapping[str, str]) -> None:
        beside = settings_beside(path)
        self._path = beside or path
        self._by_network = beside is None
        self._told = _noted(notes) if beside is None else read_settings(beside)
        kind = self._told.get("peft_type") if beside else None
        if kind not in (None, "LORA"):
            reason = f"it is a {str(kind)[:20]} of PEFT's, which is not supported"
            raise self._unusable(reason, _PLAIN)

    def of(self, network: str, layer: str, rank: int) -> float:
        """Return how many times what a layer is given counts; 1 where nothing is told.

        Raises CheckpointError for settings that make no sense, or want more than a plain LoRA.
        """
        self._check_kind(network)
        alpha = self._pattern(network, "alpha_pattern", layer, self._get(network, "lora_alpha"))
        told = self._pattern(network, "rank_pattern", layer, self._get(network, "r"))
        if told not in (None, rank):
            raise self._unusable(
                f"its settings tell a rank of {str(told)[:20]} for {layer}, which has {rank}"
            )
        if alpha is None:
            return 1.0
        if type(alpha) not in (int, float) or not abs(alpha) <= _MOST_ALPHA:
            raise self._unusable(f"its lora_alpha of {str(alpha)[:20]} makes no sense")
        return float(alpha) / (sqrt(rank) if self._get(network, "use_rslora") else rank)

    def _check_kind(self, network: str) -> None:
        if self._get(network, "use_dora"):
            raise self._unusable("it is a DoRA, which is not supported", _PLAIN)
        for name in _UNSUPPORTED:
            if self._get(network, name):
                raise self._unusable(f"its {name} is not supported", _PLAIN)
        begun = str(self._get(network, "init_lora_weights")).lower()
        if begun.startswith(_CHANGED_BASE):
            raise self._unusable(
                f"it was begun as {begun[:20]}, which changes the model itself as well", _PLAIN
            )

    def _get(self, network: str, name: str) -> Any:
        return self._told.get(f"{network}.{name}" if self._by_network else name)

    def _pattern(self, network: str, name: str, layer: str, usual: Any) -> Any:
        """Return what a table of layers has for one, the first that means it, or else `usual`.

        PEFT takes its keys for rules about the ends of names; only names themselves are taken here.
        """
        table = self._get(network, name) or {}
        if not isinstance(table, dict):
            raise self._unusable(f"its {name} makes no sense")
        for key, value in table.items():
            if not _NAME.fullmatch(key):
                raise self._unusable(f"its {name} names layers by a rule, which is not supported")
            if _means(key, layer):
                return value
        return usual

    def _unusable(self, reason: str, advice: str = "") -> CheckpointError:
        return unusable(self._path, reason, advice)


def _noted(notes: Mapping[str, str]) -> dict[str, Any]:
    try:
        told = json.loads(notes.get(_NOTES, "{}"))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _means(key: str, layer: str) -> bool:
    """Whether a key is a layer's name or, unless it begins with ^, the end of it."""
    name = key.removeprefix("^").removeprefix("text_model.")
    layer = layer.removeprefix("text_model.")
    return layer == name or (not key.startswith("^") and layer.endswith(f".{name}"))
