import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.axes import axis, plan
from engine.compare.keep import Grid, KeptCell, digest, grid_texts, interpret, read_grid, save_grid
from engine.draft import Draft, SizeRule
from engine.errors import PictureError, StorageError
from engine.gallery.metadata import draft_from, read_metadata
from engine.gallery.own import KEY
from engine.gallery.png import LONGEST_TEXT
from engine.recipe import Environment

SHEET = np.zeros((8, 8, 3), np.uint8)
WHERE = Environment("cpu", "float32", "torch", (("torch", "2.13.0"),))


def grid_of(prompt="a boat", **lists):
    lists = lists or {"sampler": "ddim,plms", "steps": "3,4", "eta": "0,1"}
    axes = [axis(field, text) for field, text in lists.items()]
    chosen = plan(Draft(prompt=prompt, seed=7), axes, lambda _: SizeRule())
    made = [
        KeptCell(cell.recipe, cell.at, f"{number}.png", f"{number:064x}")
        for number, cell in enumerate(chosen.cells)
    ]
    return Grid(chosen.axes, tuple(made), chosen.skipped, WHERE, "Etascope")


def test_a_grid_is_read_back_whole(tmp_path):
    path = save_grid(tmp_path / "grid.png", SHEET, grid_of())
    assert read_grid(path) == grid_of()


@given(st.text(), st.text())
def test_any_words_come_back(prompt, negative):
    draft = Draft(prompt=prompt, negative_prompt=negative, seed=7)
    chosen = plan(draft, [axis("sampler", "ddim,plms")], lambda _: SizeRule())
    grid = Grid(chosen.axes, tuple(KeptCell(c.recipe, c.at) for c in chosen.cells))
    assert interpret(grid_texts(grid)) == grid


def test_cells_that_were_not_made_are_kept_without_a_file(tmp_path):
    grid = Grid((), (KeptCell(grid_of().base, ((),)),))
    assert read_grid(save_grid(tmp_path / "grid.png", SHEET, grid)) == grid


def test_ten_thousand_words_in_a_thousand_cells_can_be_read_back():
    grid = grid_of("boat " * 10_000, seed=",".join(map(str, range(1000))))
    texts = grid_texts(grid)
    assert len(texts[KEY]) < LONGEST_TEXT
    assert interpret(texts) == grid


def test_other_tools_can_show_what_it_is(tmp_path):
    text = grid_texts(grid_of())["parameters"]
    assert text.startswith("a boat\nSteps: 3, Sampler: DDIM")
    assert 'Grid: "sampler DDIM, PLMS; steps 3, 4; eta 0, 1 (4 pictures)"' in text


def test_a_grid_taken_for_a_picture_gives_its_first_settings_and_says_so(tmp_path):
    reading = read_metadata(save_grid(tmp_path / "grid.png", SHEET, grid_of()))
    assert (reading.tool, reading.recipe) == ("Etascope", None)
    assert "grid of a comparison" in reading.notes[0]
    assert draft_from(reading).steps == 3


def test_a_grid_is_replaced_only_by_force(tmp_path):
    path = save_grid(tmp_path / "grid.png", SHEET, grid_of())
    with pytest.raises(StorageError):
        save_grid(path, SHEET, grid_of("another"))
    save_grid(path, SHEET, grid_of("another"), force=True)
    assert read_grid(path).base.prompt == "another"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_grid_is_none(tmp_path):
    assert interpret({}) is None
    assert interpret({KEY: json.dumps({"version": 1, "recipe": {}})}) is None
    with pytest.raises(PictureError):
        read_grid(tmp_path / "missing.png")


def spoil(*path, value):
    """Return the text of a good grid with one value in it replaced."""
    about = grid_of().to_dict()
    inner = about
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return {KEY: json.dumps(about)}


@pytest.mark.parametrize(
    "texts",
    [
        spoil("cells", value=[]),
        spoil("cells", value=None),
        spoil("axes", value="sampler"),
        spoil("axes", 0, "values", value=[]),
        spoil("axes", 0, "values", value=[[1]]),
        spoil("axes", 0, "field", value="pixels"),
        spoil("axes", 0, "field", value=["sampler"]),
        spoil("cells", 0, "at", value=[]),
        spoil("cells", 0, "at", value=[[0, 0]]),
        spoil("cells", 0, "at", value=[[0, 0, 9]]),
        spoil("cells", 0, "at", value=[[0, 0, True]]),
        spoil("cells", 0, "recipe", value={"steps": "many"}),
        spoil("skipped", value=[{"at": [0]}]),
        spoil("base", value=5),
        spoil("axes", 2, "values", value=list(range(1, 1001))),
        spoil("cells", 0, "recipe", "sampler", value="nobody_s"),
        spoil("cells", 0, "recipe", "steps", value=10**12),
        spoil("cells", 0, "recipe", "steps", value=0),
        spoil("cells", 0, "recipe", "width", value=0),
        spoil("cells", 0, "recipe", "height", value=10**9),
        {KEY: "[" * 100_000},
    ],
)
def test_a_damaged_grid_is_none_and_nothing_is_raised(texts):
    assert interpret(texts) is None


@pytest.mark.parametrize("name", ["../a.png", "/a.png", "a\\b.png", "c:a.png", ".a.png", "", 5])
def test_a_cell_s_file_is_a_name_beside_the_grid_and_never_a_path(name):
    assert interpret(spoil("cells", 0, "file", value=name)).cells[0].file == ""


def test_equal_pictures_have_equal_digests_and_others_have_not():
    assert digest(SHEET) == digest(SHEET.copy())
    assert digest(SHEET) != digest(SHEET.reshape(4, 16, 3))
    assert digest(SHEET) != digest(SHEET + 1)
