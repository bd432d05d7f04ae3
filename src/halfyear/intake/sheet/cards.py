"""Cards of the review page: one proposal each, in words, beside the text it was read from."""

from dataclasses import dataclass
from html import escape

from halfyear.intake.proposal import Proposal
from halfyear.intake.sheet.telling import Telling


@dataclass(frozen=True)
class Card:
    """A proposal with its row in the sheet, and the open row after it, where there is one."""

    number: int
    row: Proposal
    ticked: bool
    after: int = 0

    @property
    def kind(self) -> str:
        """The class that colours it."""
        return "sure" if self.ticked else "open"

    def title(self, telling: Telling) -> str:
        """Name, kind and value in one line."""
        parts = (self._name(telling), telling.what(self.row), telling.value(self.row))
        return " · ".join(part for part in parts if part)

    def html(self, telling: Telling) -> str:
        """Give the card as HTML."""
        row, say = self.row, telling.say
        mark = f"☑ {say('page.ticked')}" if self.ticked else f"☐ {say('page.open')}"
        where = say("page.row", row=self.number)
        code = f"<code>{escape(row.indicator)}</code>" if row.indicator else ""
        about = telling.operands(row)
        lines = [
            f'<p class="head"><a href="#t{self.number}">{escape(where)}</a>{_span(mark, "tick")}',
            f"{_span(telling.confidence(row))}</p>",
            f'<p class="fact"><span><b>{escape(self._name(telling))}</b>{code}</span>',
            f"<b>{escape(telling.value(row))}</b></p>",
            f"<p>{escape(telling.what(row))}</p>",
            f'<p class="small">{escape(about)}</p>' if about else "",
            self._grounds(telling),
            _reasons(telling.reasons(row)),
            "" if self.ticked else self._onward(telling),
        ]
        return f'<article class="{self.kind}" id="r{self.number}">{"".join(lines)}</article>'

    def _name(self, telling: Telling) -> str:
        row = self.row
        if row.indicator:
            return telling.name(row.indicator)
        if row.kind == "count" or row.table == "projects":
            return ""
        return f"? {row.term}" if row.term else telling.say("page.unnamed")

    def _grounds(self, telling: Telling) -> str:
        told = telling.grounds(self.row)
        if not told:
            return ""
        items = "".join(f"<li>{escape(one)}</li>" for one in told)
        return f'<p class="small">{escape(telling.say("page.grounds"))}</p><ul>{items}</ul>'

    def _onward(self, telling: Telling) -> str:
        place, key = (f"#r{self.after}", "next_open") if self.after else ("#open", "to_top")
        return f'<p class="small"><a href="{place}">{escape(telling.say(f"page.{key}"))}</a></p>'


def _span(text: str, kind: str = "") -> str:
    return f'<span class="{kind}">{escape(text)}</span>' if kind else f"<span>{escape(text)}</span>"


def _reasons(told: list[str]) -> str:
    items = "".join(f"<li>{escape(one)}</li>" for one in told)
    return f"<ul>{items}</ul>" if items else ""
