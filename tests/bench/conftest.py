from tests.engine.conftest import tiny_resources, tiny_starter

__all__ = ["tiny_resources", "tiny_starter"]  # fixtures
