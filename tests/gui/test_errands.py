import threading

import pytest

from engine.errors import StorageError
from gui.errands import Errand


def endings(errand: Errand) -> list[str]:
    """Note the endings of an errand as they come."""
    told: list[str] = []
    errand.done.connect(lambda _: told.append("done"))
    errand.failed.connect(lambda _: told.append("failed"))
    errand.stopped.connect(lambda: told.append("stopped"))
    return told


def test_work_is_done_beside_and_its_result_told(qtbot):
    threads = []

    def work(tell):
        threads.append(threading.current_thread())
        tell(1, 2)
        return "result"

    errand = Errand(work)
    told = endings(errand)
    steps = []
    errand.progressed.connect(lambda *step: steps.append(step))
    with qtbot.waitSignal(errand.done) as done:
        errand.start()
    assert done.args == ["result"]
    assert steps == [(1, 2)]
    assert told == ["done"]
    assert threads != [threading.current_thread()]


@pytest.mark.parametrize(
    ("error", "is_bug"), [(StorageError("Full.", "Free some."), False), (ValueError("odd"), True)]
)
def test_what_goes_wrong_is_told(qtbot, error, is_bug):
    def work(_):
        raise error

    errand = Errand(work)
    told = endings(errand)
    with qtbot.waitSignal(errand.failed) as failed:
        errand.start()
    assert failed.args[0].is_bug == is_bug
    assert told == ["failed"]


def test_it_ends_at_the_next_word_when_asked(qtbot):
    begun, go_on = threading.Event(), threading.Event()

    def work(tell):
        begun.set()
        assert go_on.wait(60)
        tell(0, 1)
        raise AssertionError("went on")

    errand = Errand(work)
    told = endings(errand)
    errand.start()
    assert begun.wait(60)
    with qtbot.waitSignal(errand.stopped):
        errand.stop()
        go_on.set()
    assert told == ["stopped"]


def test_many_words_are_told_as_often_as_can_be_seen_and_the_last_always(qtbot):
    def work(tell):
        for number in range(10_001):
            tell(number, 10_000)

    heard = []
    errand = Errand(work)
    errand.progressed.connect(lambda done, _: heard.append(done))
    with qtbot.waitSignal(errand.done):
        errand.start()
    assert heard[0] == 0
    assert heard[-1] == 10_000
    assert len(heard) < 1000


def test_at_the_end_of_the_program_all_are_asked_to_end(qtbot):
    hangs = threading.Event()

    def obedient(tell):
        while not hangs.wait(0.001):
            tell(0, 1)

    errands = [Errand(obedient), Errand(lambda _: hangs.wait(60))]
    for errand in errands:
        errand.start()
    assert not Errand.stop_all(0.2)
    assert errands[0].wait(60)
    assert not errands[1].wait(0)
    with qtbot.waitSignal(errands[1].done):
        hangs.set()
    assert Errand.stop_all(60)


def test_an_errand_that_nobody_holds_is_held_until_its_end(qtbot):
    gate = threading.Event()
    heard = []

    def begin():
        errand = Errand(lambda _: gate.wait(60))
        errand.done.connect(heard.append)
        errand.start()

    begin()
    gate.set()
    qtbot.waitUntil(lambda: heard == [True])
    qtbot.waitUntil(lambda: not Errand._under_way)
