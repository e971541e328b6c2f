"""The process that downloads: killed, stopped, left alone; and the commands that begin it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import library
from engine.hub.begun import all_begun, forget
from engine.hub.child import GONE, Child, command, environment
from engine.hub.talk import (
    Done,
    Found,
    Get,
    KeepToken,
    Patience,
    Progress,
    Search,
    Trouble,
    line_of,
    report_of,
)
from engine.library.vocabulary import COMMIT as COMMIT_OF_WORDS
from engine.library.vocabulary import REPOSITORY
from engine.paths import current_paths
from tests import plain
from tests.engine.hub.conftest import BRIEF, NAME
from tests.engine.hub.test_words import ENCODER
from tests.hub_server import COMMIT, Repository

UNET = "unet/diffusion_pytorch_model.fp16.safetensors"
TOKEN = "hf_" + "t" * 34

CONNECTIONS = """
import sys
tried = []
def hear(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        tried.append((event, arguments))
sys.addaudithook(hear)
from engine.cli import main
status = main({arguments!r})
assert not tried, tried
assert status == 0, status
"""


@pytest.fixture
def network(hub, monkeypatch, tmp_path):
    """Processes that are begun reach the servers, and no keyring but the test's own."""
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("ETASCOPE_ASKS", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyring_backend.FileKeyring")
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    return hub


def test_a_download_that_was_killed_goes_on_and_at_most_a_twentieth_comes_twice(network):
    files = plain.checkpoint(4_000_000)
    network.repositories["someone/large"] = Repository(files)
    network.pace = 0.004
    wish = Get("someone/large", patience=BRIEF)
    with Child(wish) as child:
        for report in child.reports():
            if isinstance(report, Progress) and report.done > 2_000_000:
                os.kill(child.pid, 9)
                break
        assert list(child.reports())[-1] == GONE
    (begun,) = all_begun(current_paths())
    assert 2_000_000 <= begun.done < begun.record.total
    assert [one.id for one in library.checkpoints()] == ["starter"]
    with Child(wish) as child:
        assert isinstance(list(child.reports())[-1], Done)
    assert network.sent.total() <= 1.05 * sum(map(len, files.values()))
    assert all_begun(current_paths()) == ()


SMALL_DISK = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
runpy.run_module("engine.hub", run_name="__main__")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_disk_that_is_full_in_the_middle_is_said_and_it_goes_on_later(network):
    files = plain.checkpoint(4_000_000)
    network.repositories["someone/large"] = Repository(files)
    wish = Get("someone/large", patience=BRIEF)
    with subprocess.Popen(
        [sys.executable, "-c", SMALL_DISK], env=environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        process.stdin.write(line_of(wish))
        process.stdin.flush()
        last = report_of(list(process.stdout)[-1])
    assert isinstance(last, Trouble)
    assert "the disk is full" in last.message
    assert not last.details
    assert [one.id for one in library.checkpoints()] == ["starter"]
    with Child(wish) as child:
        assert isinstance(list(child.reports())[-1], Done)
    assert (current_paths().models / "hub").is_dir()


def test_a_download_is_over_at_once_when_it_is_left(network):
    network.faults[UNET] = ["stall 1000"]
    with Child(Get(NAME)) as child:
        next(one for one in child.reports() if isinstance(one, Progress))
        begun = time.monotonic()
    assert time.monotonic() - begun < Patience().stall / 2
    assert len(all_begun(current_paths())) == 1
    forget(current_paths(), all_begun(current_paths())[0].record.wanted)
    assert all_begun(current_paths()) == ()


def test_what_was_begun_is_listed_and_can_be_removed(network, cli):
    network.faults[UNET] = ["stall 1000"]
    with Child(Get(NAME)) as child:
        next(one for one in child.reports() if isinstance(one, Progress))
    assert "% of it is here; etascope models get someone/postcards@" in cli("models", "list")[1]
    lines = [json.loads(line) for line in cli("models", "list", "--json")[1].splitlines()]
    assert [one["begun"] for one in lines if "begun" in one] == [NAME]
    status, out, _ = cli("models", "remove", NAME, "--json")
    assert (status, json.loads(out)["removed"]) == (0, NAME)
    assert all_begun(current_paths()) == ()


def test_what_the_process_shall_do_is_not_in_its_command_line(network):
    assert not [word for word in command() if NAME in word or "hf_" in word]
    assert environment()["HF_HUB_OFFLINE"] == "0"
    assert environment()["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_a_wish_that_makes_no_sense_is_a_fault_of_ours_with_details(network):
    done = subprocess.run(
        command(), env=environment(), input="nonsense\n", capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert (done.returncode, told["say"]) == (1, "Trouble")
    assert "Traceback" in told["details"]


def test_a_search_finds_names(network):
    network.repositories["someone/boats"] = Repository({}, gated=True)
    with Child(Search("boat", patience=BRIEF)) as child:
        (found,) = child.reports()
    assert isinstance(found, Found)
    assert [(hit.repository, hit.gated) for hit in found.hits] == [("someone/boats", True)]


def test_the_command_gets_a_model_and_the_list_has_it(network, cli):
    status, out, err = cli("models", "get", NAME, "--json")
    assert (status, err) == (0, "")
    told = [json.loads(line) for line in out.splitlines()]
    assert [told[0]["event"], told[-1]["event"]] == ["resolved", "done"]
    assert told[-1]["id"] == f"{NAME}@{COMMIT}"
    status, out, _ = cli("models", "list", "--json")
    listed = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert (listed[1]["id"], listed[1]["licence"], listed[1]["from"]) == (
        f"{NAME}@{COMMIT}", "openrail", NAME,
    )  # fmt: skip
    offered = [one["get"] for one in listed if "get" in one]
    assert "stabilityai/sd-turbo" in offered
    assert cli("models", "remove", told[-1]["id"])[0] == 0


def test_a_vocabulary_is_got_by_the_name_that_the_advice_has(network, cli):
    network.repositories[REPOSITORY] = Repository(dict(ENCODER), commit=COMMIT_OF_WORDS)
    status, out, _ = cli("models", "get", REPOSITORY)
    assert status == 0
    assert out.startswith("The vocabulary of clip-vit-large-patch14 is here: ")
    assert COMMIT_OF_WORDS[:12] in out


def test_the_command_says_in_one_sentence_why_it_cannot(network, cli):
    status, out, err = cli("models", "get", "someone/nothing")
    assert (status, out) == (1, "")
    assert err.startswith("etascope: someone/nothing is not there")
    assert "models token" in err
    assert "Traceback" not in err
    status, _, err = cli("models", "get", "../etc")
    assert (status, "owner/name" in err) == (2, True)


def test_a_token_goes_through_the_keyring_and_nowhere_else(
    network, cli, home, monkeypatch, tmp_path
):
    network.repositories["someone/private"] = Repository(plain.checkpoint(), token=TOKEN)
    assert cli("models", "get", "someone/private")[0] == 1
    read, write = os.pipe()
    os.write(write, f"{TOKEN}\n".encode())
    os.close(write)
    with os.fdopen(read) as typed:
        monkeypatch.setattr(sys, "stdin", typed)
        status, out, _ = cli("models", "token")
    assert (status, TOKEN in out, "a file of the tests" in out) == (0, False, True)
    status, out, err = cli("models", "get", "someone/private", "--json")
    assert (status, TOKEN in out + err) == (0, False)
    assert cli("models", "token", "--forget")[0] == 0
    assert TOKEN not in (tmp_path / "keyring.json").read_text()
    assert not [path for path in home.rglob("*") if path.is_file() and TOKEN in _text(path)]


def test_words_that_are_no_token_are_not_kept(network, tmp_path):
    with Child(KeepToken("密钥 two")) as child:
        (last,) = child.reports()
    assert isinstance(last, Trouble)
    assert "no token" in last.message
    assert not (tmp_path / "keyring.json").exists()


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def test_a_user_who_wants_no_network_gets_none(network, cli, monkeypatch):
    monkeypatch.delenv("ETASCOPE_ASKS")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    status, out, err = cli("models", "get", NAME)
    assert (status, out) == (1, "")
    assert "HF_HUB_OFFLINE" in err
    assert network.asked == []


def _tries_no_connection(arguments, root):
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", CONNECTIONS.format(arguments=arguments)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_list_is_told_without_a_try_at_the_network(root):
    _tries_no_connection(["models", "list"], root)


@pytest.mark.slow
def test_a_picture_is_made_without_a_try_at_the_network(root, tmp_path):
    _tries_no_connection(
        ["generate", "a boat", "--steps", "2", "--out", str(tmp_path / "a.png")], root
    )


def test_the_process_ends_with_whoever_began_it(network):
    network.faults[UNET] = ["stall 1000"]
    process = subprocess.Popen(
        command(), env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdin.write(line_of(Get(NAME)))
    process.stdin.flush()
    process.stdout.readline()
    process.stdin.close()
    assert process.wait(timeout=60) == 130
    process.stdout.close()


def test_trouble_carries_a_problem():
    assert Trouble("m", "a").problem.message == "m"
