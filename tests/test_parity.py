"""Two languages, one briefing: the same numbers, the same directions, no word of the other."""

from pathlib import Path

import pytest

import opened
from halfyear.proofs import parity
from halfyear.proofs.page import Page
from halfyear.results import Results

NAMES = ["UBND TP Hải Phòng", "Hải Phòng", "184/KH-UBND"]
ROSE, GAP = "obs:grdp@2026-H1", "gap:grdp@2026-H1"


def number(text: str, id: str, styles: str = "unit") -> str:
    return f'<a class="num" data-id="{id}" data-fmt="{styles}">{text}</a>'


def page(lang: str, body: str) -> Page:
    head = f"<title>{'Kinh tế' if lang == 'vi' else 'Economy'}</title>"
    return Page.parse(f'<html lang="{lang}"><head>{head}</head><main>{body}</main></html>')


VI = f"<p>GRDP tăng {number('1.234,5%', ROSE)}, thấp hơn {number('0,94', GAP, 'abs')}.</p>"
EN = f"<p>GRDP rose {number('1,234.5%', ROSE)}, {number('0.94', GAP, 'abs')} below.</p>"


def found(vi: str, en: str) -> list[str]:
    compared = parity.compare(page("vi", vi), page("en", en), NAMES)
    return [problem.what for problem in compared.problems]


def test_same_facts_in_both_habits_agree() -> None:
    compared = parity.compare(page("vi", VI), page("en", EN), NAMES)
    assert compared.problems == []
    assert (compared.numbers, compared.sentences) == (2, 1)


def test_order_within_a_sentence_is_the_languages_own() -> None:
    turned = f"<p>At {number('0.94', GAP, 'abs')} below, it rose {number('1,234.5%', ROSE)}.</p>"
    assert found(VI, turned) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("1,234.5%", "1,234.6%"), ("1,234.5%", "−1,234.5%"), ("1,234.5%", "1,234.5")],
)
def test_another_value_sign_or_unit_is_found(old: str, new: str) -> None:
    what = "a number with another value, sign or unit in the other language"
    assert found(VI, EN.replace(old, new)) == [what]


def test_a_left_out_or_exchanged_number_is_found() -> None:
    assert found(VI, EN.replace(GAP, "gap:iip@2026-H1")) == ["other numbers in the other language"]
    assert found(VI, "<p>Nothing.</p>")


def test_values_are_read_in_the_habit_of_the_language() -> None:
    assert found(VI, EN.replace("1,234.5%", "1.234,5%"))


@pytest.mark.parametrize(("old", "new"), [(" rose ", " fell "), (" below", " above")])
def test_another_direction_is_found(old: str, new: str) -> None:
    assert found(VI, EN.replace(old, new)) == ["another direction in the other language"]


def test_the_bound_of_a_figure_is_no_direction() -> None:
    goal = number("50%", GAP)
    assert found(f"<p>so với trên {goal} là không đạt</p>", f"<p>misses more than {goal}</p>") == []


def test_headings_tables_and_figures_must_be_the_same() -> None:
    assert found(VI + '<h2 id="sec-a">Tăng</h2>', EN + '<h2 id="sec-a">Rise</h2>') == []
    assert found(VI + '<h2 id="sec-a">Tăng</h2>', EN) == ["other headings in the other language"]
    figure = '<figure id="fig-a"></figure>'
    assert found(VI + figure, EN) == ["other figures in the other language"]
    table = '<div class="table" id="tbl-a"><table><tr><td>A</td></tr></table></div>'
    longer = table.replace("</tr>", "</tr><tr><td>B</td></tr>")
    assert found(VI + table, EN + longer) == ["other tables in the other language"]


def test_a_word_of_the_other_language_is_found_and_names_are_counted() -> None:
    assert found(VI, EN + "<p>xuất khẩu</p>") == ["a word of another language in en"] * 2
    assert found(VI + "<p>below the plan</p>", EN)
    assert found(VI, EN + '<p><span lang="vi">xuất khẩu</span></p>') == []
    compared = parity.compare(page("vi", VI), page("en", EN + "<p>UBND TP Hải Phòng</p>"), NAMES)
    assert compared.problems == []
    assert dict(compared.names) == {"Hải": 1, "Phòng": 1}


def test_a_number_without_sign_needs_a_word_of_its_direction() -> None:
    below = frozenset({GAP})
    assert parity.against_signs(page("vi", VI), below) == []
    assert parity.against_signs(page("en", EN), below) == []
    assert parity.against_signs(page("en", EN.replace("below", "off")), below)
    assert parity.against_signs(page("vi", VI.replace("thấp hơn", "cách")), below)


@pytest.mark.slow
def test_built_pages_say_the_same_in_both_languages(built: Path) -> None:
    results = Results.load(built / "results.json")
    compared = parity.prove(opened.edition(), results, built)["vi-en"]
    assert [str(problem) for problem in compared.problems] == []
    assert compared.numbers > 300
    assert compared.sentences > 100
    assert compared.quotes > 50
    below = frozenset(q.id for q in results if q.interval and q.interval.high < 0)
    vi, en = (Page.read(built / f"briefing.{lang}.html") for lang in ("vi", "en"))
    told = [p for page in (vi, en) for p in parity.against_signs(page, below)]
    assert [p.column for p in told if not p.column.startswith("unexplained:")] == []


@pytest.mark.slow
def test_shares_of_plan_are_printed_for_flows_only(built: Path) -> None:
    kinds = {i.id: i.kind for i in opened.edition().indicators.values()}
    shown = [
        number.id.partition(":")[2].partition(".")[0]
        for number in Page.read(built / "briefing.en.html").numbers()
        if number.id.startswith("share:")
    ]
    assert shown
    assert {kinds[indicator] for indicator in shown} <= {"flow", "cumulative"}
