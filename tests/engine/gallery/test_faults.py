"""Kills, full and read-only disks: what was acknowledged is there, what was there is unchanged.

F-01, F-02 and F-03. The other faults of files: F-04 to F-06 in `test_index.py` and `test_scan.py`,
F-08 in `test_power_loss.py`, F-17 in `test_store.py`, F-20 in `tests/gui/test_settings.py`.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from engine.gallery.files import sweep
from engine.gallery.index import Index
from engine.gallery.marks import read_marks
from engine.gallery.query import Query
from engine.gallery.scan import scan
from engine.gallery.store import newest, open_picture
from engine.gallery.verify import verify

ROOT = Path(__file__).parents[3]

PICTURE = """
import sys
from datetime import datetime
import numpy as np
from engine.commands import Destination
from engine.errors import StorageError
from engine.gallery.index import Index
from engine.gallery.marks import Mark
from engine.gallery.query import Query, parse
from engine.gallery.scan import scan
from engine.gallery.store import gallery_folder, save_picture
from engine.recipe import Environment, Picture, Recipe

def picture(seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (48, 48, 3), np.uint8)
    where = Environment("cpu", "float32", "torch")
    recipe = Recipe(prompt="p", seed=seed)
    return Picture(pixels, recipe, datetime.now().astimezone(), where, "00" * 32)
"""

SAVES = f"""{PICTURE}
index = Index()
to = Destination(folder=gallery_folder(sys.argv[1]))
print("ready", flush=True)
for seed in range(10**6):
    entry = index.add(save_picture(picture(seed), to)).result()
    index.mark(entry.gallery, {{entry.facts.sha256: Mark(rating=1 + seed % 5)}}).result()
    print(seed, entry.name, flush=True)
"""

FULL = f"""{PICTURE}
import os, resource, signal, sys
from contextlib import suppress
from engine.paths import current_paths
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
index = Index()
to = Destination(folder=gallery_folder("Etascope"))
kept = save_picture(picture(1), to)
first = index.add(kept).result()
index.mark("Etascope", {{first.facts.sha256: Mark(rating=5)}}).result()
marks = kept.with_name("marks.json")
before = kept.read_bytes()
filler = current_paths().home / "filler"
disk_is_full = sys.argv[1] == "full"

def leave(number):
    if disk_is_full:
        with filler.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))
        os.truncate(filler, filler.stat().st_size - 4096 * number)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000 * number, resource.RLIM_INFINITY))

def save():
    save_picture(picture(2), to).unlink()

def add():
    def insert(database):
        database.execute("INSERT INTO prompts VALUES (?, ?, '')", (number, "x" * 99_000))
    index.do(insert).result()
    index.do(lambda database: database.execute("DELETE FROM prompts WHERE id < 99")).result()

def mark():
    index.mark("Etascope", {{first.facts.sha256: Mark(rating=5, tags=("x" * 99,))}}).result()
    index.mark("Etascope", {{first.facts.sha256: Mark(rating=5)}}).result()

refused = 0
for number in range(0, 50, 2):
    leave(number)
    for work in (save, add, mark):
        try:
            work()
        except StorageError:
            refused += 1
        assert kept.read_bytes() == before
        assert b'"rating": 5' in marks.read_bytes()
        try:
            assert index.count(Query()).result() == 1
        except StorageError:  # where not even what is there may be written again
            assert not disk_is_full
    if disk_is_full:
        filler.unlink()
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
assert scan(index).total == 1
again = index.add(save_picture(picture(2), to)).result()
assert again.facts.settings["seed"] == 2
assert index.count(parse("rating:5")).result() == 1
assert index.problem is None
index.close()
print(refused)
"""

READ_ONLY = f"""{PICTURE}
import os, subprocess
to = Destination(folder=gallery_folder("Etascope"))
index = Index()
kept = [index.add(save_picture(picture(seed), to)).result() for seed in range(2)]
index.mark("Etascope", {{kept[0].facts.sha256: Mark(rating=5)}}).result()

place = os.environ["ETASCOPE_HOME"]

