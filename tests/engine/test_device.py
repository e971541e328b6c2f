import pytest
import torch

from engine import device
from engine.errors import DeviceError


def test_auto_chooses_something_that_is_there():
    chosen = device.choose()
    assert torch.zeros(1, device=chosen.name, dtype=chosen.dtype).sum() == 0


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_a_dtype_that_is_asked_for_is_used(dtype):
    assert device.choose("cpu", dtype).dtype_name == dtype


@pytest.mark.parametrize(("fast", "dtype"), [(True, "bfloat16"), (False, "float32")])
def test_bfloat16_is_chosen_where_the_processor_does_it_fast(monkeypatch, fast, dtype):
    monkeypatch.setattr(device, "bfloat16_is_fast", lambda: fast)
    assert device.choose("cpu").dtype_name == dtype


@pytest.mark.parametrize(
    ("error", "is_it"),
    [
        (torch.OutOfMemoryError(), True),
        (MemoryError(), True),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried ..."), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: ...)"), True),
        (RuntimeError("size mismatch"), False),
        (OSError("out of memory"), False),
    ],
)
def test_memory_runs_out_in_different_words(error, is_it):
    assert device.is_out_of_memory(error) == is_it


def test_a_device_that_is_not_there_is_a_known_error(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(DeviceError, match="no cuda device"):
        device.choose("cuda")
