"""No number without a source: what coverage finds on a page, and what it lets pass."""

from decimal import Decimal
from pathlib import Path

import pytest

from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.number import Formatter, Symbols
from halfyear.proofs import coverage
from halfyear.proofs.numbering import Numbering
from halfyear.proofs.page import Page
from halfyear.results import Quantity, Results

GROWTH, SCENARIO, REST = "obs:grdp.growth@2026-H1", "scn:grdp.growth@2026-H1", "rest:homes@2026-H1"


@pytest.fixture
def reader() -> coverage.Reader:
    results = Results()
    for id, value, unit, decimals in (
        (GROWTH, "11.33", "pct", 2),
        (SCENARIO, "12.27", "pct", 2),
        (REST, "5752", "home", 0),
    ):
        results.add(Quantity(id, Interval.of(Decimal(value)), unit, decimals))
    symbols = {"pct": "%", "home": "homes"}
    numbering = Numbering(results.quantities, ["184/KH-UBND"], ["bn_vnd_2010"])
    return coverage.Reader(results, Formatter("en", Symbols(symbols, symbols)), numbering)


def number(text: str, id: str, styles: str = "unit") -> str:
    link = "#p-" + "".join(c if c.isalnum() else "-" for c in id.lower())
    return f'<a class="num" data-id="{id}" data-fmt="{styles}" href="{link}">{text}</a>'


def page(body: str) -> Page:
    entries = "".join(f'<div class="prov" data-id="{id}"></div>' for id in (GROWTH, SCENARIO, REST))
    return Page.parse(
        f'<html lang="en"><head><title>Economy</title></head><body><main>{body}'
        f'<details id="provenance">{entries}</details></main></body></html>'
    )


def found(body: str, reader: coverage.Reader) -> list[str]:
    return [problem.what for problem in coverage.measure(page(body), reader).problems]


def test_a_sentence_of_numbers_with_ids_passes(reader: coverage.Reader) -> None:
    body = f"<p>GRDP rose {number('11.33%', GROWTH)} against {number('12.27%', SCENARIO)}.</p>"
    measured = coverage.measure(page(body), reader)
    assert measured.problems == []
    assert (measured.owned, measured.orphans) == (2, 0)


@pytest.mark.parametrize(
    "body",
    [
        "<p>GRDP rose 11.33%.</p>",
        "<p>Investment came to 158,516 billion VND.</p>",
        "<p>4 of 6 sectors fell behind.</p>",
        "<p>In 2026 the port handled 2050 tonnes.</p>",
        "<td>96</td>",
        "<li>12 enterprises</li>",
        '<svg class="chart" id="c"><text>14.5</text></svg>',
        "<p>In May 2026, 17.5% more.</p>",
        "<p><b>11</b>.<i>33</i> per cent</p>",
    ],
)
def test_a_typed_number_is_found(body: str, reader: coverage.Reader) -> None:
    assert "a numeral without an id" in found(body, reader)


def test_a_typed_digit_beside_a_number_with_an_id_is_found(reader: coverage.Reader) -> None:
    assert found(f"<p>1{number('11.33%', GROWTH)}</p>", reader) == ["a numeral without an id"]


def test_a_changed_digit_is_found(reader: coverage.Reader) -> None:
    body = f"<p>GRDP rose {number('11.38%', GROWTH)}.</p>"
    assert found(body, reader) == ["a number that its id does not give"]


def test_swapped_ids_are_found(reader: coverage.Reader) -> None:
    body = f"<p>GRDP rose {number('11.33%', SCENARIO)} against {number('12.27%', GROWTH)}.</p>"
    assert found(body, reader) == ["a number that its id does not give"] * 2


def test_a_number_that_opens_the_source_of_another_is_found(reader: coverage.Reader) -> None:
    body = f"<p>{number('11.33%', GROWTH)}</p>".replace("#p-obs", "#p-scn")
    assert found(body, reader) == ["a number that leads to another's provenance"]


def test_a_dropped_unit_or_separator_is_found(reader: coverage.Reader) -> None:
    assert found(f"<p>{number('5752 homes', REST)}</p>", reader)
    assert found(f"<p>{number('5,752', REST)}</p>", reader)
    assert not found(f"<p>{number('5,752', REST, '')}</p>", reader)


def test_an_id_of_no_result_is_found(reader: coverage.Reader) -> None:
    assert "an id that no result has" in found(f"<p>{number('7', 'obs:other@2026-H1')}</p>", reader)


