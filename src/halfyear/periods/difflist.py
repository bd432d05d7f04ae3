"""A difference as a list to read, in Vietnamese or English."""

from halfyear.edition import Edition
from halfyear.periods.diff import Change, Kind
from halfyear.results import Quantity, Results
from halfyear.view import View

NOTHING = "–"


def listing(changes: list[Change], edition: Edition, lang: str) -> str:
    """Give the changes by kind, one line each, with their numbers in the habit of a language."""
    view = View.of(edition, Results(), lang)
    lines = []
    for kind in Kind:
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
    if change.kind is Kind.CONTRADICTORY:
        shown = ", ".join(_number(view, other) for other in change.others)
        return f"{name}: {_number(view, change.after)} | {shown}"
    before, after = _number(view, change.before), _number(view, change.after)
    by = f" ({_number(view, change.by, 'unit', 'sign')})" if change.by else ""
    return f"{name}: {after}" if change.kind is Kind.NEW else f"{name}: {before} → {after}{by}"


def _number(view: View, quantity: Quantity | None, *styles: str) -> str:
    if quantity is None or quantity.interval is None:
        return NOTHING
    return view.formatter.text(quantity, *(styles or ("unit",)))
