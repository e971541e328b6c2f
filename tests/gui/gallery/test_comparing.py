"""Pictures of the gallery side by side: what they are called there."""

from engine.gallery.store import gallery_folder


def test_pictures_are_named_by_what_tells_those_apart_that_can_be_read(view, keep, qtbot):
    for steps in (5, 20):
        keep(prompt="a boat", seed=1, steps=steps)
    (gallery_folder("Etascope") / "bad.png").write_bytes(b"no picture")
    gallery = view(3)
    gallery.grid.select([0, 1, 2], 0)
    gallery.do("compare")
    viewer = gallery.pages.comparing.viewer
    qtbot.waitUntil(lambda: len(viewer.pictures()) == 2)
    assert {one.label for one in viewer.pictures()} == {"Steps 5", "Steps 20"}
    assert "bad.png" in gallery.messages.sentence()
