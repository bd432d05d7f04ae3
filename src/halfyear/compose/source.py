"""The composed source: a composition tree written as Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from halfyear.compose.markup import styled
from halfyear.compose.tree import Block, Column, Figure, Heading, Items, Node, Table
from halfyear.errors import Problem, RenderError

ALIGNED = {"l": ":---", "r": "---:", "c": ":---:"}


@dataclass(frozen=True)
class Writer:
    """Writes nodes in a language; before stands before every anchor, as a second edition needs.

    Raises RenderError for a chart without alt text.
    """

    lang: str
    before: str = ""

    def write(self, nodes: Iterable[Node]) -> str:
        """The Markdown of nodes, paragraphs apart."""
        return "\n\n".join(self.node(node) for node in nodes if node)

    def node(self, node: Node) -> str:
        """The Markdown of one node."""
        match node:
            case str():
                return node
            case Heading():
                return f"{'#' * node.level} {node.title} {{#{self.before}{node.anchor}}}"
            case Block():
                return self._block(node)
            case Table():
                return self._table(node)
            case Figure():
                return self._figure(node)
            case Items():
                return self._items(node)

    def _block(self, block: Block) -> str:
        """A fenced div; those inside need fewer colons."""
        body = self.write(block.parts)
        colons = ":" * (3 + _depth(body))
        return f"{colons} {{.{block.name}}}\n{body}\n{colons}"

    def _table(self, table: Table) -> str:
        columns = table.columns
        widths = ",".join(column.width for column in columns)
        aligns = "".join(column.align for column in columns)
        anchor = f"#{self.before}{table.anchor}"
        attributes = f'{anchor} .table kind="{table.kind}" widths="{widths}" align="{aligns}"'
        if table.number:
            attributes += f' number="{table.number}"'
        parts = [f"::: {{{attributes}}}"]
        if table.caption:
            parts.append(styled(table.caption, "caption") + "\n")
        parts += [
            f'[{words}]{{.spanner from="{first}" to="{last}"}}\n'
            for words, first, last in _groups(columns)
        ]
        parts.append(_row([column.head for column in columns]))
        parts.append("|" + "|".join(ALIGNED[column.align] for column in columns) + "|")
        return "\n".join([*parts, *map(_row, table.rows), ":::"])

    def _figure(self, figure: Figure) -> str:
        chart = figure.chart
        if not chart.alt.strip():
            raise RenderError(Problem("a chart has no alt text", file=chart.name))
        alt = chart.alt.replace("[", "(").replace("]", ")")
        return "\n\n".join(
            (
                f'::: {{#{self.before}{figure.anchor} .figure number="{figure.number}"}}',
                styled(figure.title, "figtitle"),
                styled(chart.subtitle, "figsub"),
                f"![{alt}](charts/{chart.name}.{self.lang}.svg){{width=165mm}}",
                styled(chart.note, "fignote"),
                ":::",
            )
        )

    def _items(self, items: Items) -> str:
        anchors = items.anchors or ("",) * len(items.items)
        lines = []
        for n, (text, anchor) in enumerate(zip(items.items, anchors, strict=True), 1):
            sign = f"{n}." if items.numbered else "-"
            lines.append(f"{sign} {f'[]{{#{self.before}{anchor}}}' if anchor else ''}{text}")
        return "\n".join(lines)


def _depth(body: str) -> int:
    longest = max((len(line) - len(line.lstrip(":")) for line in body.splitlines()), default=0)
    return max(0, longest - 2)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell or " " for cell in cells) + " |"


def _groups(columns: Sequence[Column]) -> Iterator[tuple[str, int, int]]:
    first = 1
    for words, members in groupby(columns, key=lambda column: column.group):
        last = first + len(list(members)) - 1
        if words:
            yield words, first, last
        first = last + 1
