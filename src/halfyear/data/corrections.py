"""Corrections: the register of what the documents themselves get wrong."""

import re
import reprlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

import pandas as pd
import yaml

from halfyear import yamlfile
from halfyear.data import ids
from halfyear.data.faults import Fault, fault
from halfyear.data.frames import Tables
from halfyear.errors import DataError
from halfyear.project import Project

FILE = "data/corrections.yml"
SETTLED = "settled"
CONFIRM = "confirm"
ACTIONS = ("flag", "override", CONFIRM, SETTLED)
MARKED = ("observations", "baseline")
_OPTIONAL = {"value", "slip"}
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?")
_KEYS = {"id", "locator", "what_vi", "what_en", "action", "reason", "expect"}


@dataclass(frozen=True)
class Violation:
    """A broken identity: the check, the facts it is about, and the fault to tell."""

    check: str
    facts: frozenset[str]
    fault: Fault


@dataclass(frozen=True)
class Correction:
    """A registered error of a source.

    `facts` are those of the violation, the claim first; `expect` holds the printed figures it
    rests on; `check` is empty for an error no check sees; `value` replaces the facts' value
    where the action is override; `slip` names the facts that are slips of the pen, which bear no
    result. A confirmed one says that a figure is right though it looks implausible; a settled one
    is kept as a record: its source was mended.
    """

    id: str
    check: str
    facts: frozenset[str]
    what_vi: str
    what_en: str
    action: str
    reason: str
    expect: Mapping[str, str]
    value: Decimal | None = None
    slip: frozenset[str] = frozenset()


def load(project: Project) -> tuple[Correction, ...]:
    """Read corrections.yml; raises DataError with every entry that breaks its form."""
    try:
        entries = yamlfile.read(project.root / FILE) or []
    except FileNotFoundError:
        return ()
    except yamlfile.Unreadable as error:
        found = f"{error.en} {error.found}".strip()
        raise DataError(
            fault("corrections_unreadable", file=FILE, row=error.row, found=found)
        ) from error
    if not isinstance(entries, list):
        raise DataError(fault("corrections_unreadable", file=FILE, found=type(entries).__name__))
    wrong = [_told(entry) for entry in entries if not _good(entry)]
    if wrong:
        raise DataError(*wrong)
    return tuple(_correction(entry) for entry in entries)


def confirm(project: Project, violation: Violation, printed: str) -> None:
    """Append the entry that a figure stands as printed though it looks implausible."""
    path = project.root / FILE
    (fact,) = violation.facts
    texts = {lang: violation.fault.say(lang).what for lang in ("vi", "en")}
    stem = re.sub(r"[^a-z0-9]+", "_", fact.lower()).strip("_")
    entry = {
        "id": f"confirmed_{violation.check}_{stem}",
        "locator": {"check": violation.check, "facts": [fact]},
        "what_vi": texts["vi"],
        "what_en": texts["en"],
        "action": CONFIRM,
        "reason": "Confirmed by the analyst in the review sheet",
        "expect": {fact: printed},
    }
    text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def repeated(register: Sequence[Correction]) -> Iterator[Fault]:
    """Give the ids that two corrections share."""
    for name, times in Counter(entry.id for entry in register).items():
        if times > 1:
            yield fault("correction_twice", file=FILE, found=name)


def settle(
    register: Sequence[Correction], violations: Sequence[Violation], tables: Tables
) -> Iterator[Fault]:
    """Give the violations nobody registered, and the corrections whose source was mended.

    The tables must be whole and their rows sound. A correction gives one fault at most.
    """
    found = {(violation.check, violation.facts) for violation in violations}
    standing = [entry for entry in register if entry.action != SETTLED]
    excused = {(entry.check, entry.facts) for entry in standing}
    for violation in violations:
        if (violation.check, violation.facts) not in excused:
            yield violation.fault
    printed = _printed(tables)
    for entry in standing:
        faults = list(_guarded(entry, printed))
        if not faults and entry.check and (entry.check, entry.facts) not in found:
            faults = [fault("correction_unused", file=FILE, check=entry.check, name=entry.id)]
        yield from faults[:1]


