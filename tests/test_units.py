"""Units: exact conversion between units of one base, refusal of anything else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfyear.data.frames import Tables
from halfyear.data.units import Units
from halfyear.errors import UnitError


@pytest.fixture(scope="module")
def units(data: Tables) -> Units:
    return Units.from_frame(data.units)


@pytest.mark.parametrize(
    ("value", "from_id", "to_id", "converted"),
    [
        ("8443", "k_visits", "m_visits", "8.443"),
        ("3.098", "bn_usd", "m_usd", "3098"),
        ("734420", "bn_vnd", "tn_vnd", "734.42"),
        ("11.33", "pct", "pct", "11.33"),
    ],
)
def test_a_value_converts_exactly(
    units: Units, value: str, from_id: str, to_id: str, converted: str
) -> None:
    assert units.convert(Decimal(value), from_id, to_id) == Decimal(converted)


@given(value=st.decimals(-(10**9), 10**9, places=4))
def test_there_and_back_is_the_same(units: Units, value: Decimal) -> None:
    there = units.convert(value, "bn_vnd", "m_vnd")
    assert units.convert(there, "m_vnd", "bn_vnd") == value


def test_per_cent_and_percentage_points_do_not_convert(units: Units) -> None:
    with pytest.raises(UnitError, match="measure different things"):
        units.convert(Decimal(1), "pct", "pp")


def test_constant_prices_do_not_convert_into_current_ones(units: Units) -> None:
    with pytest.raises(UnitError):
        units.convert(Decimal(1), "bn_vnd_2010", "bn_vnd")


def test_an_unknown_unit_is_named(units: Units) -> None:
    with pytest.raises(UnitError, match="'bn_eur'"):
        units.convert(Decimal(1), "bn_eur", "bn_usd")
