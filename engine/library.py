"""What models there are. Reads their small JSON files only, never their weights."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from engine.draft import SizeRule
from engine.errors import BadSetting, CheckpointError
from engine.paths import RESOURCES

_RECORD = "training.json"
_LEAST_STEP = 8
"""Sizes in steps finer than this gain nobody anything, whatever the VAE would take."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model that can be loaded: its id in recipes, what the window calls it, and where it is."""

    id: str
    label: str
    folder: Path

    def sizes(self) -> SizeRule:
        """Return the picture sizes it makes. Raises CheckpointError if its files are damaged."""
        unet = self.settings("unet/config.json")
        vae = self.settings("vae/config.json")
        try:
            factor = 2 ** (len(vae["block_out_channels"]) - 1)
            side = int(unet["sample_size"]) * factor
        except (KeyError, TypeError, ValueError) as error:
            raise self.damaged("its configuration lacks the sizes") from error
        step = max(factor, _LEAST_STEP)
        return SizeRule(width=side, height=side, step=step, trained=self._trained_sizes())

    def _trained_sizes(self) -> tuple[tuple[int, int], ...]:
        """Return the sizes in the record of its training; only our own models have one."""
        try:
            sizes = self.settings(_RECORD)["data"]["sizes"]
            return tuple((int(width), int(height)) for width, height in sizes)
        except (CheckpointError, KeyError, TypeError, ValueError):
            return ()

    def check(self) -> None:
        """Raise CheckpointError unless every part is there and its weights' file is whole."""
        self.sizes()
        for part in ("unet", "vae", "text_encoder"):
            self.settings(f"{part}/config.json")
            self._check_weights(part)
        self.settings("scheduler/scheduler_config.json")
        self.settings("tokenizer/vocab.json")

    def _check_weights(self, part: str) -> None:
        """Open the part's weights, which reads their header and compares it with their length."""
        files = sorted((self.folder / part).glob("*.safetensors"))
        if not files:
            raise self.damaged(f"the weights of {part} are missing")
        for file in files:
            try:
                with safe_open(file, framework="numpy"):
                    pass
            except (SafetensorError, OSError) as error:
                raise self.damaged(f"{part}/{file.name} is damaged") from error

    def settings(self, name: str) -> dict[str, Any]:
        """Return one of its JSON files. Raises CheckpointError if missing or unreadable."""
        try:
            values = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise self.damaged(f"{name} is missing") from error
        except (OSError, ValueError) as error:
            raise self.damaged(f"{name} cannot be read") from error
        if not isinstance(values, dict):
            raise self.damaged(f"{name} is not a table of settings")
        return values

    def damaged(self, reason: str) -> CheckpointError:
        """Return the error that says what is wrong with this checkpoint and how to mend it."""
        return CheckpointError(
            f"The model {self.id!r} in {self.folder} cannot be used: {reason}.",
            "Restore that folder from the program's own files, then try again.",
        )


def checkpoints() -> tuple[Checkpoint, ...]:
    """Return every model known, the starter first."""
    return (Checkpoint("starter", "Starter · postcards", RESOURCES / "starter"),)


def find(model: str) -> Checkpoint:
    """Return the model of that id; raise BadSetting naming those there are."""
    known = {checkpoint.id: checkpoint for checkpoint in checkpoints()}
    if model not in known:
        raise BadSetting("model", f"There is no model {model!r}; choose from {', '.join(known)}.")
    return known[model]
