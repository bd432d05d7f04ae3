"""A drawn chart: its picture, the words that belong to it, and the data behind it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

TEXTS = ("charts", "words")  # files of texts that the charts of a briefing are worded with
FONT = "Tinos"
# Fonts whose letters are as wide as Tinos's, for readers of notebooks who do not have it.
SAME_WIDTHS = f"'{FONT}', 'Times New Roman', 'Liberation Serif', serif"


@dataclass(frozen=True)
class Chart:
    """A drawn chart with the words that belong to it and the data behind it.

    heading is the title as Markdown where numbers in it carry their ids.
    """

    name: str
    svg: str
    alt: str
    title: str = ""
    heading: str = ""
    subtitle: str = ""
    note: str = ""
    data: tuple[tuple[str, ...], ...] = ()

    def __repr__(self) -> str:
        return self.title

    def _repr_svg_(self) -> tuple[str, dict[str, str]]:
        svg = self.svg.replace(f"'{FONT}'", SAME_WIDTHS)
        return svg, {"alt": self.alt, "needs_background": "light"}


def save(charts: Mapping[str, Chart], path: Path) -> None:
    """Write charts to a file, each under its name."""
    content = {name: asdict(chart) for name, chart in charts.items()}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8", newline="\n")


def load(path: Path) -> dict[str, Chart]:
    """Read what `save` wrote."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Chart(**{**parts, "data": tuple(tuple(row) for row in parts["data"])})
        for name, parts in content.items()
    }
