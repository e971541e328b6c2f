"""The page in a real browser: it shows all, its slider moves the cells, it asks nobody anything."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.export.copies import Options
from engine.gallery.metadata import read_metadata
from engine.trajectory import kept_file
from tests.engine.export.browser import DEMANDED, Browser, installed
from tests.engine.export.test_export import NASTY, share, trajectory_of
from tests.engine.gallery.conftest import index, keep, keep_grid, make_picture

__all__ = ["index", "keep", "keep_grid", "make_picture", "share"]  # fixtures

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        installed() is None and DEMANDED not in os.environ,
        reason=f"needs a browser (chromium); {DEMANDED}=1 demands it",
    ),
]

HOME, END = 36, 35  # the keys' numbers
IMAGES = """Promise.all([...document.images].map(async (one) => {
  one.loading = "eager";
  await one.decode();
  return [one.naturalWidth, one.naturalHeight];
}))"""
CELLS = """[...document.querySelectorAll(".cells figure")].map((one) => ({
  src: one.querySelector("img").src.slice(0, 40) + one.querySelector("img").src.length,
  step: one.querySelector("output").textContent,
  box: one.querySelector("img").getBoundingClientRect().toJSON(),
}))"""


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    program = installed()
    assert program is not None, "a browser is demanded, and there is none"
    made = Browser(program, tmp_path / "profile")
    yield made
    made.close()


@pytest.fixture
def grid_page(share, keep_grid, home: Path) -> Path:
    """A page of a comparison of two cells, of which the first one's steps are kept."""
    _, cells = keep_grid()
    folder = home / "data" / "trajectories"
    folder.mkdir(parents=True)
    for cell in cells:
        kept = trajectory_of(cell, read_metadata(cell).recipe)
        kept_file(folder, cell).write_bytes(kept.to_bytes())
    target, _ = share("grid.html")
    return target


def shot(browser: Browser, box: dict[str, float]) -> np.ndarray:
    """What is on the screen at a place."""
    with Image.open(io.BytesIO(browser.picture())) as picture:
        edges = [round(box[side]) for side in ("left", "top", "right", "bottom")]
        return np.asarray(picture.convert("RGB").crop(tuple(edges)))


def quiet(browser: Browser, page: Path) -> bool:
    """Whether the page asked for nothing but itself and had nothing to complain of."""
    asked = [url for url in browser.requests if not url.startswith("data:")]
    return asked == [page.as_uri()] and browser.complaints == []


def test_pictures_and_settings_are_shown_and_nobody_is_asked(browser, share, keep):
    for seed in range(3):
        keep(prompt=NASTY, sampler="plms", eta=None, seed=seed, edge=32)
    page, _ = share("a.html")
    browser.open(page)
    assert browser.run(IMAGES) == [[32, 32]] * 3
    text = browser.run("document.body.innerText")
    assert NASTY.replace("\0", "\ufffd") in text
    assert "PLMS" in text
    assert browser.run("document.scripts.length") == 1
    assert browser.run("document.querySelectorAll('main img').length") == 3
    assert quiet(browser, page)


def test_the_slider_moves_the_cells(browser, grid_page: Path):
    browser.open(grid_page)
    browser.run(IMAGES)
    browser.run("document.querySelector('.comparison').scrollIntoView()")
    before = browser.run(CELLS)
    finished = shot(browser, before[0]["box"])
    assert [one["step"] for one in before] == ["finished", "finished"]
    browser.run("document.querySelector('input').focus()")
    browser.press("Home", HOME)
    browser.run(IMAGES)
    after = browser.run(CELLS)
    assert [one["step"] for one in after] == ["step 1 of 3", "step 1 of 3"]
    assert [one["src"] for one in after] != [one["src"] for one in before]
    first = shot(browser, after[0]["box"])
    assert first.shape == finished.shape
    assert np.abs(first.astype(int) - finished).mean() > 5
    browser.press("End", END)
    browser.run(IMAGES)
    assert browser.run(CELLS) == before
    assert np.array_equal(shot(browser, before[0]["box"]), finished)
    assert quiet(browser, grid_page)


def test_it_is_dark_where_the_system_is(browser, grid_page: Path):
    browser.open(grid_page)
    grounds = []
    for scheme in ("light", "dark"):
        wish = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.ask("Emulation.setEmulatedMedia", features=wish)
        grounds.append(browser.run("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(247, 247, 248)", "rgb(23, 25, 28)"]


def test_it_fits_a_telephone(browser, grid_page: Path):
    browser.ask(
        "Emulation.setDeviceMetricsOverride",
        width=390,
        height=844,
        deviceScaleFactor=2,
        mobile=True,
    )
    browser.open(grid_page)
    assert browser.run("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_page_without_settings_shows_none_of_them(browser, share, keep):
    keep(prompt="a secret", edge=32)
    page, _ = share("a.html", Options(settings=False))
    browser.open(page)
    assert browser.run(IMAGES) == [[32, 32]]
    assert browser.run("document.body.innerText").strip() == ""
    assert quiet(browser, page)
