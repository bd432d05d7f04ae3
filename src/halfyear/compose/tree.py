"""The composition tree: what a briefing consists of, before it is written as a source."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from halfyear.charts.chart import Chart


@dataclass(frozen=True)
class Heading:
    """A heading with its anchor; level 1 opens a section."""

    title: str
    anchor: str
    level: int = 1


@dataclass(frozen=True)
class Block:
    """A block of the layout, by the name the template knows, and what stands in it."""

    name: str
    parts: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Column:
    """A table column: head, width ("1fr" or millimetres), alignment (l, r or c) and group.

    Neighbouring columns of one group stand under its words as a second head.
    """

    head: str
    width: str
    align: str = "l"
    group: str = ""


@dataclass(frozen=True)
class Table:
    """A table; its cells are inline Markdown of one line, number and caption may be empty."""

    anchor: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "data"
    number: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Figure:
    """A chart with its number and its title as inline Markdown."""

    chart: Chart
    number: str
    title: str

    @property
    def anchor(self) -> str:
        """The anchor of the figure."""
        return f"fig-{self.chart.name}"


@dataclass(frozen=True)
class Items:
    """A list, numbered or not; anchors, where there are any, one for each item."""

    items: tuple[str, ...]
    numbered: bool = False
    anchors: tuple[str, ...] = ()


Node: TypeAlias = "str | Heading | Block | Table | Figure | Items"  # a str is a paragraph


def block(name: str, *parts: Node) -> Block:
    """A block of what there is: empty texts are left out."""
    return Block(name, tuple(part for part in parts if part))


def bullets(items: Iterable[str]) -> Items:
    """A list with bullets."""
    return Items(tuple(items))


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node of a tree, blocks before what stands in them."""
    for node in nodes:
        yield node
        if isinstance(node, Block):
            yield from walk(node.parts)


def texts(node: Node) -> Sequence[str]:
    """The inline Markdown of one node itself; what stands in a block or is drawn aside."""
    match node:
        case str():
            return (node,)
        case Heading():
            return (node.title,)
        case Table():
            heads = [text for column in node.columns for text in (column.group, column.head)]
            return (node.caption, *heads, *(cell for row in node.rows for cell in row))
        case Figure():
            return (node.title, node.chart.subtitle, node.chart.note)
        case Items():
            return node.items
        case Block():
            return ()


def figures(nodes: Iterable[Node]) -> list[Figure]:
    """The figures of a tree, in order."""
    return [node for node in walk(nodes) if isinstance(node, Figure)]
