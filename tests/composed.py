"""A small composed source for the tests of rendering; all its figures are invented."""

from pathlib import Path

from halfyear import entry
from halfyear.entry import Entry, Fact, Operand

WORDS = {
    "vi": {
        "title": "Kinh tế thử nghiệm 6\u00a0tháng",
        "message": "Tăng trưởng chậm hơn dự tính",
        "findings": "Điểm cần chú ý",
        "growth": "Tăng trưởng",
        "gap": "Khoảng hụt",
        "tables": "Bảng đầy đủ",
        "name": "Chỉ tiêu",
        "actual": "Thực hiện",
        "value": "Giá trị",
        "missed": "không đạt",
        "alt": "Biểu đồ cột: dòng đầu cao nhất",
        "rate": "12,5%",
        "range": "14,4–14,7%",
        "source": "Văn bản",
    },
    "en": {
        "title": "Trial economy, first half",
        "message": "Growth was slower than planned",
        "findings": "Points to note",
        "growth": "Growth",
        "gap": "The gap",
        "tables": "Full tables",
        "name": "Indicator",
        "actual": "Actual",
        "value": "Value",
        "missed": "misses",
        "alt": "Bar chart: the first row is highest",
        "rate": "12.5%",
        "range": "14.4–14.7%",
        "source": "Document",
    },
}

LOOKS_LIKE_CODE = r'@fig-x \#let \$5 \*a\* \<b\>x\</b\> -- a---b -5 2025-2030 ... "q"'

SVG = """<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  width="468pt" height="60pt" viewBox="0 0 468 60">
<defs><style type="text/css">*{stroke-linejoin: round}</style>
<clipPath id="clip"><rect width="400" height="60"/></clipPath><circle id="dot" r="3"/></defs>
<g clip-path="url(#clip)"><rect x="0" y="5" width="300" height="20" fill="#12436d"/></g>
<use xlink:href="#dot" x="310" y="15" style="fill: #f46a25"/>
<text x="0" y="50" style="font: 11px Tinos; fill: #1f1f1f">Đường đi &lt; 5</text>
<g class="num" data-id="obs:grdp@H1"><text x="310" y="40">12,5</text></g>
<g class="num" data-id="count:met"><text x="380" y="40">3</text></g>
<g class="num" data-id="axis:10"><text x="440" y="40">10</text></g>
</svg>"""


