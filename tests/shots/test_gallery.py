"""Takes the README's pictures of the Gallery view, and more to be looked at."""

import pytest

from gui.settings import Settings
from gui.window import Window
from tests.shots import postcards

PATIENCE = 240_000

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture
def window(qtbot, mode, session):
    postcards.fill()
    made = Window(session, Settings())
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.open()
    made.open_view("gallery")
    view = made.gallery_view
    qtbot.waitUntil(
        lambda: view.catalogue.index is not None and not view.catalogue.reading, timeout=PATIENCE
    )
    return made


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_gallery_its_details_a_search_and_pictures_side_by_side(
    qtbot, root, tmp_path, window, mode
):
    def shoot(name, folder=tmp_path):
        qtbot.waitUntil(lambda: not view.thumbs._making and not view.thumbs._wishes)
        qtbot.wait(1500)
        picture = window.grab()
        assert picture.save(str(folder / f"gallery-{name}{mode}.png"))
        assert picture.width() == window.width()

    view = window.gallery_view
    view.side.choose("Postcards")
    qtbot.waitUntil(lambda: view.model.rowCount() == postcards.GALLERIES["Postcards"])
    view.grid.select([0, 2], 2)
    view.grid.setFocus()
    shoot("several-")
    view.grid.go_to(3)
    shoot("", root / "docs")
    view.search.field.set_text("boat sampler:ddim,plms steps>=20")
    shoot("search-")
    view.search.field.set_text("zebra")
    shoot("nothing-")
    view.search.field.set_text("")
    view.side.choose("Samplers, 20 steps")
    view.search.group.setCurrentIndex(1)
    view.search_again()
    shoot("groups-")
    view.grid.go_to(0)
    view.do("large")
    shoot("large-")
    view.do("back")
    view.grid.select([1, 2, 3, 4], 1)
    view.do("compare")
    shoot("compared-")
    view.do("back")
    window.resize(1024, 680)
    shoot("small-")
    print(f"More pictures are in {tmp_path}.")
