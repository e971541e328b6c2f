"""The chips of the filters: none of them is cut, whatever the window's width."""

import pytest
from PySide6.QtWidgets import QApplication

from gui.gallery.filters import FilterChip


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
def test_no_filter_is_cut_ticked_or_not(view, keep, qtbot, window, width):
    keep(sampler="dpmpp_2m_sde", schedule="karras", eta=None)
    filters = view(1).side.filters
    window.resize(width, 800)
    qtbot.waitUntil(lambda: filters.chip("sampler-dpmpp_2m_sde") is not None)
    for text in ("", "is:grid", "sampler:dpmpp_2m_sde"):
        filters.show_text(text)
        QApplication.processEvents()
        assert [c.text() for c in filters.findChildren(FilterChip) if "…" in c.text()] == []
        shown = [chip.geometry() for chip in filters.findChildren(FilterChip)]
        assert not any(a.intersects(b) for a in shown for b in shown if a is not b)
