"""The section on growth: how fast, from which sectors, against what was expected."""

from halfyear.analysis.decomposition import Accounts, Decomposition, Part
from halfyear.analysis.growth import Growth
from halfyear.analysis.implied import Halves, Implied, Quarter, Quarters, Turn
from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.compose.chapter import Chapter, inside, sentences
from halfyear.compose.markup import DASH, styled
from halfyear.compose.tree import Column, Node, block
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.view import View

APPROX = "≈\u00a0"
NAMED = 2  # parts whose contribution is told in words


def growth(chapter: Chapter) -> None:
    """Growth on a line of time, by sector, and what it means for the rest of the year."""
    view = chapter.view
    line = view.study(Scorecard).whole.growth
    if line is None:
        return
    accounts, implied = view.study(Accounts), view.study(Implied)
    halves, quarters = implied.halves.get(line.indicator.id), implied.quarters
    chapter.head("growth")
    chapter.add(
        sentences(
            _rate(view, line, halves),
            "" if accounts.whole else _parts(view),
            _rank(view, line),
            _made(view, accounts.whole),
            _turns(view, quarters),
        )
    )
    chapter.figure("growth")
    _table(chapter, line, accounts.whole, quarters, view.study(Scorecard).whole.yardstick)
    chapter.add(sentences(_gap(view, line, accounts.whole), _ahead(view, line, halves)))
    chapter.add(_foot(view, accounts.whole))


def _rate(view: View, line: Line, halves: Halves | None) -> str:
    slots = {"period": view.when(view.period), "actual": view.num(line.actual.id, "unit")}
    estimate = "estimate" if view.estimated(line.actual) else "stated"
    if line.actual.known.high < 0:
        slots["actual"] = view.num(line.actual.id, "unit", "abs")
        return view.say(f"growth.rate.{estimate}_fell", **slots)
    last = halves.last_part if halves else None
    if last is None or last.absent:
        return view.say(f"growth.rate.{estimate}", **slots)
    gap = line.actual.known.middle - last.known.middle
    turn = "above" if gap > 0 else "below" if gap < 0 else "same"
    slots |= {"last": view.span(last, "unit"), "last_period": view.when(view.period.shift(-1))}
    return view.say(f"growth.rate.{estimate}_{turn}", **slots)


def _rank(view: View, line: Line) -> str:
    """The place of the growth among the provinces, after those that are named before it."""
    rank = view.edition.rank(line.indicator.id, line.measure)
    if rank is None:
        return ""
    items = peers(view, line)
    key = "growth.rank_after" if items else "growth.rank"
    slots = {"peers": view.join(items)} if items else {}
    return view.say(key, rank=view.span(rank, "ordinal"), **slots)


def peers(view: View, line: Line) -> list[str]:
    """The other places whose growth in the period is known to be higher, the highest first."""
    frame = view.edition.tables.observations
    rows = frame[
        (frame["indicator"] == line.indicator.id)
        & (frame["measure"] == line.measure)
        & (frame["time_period"] == str(view.period))
        & (frame["place"] != view.edition.params.place)
    ]
    places = view.edition.places
    known = {
        place: quantity
        for place in rows["place"].unique()
        if places[place].provincial
        for quantity in (view.edition.fact(line.indicator.id, line.measure, view.period, place),)
        if not quantity.absent
    }
    ahead = sorted(
        (place for place, q in known.items() if q.known.low > line.actual.known.high),
        key=lambda place: -known[place].known.low,
    )
    return [
        view.say("growth.peer", name=view.place(p), growth=view.span(known[p], "unit"))
        for p in ahead
    ]


def _parts(view: View) -> str:
    """The rates of the parts, where no weights are known to say what each contributes."""
    whole = view.study(Growth).whole
    items = [
        view.say(
            "growth.part",
            name=inside(view, line.indicator.id),
            growth=view.num(line.actual.id, "unit"),
        )
        for line in (whole.lines[1:] if whole else ())
    ]
    return view.say("growth.parts", items="; ".join(items)) if items else ""


