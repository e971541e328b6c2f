import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadSetting, StorageError
from engine.styles import (
    Style,
    apply_styles,
    named_styles,
    read_styles,
    styles_path,
    write_styles,
)

TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
NAMES = TEXT.map(str.strip).filter(bool)
STYLES = st.lists(st.builds(Style, NAMES, TEXT, TEXT), unique_by=lambda style: style.name)
INK = Style("ink", "ink drawing of {prompt}, black and white", "colour")
BRIGHT = Style("bright", "bright colours", "")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "styles.csv"


@given(STYLES)
def test_styles_that_are_written_are_read_back(tmp_path, styles):
    file = tmp_path / "styles.csv"
    write_styles(file, styles)
    assert list(read_styles(file)) == styles


def test_the_file_is_one_that_a1111_and_spreadsheets_read(file):
    write_styles(file, [Style("a", 'one, "two"\nthree', "no")])
    assert file.read_bytes().startswith(b"\xef\xbb\xbfname,prompt,negative_prompt\r\n")
    with file.open(encoding="utf-8-sig", newline="") as opened:  # as A1111 opens it
        (row,) = csv.DictReader(opened)
    assert row == {"name": "a", "prompt": 'one, "two"\nthree', "negative_prompt": "no"}


ROWS = [["name", "prompt", "negative_prompt"], ["ink", INK.prompt, "colour"], ["b", "x", ""]]
EXPECTED = (INK, Style("b", "x"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_is_read_however_a_spreadsheet_saves_it(file, encoding, delimiter, end):
    with file.open("w", encoding=encoding, newline="") as opened:
        csv.writer(opened, delimiter=delimiter, lineterminator=end).writerows(ROWS)
    assert read_styles(file) == EXPECTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name,text\nold,an old form\n", [Style("old", "an old form")]),
        ("negative_prompt,extra,name,prompt\nrain,?,a,sun\n", [Style("a", "sun", "rain")]),
        ("Name,Prompt,Negative_Prompt\na,b,c\n", [Style("a", "b", "c")]),
        ("name,prompt,negative_prompt\na,1,\nb,2,\na,3,\n", [Style("a", "3"), Style("b", "2")]),
        ("name,prompt,negative_prompt\n,nameless,\n\na,b,c,d,e\nshort\n", None),
        ('name,prompt\na,"two\nlines, and ""quotes"""\n', [Style("a", 'two\nlines, and "quotes"')]),
        ("name,prompt\r\n", []),
        ("", []),
        ("\n\n", []),
    ],
)
def test_rows_in_disorder_are_read_as_far_as_they_go(file, text, expected):
    if expected is None:
        expected = [Style("a", "b", "c"), Style("short")]
    file.write_bytes(text.encode())
    assert list(read_styles(file)) == expected


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"caf\xe9,1", b"one,two\n1,2\n", b"\x89PNG\n"])
def test_a_file_that_is_no_table_of_styles_is_a_known_error(file, data):
    file.write_bytes(data)
    with pytest.raises(StorageError, match="holds no styles") as caught:
        read_styles(file)
    assert "columns name, prompt" in caught.value.advice


@given(st.binary(max_size=300))
def test_nothing_in_the_file_is_more_than_a_known_error(tmp_path, data):
    file = tmp_path / "any.csv"
    file.write_bytes(b"name,prompt\n" * (len(data) % 2) + data)
    try:
        names = [style.name for style in read_styles(file)]
    except StorageError:
        return
    assert len(set(names)) == len(names)


def test_without_a_file_there_are_no_styles_and_a_folder_is_a_known_error(file, tmp_path):
    assert read_styles(file) == ()
    with pytest.raises(StorageError, match="cannot be read"):
        read_styles(tmp_path)
    with pytest.raises(StorageError, match="cannot be read"):
        write_styles(tmp_path, [INK])


def test_what_the_file_was_is_kept_beside_it(file):
    write_styles(file, [INK])
    write_styles(file, [BRIGHT])
    assert read_styles(file) == (BRIGHT,)
    assert read_styles(file.with_name("styles.csv.bak")) == (INK,)
    assert {f.name for f in file.parent.iterdir()} >= {"styles.csv", "styles.csv.bak"}


# Applied


@pytest.mark.parametrize(
    ("styles", "prompt", "expected"),
    [
        ([INK], "a boat", "ink drawing of a boat, black and white"),
        ([BRIGHT], "a boat", "a boat, bright colours"),
        ([BRIGHT], "", "bright colours"),
        ([INK, BRIGHT], "a", "ink drawing of a, black and white, bright colours"),
        ([BRIGHT, INK], "a", "ink drawing of a, bright colours, black and white"),
        ([Style("x", "{prompt} and {prompt}")], "a", "a and a"),
        ([Style("x", "", "")], " a ", " a "),
        ([], " a ", " a "),
    ],
)
def test_a_style_goes_round_the_prompt_or_behind_it(styles, prompt, expected):
    assert apply_styles(styles, prompt, "")[0] == expected


def test_both_prompts_take_their_own_part_of_a_style():
    assert apply_styles([INK], "a", "rain")[1] == "rain, colour"


def test_a_style_that_is_not_there_is_refused_with_those_that_are():
    assert named_styles([INK, BRIGHT], ["bright", "ink"]) == (BRIGHT, INK)
    with pytest.raises(BadSetting, match="choose from ink, bright"):
        named_styles([INK, BRIGHT], ["Ink"])
    with pytest.raises(BadSetting, match="none yet"):
        named_styles([], ["ink"])


# On the command line


def made(cli, *arguments):
    status, out, err = cli("generate", *arguments, "--steps", "1", "--json", "--out", "x.png")
    assert status == 0, err
    return json.loads(out)["recipe"], err


def test_the_recipe_holds_what_the_styles_made_of_the_prompt(cli):
    write_styles(styles_path(), [INK, BRIGHT])
    recipe, _ = made(cli, "a boat", "--style", "ink", "--style", "bright")
    assert recipe["prompt"] == "ink drawing of a boat, black and white, bright colours"
    assert recipe["negative_prompt"] == "colour"


def test_wildcards_work_in_styles_too(cli):
    write_styles(styles_path(), [Style("either", "{{big|small} {prompt}|tiny {prompt}}")])
    recipe, _ = made(cli, "boat", "--style", "either")
    assert recipe["prompt"] in {"big boat", "small boat", "tiny boat"}


def test_without_guidance_a_styles_negative_prompt_is_left_out_and_that_is_said(cli):
    write_styles(styles_path(), [INK])
    recipe, err = made(cli, "a boat", "--style", "ink", "--guidance", "1")
    assert recipe["negative_prompt"] == ""
    assert "left out" in err


def test_a_style_that_is_not_there_is_wrong_usage(cli):
    status, _, err = cli("generate", "a boat", "--style", "oil")
    assert status == 2
    assert "--style: There is no style 'oil'" in err
    assert "styles.csv" in err


def test_every_cell_of_a_comparison_has_the_style(cli):
    write_styles(styles_path(), [BRIGHT])
    arguments = ("boat", "--sampler", "ddim,plms", "--steps", "1", "--style", "bright", "--json")
    status, out, err = cli("compare", *arguments)
    assert status == 0, err
    *cells, _grid = map(json.loads, out.splitlines())
    assert [cell["recipe"]["prompt"] for cell in cells] == ["boat, bright colours"] * 2
