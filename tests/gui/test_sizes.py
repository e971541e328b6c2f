"""What sizes a model makes is read in another thread, and nobody gets wrong ones meanwhile."""

import math
import threading

import pytest

from engine import library
from engine.commands import Submit
from engine.compare.cost import Pace
from engine.compare.starts import STARTS
from engine.draft import Draft, SizeRule, Usual
from engine.errors import BadSetting, CheckpointError, Problem
from engine.library.registry import Entry, Registry
from engine.paths import RESOURCES, current_paths
from gui import sizes
from gui.compare.setup_panel import SetupPanel
from gui.controls import Controls
from gui.recalling import told_by_recipe
from gui.sizes import SizesReader, StillReading

FAR = "sha256:" + "fa" * 32
FARTHER = "sha256:" + "fe" * 32
RULE = SizeRule(512, 512, largest=2048, usual=Usual(guidance=7.5))


class FarDisk:
    """A disk that answers when it is let."""

    def __init__(self):
        self.answers = threading.Event()
        self.fault = None
        self.rule = RULE
        self.threads = []

    def find(self, model):
        return self if model == FAR else library.find(model)

    def sizes(self):
        self.threads.append(threading.current_thread())
        assert self.answers.wait(60)
        if self.fault is not None:
            raise self.fault
        return self.rule


@pytest.fixture
def disk(monkeypatch):
    made = FarDisk()
    Registry(current_paths()).add(Entry(FAR, "Far away", RESOURCES / "starter"))
    monkeypatch.setattr(sizes, "find", made.find)
    monkeypatch.setattr(sizes, "LONGEST_GOODBYE", 60_000)
    monkeypatch.setattr(sizes, "AGAIN", math.inf)  # a busy machine may take that long
    yield made
    made.answers.set()


@pytest.fixture
def chosen(qtbot, disk, window, session, engine):
    """A window in which a model on a far disk has just been chosen, which takes long to load."""
    engine.may_load.clear()
    window.create_view.controls.prompt.set_text("a boat")
    window.library.use(FAR)
    qtbot.waitUntil(lambda: disk.threads != [])
    yield window
    disk.answers.set()
    engine.may_load.set()


def sent(engine):
    return [command.job.recipe for command in engine.heard if isinstance(command, Submit)]


def answer(disk, session, qtbot):
    far = {"check_params_cb": lambda model: model == FAR}
    with qtbot.waitSignal(session.rules.read, **far):
        disk.answers.set()


def test_the_window_s_thread_reads_no_model(chosen, disk):
    assert threading.main_thread() not in disk.threads


def test_the_sizes_come_as_soon_as_they_are_read(qtbot, chosen, session, disk):
    assert session.sizes.width == 128
    answer(disk, session, qtbot)
    assert session.sizes.width == 512
    assert chosen.create_view.controls.picture.width_field.pixels() == 512
    assert not session.ready


def test_what_is_asked_for_before_that_gets_the_right_size(qtbot, chosen, session, disk, engine):
    chosen.create_view.controls.picture.shape.set_value("3:2")
    chosen.create_view.generate()
    assert len(session.jobs) == 0
    chosen.create_view.controls.prompt.set_text("a boat at ni")
    answer(disk, session, qtbot)
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    recipe = sent(engine)[0]
    assert (recipe.model, recipe.prompt, recipe.guidance) == (FAR, "a boat", 7.5)
    assert (recipe.width, recipe.height) == (624, 416)
    assert chosen.create_view.controls.prompt.text() == "a boat at ni"


def test_a_picture_of_one_model_stays_that_though_another_is_chosen(
    qtbot, chosen, session, disk, engine
):
    chosen.create_view.generate()
    chosen.library.use("starter")
    answer(disk, session, qtbot)
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    assert (sent(engine)[0].model, sent(engine)[0].width) == (FAR, 512)
    assert session.sizes.width == 128


def test_esc_takes_back_what_waits_for_it(qtbot, chosen, session, disk):
    chosen.create_view.generate()
    session.cancel_all()
    answer(disk, session, qtbot)
    assert len(session.jobs) == 0


def test_a_size_of_the_new_model_is_not_refused_by_the_old_one(
    qtbot, chosen, session, disk, engine
):
    picture = chosen.create_view.controls.picture
    picture.custom.click()
    for field in (picture.width_field, picture.height_field):
        field.setText("1536")
        field.textEdited.emit("1536")
    chosen.create_view.generate()
    answer(disk, session, qtbot)
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    assert (sent(engine)[0].width, sent(engine)[0].height) == (1536, 1536)


def test_settings_that_are_recalled_are_fitted_to_the_model_that_they_bring(
    qtbot, chosen, session, disk
):
    recipe = Draft(prompt="large", width=1536, height=1536, model=FAR).resolve(RULE)[0]
    chosen.create_view.apply(told_by_recipe(recipe))
    answer(disk, session, qtbot)
    assert chosen.create_view.controls.picture.width_field.pixels() == 1536


