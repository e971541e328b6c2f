import contextlib
import math
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.compare.axes import Axis, plan
from engine.compare.cost import Cost, Pace
from engine.compare.starts import STARTS
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting, Problem
from engine.recipe import Adapter, Part, Recipe
from gui import sizes
from gui.compare.axis_editor import FIELDS, NOTHING, AxisEditor
from gui.compare.costing import cost_words
from gui.compare.setup_panel import SetupPanel

PROMPT = "a red boat on the sea"


@pytest.fixture
def editor(qtbot):
    made = AxisEditor("across", "Across")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def panel(qtbot):
    made = SetupPanel(Pace())
    qtbot.addWidget(made)
    made.set_sizes(SizeRule(), "starter")
    made.set_base(Draft(prompt=PROMPT, seed=7))
    return made


def chip(editor, label):
    return editor.findChild(QPushButton, f"{editor.objectName()}-chips-{label}")


def chosen_chips(editor):
    return [b.text() for b in editor.chips.findChildren(QPushButton) if b.isChecked()]


def test_samplers_are_typed_by_name_or_label_and_their_chips_fill(editor):
    editor.set_axis("sampler", "")
    QTest.keyClicks(editor.values, "plms, dpm++ 2m, Euler a,")
    assert editor.axis("").values == ("plms", "dpmpp_2m", "euler_a")
    assert chosen_chips(editor) == ["PLMS", "Euler a", "DPM++ 2M"]


def test_picking_a_chip_writes_it_among_the_values_and_again_takes_it_out(editor):
    editor.set_axis("steps", "10, 50")
    chip(editor, "20").click()
    assert editor.values.text() == "10, 20, 50"
    chip(editor, "10").click()
    assert editor.axis("").values == (20, 50)


def test_a_range_fills_the_chips_that_it_meets(editor):
    editor.set_axis("eta", "0-1 (+0.5)")
    assert chosen_chips(editor) == ["0", "0.5", "1"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [("0-1 (+0.25)", "0, 0.25, 0.75, 1"), ("0-1 [3], 0.5", "0, 1"), ("0.50, 1", "1")],
)
def test_a_chip_is_taken_out_of_a_range_too(editor, typed, left):
    editor.set_axis("eta", typed)
    chip(editor, "0.5").click()
    assert editor.values.text() == left
    assert "0.5" not in chosen_chips(editor)


def test_what_a_chinese_keyboard_types_fills_the_chips_as_well(editor):
    editor.set_axis("steps", "１０，２０、５０，")
    assert editor.axis("").values == (10, 20, 50)
    assert chosen_chips(editor) == ["10", "20", "50"]


@given(field=st.sampled_from(["steps", "eta", "guidance", "seed"]), text=st.text(max_size=40))
@settings(max_examples=30)
@example(field="steps", text="1-999," * 5000)
@example(field="seed", text="0-18446744073709551615")
@example(field="eta", text="(((((0-1 (+0")
def test_whatever_is_typed_the_field_stays_alive(editor, field, text):
    editor.set_axis(field, text)
    with contextlib.suppress(BadSetting):
        assert editor.axis("").values
    for label in chosen_chips(editor)[:1]:
        chip(editor, label).click()


def test_arrows_go_from_chip_to_chip_and_tab_stops_once(editor, qtbot):
    editor.set_axis("steps", "10")
    editor.show()
    editor.activateWindow()
    chip(editor, "5").setFocus()
    QTest.keyClick(chip(editor, "5"), Qt.Key.Key_Right)
    qtbot.waitUntil(chip(editor, "10").hasFocus)
    policies = [b.focusPolicy() for b in editor.chips.findChildren(QPushButton)]
    assert policies.count(Qt.FocusPolicy.StrongFocus) == 1


def test_what_was_typed_for_one_field_is_there_again_after_another(editor):
    editor.set_axis("steps", "3, 4")
    editor.field.setCurrentIndex(list(FIELDS).index("seed"))
    assert editor.values.text() == "1-4"
    editor.field.setCurrentIndex(list(FIELDS).index("steps"))
    assert editor.values.text() == "3, 4"


def test_nothing_is_no_axis(editor):
    editor.set_axis(NOTHING, "")
    assert editor.axis("") is None
    assert not editor.values.isVisibleTo(editor)


@pytest.mark.parametrize("field", [field for field in FIELDS if field])
def test_every_axis_is_shown_as_it_would_be_typed(editor, field):
    texts = {"prompt": "boat, house", "sampler": "ddim, plms", "schedule": "leading, karras"}
    texts["model"] = "starter · postcards"
    editor.set_axis(field, texts.get(field, "1, 2" if field != "eta" else "0, 0.5"))
    one = editor.axis(PROMPT)
    editor.show_axis(one, PROMPT)
    assert editor.axis(PROMPT) == one


