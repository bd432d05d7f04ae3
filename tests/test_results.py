"""Named results: one id one number, kept whole on the way through a file."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfyear.errors import BuildError, NotComputable
from halfyear.interval import Interval
from halfyear.results import Quantity, Results, Verdict
from halfyear.verdict import Basis, Outcome


def number(id: str, *values: str, **more: object) -> Quantity:
    interval = Interval.of(*values) if values else None
    return Quantity(id, interval, "pct", 2, **more)  # type: ignore[arg-type]


def test_one_id_never_holds_two_numbers() -> None:
    results = Results()
    results.add(number("a", "1"), number("a", "1"))
    with pytest.raises(BuildError, match="two different results are called a"):
        results.add(number("a", "2"))


def test_two_notebooks_that_disagree_do_not_merge() -> None:
    one, other = Results(), Results()
    one.add(number("a", "1"))
    other.add(number("a", "1.1"))
    with pytest.raises(BuildError, match=r"a$"):
        one.merge(other)


def test_a_number_that_nobody_computed_is_refused_by_its_id() -> None:
    with pytest.raises(BuildError, match="no notebook computed share:gold"):
        Results()["share:gold"]


def test_an_interval_is_not_one_number_and_a_missing_one_says_what_lacks() -> None:
    with pytest.raises(NotComputable, match="interval"):
        _ = number("a", "1", "2").value
    with pytest.raises(NotComputable, match="obs:grdp"):
        _ = number("a", missing=("obs:grdp",)).known


def test_get_gives_only_what_has_a_value() -> None:
    results = Results()
    results.add(number("a", "1"), number("b", missing=("c",)))
    assert results.get("a") is not None
    assert results.get("b") is None
    assert results.get("c") is None


def test_what_is_saved_reads_back(tmp_path: Path) -> None:
    results = Results()
    results.add(
        number("b", "14.366", "14.67", formula="(G - w*g)/(1 - w)", operands=("x", "y")),
        number("a", missing=("obs:z",), bound="ge"),
        Verdict("verdict:x", Outcome.MISSES, Basis.COMPUTED, ("x", "y"), Outcome.EXCEEDS),
        Verdict("verdict:y", Outcome.CANNOT_TELL, Basis.NONE),
    )
    results.save(tmp_path / "deep" / "results.json")
    read = Results.load(tmp_path / "deep" / "results.json")
    assert read.quantities == results.quantities
    assert read.verdicts == results.verdicts


def test_the_order_of_adding_does_not_change_the_file(tmp_path: Path) -> None:
    items = [number("b", "1"), number("a", "2")]
    for name, order in (("one", items), ("two", items[::-1])):
        results = Results()
        results.add(*order)
        results.save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@given(value=st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_no_digit_of_a_printed_figure_is_lost(value: Decimal) -> None:
    plain = Quantity("a", Interval.of(value), "pct", 6).as_json()
    assert Quantity.from_json(plain).value == value
    assert "E" not in plain["low"]


def test_a_result_read_back_is_the_one_that_was_saved(tmp_path: Path) -> None:
    third = Quantity("needed:a@2026-H1", Interval.of(Decimal(1) / 3), "pct", 2)
    results = Results()
    results.add(third)
    results.save(tmp_path / "results.json")
    again = Results.load(tmp_path / "results.json")
    again.add(third)
    with pytest.raises(BuildError, match="two different results"):
        again.add(replace(third, interval=Interval.of(Decimal("0.34"))))
