import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.axes import FIELDS, Axis, _kinds, axis, counted, plan
from engine.draft import Draft, SizeRule
from engine.errors import BadSetting
from engine.menu import menu
from engine.recipe import SEED_COUNT

BASE = Draft(prompt="a boat", seed=7)
SIZES = SizeRule()

LISTS = {
    "sampler": st.sampled_from(sorted(menu())),
    "schedule": st.sampled_from(["default", "leading", "trailing", "karras"]),
    "steps": st.integers(1, 1000),
    "eta": st.floats(0, 1),
    "guidance": st.floats(1, 30),
    "seed": st.integers(0, SEED_COUNT - 1),
}


def planned(base=BASE, **lists):
    axes = [axis(field, lists[field]) for field in FIELDS if field in lists]
    return plan(base, axes, lambda _: SIZES)


def attempt(work):
    """Return what it returns, or the BadSetting that it raises."""
    try:
        return work()
    except BadSetting as fault:
        return fault


@given(st.data(), st.sampled_from(sorted(LISTS)))
def test_a_list_is_read_back_in_its_order_and_what_is_twice_counts_once(data, field):
    values = data.draw(st.lists(LISTS[field], min_size=1, max_size=6))
    text = " ,".join(map(str, [*values, values[0]]))
    assert axis(field, text) == Axis(field, tuple(dict.fromkeys(values)))


@given(st.sampled_from(FIELDS), st.text())
def test_any_text_is_a_list_or_one_sentence_that_names_the_field(field, text):
    found = attempt(lambda: axis(field, text))
    if isinstance(found, BadSetting):
        assert found.field == field
        assert len(found.message) < 700
    else:
        assert 1 <= len(found.values) <= 1000 * (text.count(",") + 1)


def test_the_order_of_the_axes_has_every_list_there_is():
    assert tuple(_kinds()) == FIELDS


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("sampler", "ddim,foo", "ddpm"),
        ("sampler", "ddim,", "ddpm"),
        ("schedule", "leading,steep", "karras"),
        ("steps", "10,,20", "whole numbers from 1 to 1000"),
        ("steps", "0", "1 to 1000"),
        ("steps", "ten", "'ten'"),
        ("steps", "9" * 5000, "1 to 1000"),
        ("eta", "0,2", "0 to 1"),
        ("eta", "nan", "0 to 1"),
        ("guidance", "0.5", "1 to 30"),
        ("guidance", "inf", "1 to 30"),
        ("seed", "-1", "18446744073709551615"),
        ("model", ",", "models"),
    ],
)
def test_a_wrong_entry_is_told_what_the_list_takes(field, text, says):
    with pytest.raises(BadSetting) as told:
        axis(field, text)
    assert (told.value.field, says in told.value.message) == (field, True)


@given(st.data())
def test_every_combination_is_a_cell_or_skipped_and_none_is_there_twice(data):
    lists = {
        field: ",".join(map(str, data.draw(st.lists(values, min_size=1, max_size=3))))
        for field, values in LISTS.items()
        if data.draw(st.booleans())
    }
    found = attempt(lambda: planned(**lists))
    if isinstance(found, BadSetting):
        assert found.field in {"eta", "schedule"}
        return
    places = [place for cell in found.cells for place in cell.at]
    places += [skip.at for skip in found.skipped]
    assert len(places) == len(set(places)) == math.prod(len(a.values) for a in found.axes)
    assert len({cell.recipe for cell in found.cells}) == len(found.cells)
    for cell in found.cells:
        for place in cell.at:
            for one, k in zip(found.axes, place, strict=True):
                asked, got = one.values[k], getattr(cell.recipe, one.field)
                assert asked in {got, "default"}


def test_the_first_axis_is_the_sampler_and_one_value_is_no_axis():
    found = planned(steps="10,20", sampler="ddim,plms", guidance="3")
    assert [one.field for one in found.axes] == ["sampler", "steps"]
    assert {cell.recipe.guidance for cell in found.cells} == {3.0}
    assert [cell.recipe.sampler for cell in found.cells] == ["ddim", "ddim", "plms", "plms"]


def test_without_an_eta_list_each_sampler_has_its_own_or_none():
    etas = {cell.recipe.sampler: cell.recipe.eta for cell in planned(sampler="ddim,plms,tcd").cells}
    assert etas == {"ddim": 0.0, "plms": None, "tcd": 0.3}


def test_an_eta_is_skipped_where_there_is_none_and_never_dropped():
    found = planned(sampler="ddim,plms", eta="0,1")
    assert [cell.recipe.sampler for cell in found.cells] == ["ddim", "ddim"]
    assert [skip.at for skip in found.skipped] == [(1, 0), (1, 1)]
    assert "PLMS takes no eta" in found.skipped[0].reason
    assert len(planned(sampler="ddim,plms", eta="0.5").skipped) == 1


def test_a_schedule_is_skipped_where_the_sampler_has_none_such():
    found = planned(sampler="ddim,euler", schedule="leading,karras")
    assert [skip.at for skip in found.skipped] == [(0, 1)]


def test_two_names_for_one_recipe_are_one_cell_in_two_places():
    (cell,) = planned(schedule="default,leading").cells
    assert cell.at == ((0,), (1,))


def test_a_negative_prompt_skips_what_is_not_guided():
    base = Draft(prompt="a boat", negative_prompt="rain")
    found = planned(base, guidance="1,5")
    assert [skip.at for skip in found.skipped] == [(0,)]


def test_all_cells_have_one_seed_even_if_it_is_by_chance():
    found = planned(Draft(prompt="a boat"), sampler="ddim,plms", steps="3,4,5")
    assert len({cell.recipe.seed for cell in found.cells}) == 1


def test_a_seed_and_the_ones_that_follow_it():
    assert counted(Axis("seed", (5, 6)), 3).values == (5, 6, 7, 8)
    assert counted(Axis("seed", (SEED_COUNT - 1,)), 2).values == (SEED_COUNT - 1, 0)
    with pytest.raises(BadSetting, match="1 to 1000"):
        counted(Axis("seed", (5,)), 0)


def test_where_nothing_is_left_one_sentence_says_why():
    with pytest.raises(BadSetting, match=r"^PLMS takes no eta: [^:]*$"):
        planned(sampler="plms", eta="0,1")
    with pytest.raises(BadSetting, match=r"None of the 2 combinations can be. DDPM takes no eta"):
        planned(sampler="ddpm,plms", eta="1")


def test_a_fault_of_all_cells_is_nobody_s_gap():
    with pytest.raises(BadSetting, match="the nearest that works is 96 or 104"):
        planned(Draft(width=100), sampler="ddim,plms")


def test_too_many_combinations_are_refused_before_any_is_made():
    with pytest.raises(BadSetting, match="3996000 combinations") as told:
        planned(
            sampler="ddim,plms,ddpm,euler",
            steps=",".join(map(str, range(1, 1000))),
            seed=",".join(map(str, range(1000))),
        )
    assert told.value.field == "seed"
