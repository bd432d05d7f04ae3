"""The findings of the audit by class and severity."""

from collections.abc import Mapping

from matplotlib.patches import Rectangle

from halfyear.audit.finding import CLASSES, SEVERITIES
from halfyear.charts.style import INK, NAVY, ORANGE, PALE, WIDTH, Chart, canvas, nothing
from halfyear.number import Formatter
from halfyear.period import Period
from halfyear.results import Results

ROW, BAR, LEFT = 8.0, 5.0, 38.0
COLOURS = {"high": ORANGE, "medium": NAVY, "low": PALE}
NAME = "audit-findings"


def findings(
    results: Results, formatter: Formatter, words: Mapping[str, str], period: Period
) -> Chart:
    """Draw one bar for each class of findings, parted by severity.

    results hold the counts of audit.tally; words are the texts of audit.<language>.yml.
    """
    shown = [kind for kind in CLASSES if results[f"audit:{kind}@{period}"].value > 0]
    if not shown:
        return nothing(NAME, words["chart_none"])
    most = max(float(results[f"audit:{kind}@{period}"].value) for kind in shown)
    drawing = canvas(WIDTH, ROW * (len(shown) + 1))
    scale = (WIDTH - LEFT - 12) / most
    for column, severity in enumerate(SEVERITIES):
        x = LEFT + column * 32
        drawing.ax.add_patch(Rectangle((x, 1.5), 4, 4, color=COLOURS[severity]))
        drawing.ax.text(x + 6, 3.5, words[f"word_{severity}"], va="center", color=INK, size=10)
    for row, kind in enumerate(shown, 1):
        y, x = row * ROW, LEFT
        drawing.ax.text(
            LEFT - 3,
            y + ROW / 2,
            words[f"word_{kind}"],
            ha="right",
            va="center",
            color=INK,
            size=10,
        )
        for severity in SEVERITIES:
            width = float(results[f"audit:{kind}_{severity}@{period}"].value) * scale
            drawing.ax.add_patch(Rectangle((x, y + 1.5), width, BAR, color=COLOURS[severity]))
            x += width
        total = results[f"audit:{kind}@{period}"]
        middle = y + ROW / 2
        drawing.number(x + 2, middle, total, formatter, (), va="center", color=INK, size=10)
    title = words["chart_title"].format(
        high=formatter.text(results[f"audit:high@{period}"]),
        all=formatter.text(results[f"audit:all@{period}"]),
    )
    rows = tuple(
        (words[f"word_{kind}"], formatter.text(results[f"audit:{kind}@{period}"])) for kind in shown
    )
    alt = f"{title} " + "; ".join(f"{name} {count}" for name, count in rows)
    return Chart(NAME, drawing.svg(NAME), alt=alt, title=title, data=rows)
