"""A home full of drawn postcards in galleries, so that the Gallery view has something to show."""

import random
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from engine.commands import Destination
from engine.compare.axes import Axis
from engine.compare.keep import Grid, KeptCell, digest, grid_path, save_grid
from engine.gallery.entries import content_hash
from engine.gallery.marks import Mark, set_marks
from engine.gallery.store import gallery_folder, open_picture, save_picture
from engine.recipe import Environment, Picture, Recipe
from engine.training.captions import write_caption
from engine.training.scene import random_scene
from engine.training.scenes import SQUARE, TALL, WIDE, paint, sheet

SAMPLERS = (("ddim", 0.0), ("plms", None), ("ddpm", None), ("dpmpp_2m", None), ("euler", None))
GALLERIES = {"Postcards": 48, "Eta study": 14, "Lighthouses": 31, "Samplers, 20 steps": 24}
WHERE = Environment("cpu", "bfloat16", "torch", (("torch", "2.13.0"), ("diffusers", "0.36.0")))


def fill() -> None:
    """Draw all galleries, some of their pictures with marks, one with a comparison."""
    number = 0
    moment = datetime.now().astimezone() - timedelta(hours=60)
    for name, count in GALLERIES.items():
        paths = []
        for _ in range(count):
            number += 1
            moment += timedelta(minutes=29)
            paths.append(_save(number, moment, name))
        _mark(gallery_folder(name), paths)
    _compare(gallery_folder("Samplers, 20 steps"))


def _save(number: int, moment: datetime, gallery: str) -> Path:
    rng = random.Random(number)
    scene = random_scene(number)
    size = rng.choices((SQUARE, WIDE, TALL), (8, 1, 1))[0]
    sampler, eta = SAMPLERS[number % len(SAMPLERS)]
    recipe = Recipe(
        prompt=write_caption(scene, rng, "chinese" if number % 9 == 0 else "english").text,
        sampler=sampler,
        eta=eta,
        steps=rng.choice((10, 20, 30)),
        seed=rng.randrange(2**32),
        width=size[0],
        height=size[1],
    )
    picture = Picture(paint(scene, size), recipe, moment, WHERE, "5e" * 32)
    return save_picture(picture, Destination(folder=gallery_folder(gallery)))


def _mark(folder: Path, paths: list[Path]) -> None:
    rng = random.Random(folder.name)
    tags = (("sea", "boats"), ("night",), ("to print",))
    marks = {
        content_hash(path): Mark(rng.random() < 0.5, rng.randrange(6), rng.choice(tags))
        for path in rng.sample(paths, len(paths) // 4)
    }
    set_marks(folder, marks)


def _compare(folder: Path) -> None:
    """Make a comparison of four pictures that are there."""
    cells = sorted(folder.glob("*.png"))[-9:]
    cells = [path for path in cells if open_picture(path).pixels.shape[0] == 128][:4]
    opened = [open_picture(path) for path in cells]
    recipes = [one.reading.recipe for one in opened if one.reading]
    kept = tuple(
        KeptCell(recipe, ((k,),), one.path.name, digest(one.pixels))
        for k, (recipe, one) in enumerate(zip(recipes, opened, strict=True))
        if recipe
    )
    pixels = sheet(np.stack([one.pixels[:128, :128] for one in opened]), 2)
    save_grid(grid_path(folder), pixels, Grid((Axis("seed", (1, 2, 3, 4)),), kept))
