import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.cli import without_display
from engine.errors import StorageError
from engine.trajectory import read_trajectory


def pixels(path):
    with Image.open(path) as picture:
        return np.asarray(picture).astype(int)


FULL = Path("/dev/full")
QUICK = ("--steps", "2", "--seed", "7", "--dtype", "float32")


def test_a_picture_goes_where_it_is_told(cli, tmp_path):
    status, out, err = cli("generate", "a boat", *QUICK, "--out", "a.png")
    assert (status, out, err) == (0, "a.png\n", "")
    assert pixels(tmp_path / "a.png").shape == (64, 64, 3)


def test_without_out_it_goes_to_the_gallery(cli, home):
    status, out, _ = cli("generate", "a boat", *QUICK)
    assert status == 0
    assert list((home / "galleries" / "Etascope").glob("*.png")) == [
        home / "galleries" / "Etascope" / out.strip().rpartition("/")[2]
    ]
    assert cli("generate", "a boat", *QUICK, "--gallery", "Boats")[0] == 0
    assert len(list((home / "galleries" / "Boats").iterdir())) == 1


@pytest.mark.parametrize(
    ("options", "kept"),
    [((), 2), (("--out", "a.png"), 0), (("--out", "."), 0), (("--gallery", "Boats"), 2)],
)
def test_the_paths_of_pictures_in_galleries_are_kept_as_the_window_keeps_them(
    cli, home, options, kept
):
    status, out, _ = cli("generate", "a boat", *QUICK, "--count", "2", *options)
    assert status == 0
    folder = home / "data" / "trajectories"
    paths = sorted(folder.glob("*.safetensors"))
    names = [line.rpartition("/")[2].removesuffix(".png") for line in out.splitlines()]
    assert [path.stem for path in paths] == sorted(names)[: len(paths)]
    assert len(paths) == kept
    for path in paths:
        assert read_trajectory(path).recipe.prompt == "a boat"
    assert not list(folder.glob("running/*"))


def test_the_window_s_budget_for_paths_holds_for_the_command_line(cli, home):
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text("trajectory_gigabytes = 0.000001")
    assert cli("generate", "a boat", *QUICK, "--count", "3")[0] == 0
    assert len(list((home / "data" / "trajectories").glob("*.safetensors"))) == 1  # the newest


def test_json_is_one_object_a_picture_and_nothing_else(cli, tmp_path):
    status, out, _ = cli("generate", "a boat", *QUICK, "--count", "3", "--out", "a.png", "--json")
    assert status == 0
    records = [json.loads(line) for line in out.splitlines()]
    assert sorted(r["file"] for r in records) == ["a-1.png", "a-2.png", "a-3.png"]
    assert sorted(r["recipe"]["seed"] for r in records) == [7, 8, 9]
    for record in records:
        keys = ["file", "recipe", "seconds", "nfe", "device", "dtype", "backend"]
        assert list(record) == keys
        assert (record["nfe"], record["device"], record["dtype"]) == (2, "cpu", "float32")
        assert (tmp_path / record["file"]).exists()


def test_four_at_once_are_the_four_alone(cli, tmp_path):
    cli("generate", "a boat", *QUICK, "--count", "4", "--out", "all.png")
    cli("generate", "a boat", *QUICK, "--seed", "9", "--out", "third.png")
    difference = pixels(tmp_path / "all-3.png") - pixels(tmp_path / "third.png")
    assert np.abs(difference).max() <= 1


def test_a_picture_can_be_made_again_from_its_file(cli, tmp_path):
    cli("generate", "a boat", *QUICK, "--sampler", "plms", "--out", "a.png")
    assert cli("generate", "--from", "a.png", "--dtype", "float32", "--out", "b.png")[0] == 0
    np.testing.assert_array_equal(pixels(tmp_path / "a.png"), pixels(tmp_path / "b.png"))
    options = ("--from", "a.png", "--sampler", "ddim", "--eta", "1", "--out", "c.png", "--json")
    recipe = json.loads(cli("generate", *options)[1])["recipe"]
    assert (recipe["prompt"], recipe["seed"], recipe["steps"]) == ("a boat", 7, 2)
    assert (recipe["sampler"], recipe["eta"]) == ("ddim", 1.0)


def test_the_trajectory_is_kept_beside_it(cli, tmp_path):
    cli("generate", "", *QUICK, "--trajectory", "t.safetensors", "--out", "a.png")
    trajectory = read_trajectory(tmp_path / "t.safetensors")
    assert (len(trajectory), trajectory.recipe.seed) == (2, 7)


