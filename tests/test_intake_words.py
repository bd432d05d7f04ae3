"""What the review sheet says: every reason and word in both languages, the page in one."""

import ast
import base64
import hashlib
import re
from pathlib import Path
from string import Formatter

import openpyxl
import pytest

from halfyear.data import schema
from halfyear.data.frames import Tables
from halfyear.document.reader import Document
from halfyear.intake import reason, words
from halfyear.intake.proposal import NEEDED, TABLES, Proposal
from halfyear.intake.reader import reading
from halfyear.intake.reason import Reason
from halfyear.intake.sheet import page, review, ticks
from halfyear.intake.sheet.choices import choices
from halfyear.intake.sheet.telling import Telling
from halfyear.period import Period
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    *sorted((ROOT / "src/halfyear/intake").rglob("*.py")),
    ROOT / "src/halfyear/commands/reading.py",
]
SHEET = ROOT / "src/halfyear/intake/sheet"
LANGUAGES = ("vi", "en")
MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
TEXT = """II. KẾT QUẢ
Kim ngạch xuất khẩu 9 tháng ước đạt 41,25 tỷ USD, tăng 9,4% so với cùng kỳ, vượt kịch bản.
Trong 9 tháng hoàn thành 3.940 căn nhà ở xã hội (không đạt kịch bản 9 tháng là 4.100 căn).
Có 12/15 dự án chậm tiến độ. Một khoản lạ <b> đạt 12-15 tỷ đồng, tăng 3 tỷ đồng."""
SOURCE = {
    "id": "made_up_2026_9m",
    "title_vi": "Báo cáo giả định",
    "title_en": "Invented report",
    "number": "",
    "issuer": "UBND TP Hải Phòng",
    "date": "2026-09",
    "status": "draft",
}


def calls(name: str) -> list[ast.Call]:
    """Every call of a name, such as Reason.of, with a text for its first argument."""
    found = [
        node
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(name)
    ]
    return [call for call in found if any(isinstance(one, ast.Constant) for one in call.args)]


def text(call: ast.Call) -> str:
    return next(str(one.value) for one in call.args if isinstance(one, ast.Constant))


def slots(told: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(told) if name}


def test_every_reason_used_has_its_texts_and_every_text_is_used() -> None:
    assert {text(call) for call in calls("Reason.of")} == set(reason.catalogue())


def test_reasons_are_made_with_the_slots_of_their_texts_in_both_languages() -> None:
    for call in calls("Reason.of"):
        given = {str(one.arg) for one in call.keywords}
        for lang in LANGUAGES:
            assert slots(reason.catalogue()[text(call)][lang]) == given, text(call)


def test_reasons_and_words_are_told_in_two_languages() -> None:
    sections = {"reason": reason.catalogue(), **words.catalogue()}
    for section, told in sections.items():
        for code, both in told.items():
            assert sorted(both) == ["en", "vi"], (section, code)
            assert slots(both["vi"]) == slots(both["en"]), (section, code)
            assert not MARKED.search(both["en"]), (section, code)
    same = [code for code, both in reason.catalogue().items() if both["vi"] == both["en"]]
    assert same == []


def test_every_word_that_is_said_is_there_and_no_other() -> None:
    template = (SHEET / "page.html").read_text(encoding="utf-8")
    keys = [text(call) for call in calls("say")]
    keys += re.findall(r"\bsay\('([a-z_]+\.[a-z_]+)'[,)]", template)
    named = [key.partition(".")[::2] for key in keys if "." in key]
    assert len(named) > 20
    assert [key for key in named if key[1] not in words.catalogue()[key[0]]] == []
    files = (*SOURCES, SHEET / "page.html", SHEET / "page.py")
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    source += "".join(f"'filter_{name}'" for name in page.FILTERS)  # filter_all, filter_open, …
    for section in ("page", "command"):
        for code in words.catalogue()[section]:
            assert re.search(rf"[\"']({section}\.)?{code.removesuffix('_alone')}\b", source), code


def test_every_code_and_column_of_the_sheet_has_its_words(project: Project) -> None:
    told = words.catalogue()
    tables = schema.read(project)
    for table, column, section in (
        ("observations", "measure", "measure"),
        ("observations", "obs_status", "obs_status"),
        ("observations", "bound", "bound"),
        ("observations", "comparison", "comparison"),
        ("observations", "price_base", "price_base"),
        ("claims", "kind", "kind"),
        ("claims", "word", "word"),
        ("projects", "state", "state"),
        ("sources", "status", "standing"),
    ):
        (enum,) = [one.enum for one in tables[table].columns if one.name == column]
        assert set(told[section]) == set(enum), section
    assert set(told["table"]) == {name or "none" for name in TABLES}
    assert list(told["note"]) == list(review.COLUMNS)
    assert list(told["source_note"]) == list(tables["sources"].names)


@pytest.fixture(scope="module")
def made(data: Tables) -> tuple[reading.Reading, list[bool]]:
    lines = tuple(TEXT.split("\n"))
    document = Document(Path("made.docx"), "", lines, (0,) * len(lines))
    found = reading.read(document, data, Period.parse("2026-9M"))
    return found, ticks.tick(found.proposals, data, "")


