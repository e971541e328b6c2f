"""Comparisons: lists of settings to cells, the labelled sheet of them, and the file it is kept in.

Free of torch: the command line and the window share it.
"""
