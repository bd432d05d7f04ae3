"""Inline marks of the composed source: styles, symbols of verdicts, rows that name others."""

from halfyear.verdict import Basis, Outcome

BR = "[]{.br}"
DASH = "–"
SHAPES = {
    Outcome.EXCEEDS: "up",
    Outcome.MEETS: "circle",
    Outcome.AT_LEAST_MEETS: "circle",
    Outcome.MISSES: "down",
}


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


def wide(text: str, columns: int) -> list[str]:
    """The cells of a row that one text fills, from its first column on."""
    return [f'[]{{.wide cols="{columns}"}}{text}', *[""] * (columns - 1)]


def group_row(title: str, columns: int) -> list[str]:
    """A row that names the rows below it."""
    first, *rest = wide(styled(title, "strong"), columns)
    return [f"[]{{.row .group}}{first}", *rest]
