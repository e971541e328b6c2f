"""The newest picture of each model."""

from engine.gallery.samples import newest_of
from engine.paths import current_paths


def test_each_model_has_its_newest_picture(index, keep):
    paths = [keep(model=model) for model in ("starter", "starter", "sha256:00", "starter")]
    for path in paths:
        index.add(path).result()
    asked = ["starter", "sha256:00", "owner/name@0", "' OR 1=1 --"]
    found = newest_of(asked, index.file, current_paths().galleries)
    assert found == {"starter": paths[3], "sha256:00": paths[2]}


def test_where_there_is_no_index_or_a_damaged_one_there_is_none(home, tmp_path):
    file = tmp_path / "index.sqlite"
    assert newest_of(["starter"], file, tmp_path) == {}
    assert not file.exists()
    file.write_bytes(b"SQLite format 3" + bytes(2000))
    assert newest_of(["starter"], file, tmp_path) == {}
