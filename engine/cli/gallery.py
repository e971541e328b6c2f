"""`etascope gallery`: list, search, verify, rebuild and export, without the window."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm  # type: ignore[import-untyped]

from engine.cli.drive import printable, say_all, write
from engine.errors import BadSetting, KnownError
from engine.gallery.entries import Entry
from engine.gallery.galleries import check_root, existing, galleries
from engine.gallery.index import Index
from engine.gallery.query import Query, by_names, parse
from engine.gallery.scan import Progress, Scanned, rebuild, scan
from engine.gallery.verify import verify
from engine.library import all_names
from engine.paths import current_paths
from engine.preview import Latents
from engine.recipe import Pixels, Recipe

if TYPE_CHECKING:
    from engine.export.moving import Show


def run(arguments: Namespace) -> int:
    """Do what was asked; returns the exit status, 1 also when `verify` has found something."""
    if arguments.action != "search":  # which finds also what is not there now
        check_root(current_paths().galleries)
    return _ACTIONS[arguments.action](arguments)


def _list(arguments: Namespace) -> int:
    found = galleries()
    if not found:
        say_all(["there are no galleries yet; the first picture makes one."])
    for gallery in found:
        about = {"gallery": gallery.name, "folder": str(gallery.folder), "pictures": gallery.count}
        count = "not there" if gallery.count is None else str(gallery.count)
        _say(about, f"{gallery.name}\t{count}", as_json=arguments.json)
    return 0


def _search(arguments: Namespace) -> int:
    if arguments.limit is not None and arguments.limit < 1:
        raise BadSetting("limit", f"The limit must be 1 or more, not {arguments.limit}.")
    query = _parsed(" ".join(arguments.query))
    with closing(_in_step()) as index:
        for entry in index.search(query, arguments.limit).result():
            path = index.galleries / entry.gallery / entry.name
            _say(record(entry, path), str(path), as_json=arguments.json)
    return 0


def _verify(arguments: Namespace) -> int:
    faults = 0
    with closing(_in_step()) as index, _bar("verified") as progress:
        for fault in verify(index, progress):
            faults += 1
            about = {"file": str(fault.path), "fault": fault.message, "advice": fault.advice}
            line = f"{fault.path}: {fault.message} {fault.advice}".strip()
            _say(about, line, as_json=arguments.json)
        pictures = sum(index.counts().result().values())
    if arguments.json or not faults:
        summary = {"pictures": pictures, "faults": faults}
        _say(summary, f"All is well: {pictures} pictures.", as_json=arguments.json)
    return 1 if faults else 0


def _rebuild(arguments: Namespace) -> int:
    with closing(Index(held=_say_held)) as index, _bar("read") as progress:
        found = rebuild(index, progress)
    about = {"pictures": found.total, "broken": found.broken, "offline": list(found.offline)}
    line = f"{found.total} pictures, {found.broken} of which cannot be read."
    _say(about, line, as_json=arguments.json)
    _complain(found)
    return 0


def _export(arguments: Namespace) -> int:
    from engine.export.copies import Options  # Pillow's letters come with it
    from engine.export.writers import export

    try:
        folder = existing(arguments.name)
    except BadSetting as error:
        raise BadSetting("name", error.message, error.advice) from error
    query = _parsed(arguments.query or "")
    options = Options(
        settings=not arguments.clean,
        marks=arguments.marks,
        form=arguments.format or "",
        kind=arguments.kind or "",
        show=_Decoding(),
    )
    with closing(_in_step()) as index:
        entries = [one for one in index.search(query).result() if one.gallery == folder.name]
        with _bar("exported") as progress:
            exported = export(index.galleries, entries, arguments.target, options, progress)
    for path in exported.files:
        _say({"file": str(path)}, str(path), as_json=arguments.json)
    say_all(exported.notes)
    return 0


class _Decoding:
    """Shows latents as their model does; a model is loaded when first asked for, one at a time."""

    def __init__(self) -> None:
        self._model = ""
        self._show: Show | None = None

    def __call__(self, recipe: Recipe, latents: Latents) -> Pixels | None:
        """Return the picture of latents (C, h, w); None if their model is not to be had."""
        if recipe.model != self._model:
            self._model, self._show = recipe.model, self._load(recipe.model)
        return None if self._show is None else self._show(recipe, latents)

    def _load(self, name: str) -> "Show | None":
        import torch

        from engine.checkpoints import load
        from engine.device import choose
        from engine.library import find

        try:
            decoders = load(find(name), choose("auto", "auto")).decoders
        except KnownError as error:
            say_all([f"{error.message} The steps of its pictures are shown roughly."])
            return None

        def show(recipe: Recipe, latents: Latents) -> Pixels:
            return decoders.of(recipe.vae).decode(torch.from_numpy(latents.copy())[None])

        return show


_ACTIONS = {
    "list": _list,
    "search": _search,
    "verify": _verify,
    "rebuild": _rebuild,
    "export": _export,
}


def record(entry: Entry, path: Path) -> dict[str, Any]:
    """Return what `--json` says of a picture that was found."""
    facts = entry.facts
    return {
        "file": str(path),
        "gallery": entry.gallery,
        "made": entry.made.isoformat(timespec="seconds"),
        "kind": facts.kind,
        "tool": facts.tool,
        "width": facts.width,
        "height": facts.height,
        "sha256": facts.sha256,
        "favourite": entry.mark.favourite,
        "rating": entry.mark.rating,
        "tags": list(entry.mark.tags),
        "recipe": facts.settings,
    }


def _parsed(text: str) -> Query:
    """Return a query, having said what of it was not understood.

    Raises BadSetting if that was everything: all pictures are not what was looked for.
    """
    query = by_names(parse(text), all_names)
    if query.notes and not query.terms:
        raise BadSetting("query", " ".join(query.notes), "As in: boat -red sampler:ddim eta>0.3.")
    say_all(query.notes)
    return query


def _in_step() -> Index:
    """Return the index, in step with the folders unless another Etascope sees to that."""
    index = Index(held=_say_held)
    if index.problem is not None:
        say_all([f"{index.problem.message} {index.problem.advice}"])
    try:
        if index.writable:
            with _bar("read") as progress:
                _complain(scan(index, progress))
    except BaseException:
        index.close()
        raise
    return index


def _say_held(held: bool) -> None:  # noqa: FBT001 - as the index tells it
    if held:
        say_all(["another program holds the index; this goes on as soon as it lets go."])


def _complain(found: Scanned) -> None:
    say_all([f"{one.message} {one.advice}" for one in found.problems])
    if found.offline:
        say_all([f"Not there now, and not forgotten: {', '.join(found.offline)}."])


@contextmanager
def _bar(word: str) -> Iterator[Progress]:
    """Show a bar on stderr where that is a terminal, from the first picture on."""
    with tqdm(desc=word, unit="picture", disable=not sys.stderr.isatty(), leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress


def _say(about: dict[str, Any], line: str, *, as_json: bool) -> None:
    write(json.dumps(about) if as_json else printable(line, keep="\t"))
