"""Every five-year goal by what it is."""

from decimal import Decimal

from halfyear.analysis import goalbook
from halfyear.analysis.goalbook import Entry
from halfyear.results import Results
from opened import changed, edition, ends, named, without


def book(source=None) -> dict[str, Entry]:
    return {entry.key: entry for entry in goalbook.entries(source or edition())}


def test_each_goal_is_read_once() -> None:
    keys = [entry.key for entry in goalbook.entries(edition())]
    assert len(keys) == len(set(keys))


def test_a_level_goal_is_behind_where_the_plan_leaves_more_to_do() -> None:
    exports = book()["exports.level"]
    needed = named(list(exports.quantities))
    # (75 / 50.14)^(1/5) and (80 / 50.14)^(1/5); from the plan of 52 in four years
    assert ends(needed["needed_path:last_year:exports.level@2026"], 1) == (8.4, 9.8)
    assert ends(needed["needed_path:plan:exports.level@2026"], 1) == (9.6, 11.4)
    assert exports.standing == "behind"


def test_a_level_goal_is_on_path_where_the_plan_keeps_the_even_step() -> None:
    # visitors: 11.6 a year before and after the plan
    assert book()["visitors.level"].standing == "on_path"


def test_a_sum_is_held_against_the_growing_path() -> None:
    investment = book()["investment.level"]
    shares = named(list(investment.quantities))
    assert ends(shares["sum_share:investment.level@2026-H1"], 1) == (6.3, 6.3)
    assert ends(shares["sum_expected:investment.level@2026-H1"], 1)[0] == 6.4
    assert ends(shares["sum_linear:investment.level@2026-H1"], 1) == (10.0, 10.0)
    assert investment.standing == "on_path"


def test_a_yearly_goal_tests_the_plan() -> None:
    assert book()["enterprises_new.level"].standing == "misses"  # 7,500 against 9,200
    raised = changed("plan", "low", Decimal(9300), indicator="enterprises_new", set_by="nq74_2025")
    assert book(raised)["enterprises_new.level"].standing != "misses"


def test_without_a_plan_and_a_base_nothing_is_known() -> None:
    bare = without("plan", indicator="port_throughput")
    bare = without("baseline", bare, indicator="port_throughput")
    entry = book(bare)["port_throughput.level"]
    assert not entry.known
    assert entry.standing == ""


def test_the_book_keeps_only_goals_of_which_something_is_known() -> None:
    results = Results()
    goalbook.note(results, goalbook.entries(edition()), "goals@2026")
    listed = results.lists["goals@2026"]
    assert "exports.level" in listed
    assert "coverage_5g.level" not in listed
    assert results.lists["goal_basis:investment.level"] == ["cumulative"]


def test_a_start_of_a_former_place_tells_no_standing() -> None:
    ports = book()["port_throughput.level"]
    start = named(list(ports.quantities))["needed_path:last_year:port_throughput.level@2026"]
    assert start.operands[0].startswith("base:HP_old.")
    assert ports.standing == ""
