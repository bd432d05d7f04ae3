"""A bullet chart for one headline indicator: actual, scenario, last year's mark, plan."""

from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from halfyear.analysis.scorecard import Line
from halfyear.charts.style import GREY, INK, MIST, NAVY, ORANGE, PALE, Chart, canvas
from halfyear.interval import Interval
from halfyear.results import Quantity
from halfyear.view import View

WIDTH, HEIGHT, SCALE = 26.0, 6.0, 115.0
MIDDLE = HEIGHT / 2


def bullet(view: View, line: Line, target: Quantity | None, mark: Quantity | None) -> Chart:
    """Draw one indicator on a scale of 0 to 115 % of the low end of its plan.

    mark is last year's share of the same part of the year, per cent; where None the mark stands at
    the months gone by. Rates have a dot, never a bar: a rate does not accumulate.
    """
    drawing = canvas(WIDTH, HEIGHT)
    ax = drawing.ax
    if target is None or target.known.low <= 0:
        return Chart(
            f"bullet-{line.indicator.id}", drawing.svg("bullet"), _alt(view, line, target, mark)
        )
    unit = float(target.known.low)
    _plan(ax, target)
    if line.actual is None:
        ax.add_patch(
            Rectangle(
                (0.2, 1.2), _x(100), HEIGHT - 2.4, fill=False, ec=GREY, lw=0.6, ls=(0, (3, 2))
            )
        )
    elif line.measure == "level":
        _bar(ax, float(line.actual.known.low) / unit * 100, _usual(view, mark))
    else:
        ax.plot((0, _x(100)), (MIDDLE, MIDDLE), color=PALE, lw=0.8)
        ax.plot(_x(float(line.actual.value) / unit * 100), MIDDLE, "o", color=NAVY, ms=5, zorder=4)
    if line.scenario is not None:
        spot = _x(float(line.scenario.known.low) / unit * 100)
        ax.plot((spot, spot), (0.9, HEIGHT - 0.9), color=ORANGE, lw=1.8, zorder=5)
    return Chart(
        f"bullet-{line.indicator.id}",
        drawing.svg(f"bullet-{line.indicator.id}"),
        _alt(view, line, target, mark),
    )


def _x(percent: float) -> float:
    return min(percent, SCALE) / SCALE * (WIDTH - 0.4)


def _plan(ax: Axes, target: Quantity) -> None:
    ends = {float(end / target.known.low * 100) for end in (target.known.low, target.known.high)}
    if len(ends) > 1:
        ax.add_patch(
            Rectangle((_x(100), 0.9), _x(max(ends)) - _x(100), HEIGHT - 1.8, color="#C9D2DB")
        )
    for end in ends:
        ax.plot(
            (_x(end), _x(end)),
            (0.5, HEIGHT - 0.5),
            color=INK,
            lw=1.8 if end == min(ends) else 0.9,
            zorder=6,
        )


def _usual(view: View, mark: Quantity | None) -> Interval:
    """Share of the year's plan usual by now, per cent."""
    return mark.known if mark else Interval.of(Decimal(100 * view.period.elapsed) / 12)


def _bar(ax: Axes, percent: float, usual: Interval) -> None:
    ax.add_patch(Rectangle((0, 1.1), _x(100), HEIGHT - 2.2, color=MIST, zorder=0))
    ax.add_patch(Rectangle((0, 2.0), _x(percent), HEIGHT - 4.0, color=NAVY, zorder=2))
    for end in sorted({float(usual.low), float(usual.high)}):
        ax.plot(
            (_x(end), _x(end)), (0.7, HEIGHT - 0.7), color=GREY, lw=0.8, ls=(0, (1, 1.2)), zorder=3
        )


def _alt(view: View, line: Line, target: Quantity | None, mark: Quantity | None) -> str:
    name = line.indicator.short[view.lang]
    if target is None:
        return view.say("charts.bullet.alt.no_plan", name=name)
    plan = view.formatter.text(target, "unit")
    if line.actual is None:
        return view.say("charts.bullet.alt.no_actual", name=name, plan=plan)
    actual = view.formatter.text(line.actual, "unit")
    if line.measure != "level" or mark is None:
        return view.say("charts.bullet.alt.plain", name=name, actual=actual, plan=plan)
    usual = view.formatter.text(mark, "unit")
    return view.say("charts.bullet.alt.marked", name=name, actual=actual, plan=plan, usual=usual)
