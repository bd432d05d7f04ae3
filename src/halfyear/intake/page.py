"""The review page: the text with each figure marked, the proposal beside it."""

from html import escape

from halfyear.intake.paragraph import Paragraph
from halfyear.intake.proposal import Proposal

_STYLE = """
body{font:16px/1.5 "Segoe UI",Arial,sans-serif;margin:0 auto;max-width:1500px;padding:1rem;color:#1f1f1f}
section{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1.5rem;border-top:1px solid #d5dbe0;padding:.6rem 0}
.note,.row{color:#444;font-size:.92em}.heading{font-weight:bold}
mark{padding:0 .1em;border-radius:.15em}mark.sure{background:#cfe8cf}mark.open{background:#f6e3a6;border-bottom:2px dotted #8a5a00}
table{border-collapse:collapse;width:100%;font-size:.85em}td,th{text-align:left;padding:.15rem .4rem;vertical-align:top;border-bottom:1px solid #e6e9ec}
.small{color:#565a5e;font-size:.85em}a{color:#12436d}:target{outline:2px solid #801650}
@media(max-width:60rem){section{display:block}}
"""  # noqa: E501


def page(title: str, paragraphs: list[Paragraph], made: list[Proposal], ticked: list[bool]) -> str:
    """Give the page as HTML that needs nothing else; row numbers are those of the sheet."""
    own: dict[int, list[tuple[int, Proposal, bool]]] = {}
    for number, (row, on) in enumerate(zip(made, ticked, strict=True), 2):
        own.setdefault(row.paragraph, []).append((number, row, on))
    body = "\n".join(
        _section(one, own.get(number, []))
        for number, one in enumerate(paragraphs)
        if number in own or one.kind == "heading"
    )
    count = f"{sum(ticked)} / {len(made)}"
    legend = (
        "Đánh dấu xanh: đã chọn sẵn; vàng: để ngỏ, cần người đọc quyết định. "
        "Green: ticked beforehand; yellow: left open."
    )
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<p>{escape(legend)} ({count})</p>{body}</body></html>\n"
    )


def _section(one: Paragraph, rows: list[tuple[int, Proposal, bool]]) -> str:
    where = f"{one.section} · dòng / line {one.starts[0][1]}"
    text = _marked(one.text, rows)
    table = "".join(_row(number, row, on) for number, row, on in rows)
    held = f"<table>{table}</table>" if table else ""
    return (
        f'<section><div class="{one.kind}"><div class="small">{escape(where)}</div>{text}</div>'
        f"<div>{held}</div></section>"
    )


def _marked(text: str, rows: list[tuple[int, Proposal, bool]]) -> str:
    parts, at = [], 0
    for number, row, on in sorted(rows, key=lambda entry: entry[1].first):
        if row.first < at:
            continue
        kind = "sure" if on else "open"
        told = escape(f"{row.indicator or row.term or '?'} {row.measure or row.kind}", quote=True)
        parts.append(escape(text[at : row.first]))
        parts.append(
            f'<mark class="{kind}" id="t{number}" title="{told}"><a href="#r{number}">'
            f"{escape(text[row.first : row.last])}</a></mark>"
        )
        at = row.last
    return "".join([*parts, escape(text[at:])])


def _row(number: int, row: Proposal, on: bool) -> str:
    value = "" if row.value is None else f"{row.value:f}"
    facts = " · ".join(
        part
        for part in (
            row.table,
            row.measure or row.kind,
            row.time_period,
            row.obs_status,
            f"{value} {row.unit}".strip(),
            row.word,
        )
        if part
    )
    name = escape(row.indicator or f"? {row.term}")
    return (
        f'<tr id="r{number}"><td><a href="#t{number}">{number}</a></td>'
        f"<td>{'☑' if on else '☐'} {row.confidence:.2f}</td>"
        f'<td><b>{name}</b><br>{escape(facts)}<br><span class="small">'
        f"{escape('; '.join(row.reasons))}</span></td></tr>"
    )
