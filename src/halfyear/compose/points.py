"""The matters of page 1 for consideration: what puts the most at stake, in sentences of fact."""

from collections.abc import Iterable, Set
from decimal import Decimal

from halfyear.analysis.decomposition import Accounts
from halfyear.analysis.growth import MEASURE, Growth
from halfyear.analysis.implied import Implied, Turn
from halfyear.analysis.projects import Projects
from halfyear.analysis.stakes import Candidate, Matter, Stakes
from halfyear.compose.chapter import inside, sentences
from halfyear.compose.statements import lead
from halfyear.compose.tree import Heading, Items, Node, block
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.view import View

LARGE = 1000
HEADS = {1: "one", 2: "two", 3: "three"}


def points(view: View) -> Node:
    """The weightiest candidates of different kinds, each with its figures; none without stakes."""
    told = view.study(Stakes).told
    items = [text for candidate in told if (text := _point(view, candidate))]
    if not items:
        return ""
    head = view.say(f"points.head.{HEADS[len(items)]}")
    listed = Items(tuple(items), numbered=True)
    return block("findings", Heading(head, "sec-findings", level=2), listed, *_tasks(view, told))


def _tasks(view: View, told: Iterable[Candidate]) -> list[Node]:
    """Where the tasks set for these indicators stand, and whether any names a unit in charge."""
    tasks = [
        task
        for candidate in told
        for task in view.edition.statements("task", indicator=candidate.indicator)
    ]
    if not tasks or view.period.part == "FY":
        return []
    words = "points.tasks" if any(lead(view, task) for task in tasks) else "points.tasks_no_lead"
    return [block("small", view.say(words, title=view.say("sections.rest")))]


def _point(view: View, candidate: Candidate) -> str:
    name = inside(view, candidate.indicator)
    numbers = {
        role: view.span(quantity, *_styles(quantity))
        for role, quantity in candidate.figures.items()
        if ":" not in role and quantity.interval is not None
    }
    writers = {
        Matter.SLOWDOWN: _slowdown,
        Matter.DEFERRAL: _deferral,
        Matter.REST: _rest,
        Matter.PATH: _path,
    }
    writer = writers.get(candidate.kind)
    if writer is not None:
        return writer(view, candidate, name, numbers)
    if last := candidate.figures.get("last_year"):
        numbers["last_year"] = _outcome(view, last)
    return sentences(view.say(f"points.{candidate.kind}", name=name, **numbers))


def _styles(quantity: Quantity) -> tuple[str, ...]:
    """How a figure stands in a sentence: large amounts without decimals, multiples bare."""
    if quantity.unit == "times":
        return ("d2",)
    return ("unit", "d0") if quantity.known.low >= LARGE else ("unit",)


def _outcome(view: View, quantity: Quantity) -> str:
    """What a year came to, called an estimate where its document estimates it."""
    amount = view.stated(quantity, *_styles(quantity))
    return view.say("points.estimated", number=amount) if view.estimated(quantity) else amount


def _heaviest(view: View, members: tuple[str, ...]) -> str:
    """The part whose slowdown takes most from the total: its weight times its change."""
    quarters, accounts = view.study(Implied).quarters, view.study(Accounts).whole
    weights = {part.indicator: part.weight for part in accounts.parts} if accounts else {}
    if quarters is None or not all(weights.get(member) for member in members):
        return members[0]
    rates = {rate.indicator: rate for rate in quarters.rates}

    def taken(member: str) -> Decimal:
        weight, rate = weights[member], rates[member]
        assert weight is not None
        return weight.known.middle * (rate.earlier.known.middle - rate.last.known.middle)

    return max(members, key=taken)


def _slowdown(view: View, candidate: Candidate, name: str, numbers: dict[str, str]) -> str:
    """Which parts slowed in the last quarter and from what, and which grew faster."""
    del name, numbers
    quarters = view.study(Implied).quarters
    if quarters is None:
        return ""
    faster = quarters.turned(Turn.FASTER)
    first = inside(view, _heaviest(view, candidate.members))
    head = "points.slowdown.head" if faster else "points.slowdown.head_all"
    leading = (
        {"faster": view.join([inside(view, rate.indicator) for rate in faster])} if faster else {}
    )

    def changed(indicator: str, key: str) -> str:
        rate = next(rate for rate in quarters.rates if rate.indicator == indicator)
        before = view.span(rate.earlier, "unit", "d1")
        about = view.say("growth.about", number=before) if rate.span is not None else before
        last = view.span(rate.last, "unit")
        return view.say(key, name=inside(view, indicator), before=about, last=last)

    fell = view.join([changed(member, "points.slowdown.item") for member in candidate.members])
    texts = [
        view.say(
            "points.slowdown.fell",
            earlier=view.when(quarters.earlier, "short"),
            last=view.when(quarters.last, "short"),
            items=fell,
        )
    ]
    rose = [changed(rate.indicator, "points.slowdown.rose_item") for rate in faster]
    texts += [view.say("points.slowdown.rose", items=view.join(rose))] if rose else []
    texts.append(_still(view, {rate.indicator for rate in faster}))
    return sentences(view.say(head, name=first, **leading), *texts)