def test_a_model_that_cannot_be_read_is_left_to_the_engine(qtbot, chosen, session, disk, engine):
    disk.fault = CheckpointError("It is damaged.", "Get it again.")
    chosen.create_view.generate()
    answer(disk, session, qtbot)
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    assert sent(engine)[0].model == FAR


def test_a_model_is_read_once_and_one_that_failed_again_after_a_while(qtbot, disk, monkeypatch):
    reader = SizesReader()
    disk.fault = CheckpointError("It is damaged.", "Get it again.")
    with pytest.raises(StillReading):
        reader.of(FAR)
    with qtbot.waitSignal(reader.read):
        disk.answers.set()
    for _ in range(2):
        with pytest.raises(BadSetting, match="damaged"):
            reader.of(FAR)
    assert len(disk.threads) == 1
    disk.fault = None
    monkeypatch.setattr(sizes, "AGAIN", -1.0)
    with qtbot.waitSignal(reader.read), pytest.raises(StillReading):
        reader.of(FAR)
    assert reader.of(FAR) == RULE
    assert reader.of(FAR) == RULE
    assert len(disk.threads) == 2
    assert reader.close()


def test_what_the_engine_says_of_a_model_ends_the_waiting(disk, qtbot):
    reader = SizesReader()
    done = []
    assert not reader.once_read(FAR, lambda: done.append(1))
    reader.learn(FAR, RULE)
    assert done == [1]
    assert reader.once_read(FAR, lambda: done.append(2))
    disk.answers.set()
    assert reader.close()


def test_a_comparison_of_models_waits_for_their_sizes(qtbot, disk):
    rules = SizesReader()
    panel = SetupPanel(Pace(), rules=rules)
    qtbot.addWidget(panel)
    panel.set_sizes(SizeRule(), "starter")
    panel.set_base(Draft(prompt="a", seed=7))
    with pytest.raises(StillReading):
        panel._sizes_of(FAR)
    planned = []  # it may be planned for other reasons before
    panel.planned.connect(lambda *_: planned.append(FAR in rules._known))
    disk.answers.set()
    qtbot.waitUntil(lambda: True in planned)
    assert panel._sizes_of(FAR) == RULE
    rules.learn(FAR, Problem("It is damaged.", "Get it again."))
    with pytest.raises(BadSetting, match="damaged"):
        panel._sizes_of(FAR)


def test_a_comparison_that_is_asked_for_before_that_is_of_the_new_model(
    qtbot, chosen, session, disk, engine
):
    chosen.open_view("compare")
    compare = chosen.compare_view
    compare.setup.prompt.set_text("a boat")
    compare.setup.button.click()
    assert compare.comparison.cells == []
    answer(disk, session, qtbot)
    models = {(cell.recipe.model, cell.recipe.width) for cell in compare.comparison.cells}
    assert models == {(FAR, 512)}
    session.cancel_all()


def test_what_is_recalled_before_generate_is_pressed_is_made(qtbot, chosen, session, disk, engine):
    recipe = Draft(prompt="a red barn", seed=11, width=512, height=512, model=FAR).resolve(RULE)[0]
    chosen.create_view.apply(told_by_recipe(recipe))
    chosen.create_view.generate()
    answer(disk, session, qtbot)
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    assert (sent(engine)[0].prompt, sent(engine)[0].seed) == ("a red barn", 11)


def test_a_recall_after_generate_was_pressed_is_not_in_its_picture(
    qtbot, chosen, session, disk, engine
):
    recipe = Draft(prompt="a red barn", seed=11, width=512, height=512, model=FAR).resolve(RULE)[0]
    chosen.create_view.generate()
    chosen.create_view.apply(told_by_recipe(recipe))
    answer(disk, session, qtbot)
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    assert sent(engine)[0].prompt == "a boat"
    assert chosen.create_view.controls.prompt.text() == "a red barn"


def test_a_negative_prompt_that_is_greyed_until_then_counts(qtbot, chosen, session, disk, engine):
    controls = chosen.create_view.controls
    controls.negative.set_text("fog")
    controls.negative.set_available(False, "It takes none.")
    chosen.create_view.generate()
    answer(disk, session, qtbot)
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    assert controls.negative.is_available()
    assert sent(engine)[0].negative_prompt == "fog"


def test_nothing_waits_for_the_model_after_a_press_that_came_to_nothing(
    qtbot, chosen, session, disk
):
    canvas, picture = chosen.create_view.stage.canvas, chosen.create_view.controls.picture
    picture.custom.click()
    picture.width_field.setText("5")
    picture.width_field.textEdited.emit("5")
    chosen.create_view.generate()
    assert canvas._busy_text == "Waiting for the model…"
    answer(disk, session, qtbot)
    assert len(session.jobs) == 0
    assert canvas._busy_text == ""


@pytest.fixture
def farther(disk, session, monkeypatch):
    """A model on another disk, which has still to answer when the first one has."""
    made, near = FarDisk(), disk.find
    Registry(current_paths()).add(Entry(FARTHER, "Farther away", RESOURCES / "starter"))
    monkeypatch.setattr(sizes, "find", lambda model: made if model == FARTHER else near(model))
    yield made
    made.answers.set()


