"""A model from the Hub: what is got, what is not, and what is said when it cannot be."""

import json
import shutil
from pathlib import Path

import httpx2
import pytest
from huggingface_hub import HfApi, get_hf_file_metadata, hf_hub_url

from engine import library
from engine.errors import CheckpointError, KnownError, NetworkError, StorageError
from engine.hub.begun import all_begun
from engine.hub.sentences import TokenWanted
from engine.hub.talk import Checking, Done, Progress, Resolved, Waiting
from engine.paths import current_paths
from tests import plain
from tests.engine.hub.conftest import BRIEF, NAME, PATIENT
from tests.hub_server import COMMIT, Repository, sha256

UNET = "unet/diffusion_pytorch_model.fp16.safetensors"
SIZE = len(plain.checkpoint(200_000)[UNET])


def of(kind, told):
    return [one for one in told if isinstance(one, kind)]


def listed():
    return [one for one in library.checkpoints() if one.id != "starter"]


def test_the_real_huggingface_hub_understands_the_server(online):
    info = HfApi(endpoint=online.url, token=False).model_info(NAME, files_metadata=True)
    assert info.sha == COMMIT
    data = online.repositories[NAME].files[UNET]
    told = get_hf_file_metadata(hf_hub_url(NAME, UNET))
    assert (told.commit_hash, told.etag, told.size) == (COMMIT, sha256(data), len(data))
    assert told.location.startswith(online.files_url)


def test_a_model_is_got_verified_and_listed_under_its_commit(get, online):
    told = get()
    (done,) = of(Done, told)
    assert done.id == f"{NAME}@{COMMIT}"
    (checkpoint,) = listed()
    assert (checkpoint.id, checkpoint.place) == (done.id, Path(done.path))
    assert library.find(done.id).plan().family == "SD 1"
    (resolved,) = of(Resolved, told)
    assert (resolved.commit, resolved.licence, resolved.have) == (COMMIT, "openrail", 0)
    assert of(Progress, told)[-1].done == resolved.total
    assert all_begun(current_paths()) == ()
    for path in Path(done.path).rglob("*.safetensors"):
        assert (
            path.read_bytes()
            == online.repositories[NAME].files[path.relative_to(done.path).as_posix()]
        )


def test_only_what_is_needed_comes_and_half_precision_where_there_is_some(get, hub):
    get()
    names = {path.partition(f"{COMMIT}/")[2] for path in hub.paths()}
    assert names == set(plain.checkpoint())
    assert not [name for name in names if name.endswith((".bin", ".py", ".ckpt", ".md"))]


def test_everything_is_asked_for_by_its_commit(get, hub):
    get()
    assert all(f"/resolve/{COMMIT}/" in path for path in hub.paths())


def test_a_model_that_is_here_is_verified_and_only_what_is_damaged_comes_again(get, hub):
    place = Path(of(Done, get())[0].path)
    hub.sent.clear()
    get()
    assert not hub.sent
    weights = place / "vae/diffusion_pytorch_model.fp16.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    get()
    assert set(hub.sent) == {"vae/diffusion_pytorch_model.fp16.safetensors"}
    assert len(listed()) == 1


def test_what_is_copied_from_a_model_that_is_here_is_verified_as_well(get, hub, monkeypatch):
    def no_links(_path, _target):
        raise OSError("not on this disk")

    def lost(_source, target):
        Path(target).write_bytes(b"\0" * Path(_source).stat().st_size)

    place = Path(of(Done, get())[0].path)
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    monkeypatch.setattr(shutil, "copyfile", lost)
    get()
    for path in place.rglob("*.safetensors"):
        remote = hub.repositories[NAME].files[path.relative_to(place).as_posix()]
        assert path.read_bytes() == remote


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99, 1.0])
def test_what_is_cut_off_goes_on_where_it_was(get, hub, share):
    hub.faults[UNET] = [f"cut {min(SIZE - 1, round(share * SIZE))}"]
    assert of(Done, get())
    assert hub.sent[UNET] <= 1.05 * SIZE


