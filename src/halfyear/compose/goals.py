"""The section on the five-year goals: the year's plan and its result, each against the path."""

from collections.abc import Sequence

from halfyear.analysis.assessment import Assessments, Goal
from halfyear.analysis.ledger import Ledger
from halfyear.analysis.reading import Assessment
from halfyear.analysis.standing import Standing
from halfyear.compose.chapter import Chapter, inside, sentences
from halfyear.compose.markup import BR, DASH, group_row, styled
from halfyear.compose.tree import Column, block
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.view import View

SHAPES = {
    Standing.BELOW: "down",
    Standing.BEHIND: "down",
    Standing.LOW_END: "circle",
    Standing.ON: "circle",
    Standing.ABOVE: "up",
    Standing.AHEAD: "up",
}
GROUPS = {"average": "average", "level": "level", "cumulative": "sum", "each_year": "sum"}


def path(chapter: Chapter) -> None:
    """Both assessments of every goal that the year's plan sets a target for."""
    view = chapter.view
    book = view.study(Assessments)
    shown = [goal for goal in book.goals if goal.compared or _headlined(view, goal)]
    if not any(goal.compared for goal in shown):
        return
    chapter.head("path", year=str(book.years[1]))
    chapter.add(_text(view, book))
    rows = _grouped(view, shown)
    chapter.table("path", "goals.table", _columns(view, book), rows, years=_span(view))
    chapter.add(sentences(_after(view, book), _before(view)))
    notes = [view.say("goals.note", year=str(view.period.year - 1)), _ranks(view, shown)]
    chapter.add(block("small", sentences(*notes)))


def others(chapter: Chapter) -> None:
    """The other goals of the period, in the annex, with what the year plans and what is known."""
    view = chapter.view
    book = view.study(Assessments)
    rest = [goal for goal in book.goals if not goal.compared and not _headlined(view, goal)]
    told = [goal for goal in rest if _told(goal)]
    if not told:
        return
    chapter.part("goals")
    chapter.table(
        "other-goals", "goals.others", _columns(view, book), _rows(view, told), years=_span(view)
    )
    silent = [inside(view, goal.key) for goal in rest if goal not in told]
    if silent:
        chapter.add(view.say("goals.silent", names=", ".join(dict.fromkeys(silent))))


def _told(goal: Goal) -> bool:
    """Whether anything is known of a goal but its own figure."""
    rate = goal.result.rate
    return bool(not goal.target.absent or goal.path or (rate and not rate.absent))


def _ranks(view: View, goals: Sequence[Goal]) -> str:
    """The full names of what is ranked, which the table shortens; a rank's name has them first."""
    ranks = [view.edition.indicators[g.indicator] for g in goals if _ranked(view, g)]
    names = dict.fromkeys(escape(rank.name[view.lang].partition(":")[0]) for rank in ranks)
    return view.say("goals.ranks", names="; ".join(names)) if names else ""


def _headlined(view: View, goal: Goal) -> bool:
    """Whether a goal without a path is one of a headline indicator or a rank."""
    listed = {(i.id, measure) for i, measure in view.edition.headline()}
    rank = view.edition.indicators[goal.indicator].kind == "rank"
    return not goal.target.absent and ((goal.indicator, goal.measure) in listed or rank)


def _span(view: View) -> str:
    return view.edition.params.goal_period.replace("-", "–")


def _columns(view: View, book: Assessments) -> list[Column]:
    year, last = book.years
    plan = view.say("goals.group_plan", year=str(year))
    result = view.say("goals.group_result", part=view.when(view.period, "short"))
    needed = view.say("goals.col_needed", years=f"{year + 1}–{last}")
    return [
        Column(view.say("goals.col_name"), "1fr"),
        Column(view.say("goals.col_goal"), "34"),
        Column(view.say("goals.col_plan"), "32", "l", plan),
        Column(needed, "21", "r", plan),
        Column(view.say("goals.col_result"), "26", "l", result),
        Column(needed, "21", "r", result),
    ]


def _text(view: View, book: Assessments) -> str:
    """How many plans and results lie below the path, and which goals differ between the two."""
    counted = {
        name: view.span(quantity)
        for name, quantity in (
            ("below", book.below),
            ("plans", book.plans),
            ("behind", book.behind),
            ("results", book.results_compared),
        )
    }
    year, part = str(book.years[0]), view.when(view.period, "short")
    texts = [view.say("goals.text", year=year, part=part, **counted)]
    for key, plan, result in (
        ("low_plan", Standing.BELOW, Standing.AHEAD),
        ("both_below", Standing.BELOW, Standing.BEHIND),
        ("both_met", Standing.ON, Standing.AHEAD),
    ):
        names = [inside(view, goal.key) for goal in book.where(plan, result)]
        if names:
            texts.append(view.say(f"goals.{key}", names=view.join(names)))
    return sentences(*texts)


def _grouped(view: View, goals: Sequence[Goal]) -> list[list[str]]:
    rows: list[list[str]] = []
    for group in (*dict.fromkeys(GROUPS.values()), "share"):
        members = [goal for goal in goals if _group(view, goal) == group]
        if members:
            years = {"years": _span(view), "year": str(view.edition.params.goal_years[1])}
            rows.append(group_row(view.say(f"goals.groups.{group}", **years), 6))
            rows += _rows(view, members)
    return rows


def _group(view: View, goal: Goal) -> str:
    described = view.edition.indicators[goal.indicator]
    if described.kind == "rank" or (described.unit == "pct" and goal.measure == "level"):
        return "share"
    return GROUPS[goal.basis]


