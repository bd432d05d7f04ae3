"""Fonts inside the page: only the glyphs that it uses, as WOFF2 data."""

import base64
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from halfyear.errors import Problem, RenderError


def faces(fonts: Path, text: str) -> Iterator[str]:
    """Give one `@font-face` rule for each font in `fonts`, cut to the characters of `text`.

    The font for formulas (the one OpenType file) comes along only where a formula stands. Raises
    RenderError where the folder holds no font.
    """
    kinds = ("*.ttf", "*.otf") if "<math" in text else ("*.ttf",)
    found = sorted(path for kind in kinds for path in fonts.glob(kind))
    if not found:
        raise RenderError(Problem("no font here", str(fonts), mend="restore the folder"))
    for path in found:
        family, _, style = path.stem.partition("-")
        data = base64.b64encode(_subset(path, "".join(sorted(set(text))))).decode("ascii")
        yield (
            f'@font-face{{font-family:"{family}";'
            f"font-weight:{'bold' if 'Bold' in style else 'normal'};"
            f"font-style:{'italic' if 'Italic' in style else 'normal'};font-display:block;"
            f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
        )


@cache
def _subset(path: Path, text: str) -> bytes:
    options = Options(hinting=False, desubroutinize=True, name_IDs=[1, 2, 6, 13, 14])
    options.layout_features = ["ccmp", "kern", "mark", "mkmk", "ssty"]
    options.drop_tables += ["FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    buffer = io.BytesIO()
    with TTFont(path, recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(buffer)
    return buffer.getvalue()