def told(data: Tables, made: tuple[reading.Reading, list[bool]], lang: str) -> str:
    found, ticked = made
    telling = Telling.of(data, lang)
    told = {"edition": "2026-9M", "place": "HP", "source": SOURCE["id"], "instrument": ""}
    rows = review.rows(found.proposals, ticked, telling, **told)
    sheet, offered = review.Sheet(rows, SOURCE), choices(data, telling, rows)
    top = page.Top("2026-9M", "made.docx", "halfyear accept build/intake/made_up")
    return "".join(page.page(telling, top, found.paragraphs, found.proposals, sheet, offered))


def plain(html: str) -> str:
    body = html.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_page_is_in_the_words_of_the_reader(
    data: Tables, made: tuple[reading.Reading, list[bool]]
) -> None:
    shown = plain(told(data, made, "vi"))
    for words_there in (
        "Báo cáo giả định",
        "9/2026 · dự thảo",
        "số liệu · tăng so cùng kỳ · 9 tháng 2026 · ước",
        "41,25\u00a0tỷ\u00a0USD",
        "chắc 1,00",
        "cần xem 0,55",
        "12/15\u00a0dự\u00a0án",
        "12–15\u00a0tỷ\u00a0đồng",
        "tăng 3 tỷ đồng chưa rõ loại",
        "tên chỉ tiêu chỉ được ghi phần đầu",
        "số liệu được nói đến chưa chắc",
        "chưa rõ văn bản nào đặt ra kịch bản",
    ):
        assert " ".join(words_there.split()) in shown
    english = plain(told(data, made, "en"))
    assert "figure · growth on a year ago · nine months of 2026 · estimate" in english
    assert "only the beginning of the name stands there" in english


def test_the_counts_of_the_page_are_those_of_the_sheet(
    data: Tables, made: tuple[reading.Reading, list[bool]]
) -> None:
    ticked = made[1]
    shown = plain(told(data, made, "vi"))
    left = len(ticked) - sum(ticked)
    assert f"{len(ticked)} dòng đề xuất {sum(ticked)} đã đánh dấu {left} để ngỏ" in shown
    assert f"Các dòng để ngỏ, cần quyết định ({left})" in shown


def test_every_link_of_the_page_leads_somewhere_and_nothing_is_fetched(
    data: Tables, made: tuple[reading.Reading, list[bool]]
) -> None:
    html = told(data, made, "vi")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert re.findall("<link[^>]*>", html) == ['<link rel="icon" href="data:,">']
    assert not re.search(r"<script[^>]*src|\bsrc=|url\(|https?:|@import", html)
    assert "&lt;b&gt;" in html


def test_the_page_runs_its_own_script_alone(
    data: Tables, made: tuple[reading.Reading, list[bool]]
) -> None:
    html = told(data, made, "en")
    (policy,) = re.findall(r'Security-Policy" content="([^"]+)"', html)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    for kind, text in (("script", script), ("style", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src &#39;sha256-{digest}&#39;" in policy
    assert policy.startswith("default-src &#39;none&#39;")
    assert not re.search(r"<[^>]+ (?:style|on[a-z]+)=", html)


def test_what_is_said_in_the_page_is_there_and_every_word_of_it_is_said() -> None:
    script = (SHEET / "page.js").read_text(encoding="utf-8")
    catalogue = words.catalogue()
    desk = set(re.findall(r"\bsay\((?:clean \? )?\"([a-z_]+)\"", script))
    said = {code for code in catalogue["desk"] if re.search(rf"\"{code}\"", script)}
    assert desk <= set(catalogue["desk"])
    assert said == set(catalogue["desk"])


def test_every_field_of_the_page_is_a_column_of_the_sheet_or_its_sign() -> None:
    assert set(words.catalogue()["field"]) <= {*review.COLUMNS, "sign"}


def test_a_reason_names_indicators_and_facts_rather_than_their_codes(data: Tables) -> None:
    telling = Telling.of(data, "vi")
    fact = telling.reason(Reason.of("operand_open", fact="scn:grdp.growth_yoy@2026-Q4"))
    assert fact == "không đánh dấu: chưa có kịch bản GRDP, tăng so cùng kỳ, quý IV/2026"
    either = telling.reason(Reason.of("indicators_several", indicators="exports imports"))
    names = dict(zip(data.indicators["id"], data.indicators["name_short_vi"], strict=True))
    assert either.endswith(f": {names['exports']}, {names['imports']}")


def test_a_sure_row_whose_figure_is_taken_says_why_it_is_not_ticked(data: Tables) -> None:
    rows = [
        Proposal("observations", 1, 1, "9,4%", indicator=code, measure="level", unit="pct")
        for code in ("exports", "imports")
    ]
    for row in rows:
        row.time_period = "2026-9M"
        row.grounds = dict.fromkeys(NEEDED, Reason.of("level"))
    assert ticks.tick(rows, data, "") == [True, False]
    assert rows[1].reasons == [Reason.of("numeral_taken")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_heads_of_the_workbook_explain_their_columns_and_codes(
    project: Project, lang: str, tmp_path: Path
) -> None:
    sheet = review.Sheet([], SOURCE)
    review.write(tmp_path, sheet, schema.read(project), lang)
    book = openpyxl.load_workbook(tmp_path / "review.xlsx")
    heads = {cell.value: cell.comment.text for cell in book[review.SHEET][1]}
    assert list(heads) == list(review.COLUMNS)
    word = {"vi": "growth_yoy = tăng so cùng kỳ", "en": "growth_yoy = growth on a year ago"}
    assert word[lang] in heads["measure"].splitlines()
    assert all(cell.comment for cell in book[review.SOURCE][1])
