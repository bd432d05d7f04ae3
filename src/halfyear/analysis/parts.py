"""Parts: the total whose growth heads the plan, and the indicators it is made of."""

from halfyear.edition import Edition

MEASURE = "growth_yoy"
FLOW = "flow"


def total(edition: Edition) -> str | None:
    """The first flow among the headline indicators that is judged by a growth rate; None for none.

    An index is no total of parts, and where the rate of the total is not published, that of
    another indicator does not stand in for it.
    """
    first = next(
        (
            indicator.id
            for indicator, measure in edition.headline()
            if measure == MEASURE and indicator.kind == FLOW
        ),
        None,
    )
    if first is None or edition.fact(first, MEASURE, edition.period).absent:
        return None
    return first


def parts(edition: Edition, whole: str) -> tuple[str, ...]:
    """The parts of an indicator that have a growth rate in the edition's period, in order."""
    return tuple(
        indicator.id
        for indicator in edition.indicators.values()
        if indicator.parent == whole
        and not edition.fact(indicator.id, MEASURE, edition.period).absent
    )
