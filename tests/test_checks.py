"""Checks: the committed data hold, quickly, and what the documents get wrong is registered."""

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest

from halfyear.data import checks, corrections, frames
from halfyear.data.checks import identities
from halfyear.data.faults import Fault, catalogue
from halfyear.data.frames import Tables
from halfyear.errors import Problem
from halfyear.project import Project
from small_project import add, put

CORRECTION = """\
- id: exports_again
  locator:
    check: restated_otherwise
    facts: ["claim:again_exports", "obs:exports.level@2026-H1"]
  what_vi: Nhắc lại khác
  what_en: Stated again otherwise
  action: {action}
  reason: test
  expect: {{"claim:again_exports": "29,5 tỷ USD"}}
"""


def broken(small: Path, action: str = "flag") -> Path:
    put(small, "claims", 6, value="29.5", printed="29,5 tỷ USD")
    text = CORRECTION.format(action=action)
    (small / "data" / "corrections.yml").write_text(text, encoding="utf-8")
    return small


def test_the_committed_data_hold(project: Project) -> None:
    assert checks.problems(project) == []


def test_the_whole_check_takes_less_than_two_seconds(project: Project) -> None:
    times = []
    for _ in range(3):
        start = time.process_time()
        checks.problems(project)
        times.append(time.process_time() - start)
    assert min(times) < 2


def test_a_registered_error_of_a_document_is_excused(small: Path) -> None:
    assert checks.problems(Project(broken(small))) == []


def test_a_mended_source_fails_loudly_until_the_correction_is_settled(small: Path) -> None:
    broken(small)
    put(small, "claims", 6, value="25.9", printed="25,9 tỷ USD")
    (told,) = checks.problems(Project(small))
    assert "no longer prints" in told.what
    assert "settled" in told.mend
    broken_file = small / "data" / "corrections.yml"
    broken_file.write_text(CORRECTION.format(action="settled"), encoding="utf-8")
    assert checks.problems(Project(small)) == []


def test_an_override_replaces_the_value_and_keeps_the_print(small: Path) -> None:
    broken(small, "override")
    path = small / "data" / "corrections.yml"
    path.write_text(path.read_text(encoding="utf-8") + '  value: "25.9"\n', encoding="utf-8")
    tables, problems = checks.examine(Project(small))
    row = tables.claims.set_index("id").loc["claim:again_exports"]
    assert problems == []
    assert (str(row["value"]), row["printed"]) == ("25.9", "29,5 tỷ USD")


def test_a_slip_is_one_of_the_facts_of_its_entry(small: Path) -> None:
    broken(small)
    path = small / "data" / "corrections.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}  slip: ["obs:elsewhere.level@2026-H1"]\n', encoding="utf-8")
    assert checks.problems(Project(small)) != []
    path.write_text(f'{text}  slip: ["claim:again_exports"]\n', encoding="utf-8")
    assert checks.problems(Project(small)) == []


def test_data_examined_before_are_examined_again_where_a_byte_or_a_file_differs(
    small: Path,
) -> None:
    project, units = Project(small), small / "data" / "units.csv"
    tables, problems = checks.examine(project)
    tables.units.loc[0, "id"] = "spoiled"  # by whoever changes his copy
    problems.append(Problem("told by him"))
    assert checks.examine(project)[0].units.loc[0, "id"] != "spoiled"
    assert checks.problems(project) == []
    sound = units.read_bytes()
    units.write_bytes(sound.replace(b"id,", b"di,", 1))
    assert checks.problems(project) != []
    units.unlink()
    assert {problem.code for problem in told(project)} == {"file_missing"}
    units.mkdir()
    assert {problem.code for problem in told(project)} == {"file_unreadable"}
    units.rmdir()
    units.write_bytes(sound)
    assert checks.problems(project) == []


