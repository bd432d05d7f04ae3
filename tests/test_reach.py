"""Which flows come to their plan."""

from decimal import Decimal

from halfyear.analysis import outlook, reach
from halfyear.edition import Edition
from halfyear.results import Results
from opened import changed, edition, named


def outlooks(source: Edition) -> Results:
    results = Results()
    for indicator, measure in source.headline():
        results.add(*outlook.outlook(source, indicator.id, measure))
    return results


def test_only_flows_with_last_year_and_a_plan_are_projected() -> None:
    found = reach.projected(edition(), outlooks(edition()))
    assert found == [
        f"{name}.level"
        for name in (
            "budget_revenue",
            "investment",
            "exports",
            "port_throughput",
            "visitors",
            "enterprises_new",
        )
    ]


def test_how_many_reach_the_plan() -> None:
    results = outlooks(edition())
    counts = named(reach.counts(results, reach.projected(edition(), results), 2026))
    # low: budget 204,171 of 194,936; exports 52.1 of 52; enterprises 7,521 of 7,500
    # ports: 212 x 1.114 = 236.2 of 238
    assert counts["count:projected@2026"].value == 6
    assert counts["count:reach_pace@2026"].value == 5
    assert counts["count:reach_low@2026"].value == 3


def test_a_higher_plan_is_not_reached() -> None:
    edited = changed("plan", "low", Decimal(60), indicator="exports", measure="level", year="2026")
    results = outlooks(edited)
    counts = named(reach.counts(results, reach.projected(edited, results), 2026))
    assert counts["count:reach_pace@2026"].value == 4
