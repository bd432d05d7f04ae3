"""Building blocks of the composed source: blocks, tables, figures, small marks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from halfyear.charts.style import Chart
from halfyear.errors import Problem, RenderError
from halfyear.verdict import Basis, Outcome

BR = "[]{.br}"
DASH = "–"
SHAPES = {
    Outcome.EXCEEDS: "up",
    Outcome.MEETS: "circle",
    Outcome.AT_LEAST_MEETS: "circle",
    Outcome.MISSES: "down",
}


@dataclass(frozen=True)
class Column:
    """A table column: head, width ("1fr" or millimetres), alignment (l, r or c) and group.

    Neighbouring columns of one group stand under its words as a second head.
    """

    head: str
    width: str
    align: str = "l"
    group: str = ""


def block(name: str, *parts: str) -> str:
    """A layout block holding paragraphs or blocks; blocks inside need more colons."""
    body = "\n\n".join(part for part in parts if part)
    colons = ":" * (3 + _depth(body))
    return f"{colons} {{.{name}}}\n{body}\n{colons}"


def _depth(body: str) -> int:
    longest = max((len(line) - len(line.lstrip(":")) for line in body.splitlines()), default=0)
    return max(0, longest - 2)


def styled(text: str, style: str) -> str:
    """Text in one of the styles of the template."""
    return f"[{text}]{{.{style}}}"


def symbol(outcome: Outcome, basis: Basis) -> str:
    """The drawn symbol of a verdict: filled where recomputed, hollow where stated."""
    shape = SHAPES.get(outcome)
    if shape is None:
        return ""
    fill = "filled" if basis is Basis.COMPUTED else "hollow"
    return f"[]{{.sym .{shape} .{fill}}}"


def table(
    id: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    kind: str = "data",
    number: str = "",
    caption: str = "",
) -> str:
    """A table with its caption; cells are Markdown of one line."""
    head = "| " + " | ".join(c.head or " " for c in columns) + " |"
    rule = "|" + "|".join({"l": ":---", "r": "---:", "c": ":---:"}[c.align] for c in columns) + "|"
    body = ["| " + " | ".join(cell or " " for cell in row) + " |" for row in rows]
    widths = ",".join(c.width for c in columns)
    aligns = "".join(c.align for c in columns)
    attributes = f'#{id} .table kind="{kind}" widths="{widths}" align="{aligns}"'
    if number:
        attributes += f' number="{number}"'
    parts = [f"::: {{{attributes}}}"]
    if caption:
        parts.append(styled(caption, "caption") + "\n")
    parts += [
        f'[{words}]{{.spanner from="{first}" to="{last}"}}\n'
        for words, first, last in _groups(columns)
    ]
    return "\n".join([*parts, head, rule, *body, ":::"])


def wide(text: str, columns: int) -> list[str]:
    """The cells of a row that one text fills, from its first column on."""
    return [f'[]{{.wide cols="{columns}"}}{text}', *[""] * (columns - 1)]


def group_row(title: str, columns: int) -> list[str]:
    """A row that names the rows below it."""
    first, *rest = wide(styled(title, "strong"), columns)
    return [f"[]{{.row .group}}{first}", *rest]


def _groups(columns: Sequence[Column]) -> Iterator[tuple[str, int, int]]:
    first = 1
    for words, members in groupby(columns, key=lambda column: column.group):
        last = first + len(list(members)) - 1
        if words:
            yield words, first, last
        first = last + 1


def figure(chart: Chart, lang: str, number: str, title: str) -> str:
    """A chart with its numbered title, subtitle and note; a chart without alt text fails."""
    if not chart.alt.strip():
        raise RenderError(Problem("a chart has no alt text", file=chart.name))
    alt = chart.alt.replace("[", "(").replace("]", ")")
    return "\n\n".join(
        (
            f'::: {{#fig-{chart.name} .figure number="{number}"}}',
            styled(title, "figtitle"),
            styled(chart.subtitle, "figsub"),
            f"![{alt}](charts/{chart.name}.{lang}.svg){{width=165mm}}",
            styled(chart.note, "fignote"),
            ":::",
        )
    )


def image(chart: Chart, lang: str, width: str) -> str:
    """A small chart inside a table cell."""
    if not chart.alt.strip():
        raise RenderError(Problem("a chart has no alt text", file=chart.name))
    alt = chart.alt.replace("[", "(").replace("]", ")").replace("|", "/")
    return f"![{alt}](charts/{chart.name}.{lang}.svg){{.bullet width={width}}}"
