"""The section on the sectors: what grew, what fell, and what share of its plan is done."""

from decimal import Decimal

from halfyear.analysis.assessment import Assessments
from halfyear.analysis.sectors import Row, Sectors
from halfyear.analysis.shares import Shares
from halfyear.analysis.targets import Targets
from halfyear.compose.chapter import Chapter, inside, sentences
from halfyear.results import Quantity
from halfyear.view import View

SHOWN = 3


def sectors(chapter: Chapter) -> None:
    """The sectors' indicators: the fastest and the falling in words, all compared as a chart."""
    view = chapter.view
    study = view.study(Sectors)
    compared = study.compared
    if not compared:
        return
    chapter.head("sectors")
    chapter.add(_text(view, study))
    chapter.add(sentences(_turns(view, compared), _ranks(view)))
    for group in _behind(view, study):
        chapter.add(_group(view, study, group))
    chapter.figure("growths")


def _text(view: View, study: Sectors) -> str:
    period, compared = view.period, study.compared
    numbers = {
        name: view.span(study.counts[count])
        for name, count in (("all", "compared"), ("rising", "rising"), ("falling", "falling"))
    }
    falls = [row for row in compared if row.growth.known.high < 0]
    key = "text" if falls else {1: "text_one", 2: "text_both"}.get(len(compared), "text_all")
    slots = {"falls": view.join([_item(view, row, "abs") for row in reversed(falls)])}
    fastest = view.join([_item(view, row) for row in compared[:SHOWN]])
    return view.say(f"sectors.{key}", period=view.when(period), fastest=fastest, **numbers, **slots)


def _item(view: View, row: Row, *styles: str) -> str:
    growth = view.span(row.growth, "unit", *styles)
    key = "sectors.fall" if styles else "sectors.item"
    return view.say(key, name=inside(view, row.indicator), growth=growth)


def _turns(view: View, rows: list[Row]) -> str:
    """Which grew more slowly in the last quarter than in the period, and which faster."""
    quarter = view.when(view.period.last_quarter())
    turned = {turn: [row for row in rows if row.turn == turn] for turn in ("slower", "faster")}
    turned["faster"] = sorted(turned["faster"], key=_gained)[-SHOWN:][::-1]
    texts = []
    for turn, found in turned.items():
        items = [
            view.say(
                "sectors.turn_item",
                name=inside(view, row.indicator),
                quarter=view.span(row.quarter_growth, "unit"),
                growth=view.span(row.growth, "unit"),
            )
            for row in found
        ]
        if items:
            texts.append(view.say(f"sectors.{turn}", quarter=quarter, items=view.join(items)))
    return sentences(*texts)


def _gained(row: Row) -> Decimal:
    """By how many points the last quarter grew faster than the period."""
    return row.quarter_growth.known.middle - row.growth.known.middle


def _behind(view: View, study: Sectors) -> list[str]:
    """The groups of the headline amounts whose parts tell something: a growth or a share."""
    listed = {i.id for i, measure in view.edition.headline() if measure == "level"}
    groups = dict.fromkeys(row.group for row in study.rows if row.indicator in listed)
    return [
        group
        for group in groups
        if sum(_told(view, row) and _parent(view, row) in listed for row in study.of(group)) > 1
    ]


def _group(view: View, study: Sectors, group: str) -> str:
    """The amounts of a group that no table before tells, with their growth and share of plan."""
    listed = {target.indicator for target in view.study(Targets).targets}
    listed |= {indicator.id for indicator, _ in view.edition.headline()}
    rows = [row for row in study.of(group) if _told(view, row) and row.indicator not in listed]
    items = [_amount(view, row) for row in rows]
    return view.say("sectors.group", group=view.say(f"groups.{group}"), items="; ".join(items))


def _ranks(view: View) -> str:
    """Where the place stood last year by the rankings that no goal is set for."""
    year = view.period.shift(-1).full_year()
    goals = {goal.indicator for goal in view.study(Assessments).goals}
    items = [
        view.say("sectors.rank", name=inside(view, described.id), rank=view.span(rank))
        for described in view.edition.indicators.values()
        if described.kind == "rank" and described.id not in goals
        for rank in (view.edition.fact(described.id, "level", year),)
        if not rank.absent
    ]
    return view.say("sectors.ranks", year=str(year.year), items=view.join(items)) if items else ""


def _parent(view: View, row: Row) -> str:
    return view.edition.indicators[row.indicator].parent


def _told(view: View, row: Row) -> bool:
    """Whether a row is an amount with a growth or a share of its plan."""
    beside = not row.growth.absent or _share(view, row) is not None
    return beside and not row.level.absent


def _share(view: View, row: Row) -> Quantity | None:
    share = view.study(Shares).of(row.indicator, view.period)
    return share.shown if share is not None else None


def _amount(view: View, row: Row) -> str:
    share = _share(view, row)
    notes = [] if row.growth.absent else [view.span(row.growth, "unit", "sign")]
    if share is not None:
        notes.append(view.say("sectors.of_plan", share=view.span(share, "unit")))
    return view.say(
        "sectors.amount",
        name=inside(view, row.indicator),
        level=view.span(row.level, "unit"),
        notes=", ".join(notes),
    )
