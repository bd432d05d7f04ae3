"""Fonts inside the page: only the glyphs that it uses, as WOFF2 data."""

import base64
import io
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import get_ident

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from halfyear.errors import Problem, RenderError

DIGEST = 32  # bytes of a sha256
KEPT = 64  # cuts


def faces(fonts: Path, text: str, kept: Path | None = None) -> Iterator[str]:
    """Give one `@font-face` rule for each font in `fonts`, cut to the characters of `text`.

    The font for formulas (the one OpenType file) comes along only where a formula stands. Cuts are
    kept in the folder `kept` from one build to the next, by what they were made from. Raises
    RenderError where the folder holds no font.
    """
    kinds = ("*.ttf", "*.otf") if "<math" in text else ("*.ttf",)
    found = sorted(path for kind in kinds for path in fonts.glob(kind))
    if not found:
        raise RenderError(Problem("no font here", str(fonts), mend="restore the folder"))
    for path in found:
        family, _, style = path.stem.partition("-")
        data = base64.b64encode(_subset(path, "".join(sorted(set(text))), kept)).decode("ascii")
        yield (
            f'@font-face{{font-family:"{family}";'
            f"font-weight:{'bold' if 'Bold' in style else 'normal'};"
            f"font-style:{'italic' if 'Italic' in style else 'normal'};font-display:block;"
            f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
        )


def _subset(path: Path, text: str, kept: Path | None) -> bytes:
    """Cut a font to the characters of a text, or take the cut that is kept of the same."""
    font = path.read_bytes()
    if kept is None:
        return _cut(font, text)
    made_from = [sha256(font).digest(), text.encode(), _tools().encode()]
    name = sha256(b"\0".join(made_from)).hexdigest()
    file = kept / f"{name}.woff2"
    if (known := _whole(file)) is not None:
        return known
    data = _cut(font, text)
    kept.mkdir(parents=True, exist_ok=True)
    fresh = kept / f".new-{name}-{get_ident()}"
    fresh.write_bytes(sha256(data).digest() + data)
    fresh.replace(file)
    _forget(kept)
    return data


@cache
def _tools() -> str:
    """The tools that cut, with their versions."""
    return ", ".join(version(tool) for tool in ("fonttools", "brotli"))


def _whole(file: Path) -> bytes | None:
    """What a file keeps behind its own hash; None where it is not there or torn."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, data = content[:DIGEST], content[DIGEST:]
    return data if sha256(data).digest() == digest else None


def _forget(kept: Path) -> None:
    """Remove the oldest of too many kept cuts."""
    with suppress(OSError):
        known = sorted(kept.glob("*.woff2"), key=lambda file: file.stat().st_mtime_ns)
        for file in known[:-KEPT]:
            file.unlink()


@cache
def _cut(font: bytes, text: str) -> bytes:
    options = Options(hinting=False, desubroutinize=True, name_IDs=[1, 2, 6, 13, 14])
    options.layout_features = ["ccmp", "kern", "mark", "mkmk", "ssty"]
    options.drop_tables += ["FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    buffer = io.BytesIO()
    with TTFont(io.BytesIO(font), recalcTimestamp=False) as whole:
        subsetter.subset(whole)
        whole.flavor = "woff2"
        whole.save(buffer)
    return buffer.getvalue()
