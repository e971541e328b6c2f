"""`etascope gallery`: what it prints, what it says, and with what status it ends."""

import json
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.animation import frames
from engine.cli.main import main
from engine.gallery.index import Index
from engine.gallery.metadata import read_metadata
from engine.trajectory import Trajectory, kept_file, read_trajectory
from tests.engine.gallery.conftest import index, keep, make_picture
from tests.engine.gallery.test_held import held

__all__ = ["index", "keep", "make_picture"]  # fixtures

ROOT = Path(__file__).parents[2]


@pytest.fixture
def gallery(capsys, tmp_path, monkeypatch):
    """Run `etascope gallery ...` in an empty folder; return status, output and complaint."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(["gallery", *arguments])
        except SystemExit as leaving:
            status = int(str(leaving.code))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_galleries_are_listed(gallery, keep, home):
    status, out, told = gallery("list")
    assert (status, out) == (0, "")
    assert "no galleries yet" in told
    keep("Boats"), keep("Owls"), keep("Owls")
    assert gallery("list") == (0, "Boats\t1\nOwls\t2\n", "")
    lines = [json.loads(line) for line in gallery("list", "--json")[1].splitlines()]
    assert lines[1] == {
        "gallery": "Owls",
        "folder": str(home / "galleries" / "Owls"),
        "pictures": 2,
    }


def test_searching_prints_files_newest_first(gallery, keep):
    red, chinese = keep(prompt="a red boat"), keep(prompt="红色的帆船", steps=7)
    assert gallery("search") == (0, f"{chinese}\n{red}\n", "")
    assert gallery("search", "boat") == (0, f"{red}\n", "")
    assert gallery("search", "steps<=7", "帆船") == (0, f"{chinese}\n", "")
    assert gallery("search", "--", "-boat") == (0, f"{chinese}\n", "")
    assert gallery("search", "--limit", "1") == (0, f"{chinese}\n", "")
    assert gallery("search", "--limit", "0")[0] == 2
    status, out, err = gallery("search", "steps:x", "boat")
    assert (status, out) == (0, f"{red}\n")
    assert err == "etascope: steps is a number, not 'x'; it was left out.\n"


def test_a_found_picture_is_told_as_json(gallery, keep):
    path = keep(prompt="a red boat", seed=2**64 - 1)
    (line,) = gallery("search", "--json", "boat")[1].splitlines()
    told = json.loads(line)
    assert (told["file"], told["gallery"], told["kind"]) == (str(path), "Etascope", "picture")
    assert told["recipe"]["seed"] == 2**64 - 1
    assert (told["favourite"], told["rating"], told["tags"]) == (False, 0, [])


def test_verifying_ends_with_one_if_something_is_wrong(gallery, keep):
    path = keep()
    assert gallery("verify") == (0, "All is well: 1 pictures.\n", "")
    status, out, _ = gallery("verify", "--json")
    assert (status, json.loads(out)) == (0, {"pictures": 1, "faults": 0})
    (path.parent / "bad.png").write_bytes(b"bad")
    status, out, _ = gallery("verify")
    assert status == 1
    assert out.startswith(f"{path.parent / 'bad.png'}: ")
    told, summary = map(json.loads, gallery("verify", "--json")[1].splitlines())
    assert set(told) == {"file", "fault", "advice"}
    assert summary == {"pictures": 2, "faults": 1}


def test_rebuilding_says_what_there_is(gallery, keep):
    path = keep()
    (path.parent / "bad.png").write_bytes(b"bad")
    assert gallery("rebuild") == (0, "2 pictures, 1 of which cannot be read.\n", "")
    told = json.loads(gallery("rebuild", "--json")[1])
    assert told == {"pictures": 2, "broken": 1, "offline": []}


def test_exporting_prints_what_was_written(gallery, keep, tmp_path):
    path = keep("Boats", prompt="red")
    keep("Boats", prompt="blue"), keep("Owls")
    (tmp_path / "out").mkdir()
    status, out, _ = gallery("export", "Boats", "out", "--query", "red", "--clean")
    assert (status, out) == (0, f"out/{path.name}\n")
    assert b"red" not in (tmp_path / "out" / path.name).read_bytes()
    assert gallery("export", "Boats", "a.zip")[0] == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert len(archive.namelist()) == 2
    for arguments in (("Boats", "a.zip"), ("Nowhere", "b.zip"), ("Boats", "nowhere/b")):
        status, out, err = gallery("export", *arguments)
        assert (status, out) == (1, "")
        assert err.startswith("etascope: ")
        assert "Traceback" not in err
    assert not (tmp_path / "nowhere").exists()


def test_while_another_one_has_the_index_it_can_still_be_searched(gallery, keep, index: Index):
    path = keep(prompt="boat")
    index.add(path).result()
    command = [sys.executable, "-m", "gui", "gallery"]
    search = subprocess.run(
        [*command, "search", "boat"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (search.returncode, search.stdout) == (0, f"{path}\n")
    verified = subprocess.run(
        [*command, "verify"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (verified.stdout, verified.stderr) == ("All is well: 1 pictures.\n", "")
    refused = subprocess.run(
        [*command, "rebuild"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert refused.returncode == 1
    assert "Another Etascope" in refused.stderr


@pytest.mark.parametrize("arguments", [(), ("export",), ("search", "--nonsense"), ("burn",)])
def test_wrong_usage_is_one_sentence(gallery, arguments):
    status, out, err = gallery(*arguments)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("kind", ["zip", "page", "sheet"])
def test_what_it_becomes_can_be_said_instead_of_named(gallery, keep, tmp_path, kind):
    keep("Boats")
    (tmp_path / "out").mkdir()
    ending = {"zip": "zip", "page": "html", "sheet": "png"}[kind]
    assert gallery("export", "Boats", "out", "--as", kind) == (0, f"out/Boats.{ending}\n", "")
    assert gallery("export", "Boats", "out", "--as", kind)[1] == f"out/Boats-2.{ending}\n"
    assert gallery("export", "Boats", "out", "--as", "tape")[0] == 2


def test_moving_pictures_show_the_steps_as_their_model_does(cli, tiny_model, home, tmp_path):
    quick = ("--steps", "3", "--seed", "7", "--dtype", "float32", "--device", "cpu")
    status, out, _ = cli("generate", "a boat", *quick)
    assert status == 0
    kept = kept_file(home / "data" / "trajectories", Path(out.strip()))
    status, out, err = cli("gallery", "export", "Etascope", "way.gif")
    assert (status, out, err) == (0, "way.gif\n", "")
    exact = frames(read_trajectory(kept), tiny_model.decoders.of(None))
    with Image.open(tmp_path / "way.gif") as moving:
        assert moving.n_frames == len(exact) == 4
        for number, frame in enumerate(exact):
            moving.seek(number)
            shown = np.asarray(moving.convert("RGB")).astype(int)
            assert np.abs(shown - frame).mean() < 12  # of a GIF's 256 colours


def test_where_the_model_is_gone_the_steps_are_shown_roughly_and_that_is_said(
    gallery, keep, home, tmp_path
):
    picture = keep("Boats", model=f"sha256:{'0' * 64}", edge=16)
    kept = kept_file(home / "data" / "trajectories", picture)
    kept.parent.mkdir(parents=True)
    x = np.random.default_rng(1).normal(size=(4, 3, 4, 4)).astype(np.float32)
    recipe = read_metadata(picture).recipe
    path = Trajectory(recipe, x, x[1:].copy(), np.arange(3, dtype=np.float32), x[1:].copy())
    kept.write_bytes(path.to_bytes())
    status, out, err = gallery("export", "Boats", "way.webp")
    assert (status, out) == (0, "way.webp\n")
    assert "shown roughly" in err
    with Image.open(tmp_path / "way.webp") as moving:
        assert moving.n_frames == 4


def test_a_query_may_begin_with_a_minus(gallery, keep):
    red, blue = keep(prompt="a red boat"), keep(prompt="a blue boat")
    assert gallery("search", "-red") == (0, f"{blue}\n", "")
    assert gallery("search", "boat", "--limit", "1", "-blue") == (0, f"{red}\n", "")
    assert gallery("search", "--json", "-red", "-blue") == (0, "", "")
    assert gallery("export", "Etascope", "a.zip", "--query", "-red")[0] == 0
    with zipfile.ZipFile("a.zip") as archive:
        assert archive.namelist() == [blue.name]
    assert gallery("search", "--nonsense")[0] == 2


@pytest.mark.parametrize(
    "query", ["eta>abc", "after:yesterday", "is:nonsense", "rating>=nan", "steps:5..x", '"..."']
)
def test_a_query_of_which_nothing_is_understood_finds_nothing_and_says_why(gallery, keep, query):
    keep()
    status, out, err = gallery("search", query)
    assert (status, out) == (2, "")
    assert err.startswith("etascope: QUERY: ")
    assert gallery("export", "Etascope", "a.zip", "--query", query)[0] == 2
    assert not Path("a.zip").exists()


@pytest.mark.parametrize(
    "query", ['"red boat', "(" * 5000, 'a* OR NEAR(b) : {y} "" \'; DROP TABLE']
)
def test_a_strange_query_is_looked_for_as_words(gallery, keep, query):
    path = keep(prompt="a red boat, near (b), or y; drop table")
    status, out, err = gallery("search", query)
    assert status in {0, 2}
    assert out in {"", f"{path}\n"}
    assert "Traceback" not in err
    assert gallery("search", "boat") == (0, f"{path}\n", "")


def test_junk_and_links_to_nowhere_among_the_pictures_do_no_harm(gallery, keep, home):
    path = keep(prompt="a boat")
    root, junk = path.parent.parent, path.parent
    for k in range(300):
        (junk / f"{k}{('.png', '.jpg', '.txt', '.part')[k % 4]}").write_bytes(b"\x89PNG"[: k % 5])
    for name, target in (("self.png", "self.png"), ("zero.png", "/dev/zero"), ("up", "..")):
        (junk / name).symlink_to(target)
    for name, target in (("Self", "Self"), ("Gone", "nowhere"), ("Again", "Etascope")):
        (root / name).symlink_to(target)
    status, out, _ = gallery("list")
    assert status == 0
    assert "Self\tnot there\n" in out
    status, out, err = gallery("search", "boat")
    assert status == 0
    assert str(path) in out.splitlines()
    assert "Not there now, and not forgotten: Gone, Self." in err
    for name in ("Self", "Gone"):
        told = f"etascope: The gallery {name!r} cannot be reached. Is its disk there?\n"
        assert gallery("export", name, "out.zip") == (1, "", told)


def test_galleries_that_cannot_be_looked_at_are_not_said_to_be_empty(gallery, keep, home):
    path = keep(prompt="a boat")
    assert gallery("search") == (0, f"{path}\n", "")
    root = home / "galleries"
    root.rename(home / "elsewhere")
    root.write_text("in the way")
    for action in ("list", "verify", "rebuild"):
        status, out, err = gallery(action)
        assert (status, out) == (1, "")
        assert "cannot be listed" in err
    assert gallery("search")[1] == f"{path}\n"  # not forgotten
    root.unlink()
    (home / "elsewhere").rename(root)
    assert gallery("search") == (0, f"{path}\n", "")


def test_a_file_that_may_not_be_read_is_not_said_to_have_changed(gallery, keep, monkeypatch):
    path = keep()
    assert gallery("verify")[0] == 0
    opens = Path.open

    def refuse(self, *about, **named):
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opens(self, *about, **named)

    monkeypatch.setattr(Path, "open", refuse)
    status, out, _ = gallery("verify")
    assert status == 1
    assert "may not be read" in out
    assert "have changed" not in out


def test_names_cannot_talk_to_the_terminal(capsys):
    assert main(["inspect", "\x1b[31mred.png"]) == 1
    assert (
        capsys.readouterr().err == "etascope: There is no file \\x1b[31mred.png. Check the name.\n"
    )


def test_another_program_that_holds_the_index_is_waited_for_and_named(gallery, keep, home):
    path = keep(prompt="a boat")
    assert gallery("search", "boat") == (0, f"{path}\n", "")
    with held(home / "data" / "index.sqlite") as let_go:
        threading.Timer(0.8, let_go).start()
        status, out, err = gallery("search", "boat")
    assert (status, out) == (0, f"{path}\n")
    assert err.startswith("etascope: another program holds the index")
