"""Style of the charts: colours, fonts, deterministic SVG whose numbers carry their ids."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from halfyear.charts.chart import FONT, Chart
from halfyear.interval import Interval
from halfyear.number import Formatter
from halfyear.project import Project
from halfyear.results import Quantity

NAVY, WINE, ORANGE, TEAL = "#12436D", "#801650", "#F46A25", "#28A197"
TINT, MIST, GREY, INK = "#BFE3DF", "#E3E8ED", "#565A5E", "#1F1F1F"
ORANGE_TEXT, TEAL_TEXT, PALE = "#A8400F", "#17665F", "#9DB0C2"
MM, WIDTH = 1 / 25.4, 165.0
SVG = "{http://www.w3.org/2000/svg}"
LOOK: dict[Any, Any] = {
    "font.family": FONT,
    "font.size": 10.5,
    "text.color": INK,
    "svg.image_inline": True,
    "path.simplify": False,
    "lines.solid_capstyle": "round",
    "patch.edgecolor": "white",
    "patch.force_edgecolor": True,
    "legend.fontsize": 11,
    "legend.title_fontsize": 12,
    "axes.axisbelow": True,
    "axes.edgecolor": ".15",
    "axes.labelcolor": ".15",
    "axes.labelsize": 12,
    "axes.titlesize": 12,
    "axes.linewidth": 1.25,
    "axes.prop_cycle": cycler(color=[NAVY, TEAL, WINE, ORANGE]),
    "grid.color": ".8",
    "grid.linewidth": 1,
    **{
        f"{axis}tick.{name}": value
        for axis in ("x", "y")
        for name, value in {
            "color": ".15",
            "labelsize": 11,
            "major.size": 6,
            "major.width": 1.25,
        }.items()
    },
    "xtick.bottom": False,
    "ytick.left": False,
}
SPARE = 3.0  # millimetres beside a picture, for letters a little wider than measured
_ROUND = re.compile(r"-?[0-9]+\.[0-9]{3,}")
_TAG = re.compile(r"<[^>]+>")
_NUMBER = re.compile(r'<g id="num-([0-9]+)">')


@dataclass
class Canvas:
    """A figure in millimetres, and the numbers written on it."""

    fig: Figure
    ax: Axes
    numbers: list[tuple[str, str]] = field(default_factory=list)

    def number(
        self,
        x: float,
        y: float,
        quantity: Quantity,
        formatter: Formatter,
        styles: Sequence[str] = (),
        **look: Any,
    ) -> None:
        """Write a quantity through the formatter so that the SVG keeps its id."""
        text = self.ax.text(x, y, formatter.text(quantity, *styles), **look)
        text.set_gid(f"num-{len(self.numbers)}")
        self.numbers.append((quantity.id, " ".join(styles)))

    def tick(self, x: float, y: float, value: int, formatter: Formatter, **look: Any) -> None:
        """Write an axis value; it owns itself."""
        quantity = axis_value(value)
        self.number(x, y, quantity, formatter, (), **look)

    def svg(self, name: str) -> str:
        """Give the SVG: fixed ids, rounded coordinates, no date, numbers marked by id."""
        return _NUMBER.sub(self._marked, drawn(self.ax, name))

    def _marked(self, match: re.Match[str]) -> str:
        id, styles = self.numbers[int(match[1])]
        fmt = f' data-fmt="{styles}"' if styles else ""
        return f'<g class="num" data-id="{escape(id)}"{fmt}>'


def drawn(axes: Axes, name: str) -> str:
    """The SVG of the figure of axes: ids salted with its name, coordinates rounded, no date."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name, "svg.fonttype": "none"}):
        empty = {"Date": None, "Creator": None, "Format": None, "Type": None}
        figure = axes.get_figure(root=True)
        assert figure is not None
        figure.savefig(buffer, format="svg", metadata=empty, transparent=True)
    text = buffer.getvalue()
    return _TAG.sub(lambda tag: _ROUND.sub(_two_decimals, tag[0]), text[text.index("<svg") :])


def panel(height: float = 60.0) -> Axes:
    """Axes for a picture of a notebook, as wide as a page; height in millimetres."""
    _setup()
    layout = ConstrainedLayoutEngine(w_pad=SPARE * MM)
    fig = Figure(figsize=(WIDTH * MM, height * MM), layout=layout)
    axes = fig.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def nothing(name: str, title: str) -> Chart:
    """A chart without figures: an empty drawing whose title says so."""
    return Chart(name, canvas(WIDTH, 1.0).svg(name), alt=title, title=title)


def numbers(svg: str) -> list[tuple[str, str]]:
    """The numbers written in a drawing: the id of each and its text."""
    marked = (group for group in ET.fromstring(svg).iter(f"{SVG}g"))
    return [
        (group.get("data-id", ""), " ".join("".join(group.itertext()).split()))
        for group in marked
        if group.get("class") == "num"
    ]


def axis_value(value: int) -> Quantity:
    """The quantity an axis value stands for: itself."""
    return Quantity(f"axis:{value}", Interval.of(value), "count", 0, "axis value")


def canvas(width: float, height: float) -> Canvas:
    """Open a figure of a size in millimetres whose axes fill it, without a frame."""
    _setup()
    fig = Figure(figsize=(width * MM, height * MM))
    ax = fig.add_axes((0, 0, 1, 1))
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.set_axis_off()
    return Canvas(fig, ax)


@cache
def _setup() -> None:
    mpl.rcdefaults()  # whatever the user's own matplotlibrc says
    for path in sorted((Project.find().report / "fonts").glob("*.ttf")):
        font_manager.fontManager.addfont(path)
    mpl.rcParams.update(LOOK)


def _two_decimals(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
