"""A folder that takes the place of another: at no moment is there none."""

import threading
from pathlib import Path

import pytest

from halfyear import publication


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "file").write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("exchanged", [True, False], ids=["at once", "two renames"])
def test_the_new_folder_stands_in_the_old_ones_place_and_nothing_else_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanged: bool
) -> None:
    if not exchanged:
        monkeypatch.setattr(publication, "_exchanged", lambda *_: False)
    place = tmp_path / "2026-H1"
    for text in ("one", "two"):
        publication.replace(place, folder(publication.beside(place), text))
        assert (place / "file").read_text(encoding="utf-8") == text
        assert [path.name for path in tmp_path.iterdir()] == ["2026-H1"]


def test_a_reader_never_finds_the_place_empty(tmp_path: Path) -> None:
    if not publication._exchanged(folder(tmp_path / "a", "a"), folder(tmp_path / "b", "b")):
        pytest.skip("this system exchanges no folders")
    place = folder(tmp_path / "2026-H1", "first")
    missing, done = [], threading.Event()

    def read() -> None:
        while not done.is_set():
            missing.append(not (place / "file").exists())

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(200):
        publication.replace(place, folder(publication.beside(place), str(n)))
    done.set()
    reader.join()
    assert missing.count(True) == 0


def test_what_was_moved_aside_by_a_build_that_was_killed_is_put_back(tmp_path: Path) -> None:
    place = tmp_path / "2026-H1"
    folder(tmp_path / ".old-2026-H1", "last good")
    publication.recover(place)
    assert (place / "file").read_text(encoding="utf-8") == "last good"
    folder(tmp_path / ".old-2026-H1", "older")  # killed after the second of two renames
    publication.recover(place)
    assert (place / "file").read_text(encoding="utf-8") == "last good"
    assert [path.name for path in tmp_path.iterdir()] == ["2026-H1"]
