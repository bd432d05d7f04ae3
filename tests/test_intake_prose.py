"""Prose of reports, by kind of fault: what is read, and that nothing wrong is ticked."""

import re
import runpy
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

import prose
from halfyear.data import frames
from halfyear.data.frames import Tables
from halfyear.intake.proposal import SURE

MEASURE = Path(__file__).resolve().parents[1] / "benchmarks" / "intake" / "measure.py"

KINDS = (
    *("earlier_period", "price_base", "contribution", "plan_beside", "index_stock", "plan_setter"),
    *(
        "short_list",
        "sign",
        "longer_name",
        "verdict",
        "separator",
        "line_end",
        "basis",
        "joined",
        "place",
        "table",
        "rank",
        "structure_list",
        "near_name",
        "narrowed",
        "risen_by",
        "part_above_whole",
        "title",
        "two_units",
    ),
)
OPEN = list(prose.passages(prose.OPEN))


@pytest.mark.parametrize("passage", OPEN, ids=lambda one: f"{one.kind}: {one.text[:40]}")
def test_passage_gives_its_rows_and_ticks_nothing_wrong(
    passage: prose.Passage, data: Tables
) -> None:
    judged = prose.judge(passage, data)
    assert judged.missed == []
    assert judged.wrong == []
    left_open = [row.printed for row, on, _ in judged.proposals if on]
    assert not set(passage.open) & set(left_open)


def test_every_kind_has_ten_passages() -> None:
    counts = Counter(one.kind for path in (prose.OPEN, prose.HELD) for one in prose.passages(path))
    assert set(counts) == set(KINDS)
    assert min(counts.values()) >= 10


def test_the_half_held_back_reaches_the_targets(data: Tables) -> None:
    # 97 % of ticks right, 80 % of the rows the codelist knows found, as for reports never seen.
    judged = [prose.judge(one, data) for one in prose.passages(prose.HELD)]
    ticked, wrong = sum(one.ticked for one in judged), [row for one in judged for row in one.wrong]
    found, missed = sum(len(one.found) for one in judged), sum(len(one.missed) for one in judged)
    assert ticked >= 80
    assert len(wrong) <= 0.03 * ticked, wrong
    assert found >= 0.8 * (found + missed)


def test_the_threshold_of_a_tick_follows_from_how_often_a_confidence_is_right(data: Tables) -> None:
    # From the threshold on at least 97 % are right; right below it less than that.
    judged = [
        prose.judge(one, data) for path in (prose.OPEN, prose.HELD) for one in prose.passages(path)
    ]
    rows = [(row.confidence, right) for one in judged for row, _, right in one.proposals]
    above = [right for sure, right in rows if sure >= SURE]
    below = [right for sure, right in rows if 0.5 <= sure < SURE]
    assert sum(above) >= 0.97 * len(above)
    assert sum(below) < 0.97 * len(below)


def test_the_benchmark_tells_recall_and_precision(
    data: Tables, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Of the tables of this test, by which the passages of prose have been read already.
    monkeypatch.setattr(frames, "read", lambda _: SimpleNamespace(tables=data))
    monkeypatch.setattr(sys, "argv", ["measure.py"])
    monkeypatch.setattr(sys, "path", [*sys.path])
    runpy.run_path(str(MEASURE), run_name="__main__")
    said = capsys.readouterr().out
    assert re.search(r"recall\s+[01]\.\d{3} \(\d+/\d+\)", said)
    assert re.search(r"precision\s+[01]\.\d{3} \(\d+/\d+\)", said)
