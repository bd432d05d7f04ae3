"""The section on the rest of the year: what is left, how hard that is, and the tasks set for it."""

from collections.abc import Sequence

from halfyear.analysis.rest import Item, Rest
from halfyear.compose.chapter import Chapter, inside, sentences
from halfyear.compose.markup import BR, DASH, styled
from halfyear.compose.statements import lead, said, section
from halfyear.compose.tree import Column, block
from halfyear.results import Quantity
from halfyear.view import View

TASKS = 2  # told for an indicator


def rest(chapter: Chapter) -> None:
    """What the rest of the year must deliver, indicator by indicator, beside its tasks."""
    view = chapter.view
    items = [item for item in view.study(Rest).items if not item.plan.absent]
    if not any(_is(item.left) or _is(item.needed) for item in items):
        return
    told = any(view.edition.statements("task", indicator=item.indicator) for item in items)
    chapter.head("rest", "" if told else "rest_alone")
    chapter.add(_text(view))
    columns = [
        Column(view.say("rest.col_name"), "1fr" if told else "70"),
        Column(view.say("rest.col_left"), "21", "r"),
        Column(view.say("rest.col_needed", part=view.when(view.period, "short")), "24", "r"),
        Column(view.say("rest.col_times", year=str(view.period.year - 1)), "22", "r"),
        Column(view.say("rest.col_tasks") if told else "", "68"),
    ]
    rows = [_row(view, item, told) for item in items]
    chapter.table("rest", "rest.table_tasks" if told else "rest.table", columns, rows)
    chapter.add(_owners(view, items))
    chapter.add(block("small", view.say("rest.note", year=str(view.period.year - 1))))


def _is(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.interval is not None


def _text(view: View) -> str:
    """Which flows have met the plan, or do at a slower pace, and which must speed up."""
    study = view.study(Rest)
    slots = {
        "rest": view.when(view.period, "rest"),
        "part": view.when(view.period, "short"),
        "quarter": view.when(view.period.last_quarter(), "short"),
    }
    texts = []
    for key in ("reached", "easier", "harder", "busier"):
        items: tuple[Item, ...] = getattr(study, key)
        if items:
            names = view.join([inside(view, f"{item.indicator}.{item.measure}") for item in items])
            texts.append(view.say(f"rest.{key}", names=names, **slots))
    return sentences(*texts)


def _row(view: View, item: Item, told: bool) -> list[str]:
    cells = [_name(view, item), _left(view, item), _needed(view, item), _times(view, item)]
    return [*cells, _tasks(view, item)] if told else [*cells, ""]


def _name(view: View, item: Item) -> str:
    described = view.edition.indicators[item.indicator]
    rate = item.measure != "level"
    if item.part_of:
        return view.say("rest.part", name=inside(view, f"{item.indicator}.{item.measure}"))
    name = view.name(described)
    if rate or not _is(item.left):
        plan = view.span(item.plan, "unit") if _is(item.plan) else ""
        return name + BR + styled(view.say("rest.plan", plan=plan), "muted")
    unit = view.unit_of(described)
    return name + BR + styled(unit, "muted") if unit else name


def _left(view: View, item: Item) -> str:
    if item.measure != "level" or item.left is None or item.left.interval is None:
        return DASH
    if view.edition.indicators[item.indicator].kind not in ("flow", "cumulative"):
        return DASH
    near = ("near",) if item.left.bound else ()
    return view.stated(item.left, *near) if item.left.known.high > 0 else view.say("rest.passed")


def _needed(view: View, item: Item) -> str:
    """The growth that is needed, the growth so far below it; else the monthly need."""
    if item.needed is not None and item.needed.interval is not None:
        number = _change(view, item.needed)
        beside = _so_far(view, item)
    elif item.harder and item.monthly is not None and item.last_monthly is not None:
        number = view.say("rest.monthly", number=view.span(item.monthly, "d0"))
        quarter = view.when(view.period.last_quarter(), "short")
        beside = view.say(
            "rest.last_monthly", quarter=quarter, number=view.span(item.last_monthly, "d0")
        )
    else:
        return styled(view.say("rest.no_figure"), "muted") if not _is(item.done) else DASH
    number = styled(number, "strong") if item.harder else number
    return number + (BR + styled(f"({beside})", "muted") if beside else "")


def _change(view: View, rate: Quantity) -> str:
    """The growth that is needed; below nought the plan is met with a fall of no more than that."""
    return view.span(rate, "unit", "d1", *(("sign",) if rate.known.low < 0 else ()))


def _so_far(view: View, item: Item) -> str:
    if item.so_far.absent:
        return ""
    return view.stated(item.so_far, "unit", "d2")


def _times(view: View, item: Item) -> str:
    if item.times is None or item.times.interval is None or item.times.known.high <= 0:
        return DASH
    last = item.last_times
    beside = view.span(last) if last is not None and last.interval is not None else DASH
    return view.span(item.times) + BR + styled(f"({beside})", "muted")


def _tasks(view: View, item: Item) -> str:
    tasks = view.edition.statements("task", indicator=item.indicator)[:TASKS]
    if not tasks:
        return styled(view.say("rest.no_task"), "muted")
    text = ". ".join(said(view, task) for task in tasks)
    units = [unit for task in tasks if (unit := lead(view, task))]
    where = styled(f"({section(view, tasks[0])})", "muted")
    return f"{text} {where}" + (f" {view.join(units)}" if units else "")


def _owners(view: View, items: Sequence[Item]) -> str:
    """Which indicators have no task, and whether any unit is named to lead."""
    tasks = {i.indicator: view.edition.statements("task", indicator=i.indicator) for i in items}
    if not any(tasks.values()):
        return ""
    without = [inside(view, f"{i.indicator}.{i.measure}") for i in items if not tasks[i.indicator]]
    named = any(lead(view, task) for each in tasks.values() for task in each)
    texts = [] if named else [view.say("rest.no_lead")]
    texts += [view.say("rest.without_task", names=view.join(without))] if without else []
    return sentences(*texts)
