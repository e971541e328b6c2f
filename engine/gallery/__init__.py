"""Galleries: pictures on disk, and what any tool wrote into them."""
