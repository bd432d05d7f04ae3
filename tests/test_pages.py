"""The printed pages of the first edition: how many there are, and how full."""

import re
from pathlib import Path

import pikepdf
import pypdf
import pytest

from halfyear.proofs import overlap

FOOT, TEXT = 57, 728  # points: the margin below and the height of the text, of A4 with 20 mm


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "annex"), [("vi", "Phụ lục"), ("en", "Annex")])
def test_at_most_eight_pages_stand_before_the_annex_and_none_is_a_fifth_empty(
    built: Path, lang: str, annex: str
) -> None:
    path = built / f"briefing.{lang}.pdf"
    texts = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    opening = re.compile(rf"\s*\d+\s+{annex}\s")
    before = next(number for number, text in enumerate(texts) if opening.match(text))
    assert before <= 8
    with pikepdf.open(path) as pdf:
        fonts = overlap.Fonts()
        for page in list(pdf.pages)[: before - 1]:
            lowest = min(run.base for run in overlap.runs(page.obj, fonts))
            assert lowest - FOOT < TEXT / 5