def _rows(view: View, goals: Sequence[Goal]) -> list[list[str]]:
    return [
        [
            view.name(view.edition.indicators[goal.indicator]),
            _goal(view, goal) + _path(view, goal),
            _plan(view, goal),
            _needed(view, goal, goal.plan),
            _assessed(view, goal, goal.result),
            _needed(view, goal, goal.result),
        ]
        for goal in goals
    ]


def _goal(view: View, goal: Goal) -> str:
    number = view.bounded(goal.comparator, view.span(goal.goal, "unit"))
    per_year = goal.basis in ("average", "each_year")
    return view.say(f"goals.a_year.{goal.basis}", number=number) if per_year else number


def _path(view: View, goal: Goal) -> str:
    """A second line with the path; none where the path is the goal itself, as the note says."""
    if goal.path is None or goal.path.interval is None or _nothing(goal.path):
        words = view.say("goals.by_year", year=str(view.edition.params.goal_years[1]))
    elif goal.basis in ("average", "each_year"):
        return ""
    else:
        words = view.say("goals.path_is", path=_rate(view, goal.path))
    return BR + styled(words, "muted")


def _nothing(path: Quantity) -> bool:
    """Whether a path is less than one of what is counted, which a page would show as none."""
    return path.unit not in ("pct", "pp") and not path.decimals and path.known.high < 1


def _rate(view: View, quantity: Quantity) -> str:
    """A rate with its sign, an amount as it is."""
    rate = quantity.unit in ("pct", "pp")
    return view.span(quantity, *(("short", "sign", "d1") if rate else ("unit",)))


def _plan(view: View, goal: Goal) -> str:
    rate = goal.plan.rate
    if (rate is None or rate.interval is None) and not goal.target.absent:
        return view.stated(goal.target, "unit")
    text = _assessed(view, goal, goal.plan)
    if goal.stretch is None:
        return text
    target = view.bounded("top", view.span(goal.target)) if _ranked(view, goal) else text
    stretch = view.span(goal.stretch) if _ranked(view, goal) else view.span(goal.stretch, "unit")
    if not _ranked(view, goal):
        return text + BR + styled(view.say("goals.stretch", stretch=stretch), "muted")
    return f"{target}, " + view.say("goals.stretch", stretch=view.bounded("top", stretch))


def _ranked(view: View, goal: Goal) -> bool:
    return view.edition.indicators[goal.indicator].kind == "rank"


def _assessed(view: View, goal: Goal, assessment: Assessment) -> str:
    rate = assessment.rate
    if rate is None or rate.interval is None:
        return styled(view.say("goals.no_figure"), "muted")
    if goal.basis == "average" or goal.measure != "level":
        number = view.span(rate)
    else:
        growing = rate.unit == "pct" and view.edition.indicators[goal.indicator].unit != "pct"
        number = view.stated(
            rate, *(("sign", "d1") if growing and not rate.bound else ("d1",) if growing else ())
        )
    if _ranked(view, goal):
        top = view.bounded("top", view.span(rate))
        number = top if rate.bound else view.say("goals.ranked", rank=view.span(rate))
        if assessment is goal.result:
            year = rate.key.when[:4]
            number = view.say("goals.rank_year", number=number, year=year)
    if rate.key.kind is Kind.REACHED:
        number = view.say("goals.at_pace", number=number)
    if assessment.beside is not None and assessment.beside.interval is not None:
        number = f"{number}/{view.span(assessment.beside)}"
    return number + (BR + _word(view, assessment.standing) if assessment.standing else "")


def _word(view: View, standing: Standing) -> str:
    shape = SHAPES[standing]
    word = styled(view.say(f"goals.standing.{standing}"), "wine" if shape == "down" else "navy")
    return f"[]{{.sym .{shape} .filled}} {word}"


def _needed(view: View, goal: Goal, assessment: Assessment) -> str:
    needed = assessment.needed
    if needed is None or needed.interval is None:
        return DASH
    if needed.unit == "pp":
        return view.say("goals.points", number=view.stated(needed, "d2"))
    if _ranked(view, goal):
        return view.bounded("top", view.span(needed))
    number = view.span(needed, "d2" if goal.basis == "average" else "d1")
    return (
        view.bounded(needed.bound, number) if needed.bound and needed.bound != "approx" else number
    )


def _after(view: View, book: Assessments) -> str:
    """What the average asks of the years left beside the fastest year known, and of the record."""
    growth = next((g for g in book.compared if g.basis == "average"), None)
    if growth is None or growth.plan.needed is None:
        return ""
    if growth.plan.needed.interval is None:
        return ""
    last = view.edition.fact(growth.indicator, growth.measure, view.period.shift(-1).full_year())
    slots = {
        "goal": view.span(growth.goal, "unit"),
        "name": view.name(view.edition.indicators[growth.indicator]),
        "years": f"{book.years[0] + 1}–{book.years[1]}",
        "needed": view.span(growth.plan.needed, "unit"),
        "target": view.span(growth.target, "unit"),
        "year": str(book.years[0]),
    }
    if last.absent:
        return view.say("goals.after", **slots)
    return view.say(
        "goals.after_last", last=view.span(last, "unit"), last_year=str(book.years[0] - 1), **slots
    )


def _before(view: View) -> str:
    """What each place planned and reached on average over the goal period before this one."""
    first, last = view.edition.params.goal_years
    items = [
        view.say(
            "goals.before_item",
            place=view.place(item.place),
            planned=view.num(item.planned.id, "unit"),
            reached=view.num(item.reached.id, "unit"),
        )
        for item in view.study(Ledger).before
    ]
    years = f"{2 * first - last - 1}–{first - 1}"
    return view.say("goals.before", years=years, items=view.join(items)) if items else ""
