"""Downloads in the window: paused, gone on with, cancelled, offered again after a restart."""

import pytest

from engine import library
from engine.hub.begun import all_begun
from engine.hub.names import Wanted
from engine.hub.talk import Found, TokenKept, Trouble
from engine.paths import current_paths
from gui.library.bar import DownloadBar, sentence
from gui.library.downloads import Downloads, State
from tests import plain
from tests.gui.library.conftest import BRIEF, NAME
from tests.hub_server import COMMIT, Repository

WANTED = Wanted(NAME)
TOKEN = "hf_" + "t" * 34
UNET = "unet/diffusion_pytorch_model.fp16.safetensors"


@pytest.fixture
def downloads(qapp, hub):
    made = Downloads(patience=BRIEF)
    yield made
    made.close()


def until(qtbot, downloads, phase):
    qtbot.waitUntil(lambda: downloads.state.phase == phase)


def test_a_model_is_got_paused_gone_on_with_and_listed(qtbot, downloads, hub):
    hub.pace = 0.02
    downloads.get(WANTED, "Postcards")
    qtbot.waitUntil(lambda: downloads.state.done > 50_000)
    downloads.pause()
    assert (downloads.state.phase, downloads.state.wanted.revision) == ("paused", COMMIT)
    assert len(all_begun(current_paths())) == 1
    hub.pace = 0.0
    with qtbot.waitSignal(downloads.got) as got:
        downloads.resume()
    assert got.args == [f"{NAME}@{COMMIT}"]
    assert downloads.state.phase == "done"
    assert library.find(got.args[0]).plan().family == "SD 1"
    assert hub.sent[UNET] <= 1.05 * len(hub.repositories[NAME].files[UNET])


def test_what_was_begun_in_another_session_is_offered_and_asks_nothing(qtbot, downloads, hub):
    hub.pace = 0.02
    downloads.get(WANTED, "Postcards")
    qtbot.waitUntil(lambda: downloads.state.done > 50_000)
    downloads.close()
    asked = len(hub.asked)
    again = Downloads(patience=BRIEF)
    again.offer(all_begun(current_paths()))
    assert (again.state.phase, again.state.label) == ("paused", "postcards")
    assert "are here" in sentence(again.state)
    assert len(hub.asked) == asked
    hub.pace = 0.0
    with qtbot.waitSignal(again.got):
        again.resume()
    again.close()


def test_what_is_cancelled_is_forgotten(qtbot, downloads, hub):
    hub.faults[UNET] = ["stall 1000"]
    downloads.get(WANTED, "Postcards")
    until(qtbot, downloads, "coming")
    with qtbot.waitSignal(downloads.forgotten) as forgotten:
        downloads.cancel()
    assert forgotten.args[0].repository == NAME
    assert downloads.state == State()


def test_one_comes_after_the_other(qtbot, downloads, hub):
    hub.repositories["someone/other"] = Repository(plain.checkpoint())
    downloads.get(WANTED, "Postcards")
    downloads.get(Wanted("someone/other"), "Other")
    downloads.get(Wanted("someone/other"), "Other")
    assert downloads.state.behind == 1
    qtbot.waitUntil(lambda: downloads.state.label == "other")
    until(qtbot, downloads, "done")
    assert len(library.checkpoints()) == 3


def test_a_fault_is_told_and_tried_again(qtbot, downloads, hub):
    hub.listing[:] = ["503", "503"]
    downloads.get(WANTED, "Postcards")
    until(qtbot, downloads, "failed")
    assert "out of order" in downloads.state.problem.message
    downloads.resume()
    until(qtbot, downloads, "done")


def test_a_token_is_asked_for_kept_and_used(qtbot, downloads, hub):
    hub.repositories["someone/private"] = Repository(plain.checkpoint(), token=TOKEN)
    downloads.get(Wanted("someone/private"), "Private")
    until(qtbot, downloads, "failed")
    assert downloads.state.token
    with qtbot.waitSignal(downloads.kept) as kept:
        downloads.keep_token(TOKEN)
    assert isinstance(kept.args[0], TokenKept)
    downloads.resume()
    until(qtbot, downloads, "done")


def test_a_search_is_answered_and_a_user_who_wants_no_network_gets_none(
    qtbot, downloads, hub, monkeypatch
):
    with qtbot.waitSignal(downloads.found) as found:
        downloads.search("post")
    assert isinstance(found.args[0], Found)
    assert [hit.repository for hit in found.args[0].hits] == [NAME]
    monkeypatch.delenv("ETASCOPE_ASKS")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    asked = len(hub.asked)
    with qtbot.waitSignal(downloads.found) as found:
        downloads.search("post")
    assert isinstance(found.args[0], Trouble)
    downloads.get(WANTED, "Postcards")
    assert downloads.state.phase == "failed"
    assert len(hub.asked) == asked


SAID = [
    (State(phase="asking", label="A"), "A: asking the Hub…"),
    (
        State(phase="coming", label="A", done=730_000_000, total=2_100_000_000, speed=1.2e7,
              left=118.0),
        "A: 730 MB of 2.1 GB  ·  2 minutes left  ·  12 MB a second",
    ),
    (State(phase="paused", label="A", done=10**6, total=10**9), "A: 1 MB of 1.0 GB are here"),
    (State(phase="waiting", label="A", reason="Why."), "A: Why. Trying again…"),
    (State(phase="done", label="A", model="a"), "A: verified, and on the list"),
    (State(phase="coming", label="A", behind=2), "2 more after it"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "words"), SAID)
def test_the_bar_says_how_far_it_is(state, words):
    assert words in sentence(state)


def test_the_bar_is_there_while_there_is_something_to_tell(qtbot, downloads):
    bar = DownloadBar(downloads)
    qtbot.addWidget(bar)
    assert not bar.isVisibleTo(None)
    bar.show_state(State(phase="coming", label="A", done=1, total=4))
    assert (bar.bar.value(), bar.pause.isHidden(), bar.resume.isHidden()) == (250, False, True)
    bar.show_state(State(phase="paused", label="A", done=1, total=4))
    assert (bar.pause.isHidden(), bar.resume.isHidden()) == (True, False)
    bar.show_state(State(phase="done", label="A", model="a"))
    assert (bar.bar.value(), bar.use.isHidden()) == (1000, False)
    bar.show_state(State())
    assert bar.isHidden()
