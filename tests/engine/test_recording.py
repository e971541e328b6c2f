import gc

import numpy as np
import pytest
import torch

from engine import recording
from engine.paths import current_paths
from engine.recording import Recording, held

SHAPE = (2, 3, 4)


def rows(count):
    return [torch.full((1, *SHAPE), float(k)) for k in range(count)]


@pytest.mark.parametrize("budget", [0, 2**20])
@pytest.mark.parametrize("count", [1, 5, 12])
def test_a_recording_is_what_was_appended_wherever_it_lies(monkeypatch, budget, count):
    monkeypatch.setattr(recording, "BUDGET", held() + budget)
    kept = Recording(5, SHAPE)
    for number, row in enumerate(rows(count), start=1):
        kept.append(row)
        assert len(kept) == number
        assert torch.equal(kept.newest(), row)
    np.testing.assert_array_equal(kept.whole(), torch.cat(rows(count)).numpy())


def test_an_empty_recording_has_no_rows_of_the_right_shape():
    assert Recording(5, SHAPE).whole().shape == (0, *SHAPE)


def test_what_is_beyond_the_budget_takes_no_memory_and_leaves_no_file(monkeypatch):
    before = held()
    size = 4 * 10 * 24
    monkeypatch.setattr(recording, "BUDGET", before + size)
    inside, beyond = Recording(10, SHAPE), Recording(10, SHAPE)
    assert held() == before + size
    beyond.append(rows(1)[0])
    assert list((current_paths().cache / "recordings").iterdir()) == []
    del inside
    gc.collect()
    assert held() == before
    assert beyond.whole().sum() == 0


def test_rows_outlive_their_recording(monkeypatch):
    monkeypatch.setattr(recording, "BUDGET", 0)
    kept = Recording(3, SHAPE)
    for row in rows(3):
        kept.append(row)
    whole = kept.whole()
    del kept
    gc.collect()
    assert whole[2].max() == 2


def test_where_no_file_can_be_written_the_memory_takes_it(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ETASCOPE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(recording, "BUDGET", 0)
    kept = Recording(3, SHAPE)
    kept.append(rows(2)[1])
    assert kept.whole().max() == 1
