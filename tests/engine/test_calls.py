import pytest
import torch

from engine.calls import Calls
from engine.library.budget import Budget


class Clockwork:
    """A denoiser that takes `cost(rows)` seconds of a clock that nothing else moves."""

    def __init__(self, cost, monkeypatch):
        self.cost, self.now, self.rows = cost, 0.0, []
        monkeypatch.setattr("engine.calls.time.perf_counter", lambda: self.now)

    def __call__(self, x, t, conditioning):
        self.rows.append(len(x))
        self.now += self.cost(len(x))
        return x + t[:, None] + conditioning


def ask(calls, rows):
    x = torch.arange(rows, dtype=torch.float32)[:, None]
    return calls(x, torch.ones(rows), torch.zeros(rows, 1))


@pytest.mark.parametrize("rows", [1, 3, 8, 20, 100])
def test_any_number_of_rows_is_answered_in_order(rows, monkeypatch):
    denoise = Clockwork(lambda rows: rows, monkeypatch)
    answers = ask(Calls(denoise, 8, 8), rows)
    assert answers[:, 0].tolist() == [k + 1.0 for k in range(rows)]
    assert max(denoise.rows) <= 8
    assert sum(denoise.rows) == rows


def test_calls_grow_while_larger_ones_are_quicker_a_row(monkeypatch):
    denoise = Clockwork(lambda rows: 1.0 + 0.01 * rows, monkeypatch)
    calls = Calls(denoise, 4, 32)
    for _ in range(20):
        ask(calls, 64)
    assert calls.rows == 32


def test_calls_stay_where_larger_ones_are_no_quicker(monkeypatch):
    denoise = Clockwork(lambda rows: float(max(rows, 8)), monkeypatch)
    calls = Calls(denoise, 4, 32)
    for _ in range(20):
        ask(calls, 64)
    assert calls.rows == 8


def test_small_calls_teach_nothing(monkeypatch):
    calls = Calls(Clockwork(lambda rows: 1.0, monkeypatch), 8, 32)
    for _ in range(20):
        ask(calls, 2)
    assert calls.rows == 8


def test_calls_that_ran_out_of_memory_stay_small():
    def cramped(x, t, conditioning):
        if len(x) > 3:
            raise torch.OutOfMemoryError
        return x + t[:, None] + conditioning

    calls = Calls(cramped, 8, 32)
    for _ in range(10):
        assert ask(calls, 16)[:, 0].tolist() == [k + 1.0 for k in range(16)]
    assert calls.rows == 2


def test_no_call_is_larger_than_the_budget_allows(monkeypatch):
    denoise = Clockwork(lambda rows: 1.0, monkeypatch)
    budget = Budget(most=100, weights=40, place=1, pixel=1, factor=8)
    calls = Calls(denoise, 8, 32, budget)
    x = torch.zeros(10, 4, 5, 4)
    for _ in range(5):
        assert len(calls(x, torch.ones(10)[:, None, None], torch.zeros(10, 1, 1, 1))) == 10
    assert denoise.rows == [3, 3, 3, 1] * 5


def test_a_budget_that_is_spent_on_the_weights_leaves_one_row_a_call():
    budget = Budget(most=100, weights=400, place=1, pixel=1, factor=8)
    assert budget.rows(20) == 1


def test_another_fault_is_not_taken_for_want_of_memory():
    def broken(x, t, conditioning):
        raise RuntimeError("shapes do not fit")

    with pytest.raises(RuntimeError, match="shapes"):
        ask(Calls(broken, 8, 8), 2)
