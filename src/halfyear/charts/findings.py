"""Heat maps of the audit: how many findings of which kind, between which documents."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from halfyear.charts.chart import Chart
from halfyear.charts.style import INK, MIST, NAVY, WIDTH, canvas, nothing

ROW, LEFT, TOP, RIGHT = 8.0, 74.0, 10.0, 2.0
WIDE = 4
SIZE = 9.5


def heatmap(name: str, counts: pd.DataFrame, title: str, words: Mapping[str, str]) -> Chart:
    """Draw a table of counts as a heat map; words name its rows and columns, by their keys.

    More than WIDE columns are numbered as their rows are. Without counts the chart is empty and
    its title says so (words["chart_none"]).
    """
    if counts.empty:
        return nothing(name, words["chart_none"])
    import seaborn as sns

    rows, columns = ([words[str(key)] for key in keys] for keys in (counts.index, counts.columns))
    if len(columns) > WIDE:
        rows = [f"{row} ({n})" for n, row in enumerate(rows, 1)]
        columns = [f"({n})" for n in range(1, len(columns) + 1)]
    height, width = TOP + ROW * len(rows), WIDTH - LEFT - RIGHT
    drawing = canvas(WIDTH, height)
    axes = drawing.fig.add_axes((LEFT / WIDTH, 0, width / WIDTH, 1 - TOP / height))
    sns.heatmap(
        counts,
        ax=axes,
        annot=True,
        fmt="d",
        annot_kws={"size": SIZE},
        cmap=LinearSegmentedColormap.from_list("counts", [MIST, NAVY]),
        mask=counts == 0,
        linewidths=1,
        cbar=False,
        xticklabels=False,
        yticklabels=False,
    )
    look: dict[str, Any] = {"va": "center", "color": INK, "size": SIZE}
    for n, label in enumerate(rows):
        drawing.ax.text(LEFT - 2, TOP + ROW * (n + 0.5), label, ha="right", **look)
    for n, label in enumerate(columns):
        x = LEFT + width / len(columns) * (n + 0.5)
        drawing.ax.text(x, TOP - 3, label, ha="center", **look)
    data = tuple((row, *map(str, counts.iloc[n].tolist())) for n, row in enumerate(rows))
    alt = f"{title}: " + "; ".join(" ".join(line) for line in data)
    return Chart(name, drawing.svg(name), alt=alt, title=title, data=data)
