"""What is left of the plan as a multiple of what is done, sorted."""

from collections.abc import Sequence

from halfyear.analysis.rest import Rest
from halfyear.charts.chart import Chart
from halfyear.charts.style import GREY, INK, NAVY, PALE, Canvas, canvas, nothing
from halfyear.charts.title import short
from halfyear.key import Kind
from halfyear.results import Quantity, Verdict
from halfyear.texts import escape
from halfyear.verdict import Basis, Outcome
from halfyear.view import View

WIDTH, TOP, STEP = 165.0, 9.0, 7.6
LEFT, RIGHT, COLUMN = 54.0, 118.0, 165.0
MARKERS = {
    Outcome.EXCEEDS: "^",
    Outcome.MEETS: "o",
    Outcome.AT_LEAST_MEETS: "o",
    Outcome.MISSES: "v",
}


def multiples(view: View, keys: Sequence[str]) -> Chart:
    """Draw the multiples of the flows `indicator.measure`, largest first, with what is left.

    Multiples in times of the elapsed part; what is left in the indicator's unit.
    """
    period = view.period
    rows = sorted(
        (key for key in keys if view.results.get(Kind.MULTIPLE.named(key, period))),
        key=lambda key: -_multiple(view, key).known.high,
    )
    if not rows:
        return nothing("multiples", view.say("charts.nothing"))
    height = TOP + STEP * len(rows) + 2
    drawing = canvas(WIDTH, height)
    ax, fmt = drawing.ax, view.formatter
    top = max([1.5, *(float(_multiple(view, key).known.high) for key in rows)])

    def x(value: float) -> float:
        return LEFT + value / top * (RIGHT - LEFT - 18)

    ax.text(
        x(1),
        3,
        view.say("charts.multiples.one", part=view.when(period, "short")),
        va="center",
        color=INK,
    )
    ax.text(COLUMN, 3, view.say("charts.multiples.left"), ha="right", va="center", color=GREY)
    for i, key in enumerate(rows):
        y = TOP + STEP * i
        multiple = _multiple(view, key)
        strong = view.study(Rest).of(key).heavier
        _mark(drawing, view, key, y)
        ax.text(5.5, y, short(view, key), va="center", weight="bold" if i == 0 else "normal")
        ax.barh(
            y,
            x(float(multiple.known.low)) - LEFT,
            left=LEFT,
            height=4.2,
            color=NAVY if strong else PALE,
        )
        if not multiple.known.exact:
            start = x(float(multiple.known.low))
            ax.barh(
                y,
                x(float(multiple.known.high)) - start,
                left=start,
                height=4.2,
                color="#DCE4EC",
                ec=PALE,
                lw=0.5,
            )
        drawing.number(
            max(x(float(multiple.known.high)), x(1) if not strong else 0) + 2,
            y,
            multiple,
            fmt,
            ("unit",),
            va="center",
            color=NAVY if strong else INK,
            weight="bold" if strong else "normal",
        )
        rest = view.results[Kind.REST.named(key, period)]
        drawing.number(COLUMN, y, rest, fmt, ("unit",), ha="right", va="center")
    ax.plot((x(1), x(1)), (6, height - 1), color=INK, lw=0.8, zorder=3)
    return _described(view, rows, drawing.svg(f"multiples-{view.lang}"))


def _multiple(view: View, key: str) -> Quantity:
    return view.results[Kind.MULTIPLE.named(key, view.period)]


def _verdict(view: View, key: str) -> Verdict | None:
    return view.results.verdicts.get(str(Kind.VERDICT.named(key, view.period)))


def _mark(drawing: Canvas, view: View, key: str, y: float) -> None:
    verdict = _verdict(view, key)
    marker = MARKERS.get(verdict.outcome) if verdict else None
    if verdict and marker:
        fill = NAVY if verdict.basis is Basis.COMPUTED else "none"
        drawing.ax.plot(1.6, y, marker, mfc=fill, mec=NAVY, mew=1.2, ms=6)


def _described(view: View, rows: Sequence[str], svg: str) -> Chart:
    period = view.period
    first = rows[0]
    verdict = _verdict(view, first)
    stated = "met" if verdict and verdict.outcome.met else "plain"

    names = {key: short(view, key) for key in rows}
    part = view.when(period, "short")
    key, most = f"charts.multiples.title.{stated}", Kind.MULTIPLE.named(first, period)
    title = view.say(key, name=names[first], multiple=view.plain(most, "unit"), part=part)
    marked = {"name": escape(names[first]), "multiple": view.num(most, "unit")}
    details = "; ".join(
        view.say(
            "charts.multiples.alt_row",
            name=names[k],
            multiple=view.plain(Kind.MULTIPLE.named(k, period), "unit"),
            rest=view.plain(Kind.REST.named(k, period), "unit"),
        )
        for k in rows
    )
    body = tuple(
        (
            k,
            *(
                str(e)
                for kind in (Kind.MULTIPLE, Kind.REST)
                for quantity in (view.results[kind.named(k, period)],)
                for e in (quantity.known.low, quantity.known.high)
            ),
        )
        for k in rows
    )
    return Chart(
        name="multiples",
        svg=svg,
        title=title,
        heading=view.say(key, part=part, **marked),
        subtitle=view.say("charts.multiples.subtitle", year=str(period.year), part=part),
        note=view.say("charts.multiples.note", part=part),
        alt=view.say("charts.multiples.alt", title=title, details=details),
        data=(("indicator", "multiple low", "multiple high", "left low", "left high"), *body),
    )
