"""`etascope models`, and `--model PATH`."""

import json
import shutil

import pytest


@pytest.fixture
def folder(tiny_resources, tmp_path):
    copy = tmp_path / "mine"
    shutil.copytree(tiny_resources / "starter", copy)
    return copy


def test_a_model_is_added_listed_used_and_removed(cli, folder, tmp_path):
    status, out, _ = cli("models", "add", str(folder), "--json")
    added = json.loads(out)
    assert status == 0
    assert (added["label"], added["path"], added["fit"]) == ("mine", str(folder), "fits")
    status, out, _ = cli("models", "list", "--json")
    listed = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [one["id"] for one in listed if "get" not in one] == ["starter", added["id"]]
    assert listed[1]["megabytes"] > 0
    arguments = ["a boat", "--steps", "1", "--out", str(tmp_path / "a.png"), "--json"]
    status, out, _ = cli("generate", *arguments, "--model", added["id"])
    assert json.loads(out)["recipe"]["model"] == added["id"]
    status, out, _ = cli("models", "remove", "mine")
    assert (status, "stay" in out) == (0, True)
    assert cli("models", "list")[1].count("sha256:") == 0
    assert folder.is_dir()


def test_a_path_is_a_model_too_and_recipes_name_its_hash(cli, folder, tmp_path):
    picture = tmp_path / "a.png"
    status, out, err = cli(
        "generate", "a boat", "--steps", "1", "--model", "mine", "--out", str(picture), "--json"
    )
    assert (status, err) == (0, "")
    model = json.loads(out)["recipe"]["model"]
    assert model.startswith("sha256:")
    again = ["generate", "--from", str(picture), "--out", str(tmp_path / "b.png"), "--json"]
    status, out, _ = cli(*again)
    assert (status, json.loads(out)["recipe"]["model"]) == (0, model)
    status, out, _ = cli(
        "compare", "a boat", "--steps", "1", "--seed", "1", "--model", f"starter,{folder}", "--json"
    )
    cells = [json.loads(line) for line in out.splitlines()][:-1]
    assert [cell["recipe"]["model"] for cell in cells] == ["starter", model]


def test_check_says_what_it_is_or_why_it_cannot_be_used(cli, folder):
    assert cli("models", "check", str(folder))[0] == 0
    config = folder / "unet" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"cross_attention_dim": 24}))
    status, out, err = cli("models", "check", str(folder))
    assert (status, out) == (1, "")
    assert "another shape" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["add", "nowhere"], 1),
        (["check", "nowhere"], 1),
        (["remove", "nobody"], 2),
        (["remove", "starter"], 2),
        (["get"], 2),
        (["get", "https://example.org/owner/name"], 2),
        (["add", "."], 1),
        ([], 2),
    ],
)
def test_what_cannot_be_is_one_sentence_and_a_status(cli, arguments, status):
    told = cli("models", *arguments)
    assert told[:2] == (status, "")
    assert told[2].startswith("etascope")


def test_a_folder_that_is_no_model_is_told_so(cli, tmp_path):
    (tmp_path / "photos").mkdir()
    status, _, err = cli("models", "check", "photos")
    assert (status, "model_index.json is missing" in err) == (1, True)
    assert "Choose a folder in diffusers' layout" in err


@pytest.mark.parametrize("arguments", [("add", "mine"), ("remove", "mine"), ("add", "..")])
def test_a_list_that_cannot_be_written_is_one_sentence(cli, folder, home, arguments):
    home.mkdir()
    (home / "config").write_text("")
    status, out, err = cli("models", *arguments)
    assert (status, out) in {(1, ""), (2, "")}
    assert err.startswith("etascope: ")
    assert "Traceback" not in err


def test_a_listed_model_whose_drive_is_gone_is_away_and_no_error(cli, folder):
    cli("models", "add", str(folder))
    shutil.rmtree(folder)
    status, out, _ = cli("models", "list")
    assert status == 0
    assert f"mine: away; it was in {folder}" in out


def test_a_listed_model_that_is_damaged_is_told_in_the_list(cli, folder):
    cli("models", "add", str(folder))
    (folder / "unet" / "config.json").write_text("{")
    status, out, _ = cli("models", "list")
    assert status == 1
    assert "cannot be used" in out


def test_the_list_ends_with_what_could_be_got(cli):
    out = cli("models", "list")[1]
    here, _, offered = out.partition("To be had from the Hub")
    assert "Starter" in here
    assert "stabilityai/sd-turbo" in offered
    assert "GB, " in offered


def test_a_folder_of_models_is_added_used_in_place_and_removed(cli, folder, tmp_path):
    status, out, _ = cli("models", "add", str(tmp_path), "--json")
    added = json.loads(out)
    assert (status, added["added"], added["checkpoints"]) == (0, str(tmp_path), 1)
    listed = [json.loads(line) for line in cli("models", "list", "--json")[1].splitlines()]
    assert listed[1]["id"] == str(folder)
    arguments = ["a boat", "--steps", "1", "--out", str(tmp_path / "a.png"), "--json"]
    status, out, _ = cli("generate", *arguments, "--model", str(folder))
    assert json.loads(out)["recipe"]["model"].startswith("sha256:")
    assert cli("models", "remove", str(tmp_path))[0] == 0
    assert folder.is_dir()
    assert cli("models", "remove", str(tmp_path))[0] == 2


def test_a_model_from_the_hub_that_is_not_here_says_how_it_is_got(cli):
    status, _, err = cli("generate", "a boat", "--model", "owner/name@" + "a" * 40)
    assert status == 2
    assert f"etascope models get owner/name --revision {'a' * 40}" in err