def test_what_was_given_up_goes_on_where_it_was(get, hub):
    hub.faults[UNET] = [f"cut {SIZE // 2}", "cut 1", "cut 1", "cut 1"]
    with pytest.raises(NetworkError, match="broke off again and again"):
        get()
    (begun,) = all_begun(current_paths())
    assert SIZE // 2 < begun.done < begun.record.total
    assert listed() == []
    hub.faults.clear()
    told = get(revision=begun.record.commit)
    assert of(Resolved, told)[0].have == begun.done
    assert of(Done, told)
    assert hub.sent[UNET] <= 1.05 * SIZE


def test_a_server_that_does_not_hear_range_gives_it_all_again(get, hub):
    hub.faults[UNET] = [f"cut {SIZE // 2}", "whole"]
    told = get()
    assert of(Done, told)
    assert hub.sent[UNET] == SIZE // 2 + SIZE


def test_bytes_that_are_wrong_once_come_again_and_twice_are_refused(get, hub):
    hub.faults[UNET] = ["corrupt"]
    assert len(of(Checking, get())) == len(plain.checkpoint()) + 1
    hub.repositories["someone/else"] = Repository(plain.checkpoint(200_000))
    hub.faults[UNET] = ["corrupt", "corrupt"]
    with pytest.raises(CheckpointError, match="arrived damaged twice"):
        get("someone/else")
    assert [one.id for one in listed()] == [f"{NAME}@{COMMIT}"]


@pytest.mark.parametrize("fault", [f"stall {SIZE // 2}", "trickle"])
def test_a_stall_is_noticed_said_and_overcome(get, hub, fault):
    hub.faults[UNET] = [fault]
    told = get(patience=BRIEF)
    assert of(Done, told)
    assert "Next to nothing has come" in of(Waiting, told)[0].reason


@pytest.mark.parametrize("fault", ["503", "429 0", "429 1"])
def test_a_server_that_asks_to_wait_is_waited_for(get, hub, fault):
    hub.faults[UNET] = [fault]
    hub.listing[:] = [fault]
    told = get()
    assert of(Done, told)
    assert len(of(Waiting, told)) == 2


SAID = [
    (["html"], "A web page came from 127.0.0.1", NetworkError),
    (["503"] * 3, "is out of order (it answers 503)", NetworkError),
    (["429 3600"], "asks to wait 60 minutes", NetworkError),
    (["429 Wed, 21 Oct 2065 07:28:00 GMT"], "asks to wait", NetworkError),
    (["416"] * 3, "does not give", NetworkError),
    (["404"], "has no someone/postcards", NetworkError),
    (["403"], "not for everybody", TokenWanted),
    (["418"], "it answers 418", NetworkError),
    ([f"stall {k}" for k in (0, 0, 0)], "Next to nothing has come", NetworkError),
]


@pytest.mark.parametrize(("faults", "words", "kind"), SAID)
def test_what_goes_wrong_is_one_sentence_and_nothing_is_listed(get, hub, faults, words, kind):
    hub.faults[UNET] = list(faults)
    stalls = faults[0].startswith("stall")
    with pytest.raises(kind) as caught:
        get(patience=BRIEF if stalls else PATIENT)
    assert words in caught.value.message
    assert caught.value.advice
    assert "\n" not in caught.value.message
    assert listed() == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [("html", "A web page came"), ("503", "out of order"), ("429 3600", "60 minutes")],
)
def test_the_listing_too_may_go_wrong(get, hub, fault, words):
    hub.listing[:] = [fault] * 3
    with pytest.raises(NetworkError, match=words):
        get()


