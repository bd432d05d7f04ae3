"""Tracked groups of projects against the counts of the report."""

from halfyear.analysis import projects
from halfyear.analysis.projects import Group
from halfyear.edition import Edition
from halfyear.study import opened
from opened import changed, edition, ends, without


def group(name: str, measure: str = "progress", source=None) -> Group:
    found = projects.groups(source or edition())
    return next(g for g in found if (g.group, g.measure) == (name, measure))


def test_states_add_up_to_the_printed_total() -> None:
    found = projects.groups(edition())
    assert len(found) == 7
    for one in found:
        assert sum(count.value for count in one.states.values()) == one.total.value


def test_on_track_with_and_without_the_silent() -> None:
    # (21 + 10 + 33) / 110; / (110 - 14)
    every, known = group("production_projects").shares
    assert ends(every, 1) == (58.2, 58.2)
    assert ends(known, 1) == (66.7, 66.7)


def test_rescheduled_is_not_on_track() -> None:
    # R 574: 49 / 72; for 15 the Department proposes another date, R 576: 15 are rescheduled
    assert group("residential_projects", "pricing").states["reschedule_proposed"].value == 15
    assert group("residential_projects", "land_revenue").states["rescheduled"].value == 15
    every, known = group("residential_projects", "pricing").shares
    assert ends(every, 1) == ends(known, 1) == (68.1, 68.1)


def test_what_is_finished_to_date_stands_beside_its_scenario() -> None:
    # R 543: 21 of 110 "đã cơ bản hoàn thành", which is to date and not within the quarter
    production = group("production_projects")
    assert production.finished == ("essentially_done", production.states["essentially_done"])
    assert production.finished[1].value == 21
    assert production.scenario.value == 32
    assert production.scenario.operands == (production.finished[1].id,)
    assert group("industrial_parks").scenario is None


def test_the_lowest_share_comes_first() -> None:
    ranked = projects.ranked(projects.groups(edition()))
    assert ranked[0].group == "industrial_parks"  # 13 of 26
    assert ranked[-1].group == "industrial_clusters"  # 19 of 24


def test_a_group_of_which_nothing_is_reported_has_no_known_share() -> None:
    silent = without("projects", group="industrial_clusters", state="behind")
    silent = changed("projects", "state", "not_reported", silent, group="industrial_clusters")
    silent = changed("projects", "count", 24, silent, group="industrial_clusters")
    every, known = group("industrial_clusters", source=silent).shares
    assert every.value == 0
    assert known.interval is None
    assert known.missing == ("no state is known",)


def test_everything_shown_is_a_named_result() -> None:
    results = projects.study(edition()).results()
    for id in (
        "prj:key_projects.progress.behind@2026-Q2",
        "prj_total:key_projects.progress@2026-Q2",
        "on_track:production_projects.progress@2026-Q2",
        "on_track_known:production_projects.progress@2026-Q2",
    ):
        assert results.get(id) is not None


def test_the_study_is_read_as_it_was_saved_and_empty_without_projects() -> None:
    study = projects.study(edition())
    assert opened(study.results(), projects.Projects) == study
    assert projects.study(Edition.open("2025-FY")).groups == ()
