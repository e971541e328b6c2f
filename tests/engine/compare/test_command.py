"""`etascope compare`, from the command line to the files."""

import json
import signal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.compare.cost import kind_of, read_pace
from engine.compare.keep import digest, read_grid
from engine.draft import Draft
from engine.errors import StorageError
from engine.recipe import recipe_from_dict

QUICK = ("--seed", "7", "--dtype", "float32")
LISTS = ("--sampler", "ddim,plms,ddpm", "--steps", "2,3")


def pixels(path):
    with Image.open(path) as picture:
        return np.asarray(picture).astype(int)


@pytest.fixture
def compare(cli):
    """Compare in JSON; returns the cells' lines and the last one."""

    def run(*options):
        status, out, err = cli("compare", "a boat", *QUICK, *options, "--json")
        assert status == 0, err
        *cells, last = (json.loads(line) for line in out.splitlines())
        return cells, last

    return run


def test_every_combination_is_a_picture_and_the_last_line_tells_of_the_grid(compare, home):
    cells, last = compare(*LISTS)
    assert list(last) == ["grid", "cells", "skipped", "seconds", "model_calls", "rows"]
    assert (last["cells"], last["skipped"]) == (6, 0)
    keys = ["file", "recipe", "seconds", "nfe", "device", "dtype", "backend"]
    assert all(list(cell) == keys for cell in cells)
    combinations = {(cell["recipe"]["sampler"], cell["recipe"]["steps"]) for cell in cells}
    assert combinations == {(name, s) for name in ("ddim", "plms", "ddpm") for s in (2, 3)}
    gallery = home / "galleries" / "Etascope"
    assert {str(path) for path in gallery.iterdir()} == {*(c["file"] for c in cells), last["grid"]}
    assert 0 < last["seconds"] < 60


def test_an_animation_shows_the_cells_denoising_together(compare, tmp_path):
    _, last = compare(*LISTS, "--animation", "film.webp", "--linked", "calls")
    assert last["animation"] == "film.webp"
    with Image.open(tmp_path / "film.webp") as film:
        assert film.n_frames == 3
        first = np.asarray(film.convert("RGB")).astype(int)
        film.seek(2)
        end = np.asarray(film.convert("RGB")).astype(int)
    with Image.open(last["grid"]) as grid:
        assert end.shape == np.asarray(grid.convert("RGB")).shape
    assert np.abs(first - end).max() > 30


def test_an_animation_that_cannot_be_written_is_refused_before_anything_is_made(cli, home):
    for name in ("film.gif", "nowhere/film.webp"):
        status, _, err = cli("compare", "a boat", *QUICK, *LISTS, "--animation", name)
        assert status in {1, 2}
        assert err
    assert not (home / "galleries").exists()


def test_cells_are_the_pictures_that_generate_makes(compare, cli, tmp_path):
    for cell in compare(*LISTS)[0]:
        recipe = cell["recipe"]
        cli(
            *("generate", "a boat", *QUICK, "--force", "--out", "alone.png"),
            *("--sampler", recipe["sampler"], "--steps", str(recipe["steps"])),
        )
        difference = pixels(cell["file"]) - pixels(tmp_path / "alone.png")
        assert np.abs(difference).max() <= 1


def test_lock_step_makes_the_same_pictures_in_fewer_calls(compare):
    together, in_lock_step = compare(*LISTS)
    one_by_one, sequential = compare(*LISTS, "--sequential")
    again = {str(cell["recipe"]): cell["file"] for cell in one_by_one}
    for cell in together:
        difference = pixels(cell["file"]) - pixels(again[str(cell["recipe"])])
        assert np.abs(difference).max() <= 1
    nfe = sum(cell["nfe"] for cell in one_by_one)
    assert (sequential["model_calls"], sequential["rows"]) == (nfe, 2 * nfe)
    assert in_lock_step["model_calls"] < sequential["model_calls"]
    assert in_lock_step["rows"] <= sequential["rows"]


def test_one_after_the_other_is_in_the_order_of_the_lists(compare):
    cells, _ = compare(*LISTS, "--sequential")
    names = [(cell["recipe"]["sampler"], cell["recipe"]["steps"]) for cell in cells]
    assert names == [(name, s) for name in ("ddim", "plms", "ddpm") for s in (2, 3)]


