"""The page's own program, run by Qt's JavaScript engine on a document of two cells."""

import pytest

from engine.export.page import _SCRIPT

DOCUMENT = """
const output = () => ({ textContent: "" });
const cell = (frames, src) => {
  const figure = { out: output(), querySelector: () => figure.out };
  return { dataset: { frames }, src, closest: () => figure, figure };
};
const cells = [cell("data:a data:b data:c", "data:done"), cell("", "data:other")];
const range = { value: 1000, max: 1000, heard: {}, addEventListener(n, f) { this.heard[n] = f; } };
const box = { querySelector: () => range, querySelectorAll: () => cells };
const bare = { querySelector: () => null, querySelectorAll: () => [] };
const document = { querySelectorAll: () => [bare, box] };
this.at = (value) => {
  range.value = value;
  range.heard.input();
  return cells.map((one) => `${one.src} ${one.figure.out.textContent}`).join("; ");
};
"""


@pytest.fixture
def run(qapp):
    """Run JavaScript after the document and the page's script; returns the last value."""
    from PySide6.QtQml import QJSEngine

    engine = QJSEngine()

    def evaluate(code: str) -> object:
        value = engine.evaluate(code)
        assert not value.isError(), value.toString()
        return value.toVariant()

    evaluate(DOCUMENT + _SCRIPT)
    return evaluate


def test_the_slider_shows_the_same_share_of_every_cells_steps(run):
    assert run("at(0)") == "data:a step 1 of 3; data:other finished"
    assert run("at(500)") == "data:c step 3 of 3; data:other finished"
    assert run("at(340)") == "data:b step 2 of 3; data:other finished"
    assert run("at('1000')") == "data:done finished; data:other finished"
