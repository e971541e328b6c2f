"""Prompts used lately, and settings kept under a name: what they are, and their file."""

from dataclasses import dataclass, replace
from pathlib import Path

from engine.draft import Draft
from gui.settings import draft_of, draft_table
from gui.tables import read_table, set_aside, write_table

FILE_NAME = "prompts.toml"
MOST_RECENT = 30


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings under a name: all but the prompt, the seed and the count."""

    name: str
    draft: Draft

    def applied(self, draft: Draft) -> Draft:
        """Return `draft` with the preset's settings; a negative prompt only if there is one."""
        return replace(
            self.draft,
            prompt=draft.prompt,
            negative_prompt=self.draft.negative_prompt or draft.negative_prompt,
            model=draft.model,
            seed=draft.seed,
            count=draft.count,
            branch=draft.branch,
        )


def preset_of(name: str, draft: Draft) -> Preset:
    """Return what is kept of a draft under a name."""
    return Preset(name, replace(draft, prompt="", seed=None, count=1, branch=None))


@dataclass(frozen=True, slots=True)
class Kept:
    """The prompts used lately, newest first, and the presets by name."""

    recent: tuple[str, ...] = ()
    presets: tuple[Preset, ...] = ()

    def used(self, prompt: str) -> "Kept":
        """Return it with a prompt on top; an empty one is not worth keeping."""
        if not prompt.strip():
            return self
        others = tuple(one for one in self.recent if one != prompt)
        return replace(self, recent=(prompt, *others)[:MOST_RECENT])

    def with_preset(self, preset: Preset) -> "Kept":
        """Return it with a preset, in the place of another one of that name."""
        others = self.without(preset.name).presets
        return replace(self, presets=tuple(sorted((*others, preset), key=_by_name)))

    def without(self, name: str) -> "Kept":
        return replace(self, presets=tuple(one for one in self.presets if one.name != name))


def read_kept(folder: Path) -> Kept:
    """Read what `write_kept` wrote; what is damaged is set aside as .bad."""
    path = folder / FILE_NAME
    table = read_table(path)
    if table is None:
        return Kept()
    try:
        recent = tuple(str(prompt) for prompt in _list(table.get("recent", [])))
        presets = [_preset(one) for one in _list(table.get("preset", []))]
    except (ValueError, TypeError, KeyError) as error:
        set_aside(path, error)
        return Kept()
    return Kept(recent[:MOST_RECENT], tuple(sorted(presets, key=_by_name)))


def write_kept(kept: Kept, folder: Path) -> None:
    """Replace the file in one stroke. Raises StorageError."""
    presets = [{"name": one.name, "settings": draft_table(one.draft)} for one in kept.presets]
    write_table(folder / FILE_NAME, {"recent": list(kept.recent), "preset": presets})


def _preset(table: object) -> Preset:
    match table:
        case {"name": str(name), "settings": settings}:
            return preset_of(name, draft_of(settings, strict=False))
    raise ValueError(f"not a preset: {table!r:.80}")


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"not a list: {value!r:.80}")  # noqa: TRY004
    return value


def _by_name(preset: Preset) -> str:
    return preset.name.casefold()