def _guarded(entry: Correction, printed: Mapping[str, str]) -> Iterator[Fault]:
    for fact in sorted({*entry.facts, *entry.expect} - printed.keys()):
        close = ids.near(fact, printed.keys())
        yield fault("correction_fact", file=FILE, found=fact, near=close, name=entry.id)
    for fact, expected in entry.expect.items():
        there = printed.get(fact, expected)
        if there != expected:
            place = f"{fact}: {there}"
            yield fault(
                "correction_expect", file=FILE, found=place, expected=expected, name=entry.id
            )


def applied(register: Sequence[Correction], tables: Tables) -> Tables:
    """Give the tables with the values that corrections override, and with slips marked."""
    tables = _marked(register, tables)
    values = {
        fact: entry.value for entry in register if entry.value is not None for fact in entry.facts
    }
    if not values:
        return tables

    def overridden(frame: pd.DataFrame) -> pd.DataFrame:
        mended = [values.get(f, v) for f, v in zip(frame["id"], frame["value"], strict=True)]
        return frame.assign(value=pd.Series(mended, index=frame.index, dtype=object))

    frames = {name: frame for name, frame in tables.items() if {"id", "value"} <= set(frame)}
    return replace(tables, **{name: overridden(frame) for name, frame in frames.items()})


def _marked(register: Sequence[Correction], tables: Tables) -> Tables:
    standing = [entry for entry in register if entry.action != SETTLED]
    slips = {fact for entry in standing for fact in entry.slip}
    frames = {name: getattr(tables, name) for name in MARKED}
    marks = {name: frame["id"].isin(slips) for name, frame in frames.items()}
    return replace(tables, **{n: frame.assign(slip=marks[n]) for n, frame in frames.items()})


def _printed(tables: Tables) -> dict[str, str]:
    printed: dict[str, str] = {}
    for frame in dict(tables.items()).values():
        if {"id", "printed"} <= set(frame):
            printed.update(zip(frame["id"], frame["printed"], strict=True))
    return printed


def _good(entry: Any) -> bool:
    if not isinstance(entry, dict) or set(entry) - _OPTIONAL != _KEYS:
        return False
    locator, expect = entry["locator"], entry["expect"]
    if not isinstance(locator, dict) or not isinstance(expect, dict):
        return False
    facts: Any = locator.get("facts")
    slip: Any = entry.get("slip", [])
    texts = [entry[name] for name in ("id", "what_vi", "what_en", "reason")]
    return (
        set(locator) <= {"check", "facts"}
        and isinstance(locator.get("check", ""), str)
        and _texts(facts)
        and isinstance(slip, list)
        and all(isinstance(fact, str) for fact in slip)
        and set(slip) <= set(facts)
        and all(isinstance(text, str) and text for text in [*texts, *expect, *expect.values()])
        and entry["action"] in ACTIONS
        and (entry["action"] == "override") == (_number(entry.get("value")) is not None)
        and (entry["action"] != "override" or bool(expect))
    )


def _number(text: Any) -> Decimal | None:
    return Decimal(text) if isinstance(text, str) and _NUMBER.fullmatch(text) else None


def _texts(facts: Any) -> bool:
    return isinstance(facts, list) and facts != [] and all(isinstance(f, str) for f in facts)


def _told(entry: Any) -> Fault:
    """Tell a wrong entry by its id, or by its beginning where it has none."""
    named = entry.get("id") if isinstance(entry, dict) else None
    found = named if isinstance(named, str) and named else reprlib.repr(entry)
    return fault("corrections_unreadable", file=FILE, column="id", found=found)


def _correction(entry: Mapping[str, Any]) -> Correction:
    plain = {f.name: entry[f.name] for f in fields(Correction) if f.name in entry}
    facts = frozenset(entry["locator"]["facts"])
    own = {"check": entry["locator"].get("check", ""), "facts": facts}
    return Correction(
        **{
            **plain,
            **own,
            "value": _number(entry.get("value")),
            "slip": frozenset(entry.get("slip", ())),
        }
    )
