"""How other tools write their settings into pictures: one room a family.

Each has a `read` that takes what a picture carries and returns what it found, or None if the
picture is not its tool's. `families.py` has them in order.
"""