@pytest.mark.parametrize(
    ("status", "options", "says"),
    [
        (2, ("--steps", "0"), "1 to 1000"),
        (2, ("--steps", "two"), "--steps"),
        (2, ("--eta", "2"), "0 to 1"),
        (2, ("--eta", "0.5", "--sampler", "plms"), "no eta"),
        (2, ("--sampler", "foo"), "ddim, ddpm, ddpm_large, plms"),
        (2, ("--width", "100"), "96 or 104"),
        (2, ("--seed", "-1"), "18446744073709551615"),
        (2, ("--guidance", "nan"), "1 to 30"),
        (2, ("--count", "0"), "1 to 1000"),
        (2, ("--model", "foo"), "starter"),
        (2, ("--device", "tpu"), "cuda"),
        (2, ("--dtype", "int4"), "float32"),
        (2, ("--gallery", "../up"), "gallery"),
        (2, ("--out", "a.jpg"), ".png"),
        (2, ("--out", "a.png", "--gallery", "b"), "not to both"),
        (2, ("--colour", "red"), "--colour"),
        (2, ("--negative", "rain", "--guidance", "1"), "--negative"),
        (2, ("--gallery", ""), "gallery"),
        (2, ("--trajectory", ""), "invalid path"),
        (2, ("--out", ""), "invalid path"),
        (2, ("--trajectory", "t.txt"), "must end in one of .safetensors, .webp, .gif"),
        (2, ("--trajectory", ".webp"), "must end in"),
        (1, ("--out", 300 * "a" + ".png"), "long"),
        (1, ("--out", "nowhere/a.png"), "nowhere"),
        (1, ("--out", "nowhere"), "nowhere"),
        (1, ("--trajectory", "nowhere/t.safetensors"), "nowhere"),
        (1, ("--from", "nowhere.png"), "nowhere.png"),
        (1, ("--out", "taken.png"), "--force"),
    ],
)
def test_wrong_use_is_one_clear_sentence_and_nothing_is_made(cli, tmp_path, status, options, says):
    (tmp_path / "taken.png").write_bytes(b"mine")
    before = set(tmp_path.rglob("*"))
    told, out, err = cli("generate", "a boat", *QUICK, *options)
    assert (told, out) == (status, "")
    assert says in err
    assert len(err.splitlines()) == 1
    assert set(tmp_path.rglob("*")) == before
    assert (tmp_path / "taken.png").read_bytes() == b"mine"


