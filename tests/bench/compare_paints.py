"""What a frame of 64 cells costs the window's own thread, counted without the engine.

    .venv/bin/python -m tests.bench.compare_paints

Cells have the latents of the starter model (4 x 32 x 32), shown by a map of 4 x 4 colours each.
Times are those that the main thread computed, so that a busy machine does not blur them much.
"""

import os
import sys
from collections.abc import Callable
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from engine.compare.axes import Axis, Cell, Plan
from engine.preview import PreviewMap
from engine.recipe import Recipe
from engine.trajectory import Trajectory
from gui import theme
from gui.compare.cells import LiveCell, State
from gui.compare.cells_model import CellsModel
from gui.compare.frames import Frames
from gui.compare.grid import Grid
from gui.reel import Reel

SIDE, STEPS, TURNS = 8, 50, 90


def cell(across: int, down: int, look: PreviewMap) -> LiveCell:
    chance = np.random.default_rng(8 * across + down)
    recipe = Recipe(prompt="a", steps=STEPS, seed=8 * across + down, width=256, height=256)
    sigma = tuple(float(level) for level in np.geomspace(14.6, 0.03, STEPS))
    x = chance.standard_normal((STEPS + 1, 4, 32, 32)).astype(np.float32)
    way = Trajectory(recipe, x, x[1:], np.arange(STEPS, dtype=np.float32), x[:0])
    reel = Reel("job", recipe, tuple(map(float, range(STEPS))), sigma)
    reel.picture = chance.integers(0, 256, (256, 256, 3), np.uint8)
    reel.settle(way, look)
    made = LiveCell(recipe, recipe, ((across, down),), State.DONE)
    made.show(reel)
    made.calls, made.seconds = STEPS, 12.3
    return made


class Paints(QObject):
    """Counts the frames that a widget paints, and what handling them takes."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def told(name: str, spent: list[float], frames: int, shown: int) -> None:
    p50, p99 = np.percentile(spent, [50, 99])
    beats = f"{len(spent):5} beats {p50:6.2f} {p99:6.2f} {max(spent):6.2f} ms"
    each = f"{frames:4} paints, {sum(spent) / max(frames, 1):5.1f} ms for each"
    sys.stdout.write(f"{name:20} {beats}   {each}, {shown / TURNS:4.1f} cells a turn\n")


def measure(grid: Grid, frames: Frames, name: str, deed: Callable[[int], None]) -> None:
    """Do something 30 times a second, and tell what each turn of the event loop computed."""
    loop, paints, shown, spent = QEventLoop(), Paints(), [], []
    grid.viewport().installEventFilter(paints)
    frames.ready.connect(shown.append)
    beat, turns = QTimer(timerType=Qt.TimerType.PreciseTimer), QTimer()
    before = [thread_time()]
    left = list(range(TURNS))

    def on_beat() -> None:
        now = thread_time()
        spent.append(1000 * (now - before[0]))
        before[0] = now

    def turn() -> None:
        if left:
            deed(left.pop())
        else:
            loop.quit()

    beat.timeout.connect(on_beat)
    turns.timeout.connect(turn)
    beat.start(4)
    turns.start(33)
    loop.exec()
    grid.viewport().removeEventFilter(paints)
    told(name, spent, paints.count, len(shown))


def main() -> None:
    sys.setswitchinterval(0.001)
    app = QApplication([])
    theme.apply(app, "dark")
    look = PreviewMap(np.random.default_rng(0).random((37, 48)).astype(np.float32) / 20, 4)
    cells = [cell(across, down, look) for across in range(SIDE) for down in range(SIDE)]
    axes = (Axis("seed", tuple(range(SIDE))), Axis("guidance", tuple(range(SIDE))))
    plan = Plan(axes, tuple(Cell(one.recipe, one.at) for one in cells), ())
    model, frames = CellsModel(), Frames()
    grid = Grid(model, frames)
    grid.resize(900, 860)
    grid.show()
    model.show_cells(plan, cells)
    frames.set_cells(cells)
    frames.settle()
    app.processEvents()
    measure(grid, frames, "scrubbed", lambda turn: frames.look_at(turn % STEPS + 1))

    def some_new(turn: int) -> None:
        for one in cells[turn % 8 :: 8]:
            one.state = State.RUNNING
            frames.touch(one)

    measure(grid, frames, "eight new each time", some_new)
    measure(grid, frames, "all painted alone", lambda _: grid.viewport().update())
    frames.close()


if __name__ == "__main__":
    main()
