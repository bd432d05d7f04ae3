"""Parts: the total whose growth heads the plan, and the indicators it is made of."""

from halfyear.edition import Edition

MEASURE = "growth_yoy"


def total(edition: Edition) -> str | None:
    """The first headline indicator that is judged by a growth rate and has one; None for none."""
    return next(
        (
            indicator.id
            for indicator, measure in edition.headline()
            if measure == MEASURE and not edition.fact(indicator.id, measure, edition.period).absent
        ),
        None,
    )


def parts(edition: Edition, whole: str) -> tuple[str, ...]:
    """The parts of an indicator that have a growth rate in the edition's period, in order."""
    return tuple(
        indicator.id
        for indicator in edition.indicators.values()
        if indicator.parent == whole
        and not edition.fact(indicator.id, MEASURE, edition.period).absent
    )
