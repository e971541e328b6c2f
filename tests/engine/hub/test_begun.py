"""Downloads that are looked at while something else is going on in their folders."""

import threading
from pathlib import Path

import pytest

from engine.errors import StorageError
from engine.hub.begun import Record, all_begun, drop, places, remove, write_record
from engine.hub.names import Wanted
from engine.paths import current_paths
from tests.hub_server import COMMIT

NAME = "someone/postcards"


def test_looking_at_a_download_while_files_get_their_names_and_go_is_no_fault(home):
    _, folder = places(current_paths(), Wanted(NAME, COMMIT, ""))
    over = threading.Event()

    def arrive() -> None:
        while not over.is_set():
            write_record(folder, Record(NAME, COMMIT, "", "Postcards", "", 100))
            for number in range(30):
                part = folder / f"{number}.part"
                part.write_bytes(b"." * 10)
                part.rename(folder / f"{number}")
            remove(folder)

    busy = threading.Thread(target=arrive)
    busy.start()
    try:
        seen = []
        while len(seen) < 100 and busy.is_alive():
            seen += [begun.done for begun in all_begun(current_paths())]
    finally:
        over.set()
        busy.join()
    assert len(seen) >= 100
    assert all(0 <= done <= 300 for done in seen)


def test_what_cannot_be_removed_is_said_in_a_sentence(home):
    _, folder = places(current_paths(), Wanted(NAME, COMMIT, ""))
    write_record(folder, Record(NAME, COMMIT, "", "Postcards", "", 100))
    Path(f"{folder}.lock").mkdir()  # as little to be locked as on a disk that is read-only
    with pytest.raises(StorageError, match="could not be removed"):
        drop(folder)
