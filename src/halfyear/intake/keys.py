"""Keys by which claims name the figures they are about."""

from halfyear.intake.proposal import Proposal
from halfyear.period import Period


def key(row: Proposal) -> str:
    """Give the key of an observation."""
    end = Period.parse(row.time_period).end
    own = f"/{row.cutoff}" if row.cutoff is not None and row.cutoff != end else ""
    return f"obs:{row.indicator}.{row.measure}@{row.time_period}{own}"


def scenario_key(row: Proposal) -> str:
    """Give the key of a scenario's figure."""
    return f"scn:{row.indicator}.{row.measure}@{row.time_period}"
