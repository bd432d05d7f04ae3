"""Notes: findings put into words, from templates in both languages."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from babel.dates import format_date

from halfyear import yamlfile
from halfyear.audit.evidence import evidence
from halfyear.audit.finding import JOINED, RECORD, Draft, Finding, Number, Row
from halfyear.audit.rows import Facts, key_of
from halfyear.audit.severity import past, severity, weight
from halfyear.data import second
from halfyear.data.described import Source
from halfyear.errors import Problem, TextError
from halfyear.key import Kind
from halfyear.number import NBSP, TIGHT_UNITS, Formatter, Symbols
from halfyear.project import Project
from halfyear.texts import listed

LANGUAGES = ("vi", "en")
GROWTHS = ("growth_yoy", "multiple_yoy")
_HEAD = re.compile(r"[^\W\d][^\W\d ]+(?: [^\W\d]+)*(?= \d)")
_UNIT = re.compile(r"[^\W\d_]|%")


class Notes:
    """The templates of the notes and the formatters of both languages."""

    def __init__(self, facts: Facts, project: Project) -> None:
        self.facts = facts
        self.templates = {lang: templates(project, lang) for lang in LANGUAGES}
        units = facts.edition.tables.units
        self.formatters = {
            lang: Formatter(
                lang, Symbols(dict(zip(units["id"], units[f"symbol_{lang}"], strict=True)), {})
            )
            for lang in LANGUAGES
        }

    def finding(self, theme: str, draft: Draft) -> Finding:
        """Put a draft of a theme into words, with its class, severity and places."""
        other = draft.other or {}
        tail = draft.other or draft.one
        words = [draft.rule, draft.indicator or "all", _place(draft.one), _place(tail)]
        recomputed = draft.recomputed
        rests_on = evidence(self.facts, draft)
        weighs = weight(self.facts, draft, rests_on.stake)
        return Finding(
            id="/".join(dict.fromkeys(words)),
            kind=draft.kind,
            severity=severity(self.facts, draft, weighs),
            indicator=JOINED.join(draft.about),
            source_a=str(draft.one["source"]),
            line_a=line(draft.one),
            figure_a=str(draft.one["printed"] or ""),
            source_b=str(other.get("source") or ""),
            line_b=line(other),
            figure_b=str(other.get("printed") or ""),
            recomputed=_plain(recomputed) if recomputed else "",
            note_vi=self._note(draft, "vi"),
            note_en=self._note(draft, "en"),
            theme=RECORD if past(self.facts, draft) else theme,
            weight=weighs,
            sections=(str(draft.one.get("section") or ""), str(other.get("section") or "")),
            evidence=rests_on,
        )

    def _note(self, draft: Draft, lang: str) -> str:
        templates = self.templates[lang]
        if draft.rule not in templates:
            raise TextError(
                Problem(
                    "no note for a rule", file=f"report/texts/audit.{lang}.yml", expected=draft.rule
                )
            )
        values = {
            "name": self._name(draft.indicator, lang),
            "one": self._figure(draft.one, lang),
            "other": self._figure(draft.other, lang) if draft.other else "",
            **{key: self._text(value, lang) for key, value in draft.values.items()},
        }
        if draft.recomputed:
            values["recomputed"] = self._text(draft.recomputed, lang)
        return templates[draft.rule].format_map(values).strip()

    def _text(self, value: object, lang: str) -> str:
        if isinstance(value, Number):
            text = self.formatters[lang].plain(value.value, value.decimals)
            symbol = self.formatters[lang].symbols.full.get(value.unit, "")
            if not symbol:
                return text
            return f"{text}{symbol}" if symbol in TIGHT_UNITS else f"{text}{NBSP}{symbol}"
        if isinstance(value, Mapping):
            return self._figure(value, lang)
        if isinstance(value, tuple):
            return listed([self._name(str(part), lang) for part in value], lang)
        if isinstance(value, Source):
            return document(value, lang)
        if isinstance(value, date):
            return day(value, lang)
        text = str(value)
        return self.templates[lang].get(f"word_{text}", text)

    def _figure(self, row: Row, lang: str) -> str:
        """A figure as printed in Vietnamese, with its unit; in English in the reader's habit."""
        printed = str(row["printed"] or "")
        ends = [row[name] for name in ("value", "low", "high") if row.get(name) is not None]
        growth = key_of(row).kind is Kind.OBS and row.get("measure") in GROWTHS
        if not ends or (lang == "vi" and _UNIT.search(printed) and not growth):
            word = self.templates[lang].get(f"word_{row.get('word')}", "")
            return f"{printed} ({word})" if lang != "vi" and word else printed
        if row.get("total") is not None:
            counts = (Number(end, 0) for end in (ends[0], row["total"]))
            return "/".join(self._text(count, lang) for count in counts)
        numbers = [self.facts.number(end, row, lang=lang) for end in ends]
        bare = [replace(number, unit="") for number in numbers[:-1]]
        shown = [self._text(number, lang) for number in (*bare, *numbers[-1:])]
        bound = next((row[name] for name in ("bound", "comparator") if row.get(name)), "")
        joined = f" {self.templates[lang]['word_range']} ".join(shown)
        return self.templates[lang].get(f"bounded_{bound}", "{number}").format(number=joined)

    def _name(self, indicator: str, lang: str) -> str:
        described = self.facts.edition.indicators.get(indicator)
        return described.short[lang] if described else self.templates[lang]["word_all"]


def day(value: date, lang: str) -> str:
    """A day in the language's habit."""
    return format_date(value, "d/M/yyyy" if lang == "vi" else "long", locale=lang)


def document(source: Source, lang: str) -> str:
    """Kind and number of a document, of one without a number its title."""
    title = source.title[lang]
    head, number, _ = title.partition(source.number) if source.number else (title, "", "")
    return f"{head}{number}"


def place(section: str, line: str, words: Mapping[str, str]) -> str:
    """Where a figure stands in its document: section and line, "mục II.2.6.1, dòng 172"."""
    path = chain(section)
    named = _HEAD.match(path)
    if named:
        path = f"{words.get(f'head_{named[0]}', named[0])}{path[named.end() :]}"
    elif path:
        path = words["place_section"].format(section=path)
    parts = [path] if path else []
    parts += [words["place_line"].format(line=line)] if line else []
    return ", ".join(parts)


def chain(section: str) -> str:
    """A path of headings as it is cited: "II/2/2.6/2.6.1" is II.2.6.1."""
    names = section.split("/")
    kept = [
        name
        for name, inner in zip(names, [*names[1:], ""], strict=True)
        if not inner.startswith(f"{name}.")
    ]
    return ".".join(kept).replace(".(", "(")


def templates(project: Project, lang: str) -> Mapping[str, str]:
    """Give the texts of the audit in a language, by key; how a bound is told as `bounded_` code."""
    texts = project.report / "texts"
    audit, bounds = (
        yamlfile.parse((texts / f"{name}.{lang}.yml").read_text(encoding="utf-8"))
        for name in ("audit", "bounds")
    )
    return {**audit, **{f"bounded_{code}": told for code, told in bounds["bounded"].items()}}


def line(row: Row) -> str:
    """The line of a row as text; empty for a row without one."""
    return "" if row.get("line") is None else str(row["line"])


def _place(row: Row) -> str:
    key = key_of(row)
    figure = replace(key, base="") if key.base == second.TARGET else key
    id = str(figure).partition(":")[2]
    own = re.sub(r"[^0-9a-z_.@/-]+", "-", id.lower())
    return f"{own}:{line(row)}"


def _plain(number: Number) -> str:
    return f"{number.value:.{number.decimals}f}"
