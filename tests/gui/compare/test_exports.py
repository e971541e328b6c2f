"""What a comparison leaves behind: figures that can be recomputed from its files, an animation."""

import csv
import math

import numpy as np
import pytest
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from engine.compare.keep import digest, read_grid
from gui.compare.filming import Filming, take_of


@pytest.fixture
def referred(done, finish, qtbot):
    """A comparison of four cells, two alike, measured by the last one."""
    cells = done.comparison.cells
    for cell, seed in zip(cells, (8, 9, 7), strict=False):
        done.comparison.roll(cell, seed)
    finish(done)
    done.grid.set_current(cells[3])
    done.do("reference")
    qtbot.waitUntil(lambda: all(cell.likeness is not None for cell in cells[:3]))
    return done


def written(view, qtbot, path, save):
    with qtbot.waitSignal(view.comparison.keeper.written):
        save(path)
    return path


def pixels_of(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_the_figures_are_recomputed_from_the_files(referred, qtbot, tmp_path, session):
    sheet = written(referred, qtbot, tmp_path / "grid.png", referred.saving.save_sheet)
    label = referred.cells.label
    table = written(
        referred,
        qtbot,
        tmp_path / "figures.csv",
        lambda path: referred.saving.save_figures(path, label),
    )
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    kept = {cell.file: cell for cell in read_grid(sheet).cells}
    assert len(rows) == len(kept) == 4
    folder = session.pictures.folder
    reference = pixels_of(folder / referred.comparison.reference.path.name)
    measured = 0
    for row in rows:
        pixels, cell = pixels_of(folder / row["file"]), kept[row["file"]]
        assert digest(pixels) == row["pixels_sha256"] == cell.sha256
        assert (row["sampler"], int(row["steps"])) == (cell.recipe.sampler, cell.recipe.steps)
        assert (int(row["model_calls"]), int(row["seed"])) == (cell.calls, cell.recipe.seed)
        assert float(row["seconds"]) == pytest.approx(cell.seconds)
        if row["psnr_db"] == "":
            assert (pixels == reference).all()  # it is the reference
            continue
        measured += 1
        with np.errstate(divide="ignore"):
            psnr = peak_signal_noise_ratio(reference, pixels, data_range=255)
        ssim = structural_similarity(reference, pixels, channel_axis=2, data_range=255)
        if math.isinf(psnr):
            assert row["psnr_db"] == "inf"
        else:
            assert float(row["psnr_db"]) == pytest.approx(psnr, rel=1e-8)
        assert float(row["ssim"]) == pytest.approx(ssim, rel=1e-8)
    assert measured == 3
    assert {row["psnr_db"] for row in rows} >= {"", "inf"}


def test_an_animation_of_the_cells_is_saved_and_told_of(done, qtbot, tmp_path):
    told, percent = [], []
    done.told.connect(told.append)
    done.saving.filming.progressed.connect(lambda *_: percent.append(button.text()))
    button = done.panel.buttons["save_film"]
    before = button.text()
    assert button.isEnabled()
    with qtbot.waitSignal(done.saving.filming.ended):
        done.saving.save_film(tmp_path / "film.webp", done.frames)
    with Image.open(tmp_path / "film.webp") as film:
        assert film.n_frames == 4
    assert told == ["Saved film.webp"]
    assert any("%" in words for words in percent)
    assert button.text() == before
    assert not done.saving.filming.is_active()


def test_an_animation_that_is_not_wanted_any_more_leaves_nothing(done, qtbot, tmp_path):
    filming = done.saving.filming
    filming.progressed.connect(filming.stop)
    with qtbot.waitSignal(filming.ended):
        done.saving.save_film(tmp_path / "film.webp", done.frames)
        done.do("save_film")  # the same button ends it
    assert list(tmp_path.glob("film*")) == []


def test_an_animation_that_cannot_be_written_is_told_in_a_sentence(done, qtbot, tmp_path):
    with qtbot.waitSignal(done.saving.filming.ended):
        done.saving.save_film(tmp_path / "nowhere" / "film.webp", done.frames)
    qtbot.waitUntil(lambda: bool(done.messages.sentence()))
    assert "Traceback" not in done.messages.sentence()


def test_the_noisy_steps_are_filmed_where_they_are_on_show(done):
    cells, plan = done.comparison.cells, done.comparison.plan
    shown = [take_of(plan, cells, "step", noisy=noisy).runs[0].latents for noisy in (False, True)]
    way = cells[0].reel.trajectory
    assert (shown[0] == way.x0).all()
    assert (shown[1] == way.x[1:]).all()


def test_without_finished_cells_there_is_nothing_to_film(view, qapp):
    assert take_of(view.comparison.plan, [], "step", noisy=False) is None
    assert not view.panel.buttons["save_film"].isEnabled()


def test_closing_ends_an_animation_that_is_being_saved(done, qtbot, tmp_path):
    filming = Filming()
    take = take_of(done.comparison.plan, done.comparison.cells, "step", noisy=False)
    filming.start(tmp_path / "film.webp", take)
    filming.close()
    qtbot.waitUntil(lambda: filming._pool.activeThreadCount() == 0)
    assert not (tmp_path / "film.webp").exists()