def test_the_grid_holds_the_recipes_and_the_pictures_digests(compare, tmp_path):
    cells, last = compare(*LISTS, "--out", "grid.png")
    assert last["grid"] == "grid.png"
    grid = read_grid(tmp_path / "grid.png")
    assert [one.field for one in grid.axes] == ["sampler", "steps"]
    told = {cell["file"].rpartition("/")[2]: recipe_from_dict(cell["recipe"]) for cell in cells}
    assert {cell.file: cell.recipe for cell in grid.cells} == told
    figures = {cell["file"].rpartition("/")[2]: (cell["seconds"], cell["nfe"]) for cell in cells}
    assert {cell.file: (cell.seconds, cell.calls) for cell in grid.cells} == figures
    for cell in grid.cells:
        file = next(c["file"] for c in cells if c["file"].endswith(cell.file))
        assert digest(pixels(file).astype(np.uint8)) == cell.sha256
    assert grid.environment.dtype == "float32"
    assert grid.gallery == "Etascope"


def test_pictures_of_one_seed_start_from_the_same_noise(compare):
    cells, _ = compare(*LISTS)
    noises = set()
    for cell in cells:
        with Image.open(cell["file"]) as picture:
            noises.add(json.loads(picture.text["etascope"])["noise_sha256"])
    assert len(noises) == 1


def test_what_cannot_be_is_skipped_counted_and_said(cli):
    options = ("--sampler", "ddim,plms", "--eta", "0,1", "--steps", "2", "--json")
    status, out, err = cli("compare", "a boat", *QUICK, *options)
    last = json.loads(out.splitlines()[-1])
    assert (status, last["cells"], last["skipped"]) == (0, 2, 2)
    assert err == (
        "etascope: skipped 2: PLMS takes no eta: PLMS is deterministic and adds no noise.\n"
    )


def test_the_same_combination_is_made_once(compare):
    assert compare("--sampler", "ddim,ddim", "--steps", "2,2")[1]["cells"] == 1
    cells, last = compare("--schedule", "default,leading", "--steps", "2")
    assert (len(cells), last["cells"], last["skipped"]) == (1, 1, 0)


def test_cells_that_come_out_identical_are_named(cli, tiny_resources, monkeypatch):
    from engine import library

    twins = tuple(
        library.Checkpoint(name, name, tiny_resources / "starter") for name in ("starter", "twin")
    )
    monkeypatch.setattr(library, "checkpoints", lambda: twins)
    options = ("--model", "starter,twin", "--steps", "2", "--json")
    status, out, err = cli("compare", "a boat", *QUICK, *options)
    *cells, last = (json.loads(line) for line in out.splitlines())
    names = sorted(cell["file"].rpartition("/")[2] for cell in cells)
    assert (status, [sorted(pair) for pair in last["identical"]]) == (0, [names])
    assert " and twin came out identical" in err


def test_cells_that_are_the_same_by_definition_are_not_blamed(cli):
    options = ("--sampler", "euler,lms", "--steps", "1", "--json")
    status, out, err = cli("compare", "a boat", *QUICK, *options)
    assert (status, "identical" in json.loads(out.splitlines()[-1])) == (0, False)
    assert "Euler and LMS are the same by definition" in err


def test_a_count_is_a_row_of_seeds(compare):
    cells, last = compare("--count", "3", "--sampler", "ddim,plms", "--steps", "2")
    assert sorted({cell["recipe"]["seed"] for cell in cells}) == [7, 8, 9]
    assert last["cells"] == 6


def test_without_json_the_paths_are_printed_the_grid_s_last(cli, tmp_path):
    options = (*LISTS, "--out", "grid.png", "--gallery", "Boats")
    status, out, err = cli("compare", "a boat", *QUICK, *options)
    assert (status, err) == (0, "")
    *cells, grid = out.splitlines()
    assert (len(cells), grid) == (6, "grid.png")
    assert all("/Boats/" in path for path in cells)


def test_a_comparison_can_begin_with_a_picture_s_settings(cli, compare):
    cli(
        *("generate", "a boat", *QUICK, "--steps", "2", "--eta", "0.5", "--out", "a.png"),
        *("--negative", "rain"),
    )
    status, out, _ = cli("compare", "--from", "a.png", "--sampler", "ddim,plms", "--json")
    *cells, _ = (json.loads(line) for line in out.splitlines())
    assert status == 0
    assert {cell["recipe"]["sampler"]: cell["recipe"]["eta"] for cell in cells} == {
        "ddim": 0.5,
        "plms": None,
    }
    assert {cell["recipe"]["negative_prompt"] for cell in cells} == {"rain"}
    assert {cell["recipe"]["seed"] for cell in cells} == {7}


def test_every_cell_s_trajectory_can_be_kept(compare, tmp_path):
    compare(*LISTS, "--trajectory", "t.safetensors")
    assert len(list(tmp_path.glob("t-[1-6].safetensors"))) == 6


