"""Provenance: from every number of a page back to its line or its formula."""

from collections.abc import Iterable, Iterator
from typing import Any

from halfyear import number
from halfyear.compose.tree import Node, figures, texts, walk
from halfyear.entry import Entry, Fact, Operand, anchor
from halfyear.results import Quantity
from halfyear.texts import bare, escape
from halfyear.view import View

PRINTED_IN = "vi"  # the language of the documents


def used(nodes: Iterable[Node]) -> list[str]:
    """Ids of the numbers in a composed tree, each once: those of its text, then of its charts."""
    nodes = list(nodes)
    written = [text for node in walk(nodes) for text in texts(node)]
    return named(*written, *(figure.chart.svg for figure in figures(nodes)))


def named(*texts: str) -> list[str]:
    """Ids of the numbers in texts and drawings, in order, each once; those of an axis aside."""
    every = (id for text in texts for id in number.ids(text))
    return [id for id in dict.fromkeys(every) if not id.startswith("axis:")]


def entries(view: View, ids: list[str]) -> tuple[Entry, ...]:
    """An entry for each number and each operand behind it: its place, or its formula."""
    known = (id for id in chain(view, ids) if id in view.results.quantities)
    return tuple(_entry(view, view.results[id]) for id in known)


def chain(view: View, ids: list[str]) -> list[str]:
    """The ids and, through their formulas, all they rest on, each once."""
    found = dict.fromkeys(ids)
    todo = list(ids)
    while todo:
        quantity = view.results.quantities.get(todo.pop())
        fresh = [id for id in (quantity.operands if quantity else ()) if id not in found]
        found |= dict.fromkeys(fresh)
        todo += fresh
    return list(found)


def sources(view: View, ids: list[str]) -> list[str]:
    """Documents the numbers rest on, directly or through their formulas, in the table's order."""
    rows = view.edition.figures
    documents = {str(rows[id]["source"]) for id in chain(view, ids) if id in rows}
    return [id for id in view.edition.sources if id in documents]


def _entry(view: View, quantity: Quantity) -> Entry:
    row = view.edition.figures.get(quantity.id)
    told = _computed(view, quantity) if row is None else _printed(view, row)
    return Entry(quantity.id, (_fact(view, "what", bare(view.describe(quantity.id))), *told))


def _printed(view: View, row: dict[str, object]) -> Iterator[Fact]:
    title = view.edition.sources[str(row["source"])].title[view.lang]
    yield _fact(view, "document", title)
    yield _fact(view, "place", bare(place(view, row)))
    yield _fact(view, "printed", str(row["printed"]), lang=PRINTED_IN)
    if row.get("obs_status"):
        yield _fact(view, "status", bare(view.say(f"provenance.obs_status.{row['obs_status']}")))


def place(view: View, row: dict[str, object]) -> str:
    """Where in its document the figure of a row stands: section and line, escaped."""
    section, line = str(row.get("section") or ""), str(row["line"])
    key = "provenance.place_text" if section else "provenance.place_line"
    slots = {"line": line, "section": section} if section else {"line": line}
    return view.say(key, **{name: escape(value) for name, value in slots.items()})


def _computed(view: View, quantity: Quantity) -> Iterator[Fact]:
    yield _fact(view, "computed", view.formula(quantity.formula), formula=True)
    if quantity.operands:
        yield _fact(view, "from", operands=tuple(_operand(view, id) for id in quantity.operands))


def _operand(view: View, id: str) -> Operand:
    name, found = bare(view.describe(id)), view.results.get(id)
    if found is None:
        return Operand(name)
    return Operand(name, view.formatter.text(found, "unit"), anchor(id))


def _fact(view: View, label: str, text: str = "", **what: Any) -> Fact:
    return Fact(bare(view.say(f"provenance.{label}")), " ".join(text.split()), **what)
