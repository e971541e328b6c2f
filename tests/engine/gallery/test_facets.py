"""What a gallery has to click on; and a quick look whether its folder is as the index has it."""

from pathlib import Path

from engine.gallery.facets import facets, is_in_step
from engine.gallery.marks import Mark, set_marks
from engine.gallery.query import Query, Term, parse
from engine.gallery.scan import scan
from engine.gallery.schema import FOLDER


def test_what_there_is_is_counted_for_one_gallery_and_for_all(index, keep):
    for sampler in ("ddim", "ddim", "plms"):
        keep(sampler=sampler, eta=0.0 if sampler == "ddim" else None)
    keep("Other", sampler="euler", eta=None)
    scan(index)
    first = index.search(parse("sampler:plms")).result()[0]
    mark = Mark(True, 3, ("sea", "two words"))
    index.mark("Etascope", {first.facts.sha256: mark}).result()
    here, everywhere = facets(index, "Etascope").result(), facets(index).result()
    assert here.samplers == (("ddim", 2), ("plms", 1))
    assert here.models == (("starter", 3),)
    assert set(here.tags) == {("sea", 1), ("two words", 1)}
    assert (here.pictures, here.favourites, here.rated, here.grids) == (3, 1, 1, 0)
    assert everywhere.pictures == 4
    assert everywhere.samplers[0] == ("ddim", 2)
    assert everywhere.size == sum(one.facts.seen.size for one in index.search(Query()).result())


def test_an_empty_index_has_nothing_to_click_on(index):
    assert facets(index).result().pictures == 0
    assert facets(index, "Nowhere").result().samplers == ()


def test_a_gallery_is_meant_by_its_very_name(index, keep):
    keep("Boats")
    keep("boats too")
    scan(index)
    query = Query((Term(FOLDER, "=", ("Boats",)),))
    assert [one.gallery for one in index.search(query).result()] == ["Boats"]
    assert index.count(Query((Term(FOLDER, "=", ("boats",)),))).result() == 0
    assert FOLDER not in {term.key for term in parse("folder:Boats").terms}


def test_a_folder_is_in_step_until_anything_in_it_changes(index, keep):
    paths = [keep() for _ in range(3)]
    scan(index)
    folder: Path = paths[0].parent
    assert is_in_step(index, folder)
    (folder / "notes.txt").write_text("no picture")
    assert is_in_step(index, folder)
    paths[0].rename(folder / "renamed.png")
    assert not is_in_step(index, folder)
    scan(index)
    assert is_in_step(index, folder)
    paths[1].write_bytes(paths[2].read_bytes())
    assert not is_in_step(index, folder)


def test_marks_that_another_program_has_written_are_not_in_step(index, keep):
    path = keep()
    scan(index)
    digest = index.named(path).result().facts.sha256
    index.mark("Etascope", {digest: Mark(rating=2)}).result()
    assert is_in_step(index, path.parent)
    set_marks(path.parent, {digest: Mark(rating=2, tags=("sea",))})
    assert not is_in_step(index, path.parent)
    scan(index)
    assert is_in_step(index, path.parent)
    assert index.named(path).result().mark.tags == ("sea",)
    (path.parent / "marks.json").write_text("{")
    assert not is_in_step(index, path.parent)
    scan(index)  # which puts it aside, and writes what was last seen
    assert is_in_step(index, path.parent)
    (path.parent / "marks.json").unlink()
    (path.parent / "marks.json").mkdir()
    assert is_in_step(index, path.parent)