def test_models_are_an_axis_too_and_each_is_loaded_once(compare, tiny_resources, monkeypatch):
    from engine import library, loop

    loaded = []

    def load(checkpoint, device, before=loop.load):
        loaded.append(checkpoint.id)
        return before(checkpoint, device)

    two = tuple(
        library.Checkpoint(name, name, tiny_resources / "starter") for name in ("starter", "twin")
    )
    monkeypatch.setattr(library, "checkpoints", lambda: two)
    monkeypatch.setattr(loop, "load", load)
    _, last = compare("--sampler", "ddim,plms", "--model", "starter,twin", "--steps", "2")
    assert (last["cells"], len(last["identical"])) == (4, 2)
    assert loaded == ["starter", "twin"]


def test_two_models_make_a_grid_of_what_each_makes_alone(compare, cli, tmp_path):
    from tests.tiny import write_checkpoint

    other = write_checkpoint(tmp_path / "ink", prediction_type="v_prediction")
    lists = ("--model", f"starter,{other}", "--sampler", "ddim,plms", "--steps", "2")
    cells, last = compare(*lists)
    assert (last["cells"], "identical" in last) == (4, False)
    models = [cell["recipe"]["model"] for cell in cells]
    assert models[:2] == ["starter"] * 2  # one is in memory at a time
    assert len(set(models[2:])) == 1
    ink = next(cell for cell in cells[2:] if cell["recipe"]["sampler"] == "ddim")
    alone = ("--model", str(other), "--sampler", "ddim", "--steps", "2")
    cli("generate", "a boat", *QUICK, *alone, "--out", "alone.png")
    assert np.abs(pixels(ink["file"]) - pixels(tmp_path / "alone.png")).max() <= 1


def test_the_time_counts_neither_saving_nor_loading(monkeypatch):
    from engine.cli import compare as command
    from engine.events import Failed, Finished, Saved, Started

    clock = iter(range(100))
    monkeypatch.setattr(command.time, "perf_counter", lambda: next(clock))
    watch = command._Stopwatch()

    def finished(job):
        return Finished(job, None, None, 0.0, 1)

    watch.hear(Started("a", (), (), 1))  # 0
    watch.hear(Started("b", (), (), 1))
    watch.hear(finished("a"))  # 2
    watch.hear(Saved("a", None))  # 3, saving
    watch.hear(finished("b"))  # 4
    watch.hear(Saved("b", None))
    watch.hear(Started("c", (), (), 1))  # 6, loading
    watch.hear(Failed("c", None))  # 7
    watch.hear(Failed("d", None))
    assert watch.seconds == 2 + 1 + 1


@pytest.mark.parametrize(
    ("status", "options", "says"),
    [
        (2, ("--sampler", "ddim,foo"), "--sampler: There is no sampler 'foo'; choose from"),
        (2, ("--steps", "2,x"), "--steps: The list for steps takes whole numbers from 1 to 1000"),
        (2, ("--steps", "2,"), "--steps"),
        (2, ("--steps", "1_0"), "--steps: The list for steps takes whole numbers"),
        (2, ("--eta", "0,2"), "--eta: The list for eta takes numbers from 0 to 1, not '2'."),
        (2, ("--sampler", "plms", "--eta", "0,1"), "--eta: PLMS takes no eta"),
        (2, ("--guidance", "0,5"), "--guidance: The list for guidance takes numbers from 1 to 30"),
        (2, ("--seed", "1,2e3"), "--seed"),
        (2, ("--model", "starter,foo"), "--model: There is no model 'foo'"),
        (2, ("--schedule", "steep"), "karras"),
        (2, ("--count", "0"), "--count"),
        (2, ("--width", "100"), "96 or 104"),
        (2, ("--out", "grid.jpg"), "--out: The grid's file must end in .png, not be 'grid.jpg'."),
        (2, ("--gallery", "../up"), "--gallery"),
        (1, ("--out", "taken.png"), "--force"),
        (1, ("--out", "nowhere/grid.png"), "nowhere"),
        (1, ("--out", "."), "file name"),
        (2, ("--out", "grid"), ".png"),
        (2, ("--linked", "sigma"), "--linked: What links the cells shows only in an animation"),
    ],
)
def test_wrong_use_is_one_clear_sentence_and_nothing_is_made(cli, tmp_path, status, options, says):
    (tmp_path / "taken.png").write_bytes(b"mine")
    before = set(tmp_path.rglob("*"))
    told, out, err = cli("compare", "a boat", *QUICK, *options)
    assert (told, out) == (status, "")
    assert says in err
    assert len(err.splitlines()) == 1
    assert set(tmp_path.rglob("*")) == before


