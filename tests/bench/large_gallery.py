"""A gallery of 100,000 small PNGs: how long it takes to read, to scan again and to search.

    python -m tests.bench.large_gallery [--count 100000] [--home FOLDER]

A folder given by --home is kept, and its pictures are used again the next time.
"""

import argparse
import json
import os
import random
import re
import resource
import statistics
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from engine.gallery import own
from engine.gallery.index import Index
from engine.gallery.infotext import infotext
from engine.gallery.marks import Mark
from engine.gallery.png import encode_png
from engine.gallery.query import parse
from engine.gallery.scan import scan
from engine.recipe import Environment, Picture, Recipe

GALLERIES = 5
PAGE = 200
ROUNDS = 9
MARKED = 1_000

ENGLISH = re.findall(
    r"\w+",
    "a red white blue old small wooden sailing fishing boat ship lighthouse castle forest river "
    "mountain meadow fox owl cat horse at sunset in winter fog rain storm under the moon by sea "
    "watercolour oil painting photograph detailed sharp quiet lonely bright golden morning light",
)
CHINESE = "红色的帆船在海上日落灯塔山林河流冬雪夜晚月光老城小猫狐狸水彩油画细致安静金色清晨"
QUERIES = (
    "",
    "boat",
    "red boat",
    "b",
    '"fishing boat"',
    "帆船",
    "海",
    "红色的帆",
    "-boat",
    "boat -red",
    "sampler:ddim eta>0.3 steps<=20",
    "model:starter seed:7",
    "after:2026-01-01",
    "rating>=4",
    "is:favourite",
    "boat sampler:plms width>=16",
    "sort:rating",
    "tag:sea",
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--home", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = given.home or Path(scratch)
        os.environ["ETASCOPE_HOME"] = str(home)
        make(home / "galleries", given.count)
        measure(home, given.count)


def say(name: str, **figures: float | str) -> None:
    print(json.dumps({"name": name} | figures), flush=True)


def make(root: Path, count: int) -> None:
    """Write the pictures that are not there yet; quickly, without bringing each to the disk."""
    chance = random.Random(1)
    pixels = np.random.default_rng(1).integers(0, 256, (16, 16, 3), np.uint8)
    first = datetime(2024, 1, 1).astimezone()
    for k in range(count):
        folder = root / f"Gallery {k % GALLERIES}"
        made = first + timedelta(minutes=10 * k)
        path = folder / f"{made:%Y-%m-%d-%H%M%S}-{k:08x}.png"
        recipe = _recipe(chance, k)
        if path.exists():
            continue
        folder.mkdir(parents=True, exist_ok=True)
        pixels[0, 0] = (k & 255, k >> 8 & 255, k >> 16)
        where = Environment("cpu", "bfloat16", "torch", (("torch", "2.13.0"),))
        picture = Picture(pixels.copy(), recipe, made, where, "5e" * 32)
        texts = {"parameters": infotext(recipe), own.KEY: own.own_text(picture)}
        path.write_bytes(encode_png(picture.pixels, texts))


def _recipe(chance: random.Random, k: int) -> Recipe:
    sampler = chance.choice(("ddim", "ddpm", "plms", "euler"))
    words = chance.choices(ENGLISH, k=12)
    at = chance.randrange(len(CHINESE) - 12)
    prompt = CHINESE[at : at + 12] if k % 4 == 0 else " ".join(words)
    return Recipe(
        prompt=prompt,
        negative_prompt="blurry, low quality",
        sampler=sampler,
        steps=chance.choice((10, 20, 50)),
        eta=chance.choice((0.0, 0.5, 1.0)) if sampler == "ddim" else None,
        seed=k,
        width=16,
        height=16,
    )


def measure(home: Path, count: int) -> None:
    file = home / "data" / "index.sqlite"
    file.unlink(missing_ok=True)
    index = Index()
    began, worked = time.perf_counter(), time.process_time()
    scan(index, _bar)
    seconds, busy = time.perf_counter() - began, time.process_time() - worked
    rate = round(count / seconds)
    say("rebuild", seconds=round(seconds, 1), cpu_s=round(busy, 1), pictures_a_second=rate)
    marked = index.search(parse(""), MARKED).result()
    for gallery in {entry.gallery for entry in marked}:
        some = [entry for entry in marked if entry.gallery == gallery]
        mark = Mark(favourite=True, rating=4, tags=("sea",))
        index.mark(gallery, {entry.facts.sha256: mark for entry in some}).result()
    _search(index)
    began = time.perf_counter()
    scan(index)
    say("scan, nothing new", seconds=round(time.perf_counter() - began, 2))
    _search_beside(index)
    _rename(index, home / "galleries")
    began = time.perf_counter()
    index.close()
    index = Index()
    say("open", seconds=round(time.perf_counter() - began, 2))
    began = time.perf_counter()
    index.back_up(home / "backup.sqlite").result()
    say("back up", seconds=round(time.perf_counter() - began, 2), mb=file.stat().st_size >> 20)
    began = time.perf_counter()
    groups = index.groups(parse(""), "prompt").result()
    say("groups by prompt", ms=round(1e3 * (time.perf_counter() - began)), groups=len(groups))
    index.close()
    say("memory", mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


def _search_beside(index: Index) -> None:
    """Time a search as long as a scan goes on beside it."""
    beside = threading.Thread(target=scan, args=(index,))
    beside.start()
    times = []
    while beside.is_alive():
        began = time.perf_counter()
        index.search(parse("boat"), PAGE).result()
        times.append(1e3 * (time.perf_counter() - began))
        time.sleep(0.02)
    beside.join()
    most, middle = max(times), statistics.median(times)
    say("search beside a scan", median_ms=round(middle, 1), most_ms=round(most, 1))


def _rename(index: Index, root: Path) -> None:
    """Time how long it takes to follow a gallery that was renamed, a fifth of all pictures."""
    (root / "Gallery 0").rename(root / "Renamed")
    began = time.perf_counter()
    found = scan(index)
    say("scan, renamed", seconds=round(time.perf_counter() - began, 2), moved=found.moved)
    (root / "Renamed").rename(root / "Gallery 0")
    scan(index)


def _search(index: Index) -> None:
    """Time the first page with the count of all, which is what is shown, and the ids of all.

    On a busy machine the processor's own time of the page tells more.
    """
    for text in QUERIES:
        query = parse(text)
        pages, lists, busy = [], [], []
        for _ in range(ROUNDS):
            began, worked = time.perf_counter(), time.process_time()
            count, page = index.count(query), index.search(query, PAGE)
            count.result(), page.result()
            pages.append(1e3 * (time.perf_counter() - began))
            busy.append(1e3 * (time.process_time() - worked))
            began = time.perf_counter()
            index.ids(query).result()
            lists.append(1e3 * (time.perf_counter() - began))
        figures = {"page_ms": pages, "page_cpu_ms": busy, "ids_ms": lists}
        rounded = {name: round(statistics.median(value), 1) for name, value in figures.items()}
        say(f"search {text!r}", found=count.result(), **rounded)


def _bar(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total}", end="", file=sys.stderr)


if __name__ == "__main__":
    main()