def _still(view: View, faster: Set[str]) -> str:
    """What a part that grew faster still takes from the scenario, where that is over half."""
    accounts = view.study(Accounts).whole
    worst = accounts.by_gap[0] if accounts is not None and accounts.by_gap else None
    if worst is None or worst.gap is None or worst.indicator not in faster:
        return ""
    whole = sum(part.gap.known.middle for part in accounts.by_gap if part.gap) if accounts else 0
    if worst.gap.known.high >= 0 or 2 * worst.gap.known.middle >= whole:
        return ""
    total = view.study(Growth).total
    short = view.results[Kind.GAP.of(total, MEASURE, view.period)]
    return view.say(
        "points.slowdown.still",
        name=inside(view, worst.indicator),
        part=view.span(worst.gap, "abs"),
        whole=view.span(short, "abs"),
    )


def _deferral(view: View, candidate: Candidate, name: str, numbers: dict[str, str]) -> str:
    number = {"number": numbers["number"]} if "number" in numbers else {}
    head = "points.deferral.head_number" if number else "points.deferral.head"
    deferred = view.name(view.edition.indicators[candidate.figures["amount"].key.subject])
    texts = [view.say(head, what=deferred, amount=numbers["amount"], **number)]
    amount, rest = candidate.figures["amount"], candidate.figures.get("rest")
    if rest is not None and rest.interval is not None and rest.known.high > 0:
        more = amount.known.low > rest.known.high
        key = "points.deferral.more" if more else "points.deferral.beside"
        texts.append(view.say(key, name=name, rest=numbers["rest"]))
    texts.append(_behind(view))
    return sentences(*texts)


def _behind(view: View) -> str:
    """The tracked groups of projects of which some are expected to miss their target."""
    items = [
        view.say(
            "points.behind_item",
            behind=view.num(group.states["behind"].id),
            total=view.num(group.total.id),
            group=view.say(f"projects.group.{group.group}").lower(),
        )
        for group in view.study(Projects).groups
        if "behind" in group.states
        and group.measure == "progress"
        and group.period == view.period.last_quarter()
    ]
    if not items:
        return ""
    quarter = view.when(view.period.last_quarter(), "short")
    return view.say("points.behind", quarter=quarter, items=view.join(items[:3]))


def _rest(view: View, candidate: Candidate, name: str, numbers: dict[str, str]) -> str:
    """How much is left, what a month that takes, and what the goal of the years to come asks."""
    year = view.period.shift(-1).full_year()
    whole = view.edition.fact(candidate.indicator, "level", year)
    if not whole.absent:
        numbers = {**numbers, "last": _outcome(view, whole)}
    known = set(numbers)
    key = next(
        (
            form
            for form, needs in (
                ("monthly_last", {"rest", "target", "monthly", "last_monthly", "last"}),
                ("monthly", {"rest", "target", "monthly", "last_monthly"}),
                ("times", {"rest", "target", "multiple", "last_multiple"}),
                ("rate", {"needed", "so_far", "target"}),
            )
            if needs <= known
        ),
        None,
    )
    if key is None:
        return ""
    slots = {
        **numbers,
        "year": str(year.year),
        "quarter": view.when(view.period.last_quarter(), "short"),
    }
    monthly = candidate.figures.get("monthly")
    if monthly is not None:
        slots["monthly"] = view.span(monthly, "d0")
    last = candidate.figures.get("last_monthly")
    if last is not None:
        slots["last_monthly"] = view.span(last, "unit", "d0")
    total = view.study(Growth).total
    path = [item for item in view.study(Stakes).of(Matter.PATH) if item.indicator == total]
    head = view.say("points.rest.head", name=name)
    for item in path:
        goal = view.span(item.figures["goal"], "unit")
        if item.indicator == candidate.indicator:
            head = view.say("points.path.head", name=name, goal=goal)
        else:
            total = inside(view, item.indicator)
            head = view.say("points.rest.head_path", name=name, total=total, goal=goal)
    told = view.say(f"points.rest.{key}", **slots)
    return sentences(head, told, *(_after(view, item) for item in path))


def _path(view: View, candidate: Candidate, name: str, numbers: dict[str, str]) -> str:
    head = view.say("points.path.head", name=name, goal=numbers["goal"])
    return sentences(head, _after(view, candidate))


def _after(view: View, candidate: Candidate) -> str:
    """What the years to come need for the goal, if the plan is met and if the pace holds."""
    figures = candidate.figures
    year, last = view.period.year, view.edition.params.goal_years[1]
    slots = {
        "name": inside(view, candidate.indicator),
        "goal": view.span(figures["goal"], "unit"),
        "target": view.span(figures["target"], "unit"),
        "years": f"{year + 1}–{last}",
        "year": str(year),
        "after_plan": view.span(figures["after_plan"], "unit"),
    }
    if "after_result" in figures:
        slots |= {
            "part": view.when(view.period, "short"),
            "after_result": view.span(figures["after_result"], "unit"),
        }
        return view.say("points.path.after_both", **slots)
    return view.say("points.path.after", **slots)
