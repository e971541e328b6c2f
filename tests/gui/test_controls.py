import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.draft import Draft, SizeRule, Usual
from engine.errors import BadSetting
from engine.menu import menu
from gui.controls import ABOUT_NEGATIVE, Controls
from gui.picture_panel import SHAPES, size_of


@pytest.fixture
def controls(qtbot):
    made = Controls()
    qtbot.addWidget(made)
    made.show()
    return made


def choose(controls, sampler):
    box = controls.sampling.sampler
    box.setCurrentIndex(box.findData(sampler))


def type_into(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def type_size(controls, width):
    controls.picture.custom.click()
    type_into(controls.picture.width_field, width)


def test_untouched_controls_are_an_empty_draft(controls):
    draft = controls.draft()
    assert draft == Draft(eta=0.0)
    assert draft.resolve(SizeRule())[0].steps == menu()["ddim"].steps


@pytest.mark.parametrize(
    "draft",
    [
        Draft(prompt="a boat", negative_prompt="rain", eta=0.5, guidance=7.5, seed=2**64 - 1),
        Draft(sampler="plms", steps=33, width=160, height=104, count=3),
        Draft(eta=0.0, steps=None, seed=None),
        Draft(sampler="ddpm", width=200, height=72),
        Draft(sampler="heun", schedule="exponential", steps=9),
        Draft(sampler="tcd", eta=0.7),
    ],
)
def test_a_draft_shown_is_a_draft_given_back(controls, draft):
    controls.show_draft(draft)
    assert controls.draft() == draft


@pytest.mark.parametrize("sampler", list(menu()))
def test_eta_is_greyed_with_the_reason_where_there_is_none(controls, sampler):
    choose(controls, sampler)
    entry = menu()[sampler]
    row = controls.sampling.eta
    assert row.focusProxy().isEnabled() == (entry.eta is not None)
    assert row.toolTip() == (entry.eta.about if entry.eta else entry.without_eta)
    assert (controls.draft().eta is None) == (entry.eta is None)


def test_without_guidance_the_negative_prompt_is_greyed_and_says_why_and_is_not_sent(controls):
    controls.negative.set_text("rain")
    controls.sampling.guidance.set_value(1)
    field = controls.negative.edit
    assert not field.isEnabled()
    assert field.isVisible()
    assert field.toolTip() == controls.negative.reason.text() == "Needs a guidance above 1."
    assert controls.draft().negative_prompt == ""
    assert controls.kept_draft().negative_prompt == field.text() == "rain"
    controls.draft().resolve(SizeRule())


def test_with_guidance_the_negative_prompt_comes_back(controls):
    controls.show_draft(Draft(negative_prompt="rain", guidance=1))
    assert controls.draft().negative_prompt == ""
    controls.sampling.guidance.set_value(1.5)
    assert controls.negative.edit.isEnabled()
    assert controls.negative.reason.text() == ""
    assert controls.negative.edit.toolTip() == ABOUT_NEGATIVE
    assert controls.draft().negative_prompt == "rain"


def test_greying_the_negative_prompt_moves_nothing(controls, qtbot):
    qtbot.wait(20)
    before = controls.sampling.y()
    controls.sampling.guidance.set_value(1)
    qtbot.wait(20)
    assert controls.sampling.y() == before


def test_a_fault_in_the_negative_prompt_is_said_at_it_until_it_is_edited(controls):
    controls.activateWindow()
    controls.show_fault(BadSetting("negative_prompt", "It will not do."))
    assert controls.focusWidget() is controls.negative.edit
    assert controls.negative.reason.text() == controls.negative.edit.toolTip() == "It will not do."
    controls.negative.set_text("rain")
    assert controls.negative.reason.text() == ""


def test_the_hint_says_what_the_choice_costs(controls):
    choose(controls, "plms")
    assert "20 steps, 21 model calls" in controls.sampling.about.text()
    controls.sampling.steps.set_value(1)
    assert "1 step, 2 model calls" in controls.sampling.about.text()


def test_untouched_steps_follow_the_sampler_and_chosen_ones_stay(controls):
    choose(controls, "ddpm")
    assert controls.sampling.steps.value() == menu()["ddpm"].steps
    assert controls.draft().steps is None
    controls.sampling.steps.set_value(40)
    choose(controls, "ddim")
    assert controls.draft().steps == 40


def test_eta_is_remembered_while_another_sampler_has_none(controls):
    controls.sampling.eta.set_value(0.7)
    choose(controls, "plms")
    choose(controls, "ddim")
    assert controls.draft().eta == 0.7


def test_an_eta_left_at_its_usual_value_becomes_the_next_samplers_usual_value(controls):
    choose(controls, "tcd")
    assert controls.draft().eta == menu()["tcd"].eta.default == 0.3
    choose(controls, "ddim")
    assert controls.draft().eta == 0.0
    controls.sampling.eta.set_value(0.7)
    choose(controls, "tcd")
    assert controls.draft().eta == 0.7


@pytest.mark.parametrize("sampler", list(menu()))
def test_each_sampler_offers_its_own_schedules_and_begins_with_the_usual_one(controls, sampler):
    choose(controls, sampler)
    box = controls.sampling.schedule
    offered = [box.itemData(row) for row in range(box.count())]
    assert tuple(offered) == menu()[sampler].schedules
    assert controls.draft().schedule == "default"
    box.setCurrentIndex(1)
    assert controls.draft().schedule == menu()[sampler].schedules[1]


@pytest.mark.parametrize("rule", [SizeRule(), SizeRule(512, 512, 8, 64, 2048)])
def test_the_shapes_are_sizes_that_the_model_makes(rule):
    for ratio in SHAPES.values():
        width, height = size_of(ratio, rule)
        rule.check("width", width)
        rule.check("height", height)
        assert width / height == pytest.approx(ratio, rel=0.06)
        assert width * height == pytest.approx(rule.width * rule.height, rel=0.06)


def test_a_shape_sets_the_size(controls):
    controls.picture.shape.set_value("3:2")
    assert (controls.draft().width, controls.draft().height) == (160, 104)


def test_a_shape_is_the_size_that_the_model_was_trained_on_where_there_is_one(controls):
    controls.set_sizes(SizeRule(trained=((128, 128), (192, 128))))
    controls.picture.shape.set_value("3:2")
    assert (controls.draft().width, controls.draft().height) == (192, 128)
    controls.picture.shape.set_value("2:3")
    assert (controls.draft().width, controls.draft().height) == (104, 160)


def test_the_shape_is_kept_when_another_model_makes_larger_pictures(controls):
    controls.picture.shape.set_value("3:2")
    controls.set_sizes(SizeRule(512, 512, 8, 64, 2048))
    assert controls.draft().width == size_of(1.5, SizeRule(512, 512))[0]


def test_a_size_by_hand_greys_the_shapes_and_says_why(controls):
    controls.picture.open_advanced(True)
    type_size(controls, "136")
    assert controls.draft().width == 136
    chip = controls.picture.shape.findChildren(type(controls.picture.shape._buttons["1:1"]))[0]
    assert not chip.isEnabled()
    assert "by hand" in chip.toolTip()
    controls.picture.custom.click()
    assert controls.draft().width is None
    assert chip.isEnabled()


def test_a_size_that_will_not_do_is_marked_and_names_the_nearest(controls):
    controls.picture.open_advanced(True)
    type_size(controls, "100")
    assert "96 or 104" in controls.picture.width_field.problem()
    with pytest.raises(BadSetting, match="96 or 104"):
        controls.check()
    QTest.keyClick(controls.picture.width_field, Qt.Key.Key_Up)
    assert controls.picture.width_field.pixels() == 104
    assert not controls.picture.width_field.problem()
    controls.check()


def test_up_and_down_stay_within_what_the_model_makes(controls):
    controls.picture.open_advanced(True)
    field = controls.picture.width_field
    type_size(controls, "70")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.pixels() == 64
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.pixels() == 64
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.pixels() == 72


def test_a_fault_leads_to_its_field_even_if_that_is_folded_away(controls):
    type_size(controls, "100")
    controls.activateWindow()
    controls.show_fault(BadSetting("width", "no"))
    assert controls.picture.advanced.isChecked()
    assert controls.focusWidget() is controls.picture.width_field


def test_what_a_field_refused_is_not_silently_left_out(controls):
    field = controls.sampling.steps.focusProxy()
    type_into(field, "5000")
    with pytest.raises(BadSetting) as refused:
        controls.check()
    assert refused.value.field == "steps"


def test_an_empty_prompt_is_allowed(controls):
    controls.check()
    assert controls.draft().resolve(SizeRule())[0].prompt == ""


def test_the_button_generates(controls, qtbot):
    with qtbot.waitSignal(controls.generate):
        controls.button.click()


def test_remembered_settings_out_of_range_do_no_harm(controls):
    controls.show_draft(
        Draft(sampler="unheard of", steps=10**30, guidance=10**30, count=-4, width=10**30)
    )
    assert controls.draft().sampler in menu()
    with pytest.raises(BadSetting):
        controls.check()


def test_nothing_is_wider_than_the_panel(controls, qtbot):
    controls.picture.open_advanced(True)
    controls.resize(controls.width(), 300)
    qtbot.wait(20)
    page = controls.picture.parentWidget()
    assert page.width() == page.parentWidget().width()


FEW = SizeRule(usual=Usual(4, "trailing", 1.0))


def test_what_is_usual_for_a_model_is_shown_and_what_was_set_by_hand_stays(controls):
    controls.set_sizes(FEW)
    draft = controls.draft()
    assert (draft.steps, draft.schedule, draft.guidance) == (None, "default", 1.0)
    shown = (controls.sampling.steps.value(), controls.sampling.schedule.currentText())
    assert shown == (4, "trailing")
    recipe = draft.resolve(FEW)[0]
    assert (recipe.steps, recipe.schedule) == shown
    controls.set_sizes(SizeRule())
    assert controls.draft() == Draft(eta=0.0)
    assert controls.sampling.steps.value() == menu()["ddim"].steps
    controls.show_draft(Draft(steps=9, schedule="linspace", guidance=3.0, eta=0.0))
    by_hand = controls.draft()
    for rule in (FEW, SizeRule()):
        controls.set_sizes(rule)
        assert controls.draft() == by_hand


@pytest.mark.parametrize(
    "chosen",
    [
        Draft(guidance=5.0, eta=0.0),
        Draft(steps=20, guidance=1.0, eta=0.0),
        Draft(schedule="leading", guidance=1.0, eta=0.0),
    ],
)
def test_what_was_chosen_stays_over_a_restart_though_it_is_usual_elsewhere(controls, qtbot, chosen):
    controls.set_sizes(FEW)
    controls.show_draft(chosen)
    kept = controls.draft()
    assert kept == chosen
    later = Controls()
    qtbot.addWidget(later)
    later.remember(kept)
    later.set_sizes(FEW)
    assert later.draft() == kept
    later.set_sizes(SizeRule())
    assert later.draft().guidance == 5.0


def test_what_was_usual_is_so_after_a_restart_and_what_is_typed_first_counts(controls):
    controls.remember(Draft(guidance=1.0, eta=0.0))
    controls.set_sizes(FEW)
    assert controls.sampling.steps.value() == 4
    assert controls.draft().resolve(FEW)[0].schedule == "trailing"
    controls.remember(Draft(guidance=5.0, eta=0.0))
    controls.sampling.guidance.set_value(8.0)
    controls.set_sizes(SizeRule())
    assert controls.draft().guidance == 8.0


@pytest.mark.parametrize("sampler", list(menu()))
def test_any_sampler_shows_what_will_be_made(controls, sampler):
    controls.set_sizes(FEW)
    choose(controls, sampler)
    recipe = controls.draft().resolve(FEW)[0]
    assert recipe.steps == controls.sampling.steps.value()
    assert recipe.schedule == controls.sampling.schedule.currentText()


def test_a_model_with_guidance_built_in_greys_the_negative_prompt(controls):
    controls.show_draft(Draft(prompt="a boat", negative_prompt="rain", guidance=7.0))
    rule = SizeRule(takes_guidance=True)
    controls.set_sizes(rule)
    assert not controls.negative.is_available()
    assert controls.negative.reason.text() == "This model takes none."
    assert controls.draft().resolve(rule)[0].guidance == 7.0
    controls.set_sizes(SizeRule())
    assert controls.draft().negative_prompt == "rain"
