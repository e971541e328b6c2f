"""The window: widgets, views and the bridge to the engine's thread."""
