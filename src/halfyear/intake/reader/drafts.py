"""Drafting: turns what was read about a figure into the columns of a row."""

import re
from dataclasses import dataclass
from datetime import date

from halfyear.data.checks.figures import COMPARISONS, MEASURE_UNITS
from halfyear.data.numeral import read_number
from halfyear.data.places import Places
from halfyear.data.units import Units
from halfyear.errors import NumeralError
from halfyear.intake.language import timewords
from halfyear.intake.language.figures import BOUNDS, Printed
from halfyear.intake.language.terms import Terms
from halfyear.intake.proposal import Proposal, key
from halfyear.intake.reader.context import WORDS, Scope, Subject
from halfyear.intake.reader.roles import Meaning
from halfyear.intake.reader.states import state
from halfyear.intake.reader.subjects import priced
from halfyear.intake.reader.verdicts import Judging
from halfyear.intake.reason import Reason
from halfyear.period import Period

_JUDGED = re.compile(r"(?:không|chưa) đạt|đạt và vượt|vượt|đạt")
_NATION = re.compile(r"\b(?:cả nước|toàn quốc)\b")
_REGION = re.compile(r"\b(?:vùng|khu vực|miền|đồng bằng|đông nam bộ|tây nguyên|tỉnh lân cận)\b")
_STANDS = re.compile(r"(?:(?:và|đồng thời)\s+)?(?:đứng|xếp|vị trí|trong|hạng)\b")
GROWN = ("growth_yoy", "ratio_yoy")
ABOUT_PLAN = ("share_of_plan", "excess_of_plan", "ratio", "scenario", "target", "rank")


