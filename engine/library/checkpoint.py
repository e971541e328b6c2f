"""A checkpoint: what it is called, where it is, and what it holds. Its weights are never read."""

from dataclasses import dataclass
from pathlib import Path

from engine.draft import SizeRule
from engine.errors import CheckpointError
from engine.library import settings
from engine.library.extras import InFolders
from engine.library.folder import plan_folder, sides_of
from engine.library.plan import Plan, Settings, printable
from engine.library.single_file import networks_in, plan_file, scheduler_in
from engine.library.usual import takes_guidance, usual_of

_RECORD = "training.json"
_LEAST_STEP = 8
"""Sizes in steps finer than this gain nobody anything, whatever the VAE would take."""
_USUAL_LARGEST = 1024
_MEASURED = ("unet", "vae", "text_encoder")
"""The networks whose settings tell the sizes."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model in a folder of diffusers' layout: its id in recipes, what the window calls it."""

    id: str
    label: str
    folder: Path

    @property
    def place(self) -> Path:
        """The folder, or the file, that it is."""
        return self.folder

    def plan(self) -> Plan:
        """Return what it holds. Raises CheckpointError if it is damaged or of no kind we run."""
        return plan_folder(self.folder)

    def check(self) -> None:
        """Raise CheckpointError unless every part is there and its weights' files are whole."""
        self.plan()
        self.sizes()

    def sizes(self) -> SizeRule:
        """Return the picture sizes it makes. Raises CheckpointError if its files are damaged."""
        return self._rule(*(self.settings(f"{part}/config.json") for part in _MEASURED))

    def _rule(self, unet: Settings, vae: Settings, text: Settings) -> SizeRule:
        try:
            factor = 2 ** (len(vae["block_out_channels"]) - 1)
            height, width = (_positive(side) * factor for side in sides_of(unet))
            layers = int(text.get("text_config", text)["num_hidden_layers"])
        except (KeyError, TypeError, ValueError) as error:
            raise self.damaged("its configuration lacks the sizes") from error
        return SizeRule(
            width=width,
            height=height,
            step=max(factor, _LEAST_STEP),
            largest=max(_USUAL_LARGEST, 2 * max(width, height)),
            trained=self._trained_sizes(),
            # SDXL was trained on its text models' last layer but one.
            clip_skip=2 if unet.get("addition_embed_type") == "text_time" else 1,
            layers=layers,
            extras=InFolders(),
            takes_guidance=takes_guidance(unet),
            usual=usual_of(unet, self._scheduler(), f"{self.label} {self.place.name}"),
        )

    def _scheduler(self) -> Settings:
        return self.settings("scheduler/scheduler_config.json")

    def _trained_sizes(self) -> tuple[tuple[int, int], ...]:
        """Return the sizes in the record of its training; only our own models have one."""
        try:
            sizes = settings.read_table(self.folder / _RECORD)["data"]["sizes"]
            return tuple((int(width), int(height)) for width, height in sizes)
        except (CheckpointError, KeyError, TypeError, ValueError):
            return ()

    def settings(self, name: str) -> Settings:
        """Return one of its JSON files. Raises CheckpointError if missing or unreadable."""
        return settings.read_settings(self.folder / name)

    def damaged(self, reason: str, advice: str = "") -> CheckpointError:
        """Return the error that says what is wrong with this checkpoint and how to mend it."""
        return CheckpointError(
            printable(f"The model {self.label!r} in {self.place} cannot be used: {reason[:300]}."),
            advice or "Get it again from where it came from.",
        )


def _positive(side: int) -> int:
    if side < 1:
        raise ValueError("side")
    return side


@dataclass(frozen=True, slots=True)
class SingleFile(Checkpoint):
    """A model in one .safetensors file, called `name` in its folder."""

    name: str = ""

    @property
    def place(self) -> Path:
        """The file."""
        return self.folder / self.name

    def plan(self) -> Plan:
        """Return what it holds. Raises CheckpointError if it is damaged or of no kind we run."""
        return plan_file(self.place)

    def sizes(self) -> SizeRule:
        """Return the picture sizes it makes. Raises CheckpointError if it is damaged."""
        networks = networks_in(self.place)  # once: a header is long
        return self._rule(*(networks[part].config for part in _MEASURED))

    def settings(self, name: str) -> Settings:
        """Return what one of a folder's JSON files would hold. Raises CheckpointError."""
        networks = networks_in(self.place)
        part = name.partition("/")[0]
        if part not in networks:
            raise self.damaged(f"it holds no {name}")
        return networks[part].config

    def _scheduler(self) -> Settings:
        return scheduler_in(self.place)

    def _trained_sizes(self) -> tuple[tuple[int, int], ...]:
        return ()
