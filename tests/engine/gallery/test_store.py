"""Galleries: what is saved comes back, what is listed is whole, names stay in their place."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.commands import Destination
from engine.errors import BadSetting, PictureError, StorageError
from engine.gallery import store
from engine.gallery.files import AlreadyThere, sweep
from engine.gallery.store import (
    check_destination,
    gallery_folder,
    newest,
    open_picture,
    save_picture,
    thumbnail,
)

ROOT = Path(__file__).parents[3]

SAVES = """
import sys
from datetime import datetime
from pathlib import Path
import numpy as np
from engine.commands import Destination
from engine.gallery.store import save_picture
from engine.recipe import Environment, Picture, Recipe
folder = Path(sys.argv[1])
for seed in range(10**6):
    pixels = np.random.default_rng(seed).integers(0, 256, (96, 96, 3), np.uint8)
    recipe = Recipe(prompt="p", seed=seed)
    where = Environment("cpu", "float32", "torch")
    picture = Picture(pixels, recipe, datetime.now(), where, "00" * 32)
    path = save_picture(picture, Destination(folder=folder))
    print(seed, path.name, flush=True)
"""


def test_a_saved_picture_comes_back_whole(make_picture, home: Path):
    picture = make_picture(eta=0.25, negative_prompt="blurry")
    path = save_picture(picture, Destination(folder=gallery_folder("Etascope")))
    assert path.parent == home / "galleries" / "Etascope"
    stored = open_picture(path)
    assert np.array_equal(stored.pixels, picture.pixels)
    assert not stored.pixels.flags.writeable
    assert stored.reading is not None
    assert stored.reading.recipe == picture.recipe
    assert stored.reading.environment == picture.environment
    assert stored.reading.noise_sha256 == picture.noise_sha256
    assert stored.made == picture.made.replace(microsecond=0)


def test_the_name_tells_the_time_and_never_the_prompt(make_picture, tmp_path: Path):
    made = datetime(2026, 11, 20, 17, 45, 1, 500_000).astimezone()
    picture = make_picture(prompt="../../secret", made=made)
    name = save_picture(picture, Destination(folder=tmp_path)).name
    assert re.fullmatch(r"2026-11-20-174501-80[0-9a-f]{6}\.png", name)


def test_both_texts_are_there_uncompressed(make_picture, tmp_path: Path):
    path = save_picture(make_picture(prompt="Füchse 🦊"), Destination(folder=tmp_path))
    data = path.read_bytes()
    assert b"iTXtparameters\0\0\0\0\0" + "Füchse 🦊\nSteps: 20".encode() in data
    assert b'iTXtetascope\0\0\0\0\0{"version": 1, "recipe": {"prompt": "F' in data


def test_no_folder_or_name_of_this_machine_is_in_the_file(make_picture, tmp_path: Path):
    data = save_picture(make_picture(), Destination(folder=tmp_path)).read_bytes()
    for told in (str(tmp_path), str(Path.home()) + "/", os.uname().nodename):
        assert told.encode() not in data


def test_only_a_gallerys_folder_is_created(make_picture, tmp_path: Path, home: Path):
    for folder in (tmp_path / "new", home / "galleries" / "a" / "b", home / "data"):
        for refused in (check_destination, lambda to: save_picture(make_picture(), to)):
            with pytest.raises(StorageError, match="no folder"):
                refused(Destination(folder=folder))
    assert not home.exists()


def test_checking_a_gallery_creates_nothing(home: Path):
    check_destination(Destination(folder=gallery_folder("new")))
    assert not home.exists()


def test_checking_covers_the_trajectory_too(tmp_path: Path):
    taken = tmp_path / "t.safetensors"
    taken.touch()
    with pytest.raises(AlreadyThere):
        check_destination(Destination(file=tmp_path / "a.png", trajectory=taken))


def test_an_exact_file_is_refused_when_taken(make_picture, tmp_path: Path):
    first = Destination(file=tmp_path / "a.png")
    save_picture(make_picture(), first)
    with pytest.raises(AlreadyThere):
        save_picture(make_picture(seed=1), first)
    assert open_picture(tmp_path / "a.png").reading.recipe.seed == 2**64 - 1
    save_picture(make_picture(seed=1), Destination(file=tmp_path / "a.png", force=True))
    assert open_picture(tmp_path / "a.png").reading.recipe.seed == 1


def test_equal_clocks_never_collide(make_picture, tmp_path: Path, monkeypatch):
    few = iter(["000000", "000000", "000000", "00000a"])
    monkeypatch.setattr(store.secrets, "token_hex", lambda n: next(few) if n == 3 else "x" * n)
    picture = make_picture(edge=1)
    first = save_picture(picture, Destination(folder=tmp_path))
    second = save_picture(picture, Destination(folder=tmp_path))
    assert {first, second} == set(newest(tmp_path))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_thousand_saves_at_one_moment_are_ten_thousand_files(make_picture, tmp_path: Path):
    """F-17."""
    picture = make_picture(edge=1)
    saved = {save_picture(picture, Destination(folder=tmp_path)) for _ in range(10_000)}
    assert len(saved) == len(newest(tmp_path)) == 10_000


def test_the_newest_come_first_whoever_made_them(make_picture, tmp_path: Path):
    now = datetime.now().astimezone().replace(microsecond=0)
    old, new = (
        save_picture(make_picture(made=now - timedelta(hours=h)), Destination(folder=tmp_path))
        for h in (3, 1)
    )
    other = tmp_path / "other.JPG"
    other.touch()
    then = time.time() - 2 * 3600
    os.utime(other, (then, then))
    for ignored in (".hidden.png", ".etascope-00.part", "notes.txt"):
        (tmp_path / ignored).touch()
    assert newest(tmp_path) == [new, other, old]
    assert newest(tmp_path, 2) == [new, other]
    assert newest(tmp_path / "nowhere") == []


def test_within_a_second_later_pictures_come_first(make_picture, tmp_path: Path):
    second = datetime(2026, 1, 1).astimezone()
    saved = [
        save_picture(
            make_picture(made=second + timedelta(milliseconds=100 * k)),
            Destination(folder=tmp_path),
        )
        for k in range(9)
    ]
    assert newest(tmp_path) == saved[::-1]


def test_a_thumbnail_fits_and_keeps_its_shape(tmp_path: Path):
    from PIL import Image

    Image.new("RGB", (300, 150), "teal").save(tmp_path / "a.jpg")
    assert thumbnail(tmp_path / "a.jpg", 64).shape == (32, 64, 3)
    assert open_picture(tmp_path / "a.jpg").reading is None


@pytest.mark.parametrize("name", ["Etascope", "my pictures", "Füchse 🦊", "a.b", "console"])
def test_a_gallerys_folder_lies_under_the_galleries(name: str, home: Path):
    assert gallery_folder(name) == home / "galleries" / name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        ".x",
        "a/b",
        "a\\b",
        "C:",
        " a",
        "a ",
        "a.",
        "NUL",
        "com1.png",
        "a\x00",
        "x" * 101,
        "a\nb",
        "\ud800",
        "🦊" * 65,
        "a?",
    ],
)
def test_a_gallerys_name_must_be_a_folders_name_anywhere(name: str):
    with pytest.raises(BadSetting) as caught:
        gallery_folder(name)
    assert caught.value.field == "gallery"


@given(st.text(max_size=120))
def test_no_gallerys_name_leaves_the_galleries(home: Path, name: str):
    try:
        folder = gallery_folder(name)
    except BadSetting:
        return
    assert Path(os.path.normpath(folder)).parent == home / "galleries"


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_any_prompt_can_be_saved_and_comes_back(make_picture, tmp_path: Path, prompt: str):
    to = Destination(file=tmp_path / "a.png", force=True)
    path = save_picture(make_picture(edge=1, prompt=prompt, negative_prompt=prompt), to)
    # Two halves of a character next to each other are that character.
    meant = prompt.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    reading = open_picture(path).reading
    assert reading is not None
    assert reading.recipe is not None
    assert (reading.recipe.prompt, reading.recipe.negative_prompt) == (meant, meant)


def killed_while_saving(folder: Path, pause: float) -> list[tuple[int, str]]:
    """Save pictures in a process that is killed; return the (seed, name) it acknowledged."""
    command = [sys.executable, "-c", SAVES, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    whole = [line.split() for line in lines if line.endswith("\n")]
    return [(int(seed), name) for seed, name in whole]


def check_nothing_lost_or_torn(folder: Path, acknowledged: list[tuple[int, str]]) -> None:
    shown = {path.name: open_picture(path) for path in newest(folder)}
    for seed, name in acknowledged:
        expected = np.random.default_rng(seed).integers(0, 256, (96, 96, 3), np.uint8)
        assert np.array_equal(shown[name].pixels, expected)
    assert all(stored.reading and stored.reading.recipe for stored in shown.values())
    sweep(folder, older_than=-1)
    assert {path.name for path in folder.iterdir()} == set(shown)


@pytest.mark.parametrize(
    "kills", [5, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]
)
def test_a_kill_while_saving_loses_and_tears_nothing(tmp_path: Path, kills: int):
    pauses = np.random.default_rng(7).uniform(0, 0.05, kills)
    acknowledged = [pair for pause in pauses for pair in killed_while_saving(tmp_path, pause)]
    assert len(acknowledged) >= kills
    check_nothing_lost_or_torn(tmp_path, acknowledged)


def test_what_is_missing_is_said_in_one_sentence(tmp_path: Path):
    with pytest.raises(PictureError, match="There is no file"):
        open_picture(tmp_path / "a.png")
