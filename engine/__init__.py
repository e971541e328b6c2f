"""The image generator without a window: commands in, events out."""
