"""The bytes of one file from servers that answer in every odd way, and disks that take half."""

import gzip
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

from engine import library
from engine.errors import CheckpointError, KnownError, StorageError
from engine.hub import tokens
from engine.hub.begun import all_begun, forget
from engine.hub.choosing import Remote
from engine.hub.fetch import Source, _write, fetch, part_of
from engine.hub.names import Wanted
from engine.hub.talk import Done
from engine.paths import current_paths
from tests.engine.hub.conftest import NAME, PATIENT
from tests.hub_server import COMMIT, Repository, sha256

DATA = bytes(k * 7 % 251 for k in range(50_000))
REMOTE = Remote("a.safetensors", len(DATA), f"sha256:{sha256(DATA)}")
HALF = len(DATA) // 2


def whole(_start, **headers):
    return 200, headers, DATA


def rest(start):
    told = f"bytes {start}-{len(DATA) - 1}/{len(DATA)}"
    return (206, {"Content-Range": told}, DATA[start:]) if start else whole(start)


def ranged(told, body):
    return lambda _: (206, {"Content-Range": told}, body)


ODD = {
    "another length": ranged(f"bytes {HALF}-{len(DATA)}/{len(DATA) + 1}", DATA[HALF:] + b"!"),
    "a later beginning": ranged(f"bytes {HALF + 9}-{len(DATA) - 1}/{len(DATA)}", DATA[HALF + 9 :]),
    "an earlier beginning": ranged(f"bytes 100-{len(DATA) - 1}/{len(DATA)}", DATA[100:]),
    "a part of the part": ranged(f"bytes {HALF}-{HALF + 99}/{len(DATA)}", DATA[HALF : HALF + 100]),
    "no range told": lambda _: (206, {}, DATA[HALF:]),
    "nonsense": ranged("bytes twenty-thirty/x", DATA[HALF:]),
    "squeezed": lambda _: (200, {"Content-Encoding": "gzip"}, gzip.compress(DATA)),
    "nothing": lambda _: (204, {}, b""),
    "not modified": lambda _: (304, {}, b""),
    "too much": lambda _: (200, {}, DATA + b"and more"),
    "too little": lambda _: (200, {}, DATA[:10]),
    "other bytes": lambda start: (206, rest(start)[1], b"x" * (len(DATA) - start)),
    "in circles": lambda _: (302, {"Location": "/again"}, b""),
    "nowhere": lambda _: (302, {"Location": "ftp://example.org/a"}, b""),
    "to a file": lambda _: (302, {"Location": "file:///etc/passwd"}, b""),
    "no address": lambda _: (302, {"Location": "http://[::bad"}, b""),
    "no place": lambda _: (302, {}, b""),
    "gone": lambda _: (416, {}, b""),
}


@pytest.fixture
def server():
    """Answers with what `answers` has in turn, and then as it should; `seen` are the requests."""
    answers, seen = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(dict(self.headers))
            start = int(self.headers.get("Range", "bytes=0-")[6:-1])
            status, headers, body = (answers.pop(0) if answers else rest)(start)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # who is answered oddly hangs up
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True).start()
        serving.answers, serving.seen = answers, seen
        yield serving
        serving.shutdown()


@pytest.fixture
def bring(online, server, tmp_path):
    def run(headers=None):
        url = f"http://127.0.0.1:{server.server_port}/a"
        place = tmp_path / "a.safetensors"
        fetch(
            REMOTE, Source(url, NAME, headers or {}, PATIENT), place, lambda _: None, lambda _: None
        )
        return place

    return run


@pytest.mark.parametrize("have", [0, HALF])
@pytest.mark.parametrize("odd", ODD)
def test_one_odd_answer_is_got_over_or_said_and_never_believed(bring, server, tmp_path, odd, have):
    part = part_of(tmp_path / "a.safetensors")
    part.write_bytes(DATA[:have])
    server.answers.append(ODD[odd])
    with suppress(KnownError):
        bring()
    here = part.read_bytes() if part.exists() else b""
    assert DATA.startswith(here), "what has arrived is what is there"
    place = bring()
    assert place.read_bytes() == DATA


