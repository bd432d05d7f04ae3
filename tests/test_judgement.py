"""The studies of judgement on editions that hold less, or nothing, of what they judge."""

import pytest

from halfyear.analysis import assessment, decomposition, implied, shares, stakes
from halfyear.edition import Edition


@pytest.mark.parametrize("period", ["2025-FY", "2025-H1"])
def test_an_edition_on_press_alone_says_nothing_of_goals_scenarios_or_stakes(period: str) -> None:
    opened = Edition.open(period)
    assert assessment.study(opened).goals == ()
    assert stakes.study(opened).candidates == ()
    assert implied.study(opened).quarters is None
    assert shares.study(opened).expected == {}


def test_the_full_year_of_2025_prints_its_contributions() -> None:
    whole = decomposition.study(Edition.open("2025-FY")).whole
    assert whole is not None
    # 7.62 + 3.38 + 0.19 + 0.62 = 11.81
    assert [str(part.contribution.value) for part in whole.parts] == [
        "7.62",
        "3.38",
        "0.62",
        "0.19",
    ]
    assert whole.scenario is None


def test_by_july_2025_no_weights_of_the_year_before_are_known() -> None:
    accounts = decomposition.study(Edition.open("2025-H1"))
    assert (accounts.whole, accounts.contradictions) == (None, ())
