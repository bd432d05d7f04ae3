"""Fonts of the page: a cut that is kept is the one that would be made."""

import shutil
from pathlib import Path

import pytest

from halfyear.render import webfonts

FONTS = Path(__file__).resolve().parents[1] / "report" / "fonts"
TEXT = "Hải Phòng 11,33%"


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A folder with one of the project's fonts."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    shutil.copy(FONTS / "Tinos-Regular.ttf", folder)
    return folder


def faces(fonts: Path, kept: Path | None = None, text: str = TEXT) -> list[str]:
    webfonts._cut.cache_clear()
    return list(webfonts.faces(fonts, text, kept))


def test_a_kept_cut_is_what_would_be_made(
    fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, kept = faces(fonts), tmp_path / "kept"
    assert faces(fonts, kept) == fresh
    monkeypatch.setattr(webfonts, "_cut", lambda *_: pytest.fail("cut again"))
    assert list(webfonts.faces(fonts, TEXT[::-1], kept)) == fresh


def test_another_text_and_another_font_are_cut_anew(fonts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    before = faces(fonts, kept)
    assert faces(fonts, kept, TEXT + "Ω") == faces(fonts, None, TEXT + "Ω") != before
    shutil.copy(FONTS / "Tinos-Bold.ttf", fonts / "Tinos-Regular.ttf")
    assert faces(fonts, kept) == faces(fonts) != before


@pytest.mark.parametrize("content", [b"", b"x" * 100], ids=["empty", "torn"])
def test_a_torn_cut_is_made_again(fonts: Path, tmp_path: Path, content: bytes) -> None:
    kept = tmp_path / "kept"
    fresh = faces(fonts, kept)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    file.write_bytes(content)
    assert faces(fonts, kept) == fresh
    assert file.read_bytes() == whole


def test_no_more_than_a_number_of_cuts_is_kept(
    fonts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webfonts, "KEPT", 2)
    for letter in "abc":
        faces(fonts, tmp_path / "kept", letter)
    assert len(list((tmp_path / "kept").iterdir())) == 2
