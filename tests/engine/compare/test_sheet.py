import numpy as np
import pytest
from PIL import Image

from engine.compare import fonts
from engine.compare.axes import Axis, axis, plan
from engine.compare.fonts import fit, font_for, one_line, plain_font, wrap, wrap_items
from engine.compare.layout import LONGEST_SIDE, lay_out, title_of
from engine.compare.sheet import Sheet
from engine.draft import Draft, SizeRule
from engine.gallery.decoding import MOST_PIXELS

RED = np.full((128, 128, 3), (255, 0, 0), np.uint8)


@pytest.fixture(autouse=True)
def no_system_fonts(monkeypatch):
    """The same sheet on every machine."""
    monkeypatch.setattr(fonts, "_system_fonts", lambda: ())


def planned(prompt="a boat", base=None, **lists):
    axes = [axis(field, text) for field, text in lists.items()]
    return plan(base or Draft(prompt=prompt, seed=7), axes, lambda _: SizeRule())


def inside(sheet, place, chosen):
    """Return the middle of a place's box as colours."""
    layout = lay_out(chosen)
    x, y = layout.corner(place)
    width, height = layout.picture
    return sheet.pixels[y + height // 4 : y + height // 2, x + 8 : x + width - 8]


def test_a_cell_is_shown_at_its_place_and_nowhere_else():
    chosen = planned(sampler="ddim,plms", steps="3,4")
    sheet = Sheet(chosen)
    cell = next(cell for cell in chosen.cells if cell.at == ((1, 0),))
    sheet.put(cell, RED, "4 model calls")
    for one in chosen.cells:
        is_red = (inside(sheet, one.at[0], chosen) == (255, 0, 0)).all()
        assert is_red == (one is cell)


def test_boxes_do_not_touch_and_stay_on_the_sheet():
    chosen = planned(sampler="ddim,plms", steps="3,4", guidance="2,5", seed="1,2,3")
    layout = lay_out(chosen)
    taken = np.zeros(layout.size[::-1], int)
    for cell in chosen.cells:
        x, y = layout.corner(cell.at[0])
        width, height = layout.picture
        assert x + width <= layout.size[0]
        assert y + height <= layout.size[1]
        taken[y - 2 : y + height + 2, x - 2 : x + width + 2] += 1
    assert taken.max() == 1


def test_what_was_skipped_has_a_dash_and_what_is_to_come_has_none():
    chosen = planned(sampler="ddim,plms", eta="0,1")
    sheet, layout = Sheet(chosen), lay_out(chosen)

    def middle(place):
        x, y = layout.corner(place)
        return tuple(sheet.pixels[y + layout.picture[1] // 2, x + layout.picture[0] // 2])

    assert middle((1, 1)) == (0x5D, 0x64, 0x6D)
    assert middle((0, 1)) == (0xEC, 0xEE, 0xF0)


@pytest.mark.parametrize(
    "lists",
    [
        {"seed": ",".join(map(str, range(1000)))},
        {"sampler": "ddim,plms", "steps": ",".join(map(str, range(1, 501)))},
        {"sampler": "ddim,plms", "steps": "3,4", "seed": ",".join(map(str, range(250)))},
    ],
)
@pytest.mark.parametrize("edge", [64, 128, 1024])
def test_a_sheet_never_grows_beyond_what_can_be_opened(lists, edge):
    base = Draft(prompt="a boat", seed=7, width=edge, height=edge)
    layout = lay_out(planned(base=base, **lists))
    assert max(layout.size) <= LONGEST_SIDE
    assert layout.size[0] * layout.size[1] <= MOST_PIXELS
    assert min(layout.picture) >= 1


def test_cells_that_were_shrunk_are_said_to_be():
    base = Draft(prompt="a boat", seed=7, width=1024, height=1024)
    chosen = planned(base=base, sampler="ddim,plms", seed=",".join(map(str, range(20))))
    sheet = Sheet(chosen)
    assert any("shrunk" in note for note in sheet.notes)
    sheet.put(chosen.cells[0], np.zeros((1024, 1024, 3), np.uint8), "20 model calls")
    assert not Sheet(planned(sampler="ddim,plms")).notes


def test_pictures_of_another_size_keep_their_shape_in_their_box():
    chosen = planned(sampler="ddim,plms")
    sheet = Sheet(chosen)
    sheet.put(chosen.cells[0], np.full((128, 64, 3), (255, 0, 0), np.uint8))
    layout = lay_out(chosen)
    red = (sheet.pixels == (255, 0, 0)).all(axis=2).sum()
    assert red == layout.picture[0] * layout.picture[1] // 2


def test_a_title_that_no_font_has_is_left_out_and_not_drawn_as_boxes():
    chosen = planned("海边的红帆船", sampler="ddim,plms")
    assert title_of(chosen) == ""
    assert ["no title" in note for note in Sheet(chosen).notes] == [True]
    assert title_of(planned("a boat")) == "a boat"


def test_a_system_font_is_taken_where_it_has_the_letters(monkeypatch):
    class Wide(Exception):
        pass

    class Font:
        def getmask(self, character):
            return Image.new("L", (1, 1), ord(character) % 200).im

        def font_variant(self, size):
            raise Wide(size)

    monkeypatch.setattr(fonts, "_system_fonts", lambda: (Font(),))
    monkeypatch.setattr(fonts, "_has", lambda font, _: isinstance(font, Font))
    with pytest.raises(Wide):
        font_for("海", 20)


@pytest.mark.parametrize("prompt", ["", "boat " * 10_000, "x" * 5000, "a\n\tb\x1b[0m\ud800", " "])
def test_any_prompt_can_be_a_title(prompt):
    chosen = planned(prompt, sampler="ddim,plms")
    assert Sheet(chosen).pixels.shape[2] == 3
    assert len(lay_out(chosen).heading) <= 5


def test_long_lines_are_broken_between_words_and_cut_at_the_last():
    font = plain_font(20)
    text = "a lighthouse on a rock in the sea " * 9
    lines = wrap(one_line(text), font, 300, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(font.getlength(line) <= 300 for line in lines)
    assert " ".join(lines)[:-1] in one_line(text)
    assert wrap("", font, 300, 3) == []
    assert fit("boat", font, 3) == ""


def test_settings_are_broken_between_settings():
    lines = wrap_items(["20 steps", "seed 7", "starter"], " · ", plain_font(20), 160)
    assert lines == ["20 steps · seed 7", "starter"]


def test_labels_too_long_for_a_column_are_cut():
    long = Axis("model", ("sha256:" + 64 * "a", "owner/name@" + 40 * "b"))
    chosen = plan(Draft(prompt="a boat", seed=7), [long], lambda _: SizeRule())
    assert Sheet(chosen).pixels.shape[1] < 800


def test_heads_are_cut_in_the_middle_so_that_long_seeds_are_told_apart():
    font = plain_font(19)
    seeds = [f"seed {2**64 - k}" for k in (1, 2)]
    cut = [fit(seed, font, 120, middle=True) for seed in seeds]
    assert len({*cut}) == 2
    assert all(font.getlength(line) <= 120 and "…" in line for line in cut)
    assert [line[-2:] for line in cut] == ["15", "14"]
    assert fit("seed 7", font, 120, middle=True) == "seed 7"
    assert fit("seed", font, 1, middle=True) == ""
    chosen = planned(sampler="ddim, plms", seed=f"{2**64 - 2}, {2**64 - 1}")
    pixels, layout = Sheet(chosen).pixels, lay_out(chosen)
    labels = []
    for row in range(2):
        x, y = layout.corner((0, row))
        labels.append(pixels[y : y + layout.picture[1], : x - 1])
    assert (labels[0] != labels[1]).any()