def test_a_press_waits_for_a_third_model_that_is_chosen_meanwhile(
    qtbot, farther, chosen, session, disk
):
    done = []
    assert not session.when_sized(lambda: done.append(session.model))
    chosen.library.use(FARTHER)
    answer(disk, session, qtbot)
    assert done == []
    with qtbot.waitSignal(session.rules.read):
        farther.answers.set()
    assert done == [FARTHER]


def test_a_picture_of_the_first_of_two_models_is_not_kept_by_the_second(
    qtbot, farther, chosen, session, disk, engine
):
    chosen.create_view.generate()
    chosen.library.use(FARTHER)
    answer(disk, session, qtbot)
    assert len(session.jobs) == 1
    engine.may_load.set()
    qtbot.waitUntil(lambda: sent(engine) != [])
    assert sent(engine)[0].model == FAR


def test_a_deed_that_meets_another_unread_model_waits_for_that_too(qtbot, disk):
    rules, widths = SizesReader(), []
    rules.learn("near", SizeRule())
    assert not rules.once_read("near", lambda: widths.append(rules.of(FAR).width))
    with qtbot.waitSignal(rules.read):
        disk.answers.set()
    assert widths == [512]
    assert rules.close()


def test_compare_takes_a_model_that_cannot_be_read_for_the_one_at_hand(
    qtbot, chosen, session, disk
):
    disk.fault = CheckpointError("It is damaged.", "Get it again.")
    chosen.open_view("compare")
    chosen.compare_view.setup.prompt.set_text("a boat")
    chosen.compare_view.setup.button.click()
    answer(disk, session, qtbot)
    assert {cell.recipe.model for cell in chosen.compare_view.comparison.cells} == {FAR}
    session.cancel_all()


def test_a_ready_made_comparison_waits_for_the_model_too(qtbot, chosen, session, disk):
    disk.rule = SizeRule(512, 512, usual=Usual(4, "trailing", 1.0))
    chosen.open_view("compare")
    compare = chosen.compare_view
    compare.begin_with.chosen.emit(STARTS[0])
    assert compare.comparison.cells == []
    answer(disk, session, qtbot)
    assert {cell.recipe.model for cell in compare.comparison.cells} == {FAR}
    assert {cell.recipe.steps for cell in compare.comparison.cells} == {20}
    session.cancel_all()


def test_compare_takes_create_s_settings_as_they_are_once_the_sizes_are_known(
    qtbot, chosen, session, disk
):
    few = SizeRule(512, 512, usual=Usual(4, "trailing", 1.0))
    disk.rule = few
    chosen.open_view("compare")
    setup = chosen.compare_view.setup
    setup.prompt.set_text("a barn")
    assert (setup.base().steps, setup.base().guidance) == (20, 5.0)
    answer(disk, session, qtbot)
    assert (setup.base().steps, setup.base().guidance) == (4, 1.0)
    assert (setup.base().prompt, setup.base().model) == ("a barn", FAR)


def test_what_is_new_in_create_goes_before_what_was_set_in_compare(qtbot, session, window):
    window.open_view("compare")
    setup, controls = window.compare_view.setup, window.create_view.controls
    setup.prompt.set_text("a barn")
    setup.dice.click()
    seed = setup.base().seed
    controls.prompt.set_text("a boat")
    session.rules.learn("starter", SizeRule(usual=Usual(4, "trailing", 1.0)))
    assert (setup.base().prompt, setup.base().seed) == ("a boat", seed)
    assert (setup.base().steps, setup.base().guidance) == (4, 1.0)


def test_what_stands_under_a_comparison_is_right_once_its_model_was_read(qtbot, disk):
    rules = SizesReader()
    panel = SetupPanel(Pace(), rules=rules)
    qtbot.addWidget(panel)
    found = panel.plan()
    panel.show_plan(Draft(prompt="a", seed=7, model=FAR), found)
    assert "128 × 128" in panel.same.text()
    with qtbot.waitSignal(rules.read):
        disk.answers.set()
    assert "512 × 512" in panel.same.text()


def test_readers_and_tellers_go_with_what_they_belong_to(qtbot, session):
    panel = SetupPanel(Pace())
    qtbot.addWidget(panel)
    assert panel.rules.parent() is panel
    assert panel.rules._worker.parent() is panel.rules
    assert session.rules.parent() is session
    assert session._teller.parent() is session


def test_steps_that_were_chosen_are_kept_though_the_window_closes_before_the_model_is_read(qtbot):
    controls = Controls()
    qtbot.addWidget(controls)
    chosen = Draft(steps=20, schedule="leading", guidance=1.0, eta=0.0)
    controls.remember(chosen)
    assert (controls.kept_draft().steps, controls.kept_draft().schedule) == (20, "leading")
    controls.sampling.steps.set_value(30)
    assert controls.kept_draft().steps == 30
