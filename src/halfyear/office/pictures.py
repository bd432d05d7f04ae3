"""Charts as PNG pictures, drawn by Typst in the bundled fonts: Word opens these everywhere."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from halfyear.errors import Problem, RenderError

RESOLUTION = 300  # pixels an inch


def draw(charts: Mapping[str, str], fonts: Path, out: Path) -> None:
    """Draw charts, SVGs by their names, as PNGs of the same names in `out`.

    Pictures are at the size of their SVG, on white, so that dark windows show them too.
    RenderError names a chart that cannot be drawn.
    """
    out.mkdir(parents=True, exist_ok=True)
    bundled = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    with tempfile.TemporaryDirectory(prefix="halfyear-") as scratch:
        folder = Path(scratch)
        for name, svg in charts.items():
            (folder / "chart.svg").write_text(svg, encoding="utf-8")
            source = folder / "picture.typ"
            source.write_text(
                "#set page(width: auto, height: auto, margin: (x: 1pt, y: 0pt), fill: white)\n"
                '#image("chart.svg")\n',
                encoding="utf-8",
            )
            try:
                picture = typst.compile(
                    source, root=folder, font_paths=bundled, format="png", ppi=RESOLUTION
                )
            except typst.TypstError as error:
                raise RenderError(
                    Problem("the chart cannot be drawn", name, found=error.message)
                ) from error
            (out / f"{name}.png").write_bytes(picture)
