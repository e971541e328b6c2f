"""Sharing: pictures as a folder, an archive, contact sheets or a page, with settings or without."""