def _headline_rows(lang: str) -> str:
    w = WORDS[lang]
    rows = [
        [
            "[]{.row .missed}1",
            "GRDP[, %]{.muted}",
            f'[[{w["rate"]}]{{.num data-id="obs:grdp@H1"}}]{{.strong}}[a]{{.mark}}',
            f"[]{{.sym .down .filled}} [{w['missed']}]{{.wine}}[]{{.br}}[x]{{.em}}",
            "–",
        ],
        [
            "2",
            "B",
            "",
            "[]{.sym .circle .hollow} B",
            "–",
        ],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def body(lang: str, prefix: str = "", rows: int = 60) -> str:
    """Everything below the head; `prefix` keeps the ids of two editions apart."""
    w = WORDS[lang]
    rate = f'[{w["rate"]}]{{.num data-id="obs:grdp@H1"}}'
    wide = "\n".join(f"| {w['name']} {n} | {n},5 |" for n in range(1, rows + 1))
    return f"""
:::: masthead
::: place
Hải Phòng
:::
::: title
{w["title"]}
:::
::::

:::: hero
::: count
[3/4]{{.num data-id="count:met"}}
:::
::: message
{w["message"]}: {rate}, [{w["range"]}]{{.num data-id="need:grdp"}}.
:::
::::

::: strip
[]{{.sym .down .filled}} [1]{{.num data-id="count:missed"}} {w["missed"]}
:::

::: {{.table #{prefix}tbl-headline kind="headline" widths="5,1fr,25,30,26" align="rlrll"}}
| | {w["name"]} | {w["actual"]}[]{{.br}}2026 | {w["missed"]} | [0]{{.muted}} |
|--:|:--|--:|:--|:--|
{_headline_rows(lang)}
:::

::::: cards
:::: card
::: card-title
{w["growth"]}
:::
::: card-figure
[{rate}]{{.card-number}}
:::
::: card-text
{w["message"]}.
:::
::::

:::: card
::: card-title
{w["gap"]}
:::
::: card-figure
[{rate}]{{.card-number}}
:::
::: card-text
{w["message"]}.
:::
::::
:::::

::: {{.table #{prefix}tbl-heads kind="data" widths="1fr,24,24,30" align="lrrr"}}
[{w["gap"]}]{{.spanner from="2" to="3"}}

| {w["name"]} | {w["actual"]} | {w["value"]} | {w["missed"]} |
|:--|--:|--:|--:|
| []{{.row .group}}[]{{.wide cols="4"}}[{w["growth"]}]{{.strong}} | | | |
| {w["name"]} 1 | 1,5 | 2,5 | [4 triệu]{{.muted}} |
| []{{.row .missed}}{w["name"]} 2 | 3,5 | []{{.wide cols="2"}}{w["message"]} | |
:::

::: findings
## {w["findings"]} {{#{prefix}sec-findings}}

1. [{w["message"]}.]{{.strong}} {LOOKS_LIKE_CODE}
2. B
:::

::: notes
[a]{{.strong}} {w["value"]}
:::

::: pagebreak
:::

# 1. {w["growth"]} {{#{prefix}sec-growth}}

{w["message"]}.

::: {{.figure #{prefix}fig-bars number="1"}}
[{w["growth"]}: {w["message"]}]{{.figtitle}}

[%]{{.figsub}}

![{w["alt"]} > 0](charts/bars.{lang}.svg){{width=165mm}}

[{w["source"]}]{{.fignote}}
:::

## 1.1. {w["gap"]} {{#{prefix}sec-gap}}

::: {{.figure #{prefix}fig-lines number="2"}}
[{w["gap"]}]{{.figtitle}}

![{w["alt"]} B](charts/lines.{lang}.svg){{width=165mm}}
:::

$g = \\frac{{a}}{{b}}$

# A. {w["tables"]} {{#{prefix}sec-tables}}

::: {{.table #{prefix}tbl-full kind="data" widths="1fr,30" align="lr" number="1"}}
[{w["tables"]}]{{.caption}}

| {w["name"]} | {w["value"]} |
|:--|--:|
{wide}
:::
"""


def provenance(lang: str) -> list[Entry]:
    """An entry for each number, with its document and the figure as printed."""
    facts = (
        Fact(WORDS[lang]["source"], operands=(Operand("", "1", "p-count-met"),)),
        Fact("In", "12,5", lang="vi"),
    )
    return [Entry(id, facts) for id in ("count:met", "count:missed", "obs:grdp@H1", "need:grdp")]


def source(lang: str, rows: int = 60) -> str:
    """The composed source of an edition: `vi`, `en` or `vi-en`."""
    first = lang.partition("-")[0]
    head = (
        f'---\ntitle: "{WORDS[first]["title"]}"\nlang: {first}\ndate: "2026-06-30"\n'
        'place: "Hải Phòng"\nstatus: "Thử"\n---\n'
    )
    if first == lang:
        return head + body(lang, rows=rows)
    second = body("en", "en-", rows)
    return f"{head}{body('vi', rows=rows)}\n:::::: {{.edition lang=en}}\n{second}\n::::::\n"


def write(folder: Path, lang: str, text: str | None = None) -> Path:
    """Write an edition's source with its charts and entries; `text` replaces the source."""
    charts = folder / "charts"
    charts.mkdir(parents=True, exist_ok=True)
    for each in ("vi", "en"):
        for name in ("bars", "lines"):
            (charts / f"{name}.{each}.svg").write_text(SVG, encoding="utf-8")
    if lang in WORDS:
        entry.save(provenance(lang), entry.file(folder, lang))
    path = folder / f"briefing.{lang}.qmd"
    path.write_text(source(lang) if text is None else text, encoding="utf-8")
    return path
