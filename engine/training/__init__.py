"""Draws the scenes, and trains and exports the starter model (``python -m engine.training``)."""
