"""A second province from nothing to its pages, by the installed package, and two in one project."""

import re
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pypdf
import pytest

import computed
import second_place
from copies import as_known
from halfyear.analysis import changes
from halfyear.compose import briefing
from halfyear.data.frames import Tables
from halfyear.edition import Edition
from halfyear.project import Project
from halfyear.proofs import review
from opened import edition

NAME, SECOND = "2026-H1", "QN/2026-H1"
# Whatever is said of the place the package came from, or of what this one has not.
STRANGE = re.compile(
    r"Hải Phòng|Hai Phong|Hải Dương|UBND TP|thành phố|city\b|merge|hợp nhất|sáp nhập|former"
    r"|cảng|seaport|\bports?\b",
    re.IGNORECASE,
)


def pages(folder: Path, lang: str) -> list[str]:
    """The words of each page of a briefing, one blank between two words."""
    reader = pypdf.PdfReader(folder / f"briefing.{lang}.pdf")
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return second_place.installed(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def walked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of Quảng Ninh, from nothing to the pages in Vietnamese."""
    base = tmp_path_factory.mktemp("second")
    project = base / "quang-ninh"
    second_place.run(base, "init", project.name, "--place", "QN", "--lang", "vi", site=site)
    second_place.run(project, "new", f"QN/{NAME}", site=site)
    second_place.told(project, NAME, site)
    checked = second_place.run(project, "check", "--lang", "vi", site=site)
    assert "Không phát hiện vấn đề nào." in checked
    second_place.only(project, NAME, "vi")
    second_place.run(project, "report", "-q", site=site)
    return project


@pytest.mark.slow
def test_page_1_tells_the_half_year_of_the_province_that_the_project_is_of(walked: Path) -> None:
    first = pages(walked / "build" / NAME, "vi")[0]
    assert "TỈNH QUẢNG NINH" in first
    assert "Số liệu theo báo cáo đã ban hành, cập nhật đến ngày 30/6/2026." in first
    assert "6 tháng đầu năm 2026, GRDP ước tăng 10,42%." in first
    # what the report says nothing of is said to be missing, and judged by nothing
    assert "Các văn bản không nêu kịch bản của kỳ này nên không đánh giá" in first
    assert "Chỉ số sản xuất công nghiệp, % −1,87" in first
    # 34,500 of the 62,000 billion that the council set: 55.6 %, and 27,500 are left
    assert re.search(r"Thu ngân sách nhà nước, tỷ đồng 34.500 \+18,2 55,6 27.500", first)
    # the target of 12 % after 10.42 % (10.415 to 10.425) needs, with the first half weighing 0.45
    # to 0.50 of a year, (12 - 0.45 x 10.425) / 0.55 = 13.29 to (12 - 0.5 x 10.415) / 0.5 = 13.59
    assert "13,3–13,6%" in first


@pytest.mark.slow
def test_no_page_tells_of_another_place_or_of_what_this_one_has_not(walked: Path) -> None:
    folder = walked / "build" / NAME
    told = pages(folder, "vi")
    assert len(told) >= 4
    # the sectors' rates stand where growth is told, though no weights say what each contributes
    growth = "GRDP ước tăng 10,42%. Trong đó: công nghiệp và xây dựng 11,95%; dịch vụ 12,1"
    assert any(growth in page for page in told)
    assert [match.group() for page in told for match in STRANGE.finditer(page)] == []
    html = (folder / "briefing.vi.html").read_text(encoding="utf-8")
    shown = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    assert "Quảng Ninh" in shown
    assert [match.group() for match in STRANGE.finditer(shown)] == []


@pytest.mark.slow
def test_every_figure_of_the_second_place_leads_to_a_result(walked: Path) -> None:
    proved = second_place.run(walked, "coverage")
    counts = re.findall(r"(\d+) of (\d+) figures lead to a result", proved)
    assert counts
    assert all(0 < int(proved) == int(every) for proved, every in counts)
    tested = review.notebooks(Project(walked), walked / "build" / NAME)
    assert tested.state == "passed", tested.text


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of Hải Phòng with all its figures, and Quảng Ninh as a second place of it."""
    project = as_known("9999-12-31", tmp_path_factory.mktemp("beside") / "hai-phong")
    second_place.run(project.root, "new", SECOND)
    second_place.told(project.root, SECOND)
    return project


def test_a_second_place_in_the_project_of_hai_phong_is_told_of_itself_alone(
    beside: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(beside.root))
    edition = Edition.open(SECOND)
    results = computed.run(edition, SECOND)
    for lang, growth in (("vi", "10,42"), ("en", "10.42")):
        text = briefing.compose(edition, results, lang).body()
        assert growth in text
        assert [match.group() for match in STRANGE.finditer(text)] == []


def test_hai_phong_is_told_from_the_same_figures_beside_a_second_place(
    beside: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = edition()
    monkeypatch.setenv("HALFYEAR_ROOT", str(beside.root))
    together = Edition.open(NAME, "2026-06-30")
    assert together.params == alone.params
    added = {}
    for table in fields(Tables):
        old, new = (rows(getattr(each.tables, table.name)) for each in (alone, together))
        assert [row for row in new if row in old] == old, table.name
        added[table.name] = [row for row in new if row not in old]
    # What the headline list ranks may be compared with a peer's: these two, and their document.
    peers = [(row["place"], row["indicator"], row["measure"]) for row in added["observations"]]
    assert set(peers) == {("QN", "grdp", "growth_yoy"), ("QN", "investment", "level")}
    assert [row["id"] for row in added["sources"]] == ["report_qn_2026_h1"]
    assert [name for name, more in added.items() if more] == ["sources", "observations"]
    # and a peer's report is no news of the place
    counted = [changes.study(each).counts for each in (alone, together)]
    assert counted[0] == counted[1]


def rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(k): str(v) for k, v in row.items()} for row in frame.to_dict("records")]


def test_both_places_are_listed_and_checked(beside: Project) -> None:
    listed = second_place.run(beside.root, "list", "--lang", "en")
    assert re.search(rf"^{NAME} .* HP ", listed, re.MULTILINE)
    assert re.search(rf"^{SECOND} .* QN ", listed, re.MULTILINE)
    assert "No problems found." in second_place.run(beside.root, "check", "--lang", "en")