def _made(view: View, accounts: Decomposition | None) -> str:
    if accounts is None or len(accounts.parts) < NAMED:
        return ""
    first, second = accounts.parts[:NAMED]
    share = first.share
    if share is None:
        return ""
    return view.say(
        "growth.made",
        first=inside(view, first.indicator),
        first_points=view.span(first.contribution, "unit", "d1"),
        share=view.span(share, "unit", "d0"),
        second=inside(view, second.indicator),
        second_points=view.span(second.contribution, "short", "d1"),
    )


def _turns(view: View, quarters: Quarters | None) -> str:
    """The last quarter beside the months before it, and which parts sped up or slowed."""
    if quarters is None or quarters.total.turn is Turn.SAME:
        return ""
    total = quarters.total
    text = view.say(
        f"growth.quarter.{total.turn}",
        quarter=view.when(quarters.last),
        earlier=view.when(quarters.earlier),
        last=view.span(total.last, "unit"),
        before=_about(view, total),
    )
    turned = {
        turn: view.join([inside(view, rate.indicator) for rate in quarters.turned(turn)])
        for turn in (Turn.FASTER, Turn.SLOWER)
    }
    if all(turned.values()):
        both = view.say("growth.quarter.both", **{str(t): n for t, n in turned.items()})
        return f"{text} {both}"
    for turn, names in turned.items():
        if names:
            return f"{text} {view.say(f'growth.quarter.only_{turn}', names=names)}"
    return text


def _about(view: View, rate: Quarter) -> str:
    number = view.span(rate.earlier, "unit")
    return number if rate.span is None else view.say("growth.about", number=number)


def _table(
    chapter: Chapter,
    line: Line,
    accounts: Decomposition | None,
    quarters: Quarters | None,
    judged: str,
) -> None:
    """The sectors by period, with what each adds to growth and to the gap to what was judged by."""
    view = chapter.view
    yard = "plan" if judged == "plan" else "scenario"
    if accounts is None:
        return
    period, last_year = view.period, view.period.shift(-1)
    rates, points = view.say("growth.group_rates"), view.say("growth.group_points")
    columns = [
        Column(view.say("growth.col_sector"), "1fr"),
        Column(
            view.say(
                "growth.col_when", period=view.when(last_year, "short"), year=str(last_year.year)
            ),
            "17",
            "r",
            rates,
        ),
    ]
    if quarters is not None:
        columns += [
            Column(
                view.say("growth.col_when", period=view.when(when, "short"), year=str(period.year)),
                "17",
                "r",
                rates,
            )
            for when in (quarters.earlier, quarters.last)
        ]
    columns += [
        Column(
            view.say("growth.col_when", period=view.when(period, "short"), year=str(period.year)),
            "17",
            "r",
            rates,
        ),
        Column(view.say(f"growth.col_expected.{yard}"), "14.5", "r", rates),
        Column(view.say("growth.col_gap"), "14", "r"),
        Column(view.say("growth.col_contribution"), "18.5", "r", points),
        Column(view.say("growth.col_gap_part"), "19.5", "r", points),
    ]
    known = {rate.indicator: rate for rate in quarters.rates} if quarters else {}
    parted = any(part.gap is not None for part in accounts.parts)
    first = _row(view, line.indicator.id, known.get(line.indicator.id), quarters is not None)
    rows = [
        [
            styled(view.name(line.indicator), "strong"),
            *first,
            _cell(view, line.actual),
            _cell(view, line.scenario),
            _gap_cell(view, line.key),
            _cell(view, line.actual, "d1"),
            _gap_cell(view, line.key) if parted else DASH,
        ]
    ]
    for part in accounts.parts:
        key = f"{part.indicator}.{line.measure}"
        rows.append(
            [
                view.name(view.edition.indicators[part.indicator]),
                *_row(view, part.indicator, known.get(part.indicator), quarters is not None),
                _cell(view, part.growth),
                _cell(view, part.scenario),
                _gap_cell(view, key),
                _cell(view, part.contribution, "d1"),
                _cell(view, part.gap, "sign"),
            ]
        )
    caption = f"growth.table.{yard if parted else 'growth'}"
    chapter.table("sectors-growth", caption, columns, rows)