def test_a_folder_that_may_not_be_looked_into_is_a_known_error(cli, monkeypatch, home):
    """As for anybody but root; Path.exists and its kin raise there."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.stat", refuse)
    monkeypatch.setattr("pathlib.Path.touch", refuse)
    for options in (("--out", "locked/a.png"), ()):
        status, out, err = cli("generate", "a boat", *QUICK, *options)
        assert (status, out) == (1, "")
        assert len(err.splitlines()) == 1


def test_a_picture_that_cannot_be_kept_takes_its_trajectory_with_it(cli, tmp_path, monkeypatch):
    def full(*_):
        raise StorageError("The disk is full.", "Free some space.")

    monkeypatch.setattr("engine.finishing.save_picture", full)
    options = ("--out", "a.png", "--trajectory", "t.safetensors")
    status, _, err = cli("generate", "a boat", *QUICK, *options)
    assert (status, list(tmp_path.glob("*.safetensors"))) == (1, [])
    assert "The disk is full." in err


def test_what_a_picture_and_its_trajectory_would_replace_stays_where_one_cannot_be_kept(
    cli, tmp_path, monkeypatch
):
    options = ("--out", "a.png", "--trajectory", "t.safetensors", "--force")
    assert cli("generate", "a boat", *QUICK, *options)[0] == 0
    files = [tmp_path / name for name in ("a.png", "t.safetensors")]
    before = [file.read_bytes() for file in files]

    def full(*_):
        raise StorageError("The disk is full.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr("engine.finishing.save_picture", full)
        assert cli("generate", "an owl", *QUICK, *options)[0] == 1
        patch.undo()
        patch.setattr("engine.gallery.files.os.fsync", full)
        assert cli("generate", "an owl", *QUICK, *options)[0] == 1
        patch.undo()
        replace = Path.replace

        def held(file, target):
            if target.name == "t.safetensors":  # as where another program has it open
                raise PermissionError(13, "Permission denied")
            return replace(file, target)

        patch.setattr(Path, "replace", held)
        assert cli("generate", "an owl", *QUICK, *options)[0] == 1
    assert [file.read_bytes() for file in files] == before
    assert len(list(tmp_path.iterdir())) == 2
    assert cli("generate", "an owl", *QUICK, *options)[0] == 0
    assert all(file.read_bytes() != old for file, old in zip(files, before, strict=True))


def test_a_guided_picture_can_be_made_again_without_guidance(cli):
    cli("generate", "a boat", *QUICK, "--negative", "rain", "--out", "a.png")
    options = ("--from", "a.png", "--guidance", "1", "--out", "b.png", "--json")
    status, out, _ = cli("generate", *options)
    assert (status, json.loads(out)["recipe"]["negative_prompt"]) == (0, "")


def test_an_existing_file_is_replaced_only_by_force(cli, tmp_path):
    (tmp_path / "a.png").write_bytes(b"mine")
    assert cli("generate", "", *QUICK, "--out", "a.png")[0] == 1
    assert cli("generate", "", *QUICK, "--out", "a.png", "--force")[0] == 0
    assert pixels(tmp_path / "a.png").shape == (64, 64, 3)


def test_a_prompt_is_needed_but_may_be_empty(cli):
    status, _, err = cli("generate", *QUICK, "--out", "a.png")
    assert (status, "prompt" in err) == (2, True)
    assert cli("generate", "", *QUICK, "--out", "a.png")[0] == 0


def test_ten_thousand_words_are_used_as_far_as_they_are_read(cli):
    status, _, err = cli("generate", "boat " * 10_000, *QUICK, "--out", "a.png")
    assert status == 0
    assert "the first 1200 of them" in err


def test_a_missing_starter_is_one_sentence(cli, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.library.RESOURCES", tmp_path)
    status, _, err = cli("generate", "a boat", "--out", "a.png")
    assert status == 1
    assert "starter" in err
    assert len(err.splitlines()) == 1


def test_damaged_weights_are_one_sentence(cli, tiny_starter, tmp_path, monkeypatch):
    shutil.copytree(tiny_starter.folder, tmp_path / "starter")
    weights = tmp_path / "starter" / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:5000])
    monkeypatch.setattr("engine.library.RESOURCES", tmp_path)
    status, out, err = cli("generate", "a boat", *QUICK, "--out", "a.png")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "a.png").exists()


def test_inspect_tells_the_recipe(cli):
    cli("generate", "a boat, at sea", *QUICK, "--out", "a.png")
    status, out, _ = cli("inspect", "a.png")
    assert status == 0
    assert "a boat, at sea" in out
    found = json.loads(cli("inspect", "a.png", "--json")[1])
    assert (found["tool"], found["recipe"]["seed"]) == ("Etascope", 7)


def test_inspect_tells_the_recipe_of_a_trajectory_and_how_far_it_came(cli):
    cli("generate", "a boat", *QUICK, "--out", "a.png", "--trajectory", "a.safetensors")
    status, out, _ = cli("inspect", "a.safetensors")
    assert (status, out.splitlines()[0]) == (
        0,
        "A trajectory made by Etascope: 2 steps, latents of 4 x 16 x 16.",
    )
    assert "a boat" in out
    found = json.loads(cli("inspect", "a.safetensors", "--json")[1])
    pictures = json.loads(cli("inspect", "a.png", "--json")[1])
    assert (found["recipe"], found["steps_taken"]) == (pictures["recipe"], 2)


def test_what_a_terminal_would_obey_is_shown_and_not_sent(cli):
    cli("generate", "a \x1b]0;boat\x07", *QUICK, "--out", "a.png")
    out = cli("inspect", "a.png")[1]
    assert "\\x1b]0;boat\\x07" in out
    assert "\x1b" not in out


def test_inspecting_something_else_is_a_known_error(cli, tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "plain.png")
    (tmp_path / "text.png").write_text("hello")
    (tmp_path / "text.safetensors").write_text("hello")
    names = ("plain.png", "text.png", "text.safetensors", "missing.png", "missing.safetensors", ".")
    for name in names:
        status, _, err = cli("inspect", name)
        assert status == 1
        assert len(err.splitlines()) == 1


def test_the_doctor_finds_nothing_wrong_here_and_says_what_there_is(cli):
    status, out, _ = cli("doctor", "--json")
    report = json.loads(out)
    assert (status, report["problems"]) == (0, [])
    assert report["packages"]["torch"]
    assert "Nothing is wrong" in cli("doctor")[1]


def test_the_doctor_names_a_damaged_model(cli, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.library.RESOURCES", tmp_path)
    status, out, _ = cli("doctor")
    assert (status, "starter" in out.splitlines()[-1]) == (1, True)


def test_the_doctor_opens_every_weights_file(cli, tiny_starter, tmp_path, monkeypatch):
    shutil.copytree(tiny_starter.folder, tmp_path / "starter")
    monkeypatch.setattr("engine.library.RESOURCES", tmp_path)
    assert cli("doctor")[0] == 0
    weights = tmp_path / "starter" / "vae" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])
    status, out, _ = cli("doctor")
    assert (status, "vae" in out.splitlines()[-1]) == (1, True)
    weights.unlink()
    assert "missing" in cli("doctor")[1]


def test_without_a_display_one_picture_is_made_and_its_path_printed(tiny_starter, capsys, home):
    assert without_display() == 0
    out, err = capsys.readouterr()
    assert "no display" in err
    assert out.strip().startswith(str(home / "galleries"))


@pytest.mark.parametrize(
    "arguments", [("--help",), ("generate", "--help"), ("compare", "--help"), ("--version",)]
)
def test_help_needs_no_torch(root, arguments):
    code = f"""
