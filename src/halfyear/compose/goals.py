"""The section on the five-year goals: the path of growth, and the other goals by what they are."""

from halfyear.analysis.ledger import READINGS
from halfyear.analysis.scorecard import Line
from halfyear.charts.paths import paths
from halfyear.compose.chapter import Chapter, cell, named
from halfyear.compose.findings import growth_line
from halfyear.compose.markup import BR, DASH, Column, styled
from halfyear.view import View


def path(chapter: Chapter, card: list[Line]) -> None:
    """Whether the goal of the years to come is still open, and the ledger of the readings."""
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
    chapter.add(_record(view, line.key, kinds))
    chapter.figure(paths(view, line.key, kinds))
    columns = [
        Column(view.say("path.col_reading", year=str(year)), "1fr"),
        Column(view.say("path.col_rate", year=str(year)), "18", "r"),
        Column(view.say("path.col_needed", years=f"{year + 1}–{last}"), "33", "r"),
        Column(view.say("path.col_added"), "30", "r"),
        Column(view.say("path.col_standing"), "26"),
    ]
    part = view.when(view.period, "short")
    rows = [
        (
            view.say(f"path.reading.{k}", part=part),
            view.num(f"reading:{k}:{line.key}@{year}", "unit"),
            view.num(f"needed_path:{k}:{line.key}@{year}", "unit"),
            view.num(f"added:{k}:{line.key}@{year}", "short", "sign"),
            _word(view, f"standing:{k}:{line.key}@{year}"),
        )
        for k in kinds
    ]
    chapter.table("path", "path.table", columns, rows, year=str(year))
    chapter.add(_parts(view, line.key))


def goals(chapter: Chapter, keys: list[str], id: str, caption: str, part: str = "") -> None:
    """A table of goals: what each is, what it asks, and where the year leaves it.

    part names the part of the annex it opens, where it has a row.
    """
    view = chapter.view
    known = view.results.lists.get(f"goals@{view.period.year}", [])
    columns = [
        Column(view.say("goals.col_name"), "1fr"),
        Column(view.say("goals.col_goal"), "34", "r"),
        Column(view.say("goals.col_asks"), "62"),
        Column(view.say("goals.col_standing"), "25"),
    ]
    rows = [
        (named(view, key), _goal(view, key), _asks(view, key), _standing(view, key))
        for key in known
        if key in keys
    ]
    if rows and part:
        chapter.part(part)
    chapter.table(
        id, caption, columns, rows, years=view.edition.params.goal_period.replace("-", "–")
    )


def _record(view: View, key: str, kinds: tuple[str, ...]) -> str:
    record = view.results.get(f"record:{key}")
    year = view.period.year
    above = [view.results.lists.get(f"record:{k}:{key}@{year}") == ["above"] for k in kinds]
    if record is None or not all(above):
        return ""
    return view.say("path.record", record=view.span(record, "unit"))


def _parts(view: View, key: str) -> str:
    period = view.edition.params.goal_period
    names = {"average": f"goals:{key}@{period}", "first": f"goals_first_year:{key}@{period}"}
    if not all(view.results.get(id) for id in names.values()):
        return ""
    numbers = {name: view.num(id, "unit") for name, id in names.items()}
    return view.say("path.parts", goal=view.num(f"goal:{key}@{period}", "unit"), **numbers)


def _word(view: View, name: str) -> str:
    found = view.results.lists.get(name, [])
    return view.say(f"goals.standing.{found[0]}") if found else DASH


def _basis(view: View, key: str) -> str:
    return view.results.lists[f"goal_basis:{key}"][0]


def _goal(view: View, key: str) -> str:
    indicator, _, measure = key.partition(".")
    row = view.edition.goal_row(indicator, measure)
    number = view.num(f"goal:{key}@{view.edition.params.goal_period}")
    number = view.bounded(str(row["comparator"]) if row is not None else "", number)
    last = str(view.edition.params.goal_years[1])
    return number + BR + styled(view.say(f"goals.basis.{_basis(view, key)}", year=last), "muted")


def _asks(view: View, key: str) -> str:
    year, period = view.period.year, view.period
    wanted = {
        "average": {
            "pace": f"needed_path:pace:{key}@{year}",
            "plan": f"needed_path:plan:{key}@{year}",
        },
        "level": {
            "last_year": f"needed_path:last_year:{key}@{year}",
            "from_plan": f"needed_path:plan:{key}@{year}",
        },
        "cumulative": {
            "done": f"sum_share:{key}@{period}",
            "expected": f"sum_expected:{key}@{period}",
            "linear": f"sum_linear:{key}@{period}",
        },
    }
    if _basis(view, key) == "each_year":
        target = view.edition.target(*key.split("."))
        return view.say("goals.asks.plan_is", number=view.span(target)) if target else DASH
    items = [
        view.say(
            f"goals.asks.{name}{'_former' if _former(view, id) else ''}",
            number=cell(view, id, "unit"),
            year=str(year - 1),
            part=view.when(period, "short"),
        )
        for name, id in wanted[_basis(view, key)].items()
        if view.results.get(id)
    ]
    return BR.join(items) or DASH


def _former(view: View, id: str) -> bool:
    """Whether a pace starts from the figure of a former place."""
    return any(operand.startswith("base:") for operand in view.results[id].operands)


def _standing(view: View, key: str) -> str:
    return _word(view, f"goal_standing:{key}")
