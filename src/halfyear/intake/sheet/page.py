"""The review page: the text with each figure marked, the proposals beside it in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal
from halfyear.intake.sheet.cards import Card
from halfyear.intake.sheet.telling import Telling

SHOWN = 60


@dataclass(frozen=True)
class Top:
    """What a page says first: the row of sources.csv, the period, the file and what to run."""

    source: Mapping[str, str]
    period: str
    file: str
    command: str
    notices: tuple[str, ...] = ()


def page(
    telling: Telling,
    top: Top,
    paragraphs: list[Paragraph],
    made: list[Proposal],
    ticked: list[bool],
) -> str:
    """Give the page as HTML that needs nothing else; row numbers are those of the sheet."""
    cards = _cards(made, ticked)
    own: dict[int, list[Card]] = {}
    for card in cards:
        own.setdefault(card.row.paragraph, []).append(card)
    body = "\n".join(
        _section(telling, one, own.get(number, []))
        for number, one in enumerate(paragraphs)
        if number in own or one.kind == "heading"
    )
    title = escape(f"{telling.say('page.title')}: {top.source['id']}")
    style = (files(__package__) / "page.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="{telling.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head><body>"
        f'<a class="skip" href="#open">{escape(telling.say("page.to_open"))}</a>'
        f"{_head(telling, top, cards)}{_open(telling, cards)}<main>{body}</main></body></html>\n"
    )


def _cards(made: list[Proposal], ticked: list[bool]) -> list[Card]:
    cards: list[Card] = []
    after = 0
    for number in range(len(made), 0, -1):
        cards.append(Card(number + 1, made[number - 1], ticked[number - 1], after))
        after = after if ticked[number - 1] else number + 1
    return cards[::-1]


def _head(telling: Telling, top: Top, cards: list[Card]) -> str:
    say, source = telling.say, top.source
    title = source[f"title_{telling.lang}"] or source["title_vi"]
    standing = telling.choose("standing", source["status"])
    about = (source["number"], source["issuer"], telling.day(source["date"]), standing)
    facts = {
        "report": " · ".join(part for part in about if part),
        "period": telling.period(top.period),
        "source": source["id"],
        "file": top.file,
    }
    listed = "".join(
        f"<div><dt>{escape(say(f'page.{key}'))}</dt><dd>{escape(fact)}</dd></div>"
        for key, fact in facts.items()
    )
    ticked = sum(card.ticked for card in cards)
    counts = {"all": len(cards), "ticked": ticked, "open": len(cards) - ticked}
    told = "".join(
        f"<li><b>{count}</b> {escape(say(f'page.{key}'))}</li>" for key, count in counts.items()
    )
    legend = " ".join(
        f'<mark class="{kind}">{escape(say(f"page.{key}"))}</mark>'
        for kind, key in (("sure", "ticked"), ("open", "open"))
    )
    return (
        f'<header><p class="small">{escape(say("page.title"))}</p><h1>{escape(title)}</h1>'
        f'<dl>{listed}</dl>{_notices(top)}<ul class="counts">{told}</ul>'
        f'<p class="how">{escape(say("page.how"))} <code>{escape(top.command)}</code></p>'
        f'<p class="legend">{escape(say("page.legend"))} {legend}</p></header>'
    )


def _notices(top: Top) -> str:
    items = "".join(f"<li>{escape(notice)}</li>" for notice in top.notices)
    return f'<ul class="notices" role="note">{items}</ul>' if items else ""


def _open(telling: Telling, cards: list[Card]) -> str:
    """Give the list of links to the rows left open; a long one is folded."""
    left = [card for card in cards if not card.ticked]
    if not left:
        return f'<p id="open">{escape(telling.say("page.none_open"))}</p>'
    items = "".join(
        f'<li><a href="#r{card.number}">{escape(card.title(telling))}</a> '
        f'<span class="small">{escape(telling.say("page.row", row=card.number))}</span></li>'
        for card in left
    )
    shown = " open" if len(left) <= SHOWN else ""
    head = f"{telling.say('page.open_rows')} ({len(left)})"
    return (
        f'<nav id="open"><details{shown}><summary>{escape(head)}</summary>'
        f"<ol>{items}</ol></details></nav>"
    )


def _section(telling: Telling, one: Paragraph, cards: list[Card]) -> str:
    line = telling.say("page.line", line=one.starts[0][1])
    named = telling.say("page.section", section=one.section) if one.section else ""
    where = " · ".join(part for part in (named, line) if part)
    text = _marked(telling, one.text, cards)
    tag = "h2" if one.kind == "heading" else "div"
    body = f'<{tag} lang="vi">{text}</{tag}>'
    told = f"<div>{''.join(card.html(telling) for card in cards)}</div>" if cards else ""
    kind = "" if cards else ' class="heading"'
    return (
        f'<section{kind}><div class="text {one.kind}"><p class="small">{escape(where)}</p>'
        f"{body}</div>{told}</section>"
    )


def _marked(telling: Telling, text: str, cards: list[Card]) -> str:
    parts, at = [], 0
    for card in sorted(cards, key=lambda one: one.row.first):
        first, last = card.row.first, card.row.last
        if first < at:
            parts.append(f'<span id="t{card.number}"></span>')
            continue
        told = escape(card.title(telling), quote=True)
        parts.append(escape(text[at:first]))
        parts.append(
            f'<mark class="{card.kind}" id="t{card.number}" title="{told}">'
            f'<a href="#r{card.number}">{escape(text[first:last])}</a></mark>'
        )
        at = last
    return "".join([*parts, escape(text[at:])])
