"""`etascope models` and `--model` with what nobody should give them: one sentence, and no harm."""

import os
import pickle
import shutil
import struct
import sys

import pytest
from safetensors.torch import save_file

from engine.errors import BadSetting, KnownError
from engine.hub.names import search_words, token_of


class Payload:
    """Runs code when it is unpickled."""

    def __init__(self, canary):
        self.canary = canary

    def __reduce__(self):
        return (open, (str(self.canary), "w"))


def a_pipe(path, _canary, _tiny):
    os.mkfifo(path)


def a_pickle(path, canary, _tiny):
    path.write_bytes(pickle.dumps(Payload(canary)))


def a_web_page(path, _canary, _tiny):
    path.write_text("<!DOCTYPE html><title>Sign in</title>")


def nothing(path, _canary, _tiny):
    path.touch()


def half_a_file(path, _canary, _tiny):
    import torch

    save_file({"x": torch.ones(1000)}, path)
    path.write_bytes(path.read_bytes()[:600])


def a_header_of_a_terabyte(path, _canary, _tiny):
    path.write_bytes(struct.pack("<Q", 2**40) + b"{")


def a_link_to_itself(path, _canary, _tiny):
    path.symlink_to(path.name)


def a_link_to_a_device(path, _canary, _tiny):
    path.symlink_to("/dev/zero")


def a_folder_with_a_program(path, canary, tiny):
    shutil.copytree(tiny, path)
    (path / "pipeline.py").write_text(f"open({str(canary)!r}, 'w')")


def a_folder_with_a_pipe_in_it(path, _canary, tiny):
    shutil.copytree(tiny, path)
    (path / "unet" / "config.json").unlink()
    os.mkfifo(path / "unet" / "config.json")


def a_folder_whose_weights_are_a_pipe(path, _canary, tiny):
    shutil.copytree(tiny, path)
    (path / "vae" / "diffusion_pytorch_model.safetensors").unlink()
    os.mkfifo(path / "vae" / "diffusion_pytorch_model.safetensors")


def a_folder_that_leads_in_circles(path, _canary, _tiny):
    path.mkdir()
    (path / "again").symlink_to(path, target_is_directory=True)
    (path / "up").symlink_to("..", target_is_directory=True)


def an_empty_folder(path, _canary, _tiny):
    path.mkdir()


HOSTILE = (
    a_pipe, a_pickle, a_web_page, nothing, half_a_file, a_header_of_a_terabyte, a_link_to_itself,
    a_link_to_a_device, a_folder_with_a_program, a_folder_with_a_pipe_in_it,
    a_folder_whose_weights_are_a_pipe, a_folder_that_leads_in_circles, an_empty_folder,
)  # fmt: skip
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def told(said, status):
    """Check that it was refused in a sentence and a piece of advice; return them."""
    assert said[:2] == (status, "")
    assert said[2].startswith("etascope")
    assert "Traceback" not in said[2]
    assert len(said[2].splitlines()) <= 2
    assert len(said[2]) < 1500
    assert said[2].rstrip("\n").replace("\n", "").isprintable()
    return said[2]


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
@pytest.mark.timeout(20)
def test_a_hostile_file_or_folder_is_refused_and_nothing_of_it_runs(
    cli, tmp_path, tiny_resources, make
):
    path, canary = tmp_path / "model.safetensors", tmp_path / "canary"
    make(path, canary, tiny_resources / "starter")
    for arguments in (["models", "check"], ["models", "add"], ["generate", "a", "--model"]):
        told(cli(*arguments, str(path)), 1)
    assert not canary.exists()
    assert cli("models", "list", "--json")[1].count("sha256:") == 0


@pytest.mark.timeout(20)
def test_a_folder_of_hostile_files_is_looked_through_without_harm(cli, tmp_path, tiny_resources):
    folder = tmp_path / "models"
    folder.mkdir()
    for make in HOSTILE:
        place = folder / f"{make.__name__}.safetensors"
        make(place, tmp_path / "canary", tiny_resources / "starter")
    shutil.copytree(tiny_resources / "starter", folder / "good")
    os.mkfifo(folder / "words.pt")
    status, out, err = cli("models", "add", str(folder))
    assert (status, err) == (0, "")
    assert "1 model" in out
    status, out, err = cli("models", "list")
    assert (status, err) == (0, "")
    assert "good" in out
    assert not (tmp_path / "canary").exists()


LONG = "a" * 10_000
NAMES = (
    "../etc/passwd", "file:///etc/passwd", "https://huggingface.co/owner/name", "owner/../name",
    "оwner/nаme", "owner／name", "owner/name\x1b[31m", "", " ", "/", ".", "owner/",
    f"{LONG}/{LONG}", LONG, "owner/name@", "owner/name@../x", "owner/name/../x.safetensors",
    "owner/name/a.ckpt", "-x", "owner/name\u202e", "own\ud800er/name", "%s%n", "{0}",
    "a" * 300 + "/b",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_odd_name_is_asked_of_the_hub(cli, monkeypatch, name):
    monkeypatch.delenv("ETASCOPE_ASKS", raising=False)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")  # asking would be refused, with status 1
    told(cli("models", "get", name), 2)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_no_odd_name_is_taken_off_or_used(cli, name):
    told(cli("models", "remove", name), 2)
    status, out, err = cli("generate", "a", "--model", name, "--steps", "1")
    told((status, out, err), status)
    assert status in {1, 2}


@pytest.mark.parametrize("words", [[""], [" "], [LONG], ["a\x1bb"], ["\u202e"]])
def test_nothing_odd_is_searched_for(cli, monkeypatch, words):
    monkeypatch.delenv("ETASCOPE_ASKS", raising=False)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    told(cli("models", "search", *words), 2)


def test_words_are_searched_for_as_they_are_typed():
    assert search_words("  dream  shaper xl ") == "dream shaper xl"
    with pytest.raises(BadSetting, match="Nothing to search"):
        search_words("\n")


@pytest.mark.parametrize("token", ["", " ", "hf_", "hf_ab cdefghij", "hf_é" + "a" * 20, "h" * 201])
def test_what_is_no_token_is_not_kept_and_not_told_again(token):
    with pytest.raises(KnownError) as refused:
        token_of(token)
    assert not token.strip() or token not in str(refused.value)
    assert token_of(" hf_" + "a" * 34 + "\n") == "hf_" + "a" * 34


@pytest.mark.parametrize(
    "arguments", [["add", ""], ["check", ""], ["add", LONG], ["check", "a\x1b[1mb"]]
)
def test_odd_paths_are_refused(cli, arguments):
    told(cli("models", *arguments), 2 if not arguments[1] else 1)


def test_a_path_that_goes_while_it_is_looked_at_is_no_bug(cli, tmp_path, tiny_resources):
    folder = tmp_path / "going"
    shutil.copytree(tiny_resources / "starter", folder)
    assert cli("models", "add", str(folder))[0] == 0
    shutil.rmtree(folder / "unet")
    status, out, err = cli("models", "list")
    assert (status, err) == (1, "")
    assert "is missing" in out
    told(cli("models", "check", str(folder)), 1)
    shutil.rmtree(folder)
    told(cli("models", "check", str(folder)), 1)
    assert cli("models", "remove", "going")[0] == 0