def run(*command):
    subprocess.run(command, check=True)

def refused(work):
    try:
        work()
    except StorageError as error:
        return "read-only" in error.message or "may not be written" in error.message
    return False

run("mount", "--bind", place, place)
run("mount", "-o", "remount,bind,ro", place)
assert refused(lambda: save_picture(picture(2), to))
changed = {{kept[0].facts.sha256: Mark(rating=1)}}
assert refused(lambda: index.mark("Etascope", changed).result())
assert index.count(parse("rating:5")).result() == 1
index.close()
other = Index()
assert other.problem is not None
assert scan(other).removed == 0
assert other.count(parse("rating:5")).result() == 1
other.close()
run("umount", place)
index = Index()
save_picture(picture(2), to)
assert (scan(index).total, scan(index).removed) == (3, 0)
assert index.count(parse("rating:5")).result() == 1
index.close()
print("well")
"""

# A file system of 1.5 MB that only this process sees, as far as the system lets one have it.
SMALL_DISK = (
    *("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"),
    'mount -t tmpfs -o size=1500k none "$ETASCOPE_HOME"; exec "$@"',
    "sh",
)


def started(code: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ)


def killed_while_saving(gallery: str, pause: float) -> dict[str, int]:
    """Save into a gallery in a process that is killed; return the seeds it acknowledged."""
    process = started(SAVES, gallery)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    lines = [line.split() for line in process.stdout.readlines() if line.endswith("\n")]
    process.stdout.close()
    process.wait()
    return {f"{gallery}/{name}": int(seed) for seed, name in lines}


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
@pytest.mark.parametrize(
    "kills", [10, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)
def test_a_kill_while_saving_loses_nothing_acknowledged(home: Path, kills: int):
    """F-01: 200 kills over 4 galleries; nothing acknowledged lost, nothing torn, no litter."""
    chance = np.random.default_rng(11)
    acknowledged: dict[str, int] = {}
    for number in range(kills):
        acknowledged |= killed_while_saving(f"Gallery {number % 4}", chance.uniform(0, 0.4))
        index = Index()
        assert not index.fresh  # a kill does not damage it
        scan(index)
        rows = {f"{one.gallery}/{one.name}": one for one in index.search(Query()).result()}
        index.close()
        assert set(acknowledged) <= set(rows)
    assert acknowledged
    check_everything(home, acknowledged)


def check_everything(home: Path, acknowledged: dict[str, int]) -> None:
    """Nothing is torn or lost, every mark is there, and no file is without a row."""
    index = Index()
    assert list(verify(index)) == []
    index.close()
    for folder in (home / "galleries").iterdir():
        marks = read_marks(folder)
        for path in newest(folder):
            assert open_picture(path).reading
            seed = acknowledged.get(f"{folder.name}/{path.name}")
            if seed is not None:
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                assert marks[digest].rating == 1 + seed % 5
        sweep(folder, older_than=-1)
        assert not list(folder.glob("*.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limits")
def test_where_nothing_may_be_written_nothing_changes_and_later_all_goes_on(home: Path):
    """F-02, by a limit to the size of files: 25 limits, at pictures, index and marks."""
    home.mkdir()
    process = started(FULL, "limit")
    out, _ = process.communicate(timeout=100)
    assert process.returncode == 0
    assert int(out) > 10


def test_a_full_disk_changes_nothing_and_later_all_goes_on(home: Path):
    """F-02, on a disk of 1.5 MB with less and less room, at pictures, index and marks."""
    assert int(on_a_small_disk(home, FULL, "full")) > 10


def test_a_disk_that_turns_read_only_changes_nothing_and_later_all_goes_on(home: Path):
    """F-03: nothing is forgotten, what is there can be looked at, refusals are said."""
    assert on_a_small_disk(home, READ_ONLY) == "well"


def on_a_small_disk(home: Path, code: str, *arguments: str) -> str:
    home.mkdir()
    if not shutil.which("unshare") or subprocess.run([*SMALL_DISK, "true"], check=False).returncode:
        pytest.skip("no small disk can be had here")
    command = [*SMALL_DISK, sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()
