"""The plots of a comparison: noise and change over the steps, likeness by model calls."""

import math
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from engine.compare.axes import Plan
from engine.compare.curves import Series, changes, over_steps
from engine.compare.words import value_label
from gui import theme
from gui.compare.cells import LiveCell, State
from gui.compare.plot import Plot, style
from gui.widgets import Surface
from gui.widgets.described import described, named

_SHEET = QSize(720, 780)
_SWATCH = 26


class Legend(QWidget):
    """What the lines are called, each beside a piece of itself; begins new lines as need be."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: list[str] = []

    def show_labels(self, labels: list[str]) -> None:
        self.labels = labels
        self.setAccessibleName(", ".join(labels))
        self.setFixedHeight(self._draw(None, self.width()) if labels else 0)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._draw(QPainter(self), self.width())

    def draw(self, painter: QPainter, width: int) -> int:
        """Draw the legend and return how high it is."""
        return self._draw(painter, width)

    def _draw(self, painter: QPainter | None, width: int) -> int:
        metrics = self.fontMetrics()
        x, y, line = 0, 0, metrics.height() + theme.TINY
        for number, label in enumerate(self.labels):
            wide = _SWATCH + metrics.horizontalAdvance(label) + 2 * theme.MEDIUM
            if x and x + wide > width:
                x, y = 0, y + line
            if painter is not None:
                color, dashes = style(number)
                painter.setPen(QPen(color, 2, dashes))
                painter.drawLine(x, y + line // 2, x + _SWATCH - 8, y + line // 2)
                painter.setPen(theme.color("text"))
                painter.drawText(x + _SWATCH, y + metrics.ascent(), label)
            x += wide
        return y + line


class Plots(Surface):
    """Three plots of the cells. `left` says that the user wants the grid back."""

    left = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("canvas")
        self.setObjectName("plots")
        self.back = named(QPushButton("Back to the grid"), "plots-back")
        self.save = named(QPushButton("Save the plots as…"), "plots-save")
        self.legend = Legend()
        self.sigma = Plot("plot-sigma", "Noise level σ", "step", logarithmic=True)
        self.change = Plot("plot-change", "Change of the picture", "step", logarithmic=True)
        self.likeness = Plot("plot-likeness", "PSNR against the reference, dB", "model calls")
        described(self.back, "Back to the grid", "Show all cells again (Backspace).")
        described(self.save, "Save the plots", "Save the plots as a drawing (SVG).")
        for button in (self.back, self.save):
            button.setProperty("kind", "quiet")
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.save_wanted)
        back = QShortcut(QKeySequence(Qt.Key.Key_Backspace), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)
        self._lay_out()

    def show_cells(
        self, plan: Plan | None, cells: list[LiveCell], current: LiveCell | None
    ) -> None:
        """Draw the cells; over the steps those with as many as the current one is to have."""
        groups = _groups(plan, cells)
        number = _steps_axis(plan)
        wanted = None if number is None or current is None else current.at[0][number]
        alike = {
            label: [
                cell for cell in group if number is None or wanted in {None, cell.at[0][number]}
            ][:1]
            for label, group in groups.items()
        }
        self.legend.show_labels(list(groups))
        wait = "Nothing has run yet."
        self.sigma.show_series(_series(alike, _sigmas), wait)
        self.change.show_series(_series(alike, _changes), "Shown once pictures are finished.")
        self.likeness.show_series(
            [Series(label, _likeness(group)) for label, group in groups.items()],
            "Make a finished cell the reference (F in the grid).",
        )

    def svg(self) -> bytes:
        """Return the plots as a drawing."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(_SHEET)
        generator.setViewBox(QRectF(0, 0, _SHEET.width(), _SHEET.height()))
        generator.setTitle("A comparison by Etascope")
        painter = QPainter(generator)
        painter.fillRect(0, 0, _SHEET.width(), _SHEET.height(), theme.color("panel"))
        painter.translate(theme.LARGE, theme.LARGE)
        width = _SHEET.width() - 2 * theme.LARGE
        top = self.legend.draw(painter, width) + theme.SMALL
        high = (_SHEET.height() - 2 * theme.LARGE - top) / 3
        for number, plot in enumerate(self._plots()):
            plot.draw(painter, QRectF(0, top + number * high, width, high))
        painter.end()
        return bytes(data.data())

    def _plots(self) -> tuple[Plot, Plot, Plot]:
        return self.sigma, self.change, self.likeness

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.back)
        top.addStretch()
        top.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.SMALL)
        column.addLayout(top)
        column.addWidget(self.legend)
        for plot in self._plots():
            column.addWidget(plot, 1)


def _steps_axis(plan: Plan | None) -> int | None:
    axes = () if plan is None else plan.axes
    return next((k for k, one in enumerate(axes) if one.field == "steps"), None)


def _groups(plan: Plan | None, cells: list[LiveCell]) -> dict[str, list[LiveCell]]:
    """Return the cells by all that varies but the steps, those of few steps first."""
    groups: dict[str, list[LiveCell]] = {}
    for cell in cells:
        if plan is None or cell.state is State.LEFT_OUT:
            continue
        words = [
            value_label(one, k)
            for one, k in zip(plan.axes, cell.at[0], strict=True)
            if one.field != "steps"
        ]
        groups.setdefault(", ".join(words) or "all", []).append(cell)
    return {
        label: sorted(group, key=lambda cell: cell.recipe.steps) for label, group in groups.items()
    }


def _series(alike: dict[str, list[LiveCell]], values: Callable[[LiveCell], Series]) -> list[Series]:
    """Return a line for each group, so that colours stay the legend's also where some are empty."""
    return [
        Series(label, values(group[0]).points if group else ()) for label, group in alike.items()
    ]


def _sigmas(cell: LiveCell) -> Series:
    told = cell.reel is not None and cell.reel.sigma
    return Series(
        "", over_steps([level for level in cell.track().sigma if level > 0]) if told else ()
    )


def _changes(cell: LiveCell) -> Series:
    way = None if cell.reel is None else cell.reel.trajectory
    if way is None or len(way) < 2:
        return Series("", ())
    known = over_steps(changes(way.x0), 2)
    return Series("", tuple(point for point in known if point[1] > 0))


def _likeness(group: list[LiveCell]) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(cell.calls), cell.likeness.psnr)
        for cell in group
        if cell.likeness is not None and math.isfinite(cell.likeness.psnr) and cell.calls
    )