@dataclass(frozen=True)
class Drafting:
    """Fills in rows for one report."""

    terms: Terms
    units: Units
    judging: Judging
    places: Places
    report: Period
    final: bool = False

    def figure(
        self,
        one: Printed,
        meaning: Meaning,
        subject: Subject,
        scope: Scope,
        lead: str,
        tail: str,
    ) -> Proposal:
        """Draft the row of a figure."""
        made = Proposal("", 0, None, "", indicator=subject.indicator, term=subject.term)
        made.doubt(meaning.certainty, meaning.reason)
        made.bound = BOUNDS.get(one.bound, "")
        if not self._numbers(made, one, meaning, lead):
            return made
        if meaning.role == "count":
            self._count(made, one, scope, lead, tail)
        elif meaning.role in ABOUT_PLAN and meaning.role != "rank":
            self._about(made, one, meaning.role, subject, scope, lead)
        elif meaning.role == "rank":
            self._rank(made, one, subject, scope, lead, tail)
        elif meaning.role != "open":
            self._observation(made, one, meaning.role, subject, scope)
        return made

    def _numbers(self, made: Proposal, one: Printed, meaning: Meaning, lead: str) -> bool:
        try:
            made.value = read_number(one.number)
            other = read_number(one.second) if one.second else None
        except NumeralError:
            made.doubt(0.1, Reason.of("number_unclear"))
            return False
        if other is not None and one.slash:
            made.total = other
        elif other is not None:
            made.high = other
        if one.sign == "giảm" or (meaning.role == "contribution" and "làm giảm" in lead):
            made.value = -made.value
            made.high = -made.high if made.high is not None else None
        return True

    def _observation(
        self, made: Proposal, one: Printed, role: str, subject: Subject, scope: Scope
    ) -> None:
        made.table, made.measure = "observations", role
        made.comparison = COMPARISONS.get(role, "")
        made.doubt(subject.certainty, subject.reason)
        self._when(made, scope)
        self.unit(made, one, scope.price)
        if one.cut:
            made.doubt(0.4, Reason.of("separator_unclear"))
        if made.high is not None:
            made.doubt(0.5, Reason.of("range_unheld"))
        if not subject.indicator:
            made.doubt(0.5, Reason.of("indicator_missing"))
        else:
            self._price(made, scope)

    def _price(self, made: Proposal, scope: Scope) -> None:
        """Fill in the price base: the one stated, else that of the indicator."""
        own = self.terms.prices.get(made.indicator, "")
        if own == "constant":
            made.price_base = "constant_2010"
        elif own == "current":
            made.price_base = "current"
            if scope.price != "current" and made.measure != "share":
                made.doubt(0.6, Reason.of("price_assumed"))

    def _when(self, made: Proposal, scope: Scope) -> None:
        period = scope.period or self.report
        made.time_period = str(period)
        made.obs_status = scope.status or (
            "A" if self.final and period.year < self.report.year else "P"
        )
        cutoff = scope.cutoff if made.obs_status != "E" else None
        made.cutoff = _within(cutoff, period)
        if scope.lost:
            made.doubt(0.4, Reason.of("time_unheld"))
        if period.end > self.report.end:
            made.doubt(0.4, Reason.of("time_later"))
        if scope.carried and period != self.report:
            made.doubt(0.7, Reason.of("time_before"))

    def unit(self, made: Proposal, one: Printed, price: str = "") -> None:
        """Fill in the units, and convert the value from the one printed."""
        own = MEASURE_UNITS.get(made.measure) or self.terms.units.get(made.indicator, "")
        base = price if self.terms.prices.get(made.indicator) else ""
        units = tuple(priced(unit, self.units, base) for unit in one.units)
        printed = units or ((own,) if own else ())
        fitting = [unit for unit in printed if own and self.units.compatible(own, unit)]
        made.printed_unit = (fitting or list(units) or [""])[0]
        made.unit = own or made.printed_unit
        if fitting and made.value is not None:
            made.value = self.units.convert(made.value, fitting[0], own)
            if made.high is not None:
                made.high = self.units.convert(made.high, fitting[0], own)
        elif own:
            made.doubt(0.3, Reason.of("unit_unfit"))
        if not one.units and made.measure == "level":
            made.doubt(0.9, Reason.of("unit_assumed"))

    def _about(
        self, made: Proposal, one: Printed, role: str, subject: Subject, scope: Scope, lead: str
    ) -> None:
        """Draft a scenario's figure, a target, or a claim about the figure before."""
        host = scope.level if role in ("share_of_plan", "excess_of_plan", "ratio") else scope.last
        host = (
            host if host is not None and host.indicator in ("", subject.indicator) else scope.last
        )
        if role == "scenario":
            host, _ = self.judging.host(one, scope)
        own = subject.indicator and (host is None or host.indicator != subject.indicator)
        if host is None and not subject.indicator:
            made.doubt(0.3, Reason.of("host_missing"))
        made.indicator = subject.indicator if own or host is None else host.indicator
        made.term = subject.term if own or host is None else host.term
        if own or host is None:
            made.doubt(subject.certainty, Reason.of("host_other") if host is not None else None)
        else:
            made.lean(host)
        named = timewords.period(lead, self.report)
        made.time_period = str(named) if named else host.time_period if host else str(self.report)
        if role == "scenario":
            made.table = "scenarios"
            made.measure = host.measure if host and not own else _measure(one)
        elif role == "target":
            made.table = "plan"
            made.measure = (
                _measure(one)
                if host is None or own or not one.units
                else (
                    host.measure if ("pct" in one.units) == (host.unit == "pct") else _measure(one)
                )
            )
            made.time_period = str(self.report.full_year())
            if named is not None and named != self.report.full_year():
                made.doubt(0.3, Reason.of("part_of_year"))
        else:
            made.table, made.kind = "claims", role
            made.time_period = host.time_period if host else str(self.report)
            made.operands = key(host) if host is not None and not own else ""
            made.unit = made.printed_unit = "pct"
            made.word = "exceeds" if role == "excess_of_plan" else ""
            if own or host is None:
                made.doubt(0.6, Reason.of("host_elsewhere"))
            return
        self.unit(made, one)

    def _rank(
        self, made: Proposal, one: Printed, subject: Subject, scope: Scope, lead: str, tail: str
    ) -> None:
        made.unit = made.printed_unit = "rank"
        if subject.indicator and self.terms.kinds.get(subject.indicator) == "rank":
            made.table, made.measure = "observations", "level"
            made.doubt(subject.certainty, subject.reason)
            self._when(made, scope)
            return
        host = scope.last or scope.before
        about = Subject("", 1.0, "") if _STANDS.match(lead.strip()) else subject
        code = self._ranked(host, about) if self._national(made, host, tail) else ""
        if code:
            made.indicator, made.term = code, (host.term if host else subject.term)
            made.table, made.measure = "observations", "level"
            self._when(made, scope)
            if host is not None and host.table == "observations":
                made.lean(host)
                made.time_period, made.cutoff = host.time_period, host.cutoff
            made.reasons.append(Reason.of("rank_nation", sign=one.sign))
            made.total = None
            return
        host = scope.last
        made.table, made.kind = "claims", "rank"
        if host is None:
            made.doubt(0.3, Reason.of("host_missing"))
        else:
            made.lean(host)
            made.indicator, made.term, made.operands = host.indicator, host.term, key(host)
            made.time_period = host.time_period
        made.doubt(0.85)

    def _national(self, made: Proposal, host: Proposal | None, tail: str) -> bool:
        """Tell whether a rank is one among all provinces, not in a region."""
        region, nation = _REGION.search(tail), _NATION.search(tail)
        if region is not None and (nation is None or region.start() < nation.start()):
            return False
        ends = {self.report.end}
        if host is not None and host.time_period:
            ends.add(Period.parse(host.time_period).end)
        counts = {self.places.count(end) for end in ends}
        return nation is not None or made.total in counts

    def _ranked(self, host: Proposal | None, subject: Subject) -> str:
        """Give the indicator that is the rank of what is talked about, where there is one."""
        own = subject.indicator or (host.indicator if host and not subject.term else "")
        rank, of_growth = self.terms.ranks.get(own, ("", False))
        grown = host is not None and host.indicator == own and host.measure in GROWN
        return rank if grown or not of_growth else ""

    def _count(self, made: Proposal, one: Printed, scope: Scope, lead: str, tail: str) -> None:
        noun = f"{one.unit_words.casefold()} {tail}".strip()
        made.time_period = str(timewords.period(tail, self.report) or scope.period or self.report)
        made.state = state(f"{lead} | {noun}")
        if re.match(r"(?:chỉ tiêu|tiêu chí)\b", noun):
            made.table, made.kind = "claims", "count"
            made.indicator = ""
            told = _JUDGED.search(noun)
            made.word = WORDS[told.group()] if told else ""
            made.doubt(0.9 if scope.named else 0.7)
        elif re.match(r"(?:dự án|công trình|nhiệm vụ)\b", noun):
            made.table, made.unit, made.printed_unit = "projects", "projects", "projects"
            made.obs_status = scope.status or "P"
            made.doubt(0.6, Reason.of("project_open"))
        else:
            made.table, made.kind = "claims", "count"
            made.doubt(0.4, Reason.of("count_open"))


def _measure(one: Printed) -> str:
    return "growth_yoy" if one.sign in ("tăng", "giảm") else "level"


def _within(day: date | None, period: Period) -> date:
    start = date(period.year, period.months[0], 1)
    return day if day is not None and start <= day <= period.end else period.end