def test_a_field_that_another_axis_varies_is_greyed(panel):
    model = panel.down.field.model()
    fields = list(FIELDS)
    taken = model.item(fields.index(panel.across.chosen()))
    assert not taken.flags() & Qt.ItemFlag.ItemIsEnabled
    assert model.item(fields.index("seed")).flags() & Qt.ItemFlag.ItemIsEnabled


def test_what_is_set_up_is_planned_over_the_base(panel):
    panel.across.set_axis("sampler", "ddim, plms")
    panel.down.set_axis("steps", "5, 10")
    panel.pages.set_axis("seed", "1-3")
    found = panel.plan()
    assert [one.field for one in found.axes] == ["sampler", "steps", "seed"]
    assert len(found.cells) == 12
    assert {cell.recipe.prompt for cell in found.cells} == {PROMPT}


def test_the_seed_is_drawn_once_and_kept_for_all_runs_until_the_dice_are_cast(panel):
    panel.set_base(Draft(prompt="a"))
    first = panel.plan().cells[0].recipe.seed
    assert panel.plan().cells[0].recipe.seed == first == 7
    panel.dice.click()
    assert panel.plan().cells[0].recipe.seed != first


def test_all_samplers_take_the_steps_of_the_base_and_not_their_usual_ones(panel):
    panel.across.set_axis("sampler", "ddim, ddpm")
    panel.down.set_axis(NOTHING, "")
    assert {cell.recipe.steps for cell in panel.plan().cells} == {20}


def test_equal_model_calls_give_heun_half_the_steps(panel):
    panel.across.set_axis("sampler", "ddim, heun")
    panel.down.set_axis(NOTHING, "")
    panel.equal.set_value("calls")
    assert [cell.recipe.steps for cell in panel.plan().cells] == [20, 10]


def test_what_is_wrong_is_marked_where_it_was_typed(panel):
    panel.down.set_axis("steps", "5, many")
    with pytest.raises(BadSetting) as told:
        panel.plan()
    assert panel.down.values.property("invalid")
    panel.show_fault(told.value)
    assert "'many'" in panel.cost.text()
    panel.down.set_axis("steps", "5, 6")
    panel.plan()
    assert not panel.down.values.property("invalid")


def test_the_cost_tells_pictures_calls_time_and_memory(panel):
    from engine.compare.cost import cost

    panel.across.set_axis("sampler", "ddim, plms")
    panel.down.set_axis("steps", "10, 20")
    found = panel.plan()
    pace = Pace()
    pace.note(Recipe(prompt="a"), 10, 1.0)
    recipes = [cell.recipe for cell in found.cells]
    panel.show_cost(found, recipes, cost(recipes, pace), 0)
    assert panel.cost.text().startswith("4 pictures  ·  62 model calls  ·  about 6 s")
    assert "MB" in panel.cost.text()
    panel.show_cost(found, recipes[:1], cost(recipes[:1], Pace()), 0)
    assert "1 more picture" in panel.cost.text()
    assert "not measured" in panel.cost.text()


def test_combinations_that_cannot_be_are_told_before_they_are_run(panel):
    from engine.compare.cost import cost

    panel.across.set_axis("sampler", "ddim, plms")
    panel.down.set_axis("eta", "0, 1")
    found = panel.plan()
    recipes = [cell.recipe for cell in found.cells]
    panel.show_cost(found, recipes, cost(recipes, Pace()), 0)
    assert len(recipes) == 2
    assert "2 places left empty. PLMS takes no eta" in panel.cost.text()


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.name)
def test_every_starting_point_is_set_up_in_one_click(panel, start):
    action = next(a for a in panel.starts.menu().actions() if a.text() == start.name)
    action.trigger()
    found = panel.plan()
    assert len(found.cells) > 4
    assert not found.skipped


def test_a_comparison_that_is_there_is_set_up_as_it_was(panel):
    panel.across.set_axis("sampler", "ddim, plms, heun")
    panel.down.set_axis("steps", "10-30 (+10)")
    panel.equal.set_value("calls")
    found = panel.plan()
    base = panel.base()
    panel.set_start(STARTS[0])
    panel.show_plan(base, found)
    assert panel.plan() == found


def test_equal_time_within_one_kind_is_equal_calls_and_needs_no_measuring(panel):
    panel.across.set_axis("sampler", "ddim, heun")
    panel.down.set_axis(NOTHING, "")
    panel.equal.set_value("time")
    assert [cell.recipe.steps for cell in panel.plan().cells] == [20, 10]