@pytest.mark.parametrize("odd", ODD)
def test_a_server_that_is_odd_each_time_is_given_up(bring, server, tmp_path, odd):
    part_of(tmp_path / "a.safetensors").write_bytes(DATA[:HALF])
    server.answers.extend([ODD[odd]] * 200)
    try:
        place = bring()
    except KnownError:
        assert not (tmp_path / "a.safetensors").exists()
    else:
        assert place.read_bytes() == DATA
    assert len(server.seen) < 100


def test_a_token_does_not_follow_to_another_host(bring, server, online):
    other = f"http://localhost:{server.server_port}/elsewhere"
    server.answers.append(lambda _: (302, {"Location": other}, b""))
    bring({"Authorization": "Bearer secret"})
    first, *others = server.seen
    assert first["Authorization"] == "Bearer secret"
    assert others
    assert not any("secret" in str(one) for one in others)


def test_an_empty_file_is_there_without_being_asked_for(get, hub):
    hub.repositories[NAME].files["tokenizer/added_tokens.json"] = b""
    (done,) = [one for one in get() if isinstance(one, Done)]
    place = current_paths().models / "hub" / f"someone--postcards@{COMMIT[:12]}"
    assert (place / "tokenizer" / "added_tokens.json").read_bytes() == b""
    assert done.path == str(place)


@pytest.mark.parametrize("name", ["..\\..\\x.safetensors", "C:x.safetensors", "a\n.safetensors"])
def test_names_that_climb_on_another_system_are_never_asked_for(get, hub, name):
    hub.repositories["a/b"] = Repository({name: b"x" * 2000})
    with pytest.raises(CheckpointError, match="no model in it"):
        get("a/b")
    assert not hub.paths()


def test_a_place_that_cannot_be_written_is_one_sentence(get, hub):
    gathered = current_paths().models / "hub" / ".begun" / f"someone--postcards@{COMMIT[:12]}"
    (gathered / "model_index.json.part").mkdir(parents=True)
    with pytest.raises(StorageError, match="could not be written") as caught:
        get()
    assert "may write" in caught.value.advice


def test_a_disk_that_takes_a_part_is_given_the_rest():
    taken = bytearray()

    class Slow:
        def write(self, block):
            taken.extend(block[:3])
            return min(len(block), 3)

    _write(b"0123456789", Slow())
    assert taken == b"0123456789"


# What is here stays


def test_a_model_that_is_got_again_stays_whatever_becomes_of_that(get, hub):
    (done,) = [one for one in get() if isinstance(one, Done)]
    weights = Path(done.path) / "unet/diffusion_pytorch_model.fp16.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1] + b"!")
    hub.faults["unet/diffusion_pytorch_model.fp16.safetensors"] = ["cut 9"] * 20
    with pytest.raises(KnownError):
        get()
    assert library.find(done.id).place.is_dir()
    forget(current_paths(), Wanted(NAME, COMMIT))  # as Cancel does
    assert all_begun(current_paths()) == ()
    library.find(done.id).check()
    hub.faults.clear()
    preview = Path(done.path) / "preview.png"
    preview.write_bytes(b"the user's own")
    get()
    assert weights.read_bytes() == whole
    assert preview.read_bytes() == b"the user's own"
    assert all_begun(current_paths()) == ()


def test_what_is_got_by_another_process_is_not_removed_under_it(get, hub, home):
    get()
    gathered = home / "models/hub/.begun" / f"someone--postcards@{COMMIT[:12]}"
    (home / "models/hub" / gathered.name).rename(gathered)
    with (
        FileLock(f"{gathered}.lock"),
        pytest.raises(StorageError, match="being got just now"),
    ):
        forget(current_paths(), Wanted(NAME, COMMIT))
    assert gathered.is_dir()
    forget(current_paths(), Wanted(NAME, COMMIT))
    assert not gathered.exists()


@pytest.mark.parametrize("token", ["密钥", "two words", "a\nb", "\x00"])
def test_a_token_that_no_request_could_carry_is_none(online, monkeypatch, token):
    monkeypatch.setattr(tokens, "get_token", lambda: token)
    assert tokens.read() == ""
