"""The figures of a chart as a table in words: name, period, unit and place of each."""

import csv
import io

from halfyear.charts.chart import Chart
from halfyear.compose import provenance
from halfyear.results import PRINTED, Quantity
from halfyear.texts import bare
from halfyear.view import View

COLUMNS = ("what", "printed", "low", "high", "unit", "source")
SPARE = 2  # decimals beyond those that the page shows


def text(view: View, chart: Chart) -> str:
    """The numbers written in a chart and its title, each once, as CSV; empty without numbers.

    low and high are plain decimals with a point, the same where the figure is no range.
    """
    ids = provenance.named(chart.heading, chart.svg)
    known = [q for q in (view.results.get(id) for id in ids) if q is not None and q.interval]
    if not known:
        return ""
    buffer = io.StringIO()
    lines = csv.writer(buffer, lineterminator="\n")
    lines.writerow([view.say(f"charts.data.{column}") for column in COLUMNS])
    lines.writerows(_row(view, quantity) for quantity in known)
    return buffer.getvalue()


def _row(view: View, quantity: Quantity) -> list[str]:
    ends = (quantity.known.low, quantity.known.high)
    places = quantity.decimals + SPARE
    shown = [f"{round(end, places):f}" for end in ends]
    return [
        bare(view.describe(quantity.id)),
        view.formatter.text(quantity, "unit"),
        *(number.rstrip("0").rstrip(".") if "." in number else number for number in shown),
        view.formatter.symbols.full.get(quantity.unit, ""),
        bare(_source(view, quantity)),
    ]


def _source(view: View, quantity: Quantity) -> str:
    row = view.edition.figures.get(quantity.id)
    if row is None or quantity.formula != PRINTED:
        return view.say("charts.data.computed", formula=view.formula(quantity.formula))
    title = view.edition.sources[str(row["source"])].title[view.lang]
    return f"{title}, {provenance.place(view, row)}"
