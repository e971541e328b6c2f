import csv
import io
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare.figures import beside, csv_text, difference, identical, likeness, psnr, wipe

NOISE = np.random.default_rng(3).integers(0, 256, (16, 24, 3)).astype(np.uint8)
BLACK = np.zeros((16, 24, 3), np.uint8)


def test_a_picture_is_wholly_like_itself():
    found = likeness(NOISE, NOISE)
    assert found.psnr == math.inf
    assert found.ssim == pytest.approx(1)


def test_psnr_is_the_formula():
    assert psnr(BLACK + 1, BLACK) == pytest.approx(20 * math.log10(255))
    assert psnr(BLACK + 255, BLACK) == pytest.approx(0)


def test_ssim_is_that_of_the_paper_where_it_has_a_closed_form():
    flat = np.full((16, 16, 3), 100, np.uint8)
    c1 = (0.01 * 255) ** 2
    expected = (2 * 100 * 50 + c1) / (100**2 + 50**2 + c1)
    assert likeness(flat, flat // 2).ssim == pytest.approx(expected)


def test_pictures_of_other_sizes_are_not_compared_and_tiny_ones_have_no_ssim():
    assert likeness(NOISE, NOISE[:8]) is None
    assert likeness(NOISE[:4, :4], NOISE[:4, :4]).ssim is None


def test_the_difference_is_black_where_nothing_differs_and_amplified_elsewhere():
    other = NOISE.copy()
    other[0, 0] = 255 - NOISE[0, 0]
    shown = difference(NOISE, other, gain=4)
    expected = np.minimum(4 * np.abs(2 * NOISE[0, 0].astype(int) - 255), 255)
    assert (shown[0, 0] == expected).all()
    assert not shown[1:].any()


@given(st.floats(0, 1))
def test_a_wipe_has_the_first_left_and_the_second_right(share):
    shown = wipe(BLACK, BLACK + 9, share)
    edge = round(share * 24)
    assert not shown[:, :edge].any()
    assert (shown[:, edge:] == 9).all()


def test_pictures_beside_each_other_keep_their_pixels():
    sheet = beside([NOISE, BLACK[:8], NOISE], (1, 2, 3))
    assert sheet.shape == (16, 3 * 24 + 2 * 8, 3)
    assert (sheet[:, :24] == NOISE).all()
    assert (sheet[:, -24:] == NOISE).all()
    assert (sheet[15, 40] == (1, 2, 3)).all()


def test_pictures_that_are_the_same_are_paired_with_the_first():
    digests = {"a": "1", "b": "2", "c": "1", "d": "1", "e": "", "f": ""}
    assert identical(digests) == [("a", "c"), ("a", "d")]


@given(st.lists(st.tuples(st.text(), st.floats(-1e9, 1e9)), max_size=5))
def test_what_is_written_as_csv_is_read_back(rows):
    text = csv_text({"prompt": prompt, "psnr": number} for prompt, number in rows)
    told = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(told) == len(rows)
    for one, (prompt, number) in zip(told, rows, strict=True):
        assert one["prompt"].removeprefix("'") == prompt.removeprefix("'")
        assert float(one["psnr"]) == pytest.approx(number, rel=1e-9)


def test_no_spreadsheet_takes_a_prompt_for_a_formula():
    assert csv_text([{"prompt": "=1+1"}]).splitlines()[1] == "'=1+1"
