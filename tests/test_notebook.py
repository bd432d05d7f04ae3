"""The desk of a notebook: names, numbers and words as the reader of one language sees them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pandas as pd
import pytest

from halfyear.edition import Edition
from halfyear.errors import BuildError, NotebookError, ParamsError, PeriodError
from halfyear.interval import Interval
from halfyear.notebook import OUT, Desk, open_desk
from halfyear.results import Quantity, Results
from halfyear.study import Study, opened
from halfyear.texts import bare

PERIOD = "2026-H1"
FIRST, SECOND = "grdp_industry_construction", "grdp_services"


@dataclass(frozen=True)
class Two(Study):
    """Two rates and their sum, as a study of a topic would hold them."""

    topic: ClassVar[str] = "two"
    rates: dict[str, Quantity]
    total: Quantity
    absent: Quantity


def two(edition: Edition) -> Two:
    rates = {
        FIRST: Quantity(f"obs:{FIRST}.growth_yoy@{edition.period}", Interval.of("13.46"), "pct", 2),
        SECOND: Quantity(
            f"obs:{SECOND}.growth_yoy@{edition.period}", Interval.of("10.24"), "pct", 2
        ),
    }
    total = Quantity(
        f"identity:grdp.growth_yoy@{edition.period}", Interval.of("23.7"), "pct", 2, "a + b"
    )
    absent = Quantity(
        f"rest:exports.level@{edition.period}",
        None,
        "bn_usd",
        1,
        missing=(f"obs:exports.level@{edition.period}",),
    )
    return Two(rates, total, absent)


@pytest.fixture(scope="module", params=["vi", "en"])
def desk(request: pytest.FixtureRequest) -> Desk:
    return open_desk(PERIOD, language=request.param)


@pytest.fixture(scope="module")
def vietnamese() -> Desk:
    return open_desk(PERIOD)


def test_rows_bear_names_and_numbers_stand_as_the_language_writes_them(desk: Desk) -> None:
    study = desk.study(two)
    frame = desk.frame(value=study.rates)
    shown = desk.show(frame)
    names = [desk.edition.indicators[key].short[desk.view.lang] for key in (FIRST, SECOND)]
    assert [row[0] for row in shown.rows] == names
    numbers = {"vi": ["13,46", "10,24"], "en": ["13.46", "10.24"]}
    assert [row[1] for row in shown.rows] == numbers[desk.view.lang]
    assert "grdp_" not in repr(shown) + shown._repr_html_()


def test_large_numbers_are_grouped_and_what_is_not_known_stays_empty(vietnamese: Desk) -> None:
    frame = pd.DataFrame({"value": [114833.0, None]}, index=[FIRST, SECOND])
    assert [row[1] for row in vietnamese.show(frame, 0).rows] == ["114.833", ""]


def test_a_figure_is_told_with_unit_and_formula_and_an_absent_one_says_what_it_lacks(
    vietnamese: Desk,
) -> None:
    study = vietnamese.study(two)
    shown = vietnamese.quantities([study.rates[FIRST], study.absent])
    assert shown.rows[0][1] == "13,46%"
    assert shown.rows[1][1] != ""
    assert not any("@" in cell or "{" in cell for row in shown.rows for cell in row)


def test_a_table_without_rows_says_so_in_a_sentence(desk: Desk) -> None:
    shown = desk.quantities([])
    assert "Empty" not in repr(shown)
    assert repr(shown).endswith(".")
    assert repr(shown) in shown._repr_html_()


def test_a_range_fills_two_columns(vietnamese: Desk) -> None:
    wide = Quantity("needed:grdp.growth_yoy@2026-H1", Interval.of("14.37", "14.67"), "pct", 2)
    frame = vietnamese.frame(needed={"grdp": wide})
    assert list(frame.columns) == ["needed_low", "needed_high"]
    assert frame.loc["grdp"].tolist() == [14.37, 14.67]


def test_a_formula_is_held_against_the_package_and_the_first_difference_is_named(
    vietnamese: Desk,
) -> None:
    study = vietnamese.study(two)
    frame = vietnamese.frame(value=study.rates)
    assert "2" in vietnamese.agree(frame["value"], study.rates)
    frame.loc[SECOND, "value"] += 0.01  # what a wrong formula would give
    with pytest.raises(NotebookError, match=SECOND):
        vietnamese.agree(frame["value"], study.rates)


def test_what_a_study_holds_comes_back_from_the_file_to_the_last_digit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OUT, str(tmp_path))
    desk = open_desk(PERIOD)
    third = Quantity("identity:x", Interval.of(Decimal(1) / 3), "pct", 2, "1 / 3")

    def thirds(edition: Edition) -> Two:
        study = two(edition)
        return replace(study, rates={**study.rates, FIRST: third})

    study = desk.study(thirds)
    desk.save("02_two")
    saved = Results.load(tmp_path / "02_two.json")
    assert opened(saved, Two) == study
    names = {third.id, study.rates[SECOND].id, study.total.id, study.absent.id}
    assert set(saved.quantities) == names


def test_a_study_that_no_notebook_saved_or_two_saved_differently_is_named() -> None:
    study = two(open_desk(PERIOD).edition)
    with pytest.raises(BuildError, match="two"):
        opened(Results(), Two)
    merged = study.results()
    merged.merge(study.results())
    other = replace(study, rates={}).results()
    with pytest.raises(BuildError, match="two"):
        merged.merge(other)


def test_the_other_language_is_hidden_where_a_notebook_is_opened_by_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    displayed: list[str] = []
    monkeypatch.setattr("halfyear.notebook.display", lambda item: displayed.append(item.data))
    open_desk(PERIOD, language="en")
    assert '[lang="vi"]' in displayed[0]
    assert '[lang="en"]' not in displayed[0]


def test_an_unknown_language_or_period_says_which_there_are() -> None:
    with pytest.raises(ParamsError, match=r"vi or en.*'fr'"):
        open_desk(PERIOD, language="fr")
    with pytest.raises(PeriodError, match="2026-H7"):
        open_desk("2026-H7")


def test_a_day_before_every_figure_is_refused() -> None:
    with pytest.raises(ParamsError, match="no figure was published by then") as caught:
        open_desk("2026-H1", "2025-07-02")
    assert caught.value.problems[0].column == "edition_date"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ('tăng [11,33%]{.num data-id="obs:x"}.', "tăng 11,33%."),
        ('[[1,5]{.num data-id="x"} lần]{.strong}', "1,5 lần"),
        ("a \\[b\\] \\- c", "a [b] - c"),
        ("[]{.sym .up .filled} vượt", " vượt"),
    ],
)
def test_words_stay_where_marks_are_taken_off(markdown: str, words: str) -> None:
    assert bare(markdown) == words
