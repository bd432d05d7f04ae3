"""The sections behind page 1."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from halfyear import planshare
from halfyear.charts.dumbbell import dumbbell
from halfyear.charts.multiples import multiples
from halfyear.charts.paths import paths
from halfyear.charts.style import Chart
from halfyear.compose.findings import growth_line, parts
from halfyear.compose.firstpage import instrument
from halfyear.compose.markup import BR, DASH, Column, figure, styled, symbol, table
from halfyear.ledger import READINGS
from halfyear.scorecard import Line, yardstick
from halfyear.texts import escape
from halfyear.verdict import Basis
from halfyear.view import View


@dataclass
class Chapter:
    """Numbers sections, figures and tables, and gathers the charts."""

    view: View
    charts: list[Chart] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def head(self, key: str, **slots: str) -> None:
        """Open a numbered section."""
        n = self._next("section")
        title = self.view.say(f"sections.{key}", **slots)
        self.parts.append(f"# {n}. {title} {{#sec-{key}}}")

    def add(self, text: str) -> None:
        """Add a paragraph or block."""
        if text:
            self.parts.append(text)

    def figure(self, chart: Chart) -> None:
        """Add a numbered figure."""
        n = str(self._next("figure"))
        self.charts.append(chart)
        title = f"{self.view.say('figure', n=n)}. {chart.heading or escape(chart.title)}"
        self.parts.append(figure(chart, self.view.lang, n, title))

    def table(
        self, id: str, key: str, columns: list[Column], rows: Sequence[Sequence[str]], **slots: str
    ) -> None:
        """Add a numbered table; without rows there is none."""
        if not rows:
            return
        n = str(self._next("table"))
        caption = self.view.say(key, label=self.view.say("table", n=n), **slots)
        self.parts.append(table(f"tbl-{id}", columns, rows, number=n, caption=caption))

    def _next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]


def growth(chapter: Chapter, card: list[Line]) -> None:
    """How fast, against what was expected, by sector."""
    view = chapter.view
    line = growth_line(card)
    if line is None or line.actual is None:
        return
    period, quarter = view.period, view.period.last_quarter()
    chapter.head("growth")
    ids = {
        "actual": f"obs:{line.key}@{period}",
        "scenario": f"scn:{line.key}@{period}",
        "gap": f"gap:{line.key}@{period}",
        "quarter_actual": f"obs:{line.key}@{quarter}",
        "quarter_scenario": f"scn:{line.key}@{quarter}",
        "quarter_gap": f"gap:{line.key}@{quarter}",
    }
    slots = {"period": view.when(period), "quarter": view.when(quarter)}
    if all(view.results.get(id) for id in ids.values()):
        numbers = {
            name: view.num(id, "unit", *(["sign"] if "gap" in name else []))
            for name, id in ids.items()
        }
        chapter.add(view.say("growth.text", **numbers, **slots))
    else:
        chapter.add(_plainly(view, line))
    needed = view.results.get(f"needed:{line.key}@{period}")
    target = view.edition.target(line.indicator.id, line.measure)
    weight = view.results.get(f"weight:{line.indicator.id}@{period.shift(-1)}")
    if needed and target and weight:
        chapter.add(
            view.say(
                "growth.needed",
                target=view.span(target, "unit"),
                needed=view.span(needed, "unit"),
                weight=view.span(weight),
                rest=view.when(period, "rest"),
                part=view.when(period, "short"),
            )
        )
    keys = [line.key, *parts(view.edition, line)]
    if sum(1 for k in keys if view.results.get(f"gap:{k}@{period}")) > 1:
        chapter.figure(dumbbell(view, keys, period, quarter))


def _plainly(view: View, line: Line) -> str:
    slots = {"actual": view.num(f"obs:{line.key}@{view.period}", "unit")}
    slots["period"] = view.when(view.period)
    gap = view.results.get(f"gap:{line.key}@{view.period}")
    if gap is None or line.scenario is None:
        return view.say("growth.text_plain", **slots)
    slots |= {"expected": view.num(line.scenario.id, "unit"), "gap": view.span(gap, "unit", "sign")}
    return view.say(f"growth.text_{yardstick([line], view.period)}", **slots)


def scorecard(chapter: Chapter, card: list[Line], before: list[Line]) -> None:
    """The verdicts on the headline indicators by quarter and period, and shares of plan."""
    view = chapter.view
    if not card:
        return
    period, quarter = view.period, view.period.last_quarter()
    chapter.head("scorecard")
    judged = yardstick(card, period)
    if judged != "scenario" or yardstick(before, quarter) == "none":
        name = "published" if judged == "none" else "met"
        slots = {name: view.num(f"count:{name}@{period}"), "period": view.when(period)}
        every = view.num(f"count:headline@{period}")
        chapter.add(view.say(f"scorecard.text_{judged}", **slots, all=every))
        _shares(chapter, card)
        return
    count = {
        n: view.num(f"count:{n}@{period}")
        for n in ("met", "met_computed", "computed", "met_stated", "headline")
    }
    q = {
        n: view.num(f"count:{n}@{quarter}")
        for n in ("met", "met_computed", "met_stated", "missed_by_omission")
    }
    chapter.add(
        view.say(
            "scorecard.text",
            period=view.when(period),
            quarter=view.when(quarter),
            met=count["met"],
            all=count["headline"],
            computed=count["met_computed"],
            comparable=count["computed"],
            stated=count["met_stated"],
            q_met=q["met"],
            q_computed=q["met_computed"],
            q_stated=q["met_stated"],
            q_omitted=q["missed_by_omission"],
        )
    )
    columns = [
        Column(view.say("scorecard.col_name"), "1fr"),
        Column(view.when(quarter, "short"), "22", "r"),
        Column(view.say("headline.scenario"), "18", "r"),
        Column(view.say("headline.verdict"), "32"),
        Column(view.when(period, "short"), "22", "r"),
        Column(view.say("headline.verdict"), "32"),
    ]
    rows = [
        (
            view.name(now.indicator) + _unit(view, now),
            view.num(then.actual.id) if then.actual else DASH,
            view.num(then.scenario.id) if then.scenario else DASH,
            verdict(view, then),
            view.num(now.actual.id) if now.actual else DASH,
            verdict(view, now),
        )
        for now, then in zip(card, before, strict=True)
    ]
    chapter.table("scorecard", "scorecard.table", columns, rows)
    _shares(chapter, card)


def _shares(chapter: Chapter, card: list[Line]) -> None:
    view = chapter.view
    columns = [
        Column(view.say("scorecard.col_name"), "1fr"),
        Column(view.say("scorecard.col_plan"), "30", "r"),
        Column(view.say("scorecard.col_set_by"), "36"),
        Column(view.say("scorecard.col_share"), "26", "r"),
        Column(view.say("scorecard.col_stated"), "24", "r"),
    ]
    rows = []
    for line in card:
        stated = planshare.stated(view.edition, line.indicator.id, view.period)
        for n, share in enumerate(planshare.shares(view.edition, line.indicator.id, view.period)):
            target = share.operands[1]
            rows.append(
                (
                    view.name(line.indicator) + _unit(view, line),
                    view.num(target),
                    instrument(view, view.results[target]),
                    view.num(share.id, "unit"),
                    view.num(stated.id, "unit") if stated and n == 0 else DASH,
                )
            )
    chapter.table("shares", "scorecard.shares", columns, rows)


def verdict(view: View, line: Line) -> str:
    """Symbol and word of a verdict, with its basis where it is not recomputed."""
    item = line.verdict
    text = f"{symbol(item.outcome, item.basis)} {view.say(f'verdict.{item.outcome}')}"
    if item.basis is Basis.BY_OMISSION:
        return text + BR + styled(view.say("basis.by_omission"), "em")
    if item.basis in (Basis.STATED_WORD, Basis.STATED_LIST):
        return text + BR + styled(view.say("basis.stated"), "em")
    return text


def rest(chapter: Chapter, card: list[Line]) -> None:
    """What the rest of the year must deliver."""
    view = chapter.view
    period = view.period
    keys = [x.key for x in card if view.results.get(f"multiple:{x.key}@{period}")]
    if not keys or period.part == "FY":
        return
    keys.sort(key=lambda k: -view.results[f"multiple:{k}@{period}"].known.high)
    part = view.when(period, "short")
    chapter.head("rest")
    chapter.add(
        view.say(
            "rest.text",
            first=view.name(view.edition.indicators[keys[0].split(".")[0]]),
            first_multiple=view.num(f"multiple:{keys[0]}@{period}", "unit"),
            first_rest=view.num(f"rest:{keys[0]}@{period}", "unit"),
            rest=view.when(period, "rest"),
            part=part,
        )
    )
    chapter.figure(multiples(view, keys))
    quarter = view.when(period.last_quarter(), "short")
    columns = [
        Column(view.say("rest.col_name"), "1fr"),
        Column(view.say("rest.col_multiple", part=part), "24", "r"),
        Column(view.say("rest.col_last"), "24", "r"),
        Column(view.say("rest.col_monthly"), "25", "r"),
        Column(view.say("rest.col_quarter", quarter=quarter), "25", "r"),
        Column(view.say("rest.col_effort"), "32", "r"),
    ]

    def cell(kind: str, key: str, *styles: str) -> str:
        found = view.results.get(f"{kind}:{key}@{period}")
        return view.span(found, *styles) if found else DASH

    rows = [
        (
            view.name(view.edition.indicators[k.split(".")[0]]),
            cell("multiple", k, "unit"),
            cell("last_multiple", k, "unit"),
            cell("monthly_needed", k),
            cell("monthly_last_quarter", k),
            cell("effort", k, "short", "sign"),
        )
        for k in keys
    ]
    chapter.table("rest", "rest.table", columns, rows)


def path(chapter: Chapter, card: list[Line]) -> None:
    """Whether the goal of the years to come is still open."""
    view = chapter.view
    line = growth_line(card)
    if line is None:
        return
    year = view.period.year
    first, last = view.edition.params.goal_years
    kinds = tuple(k for k in READINGS if view.results.get(f"needed_path:{k}:{line.key}@{year}"))
    goal = view.results.get(f"goal:{line.key}@{view.edition.params.goal_period}")
    if not kinds or goal is None:
        return
    chapter.head("path", year=str(last))
    chapter.add(
        view.say("path.text", years=f"{first}–{last}", goal=view.span(goal, "unit"), year=str(year))
    )
    chapter.figure(paths(view, line.key, kinds))
    columns = [
        Column(view.say("path.col_reading", year=str(year)), "1fr"),
        Column(view.say("path.col_rate", year=str(year)), "28", "r"),
        Column(view.say("path.col_needed", years=f"{year + 1}–{last}"), "34", "r"),
        Column(view.say("path.col_added"), "36", "r"),
    ]
    part = view.when(view.period, "short")
    rows = [
        (
            view.say(f"path.reading.{k}", part=part),
            view.num(f"reading:{k}:{line.key}@{year}", "unit"),
            view.num(f"needed_path:{k}:{line.key}@{year}", "unit"),
            view.num(f"added:{k}:{line.key}@{year}", "short", "sign"),
        )
        for k in kinds
    ]
    chapter.table("path", "path.table", columns, rows, year=str(year))


def sources(chapter: Chapter, used: list[str]) -> None:
    """The documents the numbers come from."""
    view = chapter.view
    chapter.head("sources")
    chapter.add(view.say("sources.text"))
    items = []
    for n, id in enumerate(used, 1):
        source = view.edition.sources[id]
        item = view.say(
            "sources.item",
            title=escape(source.title[view.lang]),
            issuer=escape(source.issuer),
            date=view.date(source.date),
            status=view.say(f"status.{source.status}"),
        )
        items.append(f"{n}. []{{#src-{id}}}{item}")
    chapter.add("\n".join(items))


def _unit(view: View, line: Line) -> str:
    unit = view.unit(line.indicator.unit if line.measure == "level" else "pct")
    return styled(f", {unit}", "muted") if unit else ""