def test_an_existing_grid_is_replaced_by_force(cli, tmp_path):
    (tmp_path / "grid.png").write_bytes(b"mine")
    options = ("--steps", "2", "--out", "grid.png", "--force")
    assert cli("compare", "a boat", *QUICK, *options)[0] == 0
    assert read_grid(tmp_path / "grid.png").base.steps == 2


def test_inspect_lists_the_axes_and_the_cells(cli):
    options = ("--sampler", "ddim,plms", "--eta", "0,1", "--steps", "2", "--out", "grid.png")
    cli("compare", "a \x1b]0;boat\x07", *QUICK, *options)
    status, out, _ = cli("inspect", "grid.png")
    assert status == 0
    assert "2 pictures, 2 skipped" in out
    assert "sampler DDIM, PLMS\neta 0, 1\n" in out
    assert "PLMS, eta 1: skipped. PLMS takes no eta" in out
    assert "\x1b" not in out
    found = json.loads(cli("inspect", "grid.png", "--json")[1])
    assert (found["kind"], found["tool"], len(found["cells"])) == ("grid", "Etascope", 2)
    assert found["axes"][0] == {"field": "sampler", "values": ["ddim", "plms"]}


def test_a_cell_that_cannot_be_kept_leaves_its_place_empty(cli, tmp_path, monkeypatch):
    from engine import finishing

    save = finishing.save_picture

    def refuse_one(picture, destination):
        if picture.recipe.sampler == "plms":
            raise StorageError("The disk is full.", "Free some space.")
        return save(picture, destination)

    monkeypatch.setattr(finishing, "save_picture", refuse_one)
    options = ("--sampler", "ddim,plms", "--steps", "2", "--out", "grid.png", "--json")
    status, out, err = cli("compare", "a boat", *QUICK, *options)
    assert (status, "The disk is full." in err) == (1, True)
    assert json.loads(out.splitlines()[-1])["cells"] == 1
    assert [bool(cell.file) for cell in read_grid(tmp_path / "grid.png").cells] == [True, False]


def test_what_was_finished_before_an_interruption_is_in_the_grid(cli, tmp_path, monkeypatch):
    from engine import finishing

    save = finishing.save_picture
    saved = []

    def interrupt(picture, destination):
        if saved:
            signal.raise_signal(signal.SIGINT)
        saved.append(picture)
        return save(picture, destination)

    monkeypatch.setattr(finishing, "save_picture", interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        options = ("--steps", "2,3,4", "--out", "grid.png", "--sequential")
        status, _, err = cli("compare", "a boat", *QUICK, *options)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (status, err.splitlines()[-1]) == (130, "etascope: interrupted.")
    assert "grid.png" in err
    grid = read_grid(tmp_path / "grid.png")
    assert [bool(cell.file) for cell in grid.cells] == [True, False, False]
    assert grid.base.seed == Draft(seed=7).seed


def test_with_equal_calls_the_steps_are_as_many_as_they_allow(compare):
    cells, last = compare("--sampler", "ddim,heun,plms", "--steps", "5", "--equal", "calls")
    steps = {cell["recipe"]["sampler"]: (cell["recipe"]["steps"], cell["nfe"]) for cell in cells}
    assert steps == {"ddim": (5, 5), "heun": (3, 5), "plms": (4, 5)}
    assert read_grid(Path(last["grid"])).equal == "calls"


def test_equal_time_goes_by_what_the_last_comparison_measured(compare, cli, home):
    lists = ("--guidance", "1,5", "--steps", "8")
    status, _, err = cli("compare", "a boat", *QUICK, *lists, "--equal", "time")
    assert status == 2
    assert "never measured here" in err
    compare("--guidance", "1,5", "--steps", "12")
    pace = read_pace(home / "cache")
    cells, last = compare(*lists, "--equal", "time")
    made = {cell["recipe"]["guidance"]: recipe_from_dict(cell["recipe"]) for cell in cells}
    plain, guided = (pace.a_call(made[guidance]) for guidance in (1.0, 5.0))
    assert made[1.0].steps == 8
    assert made[5.0].steps == int(8 * plain / guided + 1e-9) == 4
    assert dict(read_grid(Path(last["grid"])).weights).keys() == {
        kind_of(recipe_from_dict(cell["recipe"])) for cell in cells
    }


def test_words_of_the_prompt_are_an_axis(compare, cli):
    cells, _ = compare("--replace", "boat, house, tree", "--steps", "2")
    assert [cell["recipe"]["prompt"] for cell in cells] == ["a boat", "a house", "a tree"]
    status, _, err = cli("compare", "a boat", "--replace", "car, house")
    assert (status, "--replace" in err) == (2, True)
