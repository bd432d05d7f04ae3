"""The difference between two editions, or two days of one, as a list to read."""

from datetime import date

from halfyear.analysis.changes import Change, Difference
from halfyear.edition import Edition
from halfyear.errors import PeriodError, Problem
from halfyear.results import Quantity, Results
from halfyear.view import View

NOTHING = "–"


def as_of(period: str, first: str, second: str) -> tuple[Edition, Edition]:
    """Open one edition as of two days, written YYYY-MM-DD."""
    for day in (first, second):
        try:
            date.fromisoformat(day)
        except ValueError:
            raise PeriodError(Problem("not a day", expected="YYYY-MM-DD", found=day)) from None
    return Edition.open(period, first), Edition.open(period, second)


def listing(changes: list[Change], edition: Edition, lang: str) -> str:
    """Give the changes by kind, one line each, with their numbers in the habit of a language."""
    view = View.of(edition, Results(), lang)
    lines = []
    for kind in Difference:
        found = [change for change in changes if change.kind is kind]
        lines.append(f"{view.say(f'changes.kinds.{kind}')}: {len(found)}")
        lines += [f"  {_line(view, change)}" for change in found]
    return "\n".join(lines)


def _line(view: View, change: Change) -> str:
    indicator = view.edition.indicators[change.indicator]
    what = view.say(f"changes.measures.{change.measure}")
    table = "" if change.table == "observations" else view.say(f"changes.tables.{change.table}")
    place = "" if change.place == view.edition.params.place else change.place
    head = [indicator.short[view.lang], what, table, place, change.when]
    name = ", ".join(part for part in head if part)
    if change.kind is Difference.CONTRADICTORY:
        shown = ", ".join(_number(view, other) for other in change.others)
        return f"{name}: {_number(view, change.after)} | {shown}"
    before, after = _number(view, change.before), _number(view, change.after)
    by = f" ({_number(view, change.by, 'unit', 'sign')})" if change.by else ""
    return (
        f"{name}: {after}" if change.kind is Difference.NEW else f"{name}: {before} → {after}{by}"
    )


def _number(view: View, quantity: Quantity | None, *styles: str) -> str:
    if quantity is None or quantity.interval is None:
        return NOTHING
    return view.formatter.text(quantity, *(styles or ("unit",)))