def test_an_axis_value_owns_itself_and_nothing_else(reader: coverage.Reader) -> None:
    tick = '<svg class="chart" id="c"><g data-id="axis:15"><text>{}</text></g></svg>'
    assert found(tick.format("15"), reader) == []
    assert found(tick.format("16"), reader) == ["a number that its id does not give"]


@pytest.mark.parametrize(
    ("pattern", "body"),
    [
        ("section", "<h2>3. The rest of the year</h2>"),
        ("figure", "<p>Figure 2. Growth</p>"),
        ("date", "<p>as known on 30 June 2026</p>"),
        ("date", "<p>số liệu 6 tháng đầu năm</p>"),
        ("date", "<p>đến ngày 28/6/2026</p>"),
        ("document", "<p>plan 184/KH-UBND</p>"),
        ("section", "<p>the report, line 134</p>"),
        ("section", "<p>Báo cáo, dòng 134</p>"),
        ("page", "<table><tbody><tr><td>1</td><td>GRDP</td></tr></tbody></table>"),
    ],
)
def test_numbering_dates_and_documents_need_no_id(
    pattern: str, body: str, reader: coverage.Reader
) -> None:
    measured = coverage.measure(page(body), reader)
    assert measured.problems == []
    assert set(measured.patterns) == {pattern}


def test_the_number_of_a_row_must_be_that_of_its_place(reader: coverage.Reader) -> None:
    body = "<table><tbody><tr><td>2</td><td>GRDP</td></tr></tbody></table>"
    assert found(body, reader) == ["a numeral without an id"]


def test_scripts_styles_and_hidden_text_are_not_read(reader: coverage.Reader) -> None:
    body = "<script>let a = 11.33</script><style>p {top: 9px}</style><p hidden>99.9</p>"
    assert found(body, reader) == []


def test_a_wrong_number_in_an_alt_text_is_found(reader: coverage.Reader) -> None:
    picture = '<svg class="chart" role="img" aria-label="GRDP: {}%"></svg>'
    assert found(picture.format("11.33"), reader) == []
    assert found(picture.format("11.34"), reader) == ["a numeral without an id"]


def test_an_operand_that_differs_from_its_result_is_found(reader: coverage.Reader) -> None:
    entry = (
        f'<section class="provenance"><div class="prov" id="p-a" data-id="{GROWTH}"></div>'
        f'<div class="prov" id="p-b" data-id="{SCENARIO}"><a href="#p-a">{{}}</a></div></section>'
    )
    assert found(entry.format("11.33%"), reader) == []
    assert found(entry.format("12.27%"), reader) == ["an operand that its id does not give"]


def test_a_number_without_provenance_is_found(reader: coverage.Reader) -> None:
    read = page(f"<p>{number('11.33%', GROWTH)}</p>")
    read.sources.clear()
    problems = coverage.measure(read, reader).problems
    assert [problem.what for problem in problems] == ["a number without provenance"]


def test_numerals_of_pdf_and_page_must_agree_in_order() -> None:
    ours = ["GRDP rose 11.33% against 12.27%.", "1,383 homes"]
    assert coverage.order(ours, ["GRDP rose 11.33%", "against 12.27%. 1,383 homes"], "a.pdf") == []
    for other in (
        ["12.27% against 11.33%. 1,383 homes"],
        ["11.33% 12.27% 1,388 homes"],
        ["11.33% 12.27%"],
        ["11.33% 12.27% 1,383 homes 96"],
    ):
        assert coverage.order(ours, other, "a.pdf")


@pytest.mark.slow
def test_every_figure_of_the_built_pages_leads_to_a_result(built: Path) -> None:
    results = Results.load(built / "results.json")
    measured = coverage.prove(Edition.open("2026-H1"), results, built)
    assert [str(problem) for one in measured for problem in one.problems] == []
    assert all(one.owned > 300 and one.printed > 300 for one in measured)


@pytest.mark.slow
def test_a_digit_changed_in_a_built_page_fails_the_proof(built: Path, tmp_path: Path) -> None:
    for path in built.glob("briefing.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    changed = tmp_path / "briefing.en.html"
    text = changed.read_text(encoding="utf-8")
    assert ">11.33%</a>" in text
    changed.write_text(text.replace(">11.33%</a>", ">11.38%</a>", 1), encoding="utf-8")
    results = Results.load(built / "results.json")
    measured = coverage.prove(Edition.open("2026-H1"), results, tmp_path)
    problems = [problem for one in measured for problem in one.problems]
    assert {p.what for p in problems} >= {
        "a number that its id does not give",
        "numerals of the PDF differ from those of the page",
    }
