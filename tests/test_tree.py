"""The composition tree: what its writer makes of each node, and what is read from it."""

import pytest

from halfyear.charts.chart import Chart
from halfyear.compose import provenance
from halfyear.compose.source import Writer
from halfyear.compose.tree import Column, Figure, Heading, Items, Table, block, bullets, texts, walk
from halfyear.errors import RenderError

NUMBER = '[11.33%]{.num data-id="obs:grdp.growth_yoy@2026-H1"}'
DRAWN = '<svg><g class="num" data-id="gap:grdp.growth_yoy@2026-H1"/><g data-id="axis:5"/></svg>'
TABLE = Table(
    "tbl-a",
    (Column("Name", "1fr"), Column("Now", "16", "r", "Rates"), Column("Then", "16", "r", "Rates")),
    (("GRDP", NUMBER, ""),),
    number="1",
    caption="Table 1. Rates",
)
FIGURE = Figure(
    Chart("bars", DRAWN, "Two bars", subtitle="per cent", note="estimates"), "2", "Bars"
)


def test_a_table_is_written_with_its_heads_and_a_blank_cell_stays_a_cell() -> None:
    assert Writer("en").node(TABLE).splitlines() == [
        '::: {#tbl-a .table kind="data" widths="1fr,16,16" align="lrr" number="1"}',
        "[Table 1. Rates]{.caption}",
        "",
        '[Rates]{.spanner from="2" to="3"}',
        "",
        "| Name | Now | Then |",
        "|:---|---:|---:|",
        f"| GRDP | {NUMBER} |   |",
        ":::",
    ]


def test_a_block_has_more_colons_than_what_stands_in_it() -> None:
    written = Writer("en").node(block("cards", block("card", "One."), "", block("card", "Two.")))
    assert written.splitlines()[0] == ":::: {.cards}"
    assert written.count("::: {.card}") == 2
    assert "\n\n\n" not in written


def test_every_anchor_of_a_second_edition_has_its_own_name() -> None:
    nodes = [
        Heading("1. A", "sec-a"),
        TABLE,
        FIGURE,
        Items(("x",), numbered=True, anchors=("src-x",)),
    ]
    written = Writer("en", "en-").write(nodes)
    assert all(f"#en-{anchor}" in written for anchor in ("sec-a", "tbl-a", "fig-bars", "src-x"))
    assert "charts/bars.en.svg" in written


def test_lists_are_numbered_or_not() -> None:
    assert Writer("vi").node(Items(("a", "b"), numbered=True)) == "1. a\n2. b"
    assert Writer("vi").node(bullets(["a", "b"])) == "- a\n- b"


def test_numbers_are_found_wherever_they_stand_text_before_drawings() -> None:
    nodes = [FIGURE, block("page", block("card", NUMBER))]
    assert provenance.used(nodes) == ["obs:grdp.growth_yoy@2026-H1", "gap:grdp.growth_yoy@2026-H1"]
    assert provenance.used([TABLE]) == ["obs:grdp.growth_yoy@2026-H1"]
    assert [text for node in walk(nodes) for text in texts(node)] == [
        "Bars",
        "per cent",
        "estimates",
        NUMBER,
    ]


def test_a_chart_that_says_nothing_is_refused() -> None:
    with pytest.raises(RenderError, match="no alt text"):
        Writer("en").node(Figure(Chart("bars", DRAWN, " "), "1", "Bars"))
