"""Provenance: from every number of a page back to its line or its formula."""

import re
from collections.abc import Iterable

from halfyear import number
from halfyear.compose.tree import Node, figures, texts, walk
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.view import View

_SLUG = re.compile(r"[^a-z0-9]+")


def slug(id: str) -> str:
    """Anchor of an id."""
    return _SLUG.sub("-", id.lower()).strip("-")


def used(nodes: Iterable[Node]) -> list[str]:
    """Ids of the numbers in a composed tree, each once: those of its text, then of its charts."""
    nodes = list(nodes)
    written = [text for node in walk(nodes) for text in texts(node)]
    return named(*written, *(figure.chart.svg for figure in figures(nodes)))


def named(*texts: str) -> list[str]:
    """Ids of the numbers in texts and drawings, in order, each once; those of an axis aside."""
    every = (id for text in texts for id in number.ids(text))
    return [id for id in dict.fromkeys(every) if not id.startswith("axis:")]


def blocks(view: View, ids: list[str]) -> str:
    """One block for each number and each operand behind it: its place, or its formula."""
    known = [id for id in chain(view, ids) if id in view.results.quantities]
    body = "\n\n".join(_block(view, view.results[id]) for id in known)
    return f":::: {{.provenance}}\n{body}\n::::"


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


def _block(view: View, quantity: Quantity) -> str:
    lines = [f'::: {{.prov #p-{slug(quantity.id)} data-id="{quantity.id}"}}']
    lines.append(_pair(view, "what", view.describe(quantity.id)))
    row = view.edition.figures.get(quantity.id)
    if row is not None:
        lines += _printed(view, row)
    else:
        lines += _computed(view, quantity)
    return "\n\n".join([*lines, ":::"])


def _printed(view: View, row: dict[str, object]) -> list[str]:
    title = view.edition.sources[str(row["source"])].title[view.lang]
    pairs = [
        ("document", escape(title)),
        ("place", place(view, row)),
        ("printed", f"[{escape(str(row['printed']))}]{{.printed lang=vi}}"),
    ]
    if row.get("obs_status"):
        pairs.append(("status", view.say(f"provenance.obs_status.{row['obs_status']}")))
    return [_pair(view, name, value) for name, value in pairs]


def place(view: View, row: dict[str, object]) -> str:
    """Where in its document the figure of a row stands: section and line, escaped."""
    section, line = str(row.get("section") or ""), str(row["line"])
    key = "provenance.place_text" if section else "provenance.place_line"
    slots = {"line": line, "section": section} if section else {"line": line}
    return view.say(key, **{name: escape(value) for name, value in slots.items()})


def _computed(view: View, quantity: Quantity) -> list[str]:
    lines = [_pair(view, "computed", f"`{view.formula(quantity.formula)}`")]
    operands = [_operand(view, id) for id in quantity.operands]
    if operands:
        lines.append(_pair(view, "from", "; ".join(operands)))
    return lines


def _operand(view: View, id: str) -> str:
    found = view.results.get(id)
    if found is None:
        return view.describe(id)
    return f"[{view.formatter.text(found, 'unit')}](#p-{slug(id)}) {view.describe(id)}"


def _pair(view: View, name: str, value: str) -> str:
    return f"[{view.say(f'provenance.{name}')}]{{.label}} {value}"
