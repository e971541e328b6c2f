"""Labels of a comparison are said in the window's language; what was typed stays as typed."""

import pytest
from PySide6.QtCore import Qt

from engine.compare.axes import Axis, Plan
from gui.compare.cells_model import CellsModel
from gui.compare.spoken import axes_line, label, place_label, value_label
from gui.language import speak


@pytest.fixture
def chinese(qapp):
    speak(qapp, "zh_CN")
    yield
    speak(qapp, "en")


@pytest.mark.parametrize(
    ("field", "value", "english", "said"),
    [
        ("sampler", "ddim", "DDIM", "DDIM"),
        ("sampler", "ddpm_large", "DDPM large", "DDPM 大方差"),
        ("schedule", "default", "default schedule", "默认调度"),
        ("schedule", "karras", "karras", "karras"),
        ("steps", 1, "1 step", "1 步"),
        ("steps", 20, "20 steps", "20 步"),
        ("eta", 0.5, "eta 0.5", "eta 0.5"),
        ("guidance", 7.5, "guidance 7.5", "引导强度 7.5"),
        ("seed", 7, "seed 7", "种子 7"),
    ],
)
def test_every_value_is_said_in_both_languages(qapp, field, value, english, said):
    assert label(field, value) == english
    speak(qapp, "zh_CN")
    assert label(field, value) == said
    speak(qapp, "en")


def test_a_place_is_named_by_its_values(chinese):
    axes = [Axis("sampler", ("ddim", "plms")), Axis("steps", (10, 20))]
    assert place_label(axes, (1, 0)) == "PLMS, 10 步"
    assert axes_line(axes) == "采样器 DDIM, PLMS; 步数 10, 20"


def test_steps_that_are_counted_in_calls_are_said_so(chinese):
    axis = Axis("steps", (10, 20), unit="calls")
    assert value_label(axis, 1) == "调用 20 次"
    assert axes_line([axis]) == "模型调用 10, 20"


def test_words_of_a_prompt_stay_as_they_were_typed(chinese):
    axis = Axis("prompt", ("a seed", "a model"))
    assert [value_label(axis, k) for k in (0, 1)] == ["seed", "model"]


def test_somebody_s_own_words_are_not_translated_whatever_they_begin_with(chinese):
    axis = Axis("prompt", ("a prompt engineer", "a model calls home", "a seed"))
    said = ["prompt engineer", "model calls home", "seed"]
    assert [value_label(axis, k) for k in range(3)] == said
    assert label("model", "model 5") == "model 5"
    assert axes_line([axis]).startswith("提示词 ")


def test_the_heads_say_in_the_window_s_language_what_they_are_values_of(chinese):
    model = CellsModel()
    model.show_cells(Plan((Axis("sampler", ("ddim", "plms")),), ()), [])
    role = Qt.ItemDataRole.ToolTipRole
    assert model.headerData(1, Qt.Orientation.Horizontal, role) == "采样器: plms"
