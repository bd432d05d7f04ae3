"""Judging: which figure a verdict word or an expected figure is about."""

from dataclasses import dataclass

from halfyear.data.units import Units
from halfyear.intake.language import timewords
from halfyear.intake.language.figures import Printed
from halfyear.intake.proposal import Proposal, key
from halfyear.intake.reader.context import WORDS, Scope, Subject
from halfyear.intake.reason import Reason
from halfyear.period import Period


@dataclass(frozen=True)
class Judging:
    """Finds hosts among the figures told before; headline holds (indicator, measure) pairs."""

    units: Units
    report: Period
    headline: frozenset[tuple[str, str]] = frozenset()

    def claim(
        self,
        word: str,
        of: str,
        told: str,
        beside: Printed | None,
        scope: Scope,
        named: Subject | None = None,
    ) -> Proposal | None:
        """Draft the claim of a verdict word about a figure before it; None where none is.

        Of several figures of one indicator it is about the one in the unit of the expected
        figure beside it, else about the one that is the indicator's headline. named is what is
        named between that figure and the word: then the word is about it.
        """
        if named is not None:
            return self._of(named, word, told, scope)
        host, doubt = self.host(beside, scope)
        if host is None or not host.indicator:
            return None
        made = Proposal("claims", 0, None, word, kind="verdict_word", indicator=host.indicator)
        made.term, made.measure = host.term, host.measure
        made.word = WORDS[" ".join(word.casefold().split())]
        period = timewords.period(told, self.report)
        made.time_period = str(period or host.time_period)
        made.operands = key(host)
        made.doubt(1.0, Reason.of("about_before"))
        made.lean(host)
        made.doubt(doubt, None if doubt == 1 else Reason.of("hosts_several"))
        if str(made.time_period) != host.time_period:
            made.doubt(0.7, Reason.of("time_differs"))
        if of.casefold() != "kịch bản":
            made.doubt(0.85, Reason.of("about_plan"))
        return made

    def _of(self, named: Subject, word: str, told: str, scope: Scope) -> Proposal | None:
        """Draft the claim of a verdict word about what is named before it."""
        if not named.indicator:
            return None
        own = [one for one in scope.told if one.indicator == named.indicator]
        made = Proposal("claims", 0, None, word, kind="verdict_word", indicator=named.indicator)
        made.term, made.word = named.term, WORDS[" ".join(word.casefold().split())]
        period = timewords.period(told, self.report) or scope.period or self.report
        made.time_period = str(period)
        made.doubt(named.certainty, Reason.of("named_before"))
        if own:
            made.measure, made.operands = own[-1].measure, key(own[-1])
            made.lean(own[-1])
        else:
            made.doubt(0.6, Reason.of("host_missing"))
        return made

    def host(self, beside: Printed | None, scope: Scope) -> tuple[Proposal | None, float]:
        """Give the figure before that an expected figure or a verdict is about, and how surely."""
        rivals = scope.rivals()
        if beside is not None and beside.units:
            alike = [one for one in rivals if self._alike(one.unit, beside)]
            rivals = alike or rivals
        listed = [one for one in rivals if (one.indicator, one.measure) in self.headline]
        if len(rivals) < 2 or len(listed) == 1:
            return next(iter(listed or rivals), None), 1.0
        return rivals[0], 0.7

    def _alike(self, unit: str, printed: Printed) -> bool:
        return bool(unit) and any(self.units.compatible(unit, one) for one in printed.units)
