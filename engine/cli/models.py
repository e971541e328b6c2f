"""`etascope models`: what models there are; add one, look one over, take one off the list."""

import json
import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from engine import library
from engine.cli import getting
from engine.cli.drive import printable, write
from engine.errors import BadSetting
from engine.hub.begun import Begun, all_begun, drop
from engine.hub.curated import Offer, offers
from engine.library.catalogue import Listed, catalogue, told_of
from engine.library.checkpoint import Checkpoint
from engine.library.folders import Folders, Scan
from engine.library.layouts import CHECKPOINTS, EMBEDDINGS, LORAS, VAES
from engine.library.memory import memory_here
from engine.library.preflight import INDEX
from engine.paths import absolute, current_paths

_KINDS = {CHECKPOINTS: "model", LORAS: "LoRA", VAES: "VAE", EMBEDDINGS: "embedding"}


def run(arguments: Namespace) -> int:
    """Do what was asked; returns the exit status, 1 also when a listed model cannot be used."""
    return _ACTIONS[arguments.action](arguments)


def _list(arguments: Namespace) -> int:
    listed = catalogue()
    for one in listed:
        _say(about(one), as_json=arguments.json)
    for begun in all_begun(current_paths()):
        _say_begun(begun, as_json=arguments.json)
    here = {one.model.partition("@")[0] for one in listed}
    offered = [offer for offer in offers() if offer.repository not in here]
    if offered and not arguments.json:
        write("\nTo be had from the Hub, with etascope models get:")
    for offer in offered:
        _offer(offer, as_json=arguments.json)
    return 1 if any(one.problem for one in listed) else 0


def _say_begun(begun: Begun, *, as_json: bool) -> None:
    record = begun.record
    if as_json:
        done, total = round(begun.done / 1e6, 1), round(record.total / 1e6, 1)
        told = {"begun": str(record.wanted), "revision": record.commit}
        write(json.dumps(told | {"megabytes": done, "of": total}))
    else:
        share = 100 * begun.done // record.total
        again = f"etascope models get {record.wanted}@{record.commit}"
        write(f"{record.label}: {share} % of it is here; {again} goes on.")


def _offer(offer: Offer, *, as_json: bool) -> None:
    fit = offer.fit(memory_here())
    if as_json:
        told = {"get": offer.repository, "revision": offer.revision, "label": offer.label,
                "family": offer.family, "megabytes": 1000 * offer.gigabytes, "fit": fit,
                "licence": offer.licence, "about": offer.about}  # fmt: skip
        write(json.dumps(told))
    else:
        size = f"{offer.family}, {offer.gigabytes:.1f} GB, {fit}, {offer.licence}"
        write(f"{offer.label}: {size}\n  {offer.repository}")


def _add(arguments: Namespace) -> int:
    place = absolute(arguments.path)
    if os.path.isdir(place) and not os.path.lexists(place / INDEX):  # noqa: PTH112
        _say_scan(Folders(current_paths()).add(place), as_json=arguments.json)
        return 0
    _check(library.at(place))
    _say(_told(library.add(place)), as_json=arguments.json)
    return 0


def _say_scan(scan: Scan, *, as_json: bool) -> None:
    counts = {kind: len(scan.of(kind)) for kind in _KINDS}
    if as_json:
        found = {"added": str(scan.root), "program": scan.program, **counts}
        write(json.dumps(found))
        return
    words = [_count(counts[kind], word) for kind, word in _KINDS.items() if counts[kind]]
    write(f"{scan.root} is on the list: {', '.join(words)}.")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _look_over(arguments: Namespace) -> int:
    checkpoint = library.at(arguments.path)
    _check(checkpoint)
    _say(_told(checkpoint), as_json=arguments.json)
    return 0


def _check(checkpoint: Checkpoint) -> None:
    """Raise CheckpointError unless its parts fit together as they must to be loaded."""
    from engine.checkpoints import check  # torch comes with it; a damaged file is told before

    check(checkpoint)


def _remove(arguments: Namespace) -> int:
    try:
        checkpoint = library.remove(arguments.id)
        told = {"removed": checkpoint.id, "path": str(checkpoint.place)}
        label, place = checkpoint.label, checkpoint.place
    except BadSetting:
        if (begun := _begun(arguments.id)) is not None:
            drop(begun.folder)
            told = {"removed": str(begun.record.wanted), "path": str(begun.folder)}
            line = f"What had arrived of {begun.record.label} is removed."
            write(json.dumps(told) if arguments.json else printable(line))
            return 0
        place = Path(arguments.id)
        if not Folders(current_paths()).remove(place):
            raise
        label, told = str(place), {"removed": str(place), "path": str(place)}
    line = f"{label} is off the list; its files stay in {place}."
    write(json.dumps(told) if arguments.json else printable(line))
    return 0


def _begun(name: str) -> Begun | None:
    """Return the download of that name which is not over."""
    for begun in all_begun(current_paths()):
        if name in {str(begun.record.wanted), begun.record.label}:
            return begun
    return None


def _told(checkpoint: Checkpoint) -> dict[str, Any]:
    return about(told_of(checkpoint, memory_here()))


def about(listed: Listed) -> dict[str, Any]:
    """Return what is told of a model: its family, size and whether it fits, or what is wrong."""
    told: dict[str, Any] = {"id": listed.model, "label": listed.label, "path": str(listed.path)}
    if listed.problem:
        return told | {"problem": listed.problem}
    told |= {"away": True} if listed.away else {}
    if listed.family:
        told["family"] = listed.family
        told["megabytes"] = round(listed.stored / 1e6, 1)
        told["fit"] = listed.fit
    known = {"licence": listed.licence, "from": listed.source, "about": listed.advice}
    return told | {name: value for name, value in known.items() if value}


def _say(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        write(json.dumps(told))
        return
    if "problem" in told:
        what = told["problem"]
    elif told.get("away"):
        what = f"away; it was in {told['path']}"
    else:
        what = f"{told['family']}, {told['megabytes']:,.1f} MB, {told['fit']}"
    about = f"\n  {told['about']}" if "about" in told else ""
    write(printable(f"{told['label']}: {what}") + about + "\n  " + printable(told["id"]))


_ACTIONS = {
    "list": _list,
    "add": _add,
    "check": _look_over,
    "remove": _remove,
    "get": getting.get,
    "search": getting.search,
    "token": getting.token,
}