def test_a_server_that_is_not_there_is_said(get, online, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(NetworkError, match="cannot be reached"):
        get()


def test_a_revision_that_is_not_there_is_said(get):
    with pytest.raises(NetworkError, match="no such revision"):
        get(revision="v2")


def test_a_repository_that_is_not_there_is_said(get):
    with pytest.raises(TokenWanted, match="is not there, or not for everybody"):
        get("someone/nothing")


def test_another_commit_than_was_asked_for_is_refused(get, hub):
    asked = "f" * 40
    hub.repositories[NAME].commit = asked
    get(revision=asked)
    hub.repositories["someone/moved"] = Repository(plain.checkpoint())
    with pytest.raises(NetworkError):
        get("someone/moved", revision=asked)


def test_pickles_alone_are_refused_before_a_byte_of_them_comes(get, hub):
    files = hub.repositories[NAME].files
    kept = {name: data for name, data in files.items() if not name.endswith(".safetensors")}
    hub.repositories["someone/old"] = Repository(kept)
    with pytest.raises(CheckpointError, match="pickles, which may run code"):
        get("someone/old")
    assert hub.paths() == []


def test_a_hostile_index_is_refused_and_nothing_of_it_stays(get, hub, home):
    files = plain.checkpoint()
    index = json.loads(files["model_index.json"]) | {"unet": ["os", "system"]}
    hub.repositories["someone/evil"] = Repository(
        files | {"model_index.json": json.dumps(index).encode()}
    )
    with pytest.raises(CheckpointError, match="not on the list of parts"):
        get("someone/evil")
    assert listed() == []
    assert not list((home / "models").rglob("*.safetensors"))


def test_names_that_climb_out_of_the_folder_are_never_asked_for(get, hub, home):
    files = plain.checkpoint() | {"../../outside.json": b"{}", "unet/../../x.safetensors": b"no"}
    hub.repositories["someone/climber"] = Repository(files)
    get("someone/climber")
    assert not [path for path in hub.paths() if ".." in path]
    assert {path.name for path in home.parent.iterdir()} == {home.name}


def test_settings_larger_than_any_real_ones_are_refused_unseen(get, hub):
    files = plain.checkpoint() | {"unet/config.json": b" " * (33 * 2**20)}
    hub.repositories["someone/bomb"] = Repository(files)
    with pytest.raises(CheckpointError, match="larger than any real one"):
        get("someone/bomb")
    assert hub.paths() == []


def test_a_disk_without_room_is_told_before_anything_comes(get, hub, monkeypatch):
    import shutil

    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2**20))
    with pytest.raises(StorageError, match="not enough room"):
        get()
    assert hub.paths() == []


def test_one_file_of_several_is_got_by_its_name(get, hub):
    one, other = plain.safetensors({"a": (999,)}), plain.safetensors({"b": (999,)})
    hub.repositories["someone/files"] = Repository({"a.safetensors": one, "b.safetensors": other})
    with pytest.raises(CheckpointError) as caught:
        get("someone/files")
    assert "a.safetensors, b.safetensors" in caught.value.advice
    with pytest.raises(CheckpointError, match="no model that is known"):
        get("someone/files", file="b.safetensors")
    assert [path.rpartition("/")[2] for path in hub.paths()] == ["b.safetensors"]


@pytest.mark.parametrize("gated", [True, False])
def test_what_is_not_for_everybody_comes_with_a_token_and_only_the_hub_sees_it(
    get, hub, monkeypatch, gated
):
    token = "hf_" + "x" * 34
    files = plain.checkpoint(200_000)
    hub.repositories["someone/private"] = Repository(files, gated=gated, token=token)
    with pytest.raises(TokenWanted) as caught:
        get("someone/private")
    assert "token" in caught.value.advice
    monkeypatch.setenv("HF_TOKEN", token)
    told = get("someone/private")
    assert of(Done, told)
    assert token not in repr(told)
    seen = {one.where for one in hub.asked if token in one.headers.get("Authorization", "")}
    assert seen == {"hub"}
    assert any(one.where == "files" for one in hub.asked)


def test_a_token_is_not_sent_where_none_is_wanted(get, hub, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_" + "x" * 34)
    get()
    assert not any("Authorization" in one.headers for one in hub.asked)


def test_two_do_not_get_the_same_at_the_same_time(get, hub, home):
    from filelock import FileLock

    get()
    (home / "models/hub/.begun").mkdir(exist_ok=True)
    with (
        FileLock(home / f"models/hub/.begun/someone--postcards@{COMMIT[:12]}.lock"),
        pytest.raises(StorageError, match="being got already"),
    ):
        get()


def test_the_errors_of_the_client_are_known_errors():
    assert issubclass(NetworkError, KnownError)
    assert issubclass(httpx2.ReadError, httpx2.HTTPError)
    assert BRIEF.stall < 1
