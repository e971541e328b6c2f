"""Which page of a comparison with three axes or more is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.widgets.described import described, named
from gui.widgets.elided_box import ElidedBox
from gui.words import tr


class Pages(ElidedBox):
    """Lists the pages; hidden where there is only one, or no grid.

    `activated` tells of the user's choice. Ctrl+PgUp and Ctrl+PgDown turn from anywhere in `host`.
    """

    def __init__(self, host: QWidget) -> None:
        super().__init__()
        self._allowed = False
        about = tr("Which page of cells is shown (Ctrl+PgUp, Ctrl+PgDown).")
        described(named(self, "page"), tr("Page"), about)
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), host)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._turn(by))

    def page(self) -> int:
        """Return the number of the page that is shown, from 0."""
        return max(self.currentIndex(), 0)

    def offer(self, names: Sequence[str]) -> None:
        """Offer other pages, staying at the number of the one that was shown where it can be."""
        page = self.page()
        self.clear()
        self.addItems(names)
        self.setCurrentIndex(min(page, len(names) - 1))
        self.allow(self._allowed)

    def allow(self, on: bool) -> None:
        """Say whether there is anything that has pages; it is hidden where there is not."""
        self._allowed = on
        self.setVisible(on and self.count() > 0)

    def placed(self) -> QHBoxLayout:
        """Return it as it stands over the cells, with room round it while it is there."""
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.TINY)
        row.addStretch()
        row.addWidget(self)
        row.addStretch()
        return row

    def _turn(self, by: int) -> None:
        page = self.page() + by
        if 0 <= page < self.count():
            self.setCurrentIndex(page)
            self.activated.emit(page)
