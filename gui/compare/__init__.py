"""The Compare view: cells that denoise together, one scrubber for all, figures against one."""
