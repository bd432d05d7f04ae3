"""The targets of the year in one table: with a figure, only stated, or neither."""

from collections.abc import Sequence

from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.analysis.shares import Shares
from halfyear.analysis.targets import State, Target, Targets
from halfyear.compose.chapter import Chapter, inside, named
from halfyear.compose.headline import instrument
from halfyear.compose.markup import DASH, group_row, styled, symbol
from halfyear.compose.tree import Column, block
from halfyear.verdict import Basis, Outcome
from halfyear.view import View

KNOWN = (State.MEASURED, State.STATED)


def targets(chapter: Chapter) -> None:
    """The plan's list of targets with what the period came to, and what the report's list adds."""
    view = chapter.view
    study = view.study(Targets)
    chapter.add(_text(view, study))
    judged = any(_judged(target.whole) for target in study.targets)
    quarter = judged and view.period.months != view.period.last_quarter().months
    against = view.say("targets.against") if judged else ""
    columns = [
        Column(view.say("targets.col_name"), "1fr"),
        Column(view.say(f"targets.col_plan_{'both' if study.report else 'one'}"), "30", "r"),
        Column(view.when(view.period, "short"), "17", "r"),
        Column(view.say("targets.col_share"), "20", "r"),
        Column(view.when(view.period.last_quarter(), "short"), "27", "l", against),
        Column(view.when(view.period, "short"), "27", "l", against),
    ]
    rows: list[list[str]] = []
    for state in KNOWN:
        rows += _group(view, f"groups.{state}", study.of(state), quarter=quarter)
    added = [target for target in study.added if target.state in KNOWN]
    rows += _group(view, "groups.added", added, quarter=quarter)
    slots = {"year": str(view.period.year), "instrument": _instrument(view, study)}
    chapter.table("targets", "targets.table", columns, rows, **slots)
    chapter.add(block("small", _note(view, study)))


def _instrument(view: View, study: Targets) -> str:
    return instrument(view, study.targets[0].plan)


def _text(view: View, study: Targets) -> str:
    """How many of the targets have a figure, and where the report's list sets another."""
    numbers = {name: view.span(count) for name, count in study.counts.items()}
    slots = {"instrument": _instrument(view, study), "year": str(view.period.year)}
    texts = [view.say("targets.text", **numbers, **slots)]
    if study.counts["targets_stated"].value:
        texts.append(view.say("targets.stated", **numbers))
    texts.append(view.say("targets.silent", **numbers))
    text = "; ".join(texts) + "."
    if study.last is not None:
        met, all_of_them = (view.num(quantity.id) for quantity in study.last)
        last = str(view.period.year - 1)
        text = f"{text} {view.say('targets.last', year=last, met=met, all=all_of_them)}"
    changed = [target for target in study.targets if target.restated is not None]
    if not changed:
        return text
    items = [
        view.say(
            "targets.restated_item",
            name=inside(view, target.key),
            plan=_target(view, target, "unit"),
            restated=view.span(target.restated, "unit") if target.restated else "",
        )
        for target in changed
    ]
    return f"{text} {view.say('targets.restated', items=view.join(items))}"


def _group(view: View, head: str, members: Sequence[Target], *, quarter: bool) -> list[list[str]]:
    if not members:
        return []
    title = view.say(f"targets.{head}", **_slots(view))
    return [
        group_row(title, 6),
        *(
            [
                named(view, target.key),
                _set(view, target),
                _result(view, target),
                _share(view, target),
                _verdict(view, target.quarter) if quarter else DASH,
                _verdict(view, target.whole),
            ]
            for target in members
        ),
    ]


def _slots(view: View) -> dict[str, str]:
    return {"period": view.when(view.period)}


def _target(view: View, target: Target, *styles: str) -> str:
    return view.bounded(_bound(view, target), view.span(target.plan, *styles))


def _bound(view: View, target: Target) -> str:
    return str(view.edition.figures[target.plan.id]["comparator"])


def _set(view: View, target: Target) -> str:
    """What the plan sets, in brackets what the report's list sets instead."""
    number = _target(view, target)
    if target.restated is None:
        return number
    return f"{number} ({view.span(target.restated)})"


def _result(view: View, target: Target) -> str:
    if target.whole.actual.absent:
        return DASH
    return styled(view.stated(target.whole.actual), "strong")


def _share(view: View, target: Target) -> str:
    share = view.study(Shares).of(target.indicator, view.period)
    if target.measure != "level" or share is None or share.shown is None:
        return DASH
    return view.span(share.shown)


def _judged(line: Line) -> bool:
    return line.verdict.outcome is not Outcome.CANNOT_TELL


def _verdict(view: View, line: Line) -> str:
    """Symbol and word; an indicator left out of a list of those met is told as that."""
    if not _judged(line):
        return DASH
    word = "targets.unlisted" if line.verdict.basis is Basis.BY_OMISSION else ""
    told = view.say(word or f"verdict.{line.verdict.outcome}")
    return f"{symbol(line.verdict.outcome, line.verdict.basis)} {told}"


def _note(view: View, study: Targets) -> str:
    """How to read the table, the targets without a figure, and where the added ones are named."""
    texts = [view.say("targets.note")] if view.study(Scorecard).whole.yardstick != "none" else []
    if names := silent(view, study.targets):
        texts.append(view.say("targets.silent_plan", names=names, **_slots(view)))
    if silent(view, study.added):
        texts.append(view.say("targets.elsewhere", title=view.say("sections.lacks")))
    return " ".join(texts)


def silent(view: View, members: Sequence[Target]) -> str:
    """The names of the targets of which nothing is known yet, each once; empty where none is."""
    names = [inside(view, target.key) for target in members if target.state is State.SILENT]
    return "; ".join(dict.fromkeys(names))
