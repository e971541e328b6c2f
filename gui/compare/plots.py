"""The plots of a comparison: noise and change over the steps, likeness by calls and by time."""

import math
from collections.abc import Callable

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from engine.compare.axes import Plan
from engine.compare.curves import Point, Series, alpha_bars, changes, over_steps
from gui import theme
from gui.compare.cells import LiveCell, State
from gui.compare.plot import Plot, style
from gui.compare.spoken import value_label
from gui.widgets import ChipGroup, Surface
from gui.widgets.bar import Bar, centred, together
from gui.widgets.described import described, named
from gui.words import tr

SHEET = QSize(960, 900)
"""How large the plots are in a file."""

_SWATCH = 26
_FINE = 2
_ROOMY = 72
"""Letters of width from which on two plots stand beside each other."""


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


class Sheet(QWidget):
    """The five plots under their legend, in two columns, or in one where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        step, calls, seconds = tr("step"), tr("model calls"), tr("seconds")
        self.legend = Legend()
        self.sigma = Plot("plot-sigma", tr("Noise level σ"), step, logarithmic=True)
        self.alpha_bar = Plot("plot-alpha-bar", tr("Signal ᾱ"), step, share=True)
        self.change = Plot("plot-change", tr("Change of the picture"), step, logarithmic=True)
        self.likeness = Plot("plot-likeness", "", calls)
        self.timing = Plot("plot-timing", "", seconds)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, theme.SMALL)
        self._grid.setSpacing(theme.SMALL)
        self._columns = 0
        self._arrange(1)

    def plots(self) -> tuple[Plot, ...]:
        return self.sigma, self.alpha_bar, self.likeness, self.timing, self.change

    def paint_on(self, painter: QPainter) -> None:
        """Draw all of it as it goes into a file, `SHEET` large."""
        painter.setFont(self.font())
        painter.fillRect(0, 0, SHEET.width(), SHEET.height(), theme.color("panel"))
        painter.translate(theme.LARGE, theme.LARGE)
        width, gap = SHEET.width() - 2 * theme.LARGE, theme.LARGE
        top = self.legend.draw(painter, width) + theme.SMALL
        high, half = (SHEET.height() - 2 * theme.LARGE - top) / 3, (width - gap) / 2
        for place, plot in enumerate(self.plots()):
            row, column = divmod(place, 2)
            wide = width if plot is self.change else half
            plot.draw(painter, QRectF(column * (half + gap), top + row * high, wide, high))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = _ROOMY * self.fontMetrics().averageCharWidth()
        self._arrange(2 if self.width() >= roomy else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for part in (self.legend, *self.plots()):
            self._grid.removeWidget(part)
        self._grid.addWidget(self.legend, 0, 0, 1, columns)
        for place, plot in enumerate(self.plots()):
            row, column = divmod(place, columns)
            wide = columns if plot is self.change else 1
            self._grid.addWidget(plot, row + 1, column, 1, wide)


class Plots(Surface):
    """Plots of the cells. `left` says that the user wants the grid back."""

    left = Signal()
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("canvas")
        self.setObjectName("plots")
        self.back = named(QPushButton(tr("Back to the grid")), "plots-back")
        self.save = named(QPushButton(tr("Save the plots as…")), "plots-save")
        names = [("psnr", "PSNR"), ("ssim", "SSIM"), ("rms", tr("Distance"))]
        self.measure = ChipGroup("plots-measure", names, wraps=True)
        self.sheet = Sheet()
        self._groups: dict[str, list[LiveCell]] = {}
        self._describe()
        back = QShortcut(QKeySequence(Qt.Key.Key_Backspace), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.save_wanted)
        self.measure.changed.connect(self._show_likeness)
        self._lay_out()
        self._show_likeness()

    def show_cells(
        self, plan: Plan | None, cells: list[LiveCell], current: LiveCell | None
    ) -> None:
        """Draw the cells; over the steps those with as many as the current one is to have."""
        self._groups = _groups(plan, cells)
        number = _steps_axis(plan)
        wanted = None if number is None or current is None else current.at[0][number]
        alike = {
            label: [
                cell for cell in group if number is None or wanted in {None, cell.at[0][number]}
            ][:1]
            for label, group in self._groups.items()
        }
        sheet = self.sheet
        sheet.legend.show_labels(list(self._groups))
        wait = tr("Nothing has run yet.")
        sheet.sigma.show_series(_series(alike, _sigmas), wait)
        sheet.alpha_bar.show_series(_series(alike, _alpha_bars), wait)
        finished = tr("Shown once pictures are finished.")
        sheet.change.show_series(_series(alike, _changes), finished)
        self._show_likeness()

    @Slot()
    def _show_likeness(self) -> None:
        """Draw how like the reference the cells are, by what that cost, in the measure chosen."""
        measure, sheet = self.measure.value(), self.sheet
        heads = {
            "psnr": tr("PSNR against the reference, dB"),
            "ssim": tr("SSIM against the reference"),
            "rms": tr("Distance to the reference, of 255"),
        }
        nothing = tr("Make a finished cell the reference (F in the grid).")
        for plot, cost in ((sheet.likeness, _calls), (sheet.timing, _seconds)):
            plot.set_head(heads[measure])
            series = [
                Series(label, _likeness(group, measure, cost))
                for label, group in self._groups.items()
            ]
            plot.show_series(series, nothing)

    def svg(self) -> bytes:
        """Return the plots as a drawing."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(SHEET)
        generator.setViewBox(QRectF(0, 0, SHEET.width(), SHEET.height()))
        generator.setTitle(tr("A comparison by Etascope"))
        painter = QPainter(generator)
        self.sheet.paint_on(painter)
        painter.end()
        return bytes(data.data())

    def png(self) -> bytes:
        """Return the plots as a picture, twice as fine as they are on most screens."""
        image = QImage(SHEET * _FINE, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.scale(_FINE, _FINE)
        self.sheet.paint_on(painter)
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs want the format as bytes
        return bytes(data.data())

    def _describe(self) -> None:
        described(self.back, self.back.text(), tr("Show all cells again (Backspace)."))
        described(
            self.save, tr("Save the plots"), tr("Save the plots as a drawing (SVG) or a picture.")
        )
        described(
            self.measure,
            tr("Measure of likeness"),
            tr("How the cells are measured by the reference."),
        )
        self.measure.set_tooltip("psnr", tr("Peak signal to noise: more is nearer."))
        self.measure.set_tooltip("ssim", tr("Structural similarity: 1 is the same."))
        self.measure.set_tooltip("rms", tr("Root mean square of the colours: 0 is the same."))
        for button in (self.back, self.save):
            button.setProperty("kind", "quiet")

    def _lay_out(self) -> None:
        save = together(theme.SMALL, self.save)
        top = Bar(together(theme.SMALL, self.back), centred(self.measure), save, theme.SMALL)
        top.setContentsMargins(theme.MEDIUM, 0, theme.MEDIUM, 0)
        area = named(QScrollArea(), "plots-area")
        described(area, tr("Plots"), tr("Noise, change and likeness of all cells as curves."))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setProperty("surface", "clear")
        area.setWidget(self.sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.addWidget(top)
        column.addWidget(area, 1)


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
        groups.setdefault(", ".join(words) or tr("All cells"), []).append(cell)
    return {
        label: sorted(group, key=lambda cell: cell.recipe.steps) for label, group in groups.items()
    }


def _series(alike: dict[str, list[LiveCell]], values: Callable[[LiveCell], Series]) -> list[Series]:
    """Return a line for each group, so that colours stay the legend's also where some are empty."""
    return [
        Series(label, values(group[0]).points if group else ()) for label, group in alike.items()
    ]


def _levels(cell: LiveCell) -> list[float]:
    """Return the noise levels that a run has told, without the last where it is none."""
    told = cell.reel is not None and cell.reel.sigma
    return [level for level in cell.track().sigma if level > 0] if told else []


def _sigmas(cell: LiveCell) -> Series:
    return Series("", over_steps(_levels(cell)))


def _alpha_bars(cell: LiveCell) -> Series:
    return Series("", over_steps(alpha_bars(_levels(cell))))


def _changes(cell: LiveCell) -> Series:
    way = None if cell.reel is None else cell.reel.trajectory
    if way is None or len(way) < 2:
        return Series("", ())
    known = over_steps(changes(way.x0), 2)
    return Series("", tuple(point for point in known if point[1] > 0))


def _calls(cell: LiveCell) -> float:
    return float(cell.calls)


def _seconds(cell: LiveCell) -> float:
    return cell.seconds


def _likeness(
    group: list[LiveCell], measure: str, cost: Callable[[LiveCell], float]
) -> tuple[Point, ...]:
    """Return points of the finished cells: what each cost, and how like the reference it is."""
    found = []
    for cell in group:
        value = None if cell.likeness is None else getattr(cell.likeness, measure)
        if value is not None and math.isfinite(value) and cost(cell):
            found.append((cost(cell), float(value)))
    return tuple(sorted(found))