import sys
from engine.cli import main
try:
    main({arguments!r})
finally:
    assert "torch" not in sys.modules
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "etascope" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_ctrl_c_leaves_nothing_half_written(root, tiny_resources, tmp_path):
    code = (
        # Whoever starts the tests in the background hands down an ignored SIGINT.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import sys; from pathlib import Path; from engine import library\n"
        f"library.RESOURCES = Path({str(tiny_resources)!r})\n"
        "from engine.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["generate", "a boat", "--steps", "5", "--count", "1000"]
    arguments += ["--out", str(tmp_path)]
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        told = [process.stdout.readline()]  # it is in the middle of its pictures now
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "interrupted" in err.splitlines()[-1]
    assert "Traceback" not in err
    told = {line.strip() for line in (*told, *out.splitlines())}
    files = {str(path) for path in tmp_path.iterdir()}
    assert told <= files
    assert len(files) < 1000
    assert all(pixels(path).shape == (64, 64, 3) for path in files)


def _told(root, *arguments, **streams):
    """Run the command in a process of its own; return its status and its complaint."""
    code = "import sys; from engine.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=root, stderr=subprocess.PIPE, check=False, **streams)
    return done.returncode, done.stderr.decode()


@pytest.mark.skipif(not FULL.exists(), reason="there is no full disk to write to")
@pytest.mark.parametrize("arguments", [("gallery", "rebuild"), ("models", "list", "--json")])
def test_output_onto_a_full_disk_is_one_sentence(root, arguments):
    with FULL.open("wb") as full:
        status, err = _told(root, *arguments, stdout=full)
    assert (status, len(err.splitlines())) == (1, 1)
    assert "No space left" in err


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor")
def test_closed_output_is_no_fault_and_a_reader_who_has_gone_no_complaint(root):
    status, err = _told(root, "models", "list", preexec_fn=lambda: os.close(1))
    assert (status, err) == (0, "")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert _told(root, "models", "list", stdout=writing) == (1, "")
    finally:
        os.close(writing)


def test_a_fault_that_is_not_of_the_output_is_not_taken_for_one(cli, monkeypatch):
    def broken(_):
        raise OSError(5, "ours")

    monkeypatch.setitem(sys.modules["engine.cli.main"]._COMMANDS, "inspect", broken)
    with pytest.raises(OSError, match="ours"):
        cli("inspect", "a.png")


def test_a_path_of_nobody_is_not_there(cli):
    status, _, err = cli("models", "add", "~nobody-is-called-so/a.safetensors")
    assert (status, len(err.splitlines())) == (1, 1)


def test_a_home_that_is_a_file_is_told_as_that(cli, tmp_path, monkeypatch):
    (tmp_path / "a file").touch()
    monkeypatch.setenv("ETASCOPE_HOME", str(tmp_path / "a file"))
    status, _, err = cli("generate", "a boat", *QUICK)
    assert (status, "a file is not a folder" in err) == (1, True)
