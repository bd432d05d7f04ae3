"""Keys: the names of figures and results, and the one grammar they are written in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Self, TypedDict, Unpack

from halfyear.errors import DataError, Problem

FORM = "kind:[variant:]subject[.measure][@when][/part][~place][~source][#number]"


class Kind(StrEnum):
    """What a figure or result is."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """Make a kind of its word and its meaning."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.meaning = meaning
        return kind

    def of(
        self, subject: str, measure: str = "", when: object = "", **marks: "Unpack[Marks]"
    ) -> "Key":
        """The key of this kind for an indicator or a count; marks are further fields of Key."""
        return Key(self, subject, measure, str(when), **marks)

    def named(self, name: str, when: object = "", **marks: "Unpack[Marks]") -> "Key":
        """The same by the name of an indicator with its measure, "exports.level"."""
        subject, _, measure = name.partition(".")
        return self.of(subject, measure, when, **marks)

    OBS = "obs", "a printed figure about what happened"
    SCN = "scn", "what a scenario expected"
    PLAN = "plan", "an annual target; the part is the instrument that set it"
    GOAL = "goal", "a goal of several years"
    BASE = "base", "a result of the last five years; the part target is the target beside it"
    CLAIM = "claim", "a statement of a document; the part total is the total beside a count"
    STM = "stm", "a statement in words"
    PRJ = "prj", "how many projects of a group are in a state"
    PARAMS = "params", "a choice of the params file"
    VERDICT = "verdict", "a verdict on a headline indicator"
    COUNT = "count", "how many there are; the subject says of what"
    GAP = "gap", "actual less scenario"
    GAP_PART = "gap_part", "what a part adds to the gap of its total"
    GROWTH = "growth", "growth computed from a printed ratio or multiple"
    SHARE = "share", "share of the annual plan; the part is the instrument"
    IMPLIED_PLAN = "implied_plan", "the plan that a stated share implies"
    IMPLIED = "implied", "last year's base that level and growth imply"
    BASE_GAP = "base_gap", "implied less published base"
    SHARE_OF_YEAR = "share_of_year", "last year's share of the same months in its full year"
    REST = "rest", "what is left of the plan"
    MULTIPLE = "multiple", "the rest against what is done"
    LAST_MULTIPLE = "last_multiple", "the same ratio a year earlier"
    NEEDED = "needed", "growth needed in the rest of the year"
    NEEDED_GROWTH = "needed_growth", "growth needed over last year's rest"
    NEEDED_IF_MET = "needed_if_met", "growth needed had the scenario been met"
    EFFORT = "effort", "growth needed less growth so far"
    MONTHLY = "monthly", "monthly average of a quarter"
    MONTHLY_NEEDED = "monthly_needed", "monthly average the rest needs"
    MONTHLY_LAST_QUARTER = "monthly_last_quarter", "monthly average of the last quarter"
    MONTHLY_RATIO = "monthly_ratio", "monthly average needed against the last quarter's"
    DISTANCE = "distance", "target less actual of a stock, share or rank"
    WEIGHT = "weight", "share of the elapsed part in a year"
    EARLIER_SHARE = "earlier_share", "share of the months before the last quarter"
    SECTOR_WEIGHT = "sector_weight", "weight of a part in its total"
    SECTOR_PERCENT = "sector_percent", "the same in per cent"
    IMPLIED_WEIGHT = "implied_weight", "weights that printed totals allow; the part is their period"
    IMPLIED_PERCENT = "implied_percent", "the same in per cent"
    WEIGHT_NEAREST = "weight_nearest", "the weight that gives the printed totals"
    WEIGHT_ROLLED = "weight_rolled", "last year's weight, rolled forward"
    CONTRIBUTION = "contribution", "what a part adds to growth"
    CONTRIBUTION_SHARE = "contribution_share", "the same as a share of the growth"
    IDENTITY = "identity", "the total that printed parts give; the part is the base"
    UNEXPLAINED = "unexplained", "printed total less that of its parts; the part is the base"
    TARGETS = "targets", "the total that targets of parts give; the part is the instrument"
    TARGETS_GAP = "targets_gap", "the same less the target of the total"
    GOALS = "goals", "the average that goals of parts give"
    GOALS_FIRST_YEAR = "goals_first_year", "the same in the first year"
    IMPLIED_RATE = "implied_rate", "growth of months that no document prints"
    IMPLIED_RANGE = "implied_range", "the range of that growth"
    IMPLIED_REST = "implied_rest", "growth of the rest of last year"
    OUTLOOK = "outlook", "what a year may come to; the variant says how"
    READING = "reading", "how a year may be read; the variant says how"
    NEEDED_PATH = "needed_path", "average the years left need, by reading"
    ADDED = "added", "what that adds to the goal's own pace, by reading"
    RECORD = "record", "the fastest growth on record"
    SUM_SHARE = "sum_share", "share of a sum over years that is reached"
    SUM_EXPECTED = "sum_expected", "the share expected on a growing path"
    SUM_LINEAR = "sum_linear", "the share by time alone"
    ON_TRACK = "on_track", "share of projects on track"
    ON_TRACK_KNOWN = "on_track_known", "the same of those whose state is known"
    PRJ_TOTAL = "prj_total", "projects of a group"
    PRJ_SCENARIO = "prj_scenario", "projects expected in a state"
    PATH = "path", "even path"
    PATH_PART = "path_part", "even path by now"
    PLAN_GROWTH = "plan_growth", "plan against last year"
    PLAN_STEP = "plan_step", "step of the plan"
    REACHED = "reached", "level of the year at the pace so far"
    NEEDED_AFTER = "needed_after", "rate needed in the later years"
    SUM_NEEDED_AFTER = "sum_needed_after", "left of the sum for the later years"
    STRETCH = "stretch", "what the target strives for"
    STAKE = "stake", "what is at issue, per cent of the annual target"
    SHORT = "short", "what the target lacks if the rest goes on as before"
    IMPLIED_SCENARIO = "implied_scenario", "the plan of the period that documents imply"
    IMPLIED_SHARE_PLAN = "implied_share_plan", "the plan that one stated share implies"
    IMPLIED_SHARE_REST = "implied_share_rest", "what is left of that plan"
    IMPLIED_SHARE_MULTIPLE = "implied_share_multiple", "the same in times of what is done"
    LAST_MULTIPLE_RANGE = "last_multiple_range", "last year's ratio over its bases"
    NEEDED_GROWTH_RANGE = "needed_growth_range", "growth needed over the bases of last year"
    SUM_LEFT = "sum_left", "left of the sum"
    SAID = "said", "a key of an earlier edition; the source is that edition"
    REVISED = "revised", "by how much a figure was revised"
    AUDIT = "audit", "how many findings there are"
    AUDIT_RECOMPUTED = "audit_recomputed", "what the audit computes; the part names the rows"
    AUDIT_GAP = "audit_gap", "how far two sides of a finding lie apart"
    AUDIT_LOW = "audit_low", "share of the higher end of a plan"
    AUDIT_HIGH = "audit_high", "share of the lower end of a plan"
    AUDIT_IMPLIED = "audit_implied", "a figure that printed ones imply"
    AUDIT_FIRST = "audit_first", "the first plan implied"
    AUDIT_SECOND = "audit_second", "the second plan implied"
    AUDIT_SHARE = "audit_share", "share that parts leave"
    AUDIT_OTHER_SHARE = "audit_other_share", "the same in another period"
    AUDIT_THEN = "audit_then", "a ratio a year earlier"
    AUDIT_EXPECTED = "audit_expected", "what a scenario leaves for the first part"
    AUDIT_PLANNED = "audit_planned", "growth that a target gives"


