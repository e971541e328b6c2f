import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from engine.commands import Destination, Job
from engine.errors import Problem
from engine.events import Started, Stepped
from engine.recipe import Recipe
from engine.waiting import Waiting
from gui.queue_model import Queue

TEXT = Qt.ItemDataRole.DisplayRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
TIP = Qt.ItemDataRole.ToolTipRole
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def job(name):
    return Job(Recipe(prompt=f"picture {name}", steps=10), Destination(), id=name)


def started(name, steps=10):
    return Started(name, tuple(map(float, range(steps))), (1.0,) * steps, steps)


def names(queue):
    return "".join(queue.row(number).job.id for number in range(queue.rowCount()))


def moves(queue):
    heard = []
    queue.moved.connect(lambda name, place: heard.append((name, place)))
    return heard


@pytest.fixture
def queue(qapp):
    """Five jobs, of which the first runs."""
    made = Queue()
    made.tester = QAbstractItemModelTester(made, FATAL)
    made.submitted([job(name) for name in "abcde"])
    made.started(started("a"), 0.0)
    return made


def test_what_runs_comes_first_then_what_waits_then_what_failed(queue):
    queue.started(started("d"), 1.0)
    queue.failed("b", Problem("No memory."))
    queue.submitted([job("f")])
    assert names(queue) == "adcefb"
    assert len(queue) == 5
    assert queue.failures() == ["b"]


def test_the_job_that_has_run_longest_is_the_one_talked_about(queue):
    queue.started(started("c"), 1.0)
    assert queue.first_running() == "a"
    assert queue.waiting() == 4
    queue.ended("a")
    assert queue.first_running() == "c"


def test_an_empty_queue_is_a_thing_that_is_there(qapp):
    queue = Queue()
    assert queue
    assert len(queue) == 0
    assert queue.progress() is None
    assert queue.waiting() == 0


def test_each_job_says_how_it_stands(queue):
    queue.stepped(Stepped("a", 4, 10, 4), 2.0)
    queue.pause("b")
    queue.failed("c", Problem("No memory.", "Make it smaller."))
    said = [queue.index(row).data(SPOKEN) for row in range(4)]
    assert said == [
        "picture a, DDIM, 10 steps: Step 4 of 10  ·  3.0 s left",
        "picture b, DDIM, 10 steps: Paused",
        "picture d, DDIM, 10 steps: Waiting",
        "picture e, DDIM, 10 steps: Waiting",
    ]
    assert "Make it smaller." in queue.index(4).data(TIP)
    assert queue.index(0).data(TEXT) == "picture a"


def test_a_pause_of_everything_is_said_of_every_job_and_ends_for_every_job(queue):
    queue.pause("b")
    queue.pause(None)
    assert queue.is_held_up()
    assert "Paused at step 0 of 10" in queue.index(0).data(SPOKEN)
    queue.resume(None, 0.0)
    assert not queue.is_held_up()
    assert not any(queue.row(row).paused for row in range(5))


def test_a_queue_whose_every_job_is_paused_is_held_up(queue):
    for name in "abcde":
        assert not queue.is_held_up()
        queue.pause(name)
    assert queue.is_held_up()


def test_a_waiting_job_is_moved_among_those_that_wait(queue):
    heard = moves(queue)
    queue.move_by("d", -1)
    assert names(queue) == "abdce"
    queue.move_by("b", 1)
    assert names(queue) == "adbce"
    assert heard == [("d", 1), ("b", 1)]


def test_a_job_does_not_move_past_the_ends_nor_one_that_runs(queue):
    heard = moves(queue)
    for name, by in (("b", -1), ("e", 1), ("a", 1), ("?", 1)):
        queue.move_by(name, by)
    assert names(queue) == "abcde"
    assert heard == []


@pytest.mark.parametrize(
    ("source", "before", "order", "said"),
    [(4, 1, "aebcd", ("e", 0)), (1, 5, "acdeb", ("b", 3)), (3, 0, "adbce", ("d", 0))],
)
def test_a_drag_puts_a_job_where_it_was_dropped(queue, source, before, order, said):
    heard = moves(queue)
    assert queue.moveRows(QModelIndex(), source, 1, QModelIndex(), before)
    assert names(queue) == order
    assert heard == [said]


def test_only_waiting_jobs_can_be_dragged_and_nothing_is_dropped_on_a_job(queue):
    drag, drop = Qt.ItemFlag.ItemIsDragEnabled, Qt.ItemFlag.ItemIsDropEnabled
    assert not queue.flags(queue.index(0)) & drag
    assert queue.flags(queue.index(1)) & drag
    assert not queue.flags(queue.index(1)) & drop
    assert queue.flags(QModelIndex()) & drop


def test_the_engines_order_is_the_last_word(queue):
    queue.reorder(("e", "c", "?", "a", "b", "d"))
    assert names(queue) == "aecbd"


def test_what_the_engine_says_of_an_earlier_move_undoes_no_later_one(queue):
    queue.move_by("e", -1)
    queue.move_by("e", -1)
    assert names(queue) == "abecd"
    queue.reorder(("b", "c", "e", "d"))
    assert names(queue) == "abecd"
    queue.reorder(("b", "e", "c", "d"))
    assert names(queue) == "abecd"
    queue.reorder(("d", "b", "e", "c"))
    assert names(queue) == "adbec"


def test_cancelling_everything_leaves_what_failed(queue):
    queue.failed("b", Problem("No memory."))
    queue.pause(None)
    queue.clear()
    assert names(queue) == "b"
    assert not queue.all_paused
    queue.forget({"b"})
    assert queue.rowCount() == 0


def test_events_of_unknown_jobs_change_nothing(qapp):
    queue = Queue()
    queue.started(started("x"), 0.0)
    queue.stepped(Stepped("x", 1, 10, 1), 1.0)
    queue.failed("x", Problem("?"))
    queue.pause("x")
    queue.ended("x")
    assert queue.rowCount() == 0


class Order(Waiting):
    """The engine's queue; not of slots alone, so that Qt can refer to it."""


deeds = st.lists(
    st.tuples(
        st.sampled_from(["submit", "start", "end", "fail", "pause", "resume", "up", "down"]),
        st.integers(0, 7),
    ),
    max_size=30,
)


@given(deeds=deeds)
def test_whatever_happens_the_list_is_sound_and_in_the_engines_order(qapp, deeds):
    queue, waiting = Queue(), Order()
    queue.tester = QAbstractItemModelTester(queue, FATAL)
    queue.moved.connect(waiting.move)
    known = []
    for number, (deed, which) in enumerate(deeds):
        name = known[which % len(known)] if known else "none"
        if deed == "submit":
            known.append(str(number))
            waiting.jobs.append(job(known[-1]))
            queue.submitted([waiting.jobs[-1]])
        elif deed in {"up", "down"}:
            queue.move_by(name, 1 if deed == "down" else -1)
        elif deed in {"pause", "resume"}:
            queue.pause(name) if deed == "pause" else queue.resume(name, 0.0)
        elif deed == "start":
            row = queue.find(name)
            if row is not None and row.waits:
                queue.started(started(name), 0.0)
                waiting.remove({name})
        else:
            queue.ended(name) if deed == "end" else queue.failed(name, Problem("?"))
            waiting.remove({name})
    rows = [queue.row(number) for number in range(queue.rowCount())]
    assert [row.job.id for row in rows if row.waits] == [one.id for one in waiting.jobs]
    ranks = [2 if row.problem else 0 if row.progress else 1 for row in rows]
    assert ranks == sorted(ranks)