def test_equal_time_goes_by_what_was_measured_and_stays_when_more_is(panel):
    panel.across.set_axis("guidance", "1, 5")
    panel.down.set_axis("steps", "10, 20")
    panel.equal.set_value("time")
    with pytest.raises(BadSetting, match="never measured here"):
        panel.plan()
    for guidance, seconds in ((1.0, 1.0), (5.0, 2.5)):
        panel._pace.note(Recipe(prompt="a", guidance=guidance), 10, seconds)
    found = panel.plan()
    assert [cell.recipe.steps for cell in found.cells] == [10, 20, 4, 8]
    panel._pace.note(Recipe(prompt="a", guidance=5.0), 10, 9.0)
    assert panel.plan() == found
    panel.equal.set_value("steps")
    panel.plan()
    panel.equal.set_value("time")
    assert panel.plan() != found


def test_words_to_replace_are_refused_in_a_sentence_when_the_prompt_lacks_them(panel):
    panel.across.set_axis("prompt", "car, house")
    with pytest.raises(BadSetting, match="does not say 'car'"):
        panel.plan()
    panel.across.set_axis("prompt", "boat, house")
    prompts = [cell.recipe.prompt for cell in panel.plan().cells]
    assert prompts[::4] == ["a red boat on the sea", "a red house on the sea"]


def test_the_prompt_is_counted_and_marked_as_in_the_create_view(qtbot, window):
    window.open_view("compare")
    panel = window.compare_view.setup
    assert panel.reader is window.create_view.controls.reader
    panel.prompt.set_text("a (boat:1.2) at sea")
    qtbot.waitUntil(lambda: bool(panel.tokens.sentence()))
    assert panel.tokens.sentence().split()[0].isdigit()
    assert panel.prompt.extraSelections()
    panel.prompt.set_text("a (boat:99) at sea")
    qtbot.waitUntil(lambda: bool(panel.prompt.property("invalid")))


def test_a_little_memory_is_never_called_none():
    assert cost_words(Cost(1, 10, None, 40_000), 0).endswith("1 MB of memory")
    assert cost_words(Cost(1, 10, None, 3 * 2**20), 0).endswith("3 MB of memory")


def test_what_the_pictures_should_not_show_is_named_among_what_is_the_same(panel):
    assert not panel.without.isVisibleTo(panel)
    panel.set_base(Draft(prompt=PROMPT, negative_prompt="fog,\n rain " * 50, seed=7))
    assert panel.without.isVisibleTo(panel)
    assert panel.without.sentence().startswith("Negative prompt: fog, rain fog, rain")
    panel.set_base(Draft(prompt=PROMPT, seed=7))
    assert not panel.without.isVisibleTo(panel)


def test_what_is_laid_over_the_model_is_named_too(panel):
    panel.set_base(
        Draft(
            prompt=PROMPT, seed=7, clip_skip=2, adapters=(Adapter("ink", "", 0.7),), vae=Part("v")
        )
    )
    assert panel.same.text().endswith("clip skip 2  ·  v  ·  ink 0.7")


def test_the_settings_of_create_are_taken_for_the_model_of_the_window(panel):
    panel.set_sizes(SizeRule(256, 256), "another")
    panel.set_base(Draft(prompt=PROMPT, seed=7))
    assert {cell.recipe.model for cell in panel.plan().cells} == {"another"}


def test_a_comparison_of_another_model_goes_by_that_model_s_sizes(panel, monkeypatch):
    monkeypatch.setattr(sizes, "AGAIN", math.inf)
    panel.across.set_axis("sampler", "ddim, plms")
    panel.down.set_axis(NOTHING, "")
    panel.rules.learn("large", SizeRule(2048, 2048, largest=4096))
    panel.rules.learn("gone", Problem("There is no model 'gone'.", "Get it."))
    panel.set_sizes(SizeRule(2048, 2048, largest=4096), "large")
    found = panel.plan()
    panel.set_sizes(SizeRule(), "starter")
    panel.show_plan(replace(panel.base(), model="large", width=2048, height=2048), found)
    assert panel.plan() == found
    panel.show_plan(replace(panel.base(), model="gone"), found)
    with pytest.raises(BadSetting, match="no model 'gone'"):
        panel.plan()


@pytest.mark.parametrize(
    "values",
    [
        ("a red house by a red sea", "a blue house by a red sea"),
        ("a big boat", "a boat"),
        ("a boat, red", 'a "ship, blue" one, red'),
        ("a {red|blue} boat", "a {red|blue} ship"),
    ],
)
def test_a_comparison_of_prompts_is_set_up_as_it_was(panel, values):
    panel.down.set_axis(NOTHING, "")
    axes = [Axis("prompt", values)]
    found = plan(replace(panel.base(), prompt="whatever"), axes, lambda _: SizeRule())
    panel.show_plan(replace(panel.base(), prompt=found.cells[0].recipe.prompt), found)
    assert panel.plan() == found


def test_where_all_is_left_out_that_is_said(panel):
    found = replace(panel.plan(), cells=())
    panel.show_cost(found, [], Cost(0, 0, None, None), 0)
    assert panel.cost.text() == "All cells are left out; S runs one after all."