class Marks(TypedDict, total=False):
    """What tells keys of one kind, indicator, measure and time apart; see Key."""

    variant: str
    cutoff: str
    instrument: str
    base: str
    place: str
    source: str
    state: str
    number: int


_INSTRUMENT = frozenset({Kind.PLAN, Kind.SHARE, Kind.TARGETS, Kind.TARGETS_GAP})
_EVIDENCE = frozenset(kind for kind in Kind if kind.startswith("audit_"))
_KINDS = {kind.value: kind for kind in Kind}
_STATES = frozenset({Kind.PRJ, Kind.PRJ_SCENARIO})


@dataclass(frozen=True)
class Key:
    """The name of one figure or result; str() writes it, parse() reads it.

    variant tells outlooks and readings apart. cutoff is the day the data run to where it is not
    the period's end; instrument the document that set a target; base what a result rests on: a
    period, the rows of a finding, or target and total of a figure printed beside another. place
    is a former one. source tells later publications apart, or on which base of last year a result
    rests, perhaps several joined by "~". state is that of projects; number parts what nothing
    else does. A key of said holds the whole earlier key as its subject.
    """

    kind: Kind
    subject: str
    measure: str = ""
    when: str = ""
    variant: str = ""
    cutoff: str = ""
    instrument: str = ""
    base: str = ""
    place: str = ""
    source: str = ""
    state: str = ""
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Read a key; raises DataError where a text is none."""
        return _parsed(text)

    def __str__(self) -> str:
        if self.kind is Kind.SAID:
            return f"said:{self.subject}~{self.source}" if self.source else f"said:{self.subject}"
        first = self.place if self.kind is Kind.BASE else ""
        name = ".".join(part for part in (first, self.subject, self.measure, self.state) if part)
        head = ":".join(part for part in (self.kind.value, self.variant, name) if part)
        when = f"@{self.when}" if self.when or self.kind in _EVIDENCE else ""
        part = self.cutoff or self.instrument or self.base
        marks = ("" if first else self.place, self.source)
        tail = "".join(f"~{mark}" for mark in marks if mark)
        number = f"#{self.number}" if self.number else ""
        return f"{head}{when}{f'/{part}' if part else ''}{tail}{number}"

    def __lt__(self, other: "Key") -> bool:
        return str(self) < str(other)

    def to(self, kind: Kind, **marks: Unpack[Marks]) -> "Key":
        """The key of another kind about the same figure; marks are fields that differ."""
        return replace(self, kind=kind, **marks)

    @property
    def name(self) -> str:
        """Subject and measure, as lists of indicators write them: "exports.level"."""
        return f"{self.subject}.{self.measure}" if self.measure else self.subject

    def stems(self) -> Iterator["Key"]:
        """The shorter keys an operand may use: without number, source, then part of the figure.

        A former place is never left out: "obs:grdp.growth_yoy@2025-H1" does not name one.
        """
        key: Key = self
        if key.number:
            yield (key := replace(key, number=0))
        while key.source:
            yield (key := replace(key, source=key.source.rpartition("~")[0]))
        bare = replace(key, cutoff="", instrument="", base="")
        if bare != key and (not key.place or key.kind is Kind.BASE):
            yield bare


@cache
def _parsed(text: str) -> Key:
    key = _read(text)
    if str(key) != text:
        raise DataError(Problem("not a key", expected=FORM, found=text))
    return key


def _read(text: str) -> Key:
    word, colon, rest = text.partition(":")
    kind = _KINDS.get(word)
    if kind is None or not colon or not rest:
        raise DataError(Problem("not a key", expected=FORM, found=text))
    if kind is Kind.SAID:
        subject, _, source = rest.rpartition("~")
        return Key(kind, subject or rest, source=source if subject else "")
    head, _, tail = rest.partition("@")
    head, tail = (head, tail) if "@" in rest else _cut(head)
    variant, _, name = head.rpartition(":")
    place, subject, measure, state = _named(kind, name)
    own = Key(kind, subject, measure, variant=variant, place=place, state=state)
    return _with(own, tail)


def _with(key: Key, tail: str) -> Key:
    """Read what follows a name: "when/part~place~source#number"."""
    body, _, number = tail.partition("#")
    body, _, marks = body.partition("~")
    when, _, part = body.partition("/")
    place, source = ("", marks)
    if marks[:1].isupper():
        place, _, source = marks.partition("~")
    day, set_by = key.kind is Kind.OBS, key.kind in _INSTRUMENT
    return replace(
        key,
        when=when,
        cutoff=part if day else "",
        instrument=part if set_by else "",
        base="" if day or set_by else part,
        place=key.place or place,
        source=source,
        number=int(number or 0),
    )


def _cut(text: str) -> tuple[str, str]:
    """Part a key without "@" before its first mark; the marks stay with the tail."""
    places = [n for mark in "/~#" if (n := text.find(mark)) >= 0]
    at = min(places, default=len(text))
    return text[:at], text[at:]


def _named(kind: Kind, text: str) -> tuple[str, str, str, str]:
    """Place, subject, measure and state of a name."""
    words = text.split(".")
    if kind is Kind.BASE and len(words) == 3:
        return words[0], words[1], words[2], ""
    if kind in _STATES and len(words) == 3:
        return "", words[0], words[1], words[2]
    subject, _, measure = text.partition(".")
    return "", subject, measure, ""