def test_what_was_examined_while_the_data_changed_is_not_kept(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, project = "observations/2026-H1", Project(small)
    put(small, table, 2, value="11.87", printed="11,87%")
    before = (small / "data" / f"{table}.csv").read_bytes()
    read = frames.read

    def changed(given: Project) -> frames.Reading:
        put(small, table, 2, value="11.88", printed="11,88%")
        return read(given)

    with monkeypatch.context() as patch:
        patch.setattr(frames, "read", changed)
        assert checks.examine(project)[0].observations["value"].iloc[0] == Decimal("11.88")
    (small / "data" / f"{table}.csv").write_bytes(before)
    assert checks.examine(project)[0].observations["value"].iloc[0] == Decimal("11.87")


def told(project: Project) -> list[Fault]:
    """The faults of the table of units."""
    found = [one for one in checks.problems(project) if isinstance(one, Fault)]
    return [one for one in found if one.file == "data/units.csv"]


def test_every_correction_names_a_violation_or_says_why_no_check_sees_it(project: Project) -> None:
    found = {v.facts for v in identities.violations(frames.read(project).tables)}
    register = corrections.load(project)
    assert len(register) >= 8
    assert all(entry.facts in found for entry in register if entry.check)


def test_parts_of_rounded_figures_may_miss_their_total_by_the_rounding(small: Path) -> None:
    put(small, "observations/2026-H1", 9, value="7238", printed="7.238 nghìn lượt")
    assert checks.problems(Project(small)) == []


def test_a_range_of_plans_fits_a_share_at_either_end(small: Path) -> None:
    put(small, "plan", 3, comparator="range", low="50", high="52", printed="50-52 tỷ USD", nth="")
    told = [p.what for p in checks.problems(Project(small))]
    assert "a stated share is not the ratio of its figures" not in told


def test_a_later_cutoff_of_a_shorter_period_may_be_above_the_longer_one(small: Path) -> None:
    row = add(small, "observations/2026-H1", 6, cutoff="2026-05-31", value="12", nth="")
    put(small, "observations/2026-H1", row, printed="12 tỷ USD", line="5")
    told = [p.what for p in checks.problems(Project(small))]
    assert "a part of a period is above the whole" not in told


@pytest.mark.parametrize(("lang", "words"), [("vi", "dấu phẩy trong ô số"), ("en", "a comma in")])
def test_problems_are_listed_as_a_table_in_both_languages(
    lang: str, words: str, small: Path
) -> None:
    put(small, "observations/2026-H1", 2, value="11,33")
    told = checks.listing(checks.problems(Project(small)), lang)
    assert words in told
    assert "observations" in told
    assert max(len(line) for line in told.splitlines()) < 180


def test_a_list_of_no_problems_says_so() -> None:
    assert checks.listing([], "en") == "No problems found."
    assert "thiếu" in checks.listing([Problem("thiếu")], "vi")
    assert checks.listing([Problem("one")], "en").endswith("\n1 problem")
    assert checks.listing([Problem("one"), Problem("two")], "en").endswith("\n2 problems")


def test_every_fault_is_told_in_both_languages() -> None:
    for code, texts in catalogue().items():
        for part in ("what", "expected", "mend"):
            assert texts[part]["vi"] != texts[part]["en"] or "{" in texts[part]["vi"], code


def test_the_package_lists_every_file_of_data(project: Project) -> None:
    package = json.loads((project.data / "datapackage.json").read_text(encoding="utf-8"))
    paths = [
        p
        for r in package["resources"]
        for p in ([r["path"]] if isinstance(r["path"], str) else r["path"])
    ]
    there = {path.relative_to(project.data).as_posix() for path in project.data.rglob("*.csv")}
    assert set(paths) == there


def test_no_code_is_without_a_row(data: Tables) -> None:
    frames_of_figures = [frame for _, frame in data.items() if "indicator" in frame]
    used = {code for frame in frames_of_figures for code in frame["indicator"]}
    assert set(data.indicators["id"]) <= used | set(data.indicators["parent"])
    columns = ("unit", "printed_unit")
    units = {u for _, frame in data.items() for c in columns if c in frame for u in frame[c]}
    bases = data.units.set_index("id")["base"]
    families = set(bases[bases.index.isin(units)])  # a report may print any unit of a family
    assert all(id in units or id in families or base in families for id, base in bases.items())


def test_the_headline_list_has_figures_for_ten_of_twelve(data: Tables) -> None:
    """Two headline indicators have a verdict but no printed half-year figure."""
    headline = data.headline[data.headline["year"] == 2026]
    half = data.observations[data.observations["time_period"] == "2026-H1"]
    there = set(zip(half["indicator"], half["measure"], strict=True))
    wanted = list(zip(headline["indicator"], headline["measure"], strict=True))
    assert len(wanted) == 12
    assert len([one for one in wanted if one not in there]) == 2
