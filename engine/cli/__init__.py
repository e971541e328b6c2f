"""The command line: the engine in a terminal, without a window and without Qt."""

from engine.cli.main import main, without_display

__all__ = ["main", "without_display"]
