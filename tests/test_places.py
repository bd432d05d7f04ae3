"""The provinces and cities of the table, held against the resolution that made them."""

from datetime import date
from pathlib import Path

import pytest

from halfyear.data.places import Places
from halfyear.data.tables import load
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)
# Resolution 202/2025/QH15, article 1: 23 provinces and cities and what each was made from; it
# leaves 11 as they were. Typed from two lists of the articles, not from the table.
MERGED = """
Tuyên Quang: Hà Giang, Tuyên Quang
Lào Cai: Yên Bái, Lào Cai
Thái Nguyên: Bắc Kạn, Thái Nguyên
Phú Thọ: Vĩnh Phúc, Hòa Bình, Phú Thọ
Bắc Ninh: Bắc Giang, Bắc Ninh
Hưng Yên: Thái Bình, Hưng Yên
Hải Phòng: Hải Dương, Hải Phòng
Ninh Bình: Hà Nam, Ninh Bình, Nam Định
Quảng Trị: Quảng Bình, Quảng Trị
Đà Nẵng: Quảng Nam, Đà Nẵng
Quảng Ngãi: Kon Tum, Quảng Ngãi
Gia Lai: Bình Định, Gia Lai
Khánh Hòa: Ninh Thuận, Khánh Hòa
Lâm Đồng: Đắk Nông, Bình Thuận, Lâm Đồng
Đắk Lắk: Phú Yên, Đắk Lắk
Thành phố Hồ Chí Minh: Bà Rịa - Vũng Tàu, Bình Dương, Thành phố Hồ Chí Minh
Đồng Nai: Bình Phước, Đồng Nai
Tây Ninh: Long An, Tây Ninh
Cần Thơ: Sóc Trăng, Hậu Giang, Cần Thơ
Vĩnh Long: Bến Tre, Trà Vinh, Vĩnh Long
Đồng Tháp: Tiền Giang, Đồng Tháp
Cà Mau: Bạc Liêu, Cà Mau
An Giang: Kiên Giang, An Giang
"""
KEPT = (
    "Cao Bằng, Điện Biên, Hà Tĩnh, Lai Châu, Lạng Sơn, Nghệ An, Quảng Ninh, Thanh Hóa, Sơn La,"
    " Hà Nội, Huế"
)
CITIES = "Hà Nội, Hải Phòng, Huế, Đà Nẵng, Thành phố Hồ Chí Minh, Cần Thơ"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.of(load(Project(ROOT)).places)


def names(places: Places, day: date) -> dict[str, str]:
    """Ids of the provinces and cities of a day, by name."""
    standing = [place for place in places if place.provincial and place.stands(day)]
    found = {place.name["vi"]: place.id for place in standing}
    assert len(found) == len(standing)  # no name twice on one day
    return found


def test_each_merged_province_holds_those_it_was_made_from(places: Places) -> None:
    now = names(places, FIRST)
    told = dict(line.split(": ") for line in MERGED.split("\n") if line)
    assert len(told) == 23
    for name, parts in told.items():
        former = places.former(now[name])
        assert {places[id].name["vi"] for id in former} == set(parts.split(", "))
        assert {places[id].until for id in former} == {LAST}
        assert places[now[name]].since == FIRST
    for name in KEPT.split(", "):
        assert places[now[name]].stands(LAST)
    assert set(now) == set(told) | set(KEPT.split(", "))


def test_63_before_and_34_after_of_which_six_are_cities(places: Places) -> None:
    assert (places.count(LAST), places.count(FIRST)) == (63, 34)
    cities = {place.name["vi"] for place in places if place.kind == "city" and place.stands(FIRST)}
    assert cities == set(CITIES.split(", "))


def test_hue_became_a_city_half_a_year_before(places: Places) -> None:
    # Resolution 175/2024/QH15: from 1 January 2025
    before = names(places, date(2024, 12, 31))
    assert "Thừa Thiên Huế" in before
    assert places[before["Thừa Thiên Huế"]].kind == "province"
    assert "Huế" in names(places, date(2025, 1, 1))
    assert places.count(date(2024, 12, 31)) == 63


def test_every_province_of_today_lies_in_a_region_and_six_regions_make_the_nation(
    places: Places,
) -> None:
    regions = {place.id for place in places if place.kind == "region"}
    assert len(regions) == 6
    lying = {p.part_of for p in places if p.provincial and p.stands(FIRST)}
    assert lying == regions