def _row(view: View, indicator: str, rate: Quarter | None, quarters: bool) -> list[str]:
    last = view.edition.fact(indicator, "growth_yoy", view.period.shift(-1))
    cells = [_cell(view, last)]
    if quarters:
        mark = APPROX if rate is not None and rate.span is not None else ""
        cells += (
            [mark + _cell(view, rate.earlier), _cell(view, rate.last)] if rate else [DASH, DASH]
        )
    return cells


def _gap_cell(view: View, key: str) -> str:
    return _cell(view, view.results.get(Kind.GAP.named(key, view.period)), "sign")


def _cell(view: View, quantity: Quantity | None, *styles: str) -> str:
    known = quantity is not None and quantity.interval is not None
    return view.span(quantity, *styles) if quantity is not None and known else DASH


def _gap(view: View, line: Line, accounts: Decomposition | None) -> str:
    """Which part the gap comes from, and what the scenario had asked of it."""
    gap = view.results.get(Kind.GAP.named(line.key, view.period))
    if gap is None or accounts is None or gap.known.high >= 0 or not accounts.by_gap:
        return ""
    worst = accounts.by_gap[0]
    quarter = view.period.last_quarter()
    asked = view.edition.scenario(worst.indicator, line.measure, quarter)
    slots = {
        "name": inside(view, worst.indicator),
        "part": view.span(_gap_of(worst), "abs"),
        "gap": view.span(gap, "unit", "abs"),
    }
    if asked.absent or quarter.months == view.period.months:
        return view.say("growth.gap", **slots)
    slots |= {"asked": view.span(asked, "unit"), "quarter": view.when(quarter)}
    return view.say("growth.gap_asked", **slots)


def _gap_of(part: Part) -> Quantity:
    assert part.gap is not None
    return part.gap


def _ahead(view: View, line: Line, halves: Halves | None) -> str:
    """What the rest of the year needs, and what follows for the years to come."""
    if halves is None or halves.needed.interval is None:
        return ""
    slots = {
        "target": view.span(halves.target, "unit"),
        "rest": view.when(view.period, "rest"),
        "needed": view.span(halves.needed, "unit"),
    }
    key = "growth.ahead"
    if halves.if_met.interval is not None and line.verdict.outcome == "misses":
        slots["if_met"] = view.span(halves.if_met, "unit", "d1")
        key = "growth.ahead_if_met"
    text = view.say(key, **slots)
    pace = view.results.get(Kind.NEEDED_PATH.named(line.key, view.period.year, variant="pace"))
    if pace is None:
        return text
    years = f"{view.period.year + 1}–{view.edition.params.goal_years[1]}"
    later = view.say(
        "growth.ahead_years",
        year=str(view.period.year),
        actual=view.span(line.actual, "unit"),
        years=years,
        needed=view.span(pace, "unit"),
    )
    return f"{text} {later}"


def note(view: View, words: str = "growth.note_implied") -> str:
    """What is assumed of the months before the last quarter, where their growth is implied."""
    quarters = view.study(Implied).quarters
    if quarters is None or quarters.total.span is None or quarters.share is None:
        return ""
    return view.say(
        words,
        earlier=view.when(quarters.earlier, "short"),
        part=view.when(view.period, "short"),
        share=view.span(quarters.share, "percent"),
    )


def _foot(view: View, accounts: Decomposition | None) -> Node:
    """What was assumed: the share of the months before the last quarter, and the weights."""
    notes = [note(view)]
    if accounts is not None and accounts.base is not None:
        text = "note_weights" if accounts.scenario is not None else "note_weights_actual"
        notes.append(view.say(f"growth.{text}", base=view.when(accounts.base)))
    return block("small", sentences(*notes)) if any(notes) else ""
