"""The server of a review, asked as any program of the machine can: who is refused, what is kept."""

import json
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

import small_project
from halfyear.data import change
from halfyear.project import Project
from served import MAIN, Served, in_thread, served
from test_intake_accept import bytes_of, report, rows


@pytest.fixture(scope="module")
def desk(small_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all requests that change nothing."""
    folder = tmp_path_factory.mktemp("served")
    root = small_project.copy(small_original, folder / "small")
    small_project.put(root, "sources", 2, issuer="UBND TP Hải Phòng")
    with served(root, report(folder), folder / "sheet") as running:
        yield running


@pytest.fixture
def project(small: Path) -> Project:
    small_project.put(small, "sources", 2, issuer="UBND TP Hải Phòng")
    return Project(small)


def exports(folder: Path) -> tuple[int, dict[str, str]]:
    cells = rows(folder / "review.csv")
    return next((n, row) for n, row in enumerate(cells, 2) if row["value"] == "41.25")


def test_the_page_is_sent_to_whoever_knows_its_address(desk: Served) -> None:
    status, page = desk.ask(desk.path)
    assert status == 200
    assert page == (desk.folder / "review.html").read_text(encoding="utf-8")
    assert desk.host.startswith("127.0.0.1:")


@pytest.mark.parametrize("path", ["/", "/state", "/x/", "/x/state", "//state", "/favicon.ico"])
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS", "PUT"])
def test_a_request_without_the_token_is_refused(desk: Served, path: str, method: str) -> None:
    assert desk.ask(path, method=method)[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["", "state", "check", "row", "accept"])
def test_another_host_or_origin_is_refused_token_or_not(
    desk: Served, path: str, headers: dict[str, str]
) -> None:
    content = {"revision": 1} if path in ("row", "accept") else None
    assert desk.ask(desk.path + path, content, **headers)[0] == 403


def test_what_is_no_request_of_the_page_changes_nothing(desk: Served) -> None:
    before = desk.state()
    for content in ([], {"row": 2}, {"revision": "x"}, {"revision": 1, "cells": []}):
        assert desk.ask(desk.path + "row", content)[0] == 400
    assert desk.ask(desk.path + "row", {"revision": 1}, Content_Type="text/plain")[0] == 415
    assert desk.ask(desk.path + "row/more", {"revision": 1})[0] == 404
    assert desk.ask(desk.path + "nothing")[0] == 404
    assert desk.state() == before


@pytest.mark.parametrize(
    "cells",
    [
        {"accept": "perhaps"},
        {"indicator": "nonsense"},
        {"measure": "mức"},
        {"unit": "tỷ USD"},
        {"time_period": "9 tháng"},
        {"value": "1e9"},
        {"cutoff": "30/09"},
        {"line": "1"},
        {"source": "another"},
        {"printed": "9\u202e,4"},
        {"printed": "9" * 501},
    ],
)
def test_a_cell_that_is_not_of_its_list_is_refused_by_name(
    desk: Served, cells: dict[str, str]
) -> None:
    before = desk.state()
    status, answer = desk.ask(
        desk.path + "row", {"revision": before["revision"], "row": 2, "cells": cells}
    )
    assert status == 422
    (problem,) = json.loads(answer)["problems"]
    assert (problem["row"], problem["column"]) == (2, next(iter(cells)))
    assert desk.state() == before


def test_a_change_is_saved_at_once_and_a_stale_one_refused_with_what_stands_in_the_way(
    project: Project, tmp_path: Path
) -> None:
    with in_thread(project, report(tmp_path), tmp_path / "sheet", "vi") as desk:
        number, row = exports(desk.folder)
        seen = desk.state()["revision"]
        first = {"revision": seen, "row": number, "cells": {"measure": "growth_yoy"}}
        assert desk.ask(desk.path + "row", first)[0] == 200
        assert rows(desk.folder / "review.csv")[number - 2]["measure"] == "growth_yoy"
        second = {"revision": seen, "row": number, "cells": {"accept": ""}}
        status, answer = desk.ask(desk.path + "row", second)
        told = json.loads(answer)
        assert status == 409
        assert "người khác đã sửa dòng này" in told["problems"][0]["what"]
        assert "tăng so cùng kỳ" in told["problems"][0]["found"]
        assert told["rows"][str(number)]["accept"] == "x"
        assert rows(desk.folder / "review.csv")[number - 2]["accept"] == "x"
        # Another row is not in the way; an acceptance of what was not seen is.
        other = {"revision": seen, "row": number + 1, "cells": {"accept": ""}}
        assert desk.ask(desk.path + "row", other)[0] == 200
        assert desk.ask(desk.path + "accept", {"revision": seen})[0] == 409
        assert not (project.data / "observations" / "2026-9M.csv").exists()
        # Undo takes the last change back, then the one before; then there is none.
        now = desk.state()["revision"]
        for left in (number + 1, number):
            status, answer = desk.ask(desk.path + "undo", {"revision": now})
            assert (status, json.loads(answer)["row"]) == (200, left)
            now = json.loads(answer)["revision"]
        assert exports(desk.folder) == (number, row)
        assert desk.ask(desk.path + "undo", {"revision": now})[0] == 422


def test_a_sheet_saved_by_another_program_is_read_again_and_not_written_over(
    project: Project, tmp_path: Path
) -> None:
    with in_thread(project, report(tmp_path), tmp_path / "sheet") as desk:
        number, _ = exports(desk.folder)
        seen = desk.state()["revision"]
        first = {"revision": seen, "row": number, "cells": {"accept": ""}}
        assert desk.ask(desk.path + "row", first)[0] == 200
        path = desk.folder / "review.csv"
        path.write_bytes(path.read_bytes().replace(b"growth_yoy", b"ratio_yoy"))
        stale = {"revision": seen + 1, "row": number, "cells": {"accept": "x"}}
        assert desk.ask(desk.path + "row", stale)[0] == 409
        assert b"ratio_yoy" in path.read_bytes()
        told = desk.state()["rows"]
        assert isinstance(told, dict)
        assert "ratio_yoy" in [row["measure"] for row in told.values()]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
        status, answer = desk.ask(desk.path + "state")
        assert status == 422
        assert "not in its order" in json.loads(answer)["problems"][0]["what"]


def test_check_says_what_accept_would_and_accept_is_taken_back_from_the_page(
    project: Project, tmp_path: Path
) -> None:
    before = bytes_of(project.data)
    with in_thread(project, report(tmp_path), tmp_path / "sheet") as desk:
        number, _ = exports(desk.folder)
        told = json.loads(desk.ask(f"{desk.path}check?row={number}")[1])
        assert told == {"problems": []}
        wrong = {"printed_unit": "pct"}
        content = {"revision": desk.state()["revision"], "row": number, "cells": wrong}
        revision = json.loads(desk.ask(desk.path + "row", content)[1])["revision"]
        (problem,) = json.loads(desk.ask(f"{desk.path}check?row={number}")[1])["problems"]
        assert (problem["row"], problem["column"]) == (number, "printed_unit")
        status, answer = desk.ask(desk.path + "accept", {"revision": revision, "place": ""})
        assert (status, json.loads(answer)["problems"]) == (422, [problem])
        assert bytes_of(project.data) == before
        status, answer = desk.ask(desk.path + "undo", {"revision": revision})
        accepting = {"revision": json.loads(answer)["revision"], "place": ""}
        status, answer = desk.ask(desk.path + "accept", accepting)
        # Three figures, as in the test of acceptance without the page.
        assert json.loads(answer)["counts"]["observations/2026-9M.csv"] == 3
        assert len(rows(project.data / "observations" / "2026-9M.csv")) == 3
        assert desk.ask(desk.path + "accept", accepting)[0] == 422
        with change.made(project, "import another") as copy:
            (copy.data / "groups.csv").write_text("group,indicator\n", encoding="utf-8")
        status, answer = desk.ask(desk.path + "take_back", accepting)
        assert "import another" in json.loads(answer)["problems"][0]["found"]
        change.undo(project)
        change.undo(project)  # makes it anew: the acceptance is not the last change either way
        assert desk.ask(desk.path + "take_back", accepting)[0] == 422


def test_an_acceptance_that_is_the_last_change_is_taken_back(
    project: Project, tmp_path: Path
) -> None:
    before = bytes_of(project.data)
    with in_thread(project, report(tmp_path), tmp_path / "sheet") as desk:
        accepting = {"revision": desk.state()["revision"], "place": ""}
        assert desk.ask(desk.path + "accept", accepting)[0] == 200
        assert bytes_of(project.data) != before
        assert desk.ask(desk.path + "take_back", accepting)[0] == 200
    assert bytes_of(project.data) == before


def test_ctrl_c_ends_with_one_line_and_the_review_is_opened_as_it_was_left(
    project: Project, tmp_path: Path
) -> None:
    path = report(tmp_path)
    with served(project.root, path, tmp_path / "sheet") as desk:
        number, _ = exports(desk.folder)
        content = {"revision": 1, "row": number, "cells": {"accept": ""}}
        assert desk.ask(desk.path + "row", content)[0] == 200
        code, out, err = desk.end()
        assert (code, err) == (0, "")
        assert out == f"ended; the rows are saved in {desk.folder}\n"
    with served(project.root, path, tmp_path / "sheet") as desk:
        told = desk.state()["rows"]
        assert isinstance(told, dict)
        assert told[str(number)]["accept"] == ""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_in_the_middle_of_an_answer_ends_as_quietly(
    project: Project, tmp_path: Path, name: str
) -> None:
    code = f"""
import os, signal
from halfyear.intake import server
server.State.on_finish = lambda self: os.kill(os.getpid(), signal.{name})
{MAIN}
"""
    with served(project.root, report(tmp_path), tmp_path / "sheet", code=code) as desk:
        desk.ask(desk.path + "state")
        out, err = desk.process.communicate(timeout=60)
        assert (desk.process.returncode, err) == (0, "")
        assert out == f"ended; the rows are saved in {desk.folder}\n"


DYING = """
import os
from dataclasses import replace
from halfyear.data import journal
whole = journal.{name}
def dying(root, change):
    {before}
    os._exit(9)
journal.{name} = dying
from halfyear.cli import main; main()
"""


@pytest.mark.parametrize(
    ("name", "before", "state"),
    [
        ("_write", "", "dropped"),
        ("_forward", "whole(root, replace(change, entries=change.entries[:1]))", "finished"),
    ],
)
def test_the_server_killed_while_accepting_leaves_the_data_as_before_or_after(
    project: Project, tmp_path: Path, name: str, before: str, state: str
) -> None:
    old = bytes_of(project.data)
    code = DYING.format(name=name, before=before or "pass")
    with served(project.root, report(tmp_path), tmp_path / "sheet", code=code) as desk:
        content = {"revision": 1, "place": ""}
        with pytest.raises(OSError, match=r"closed|reset|aborted"):
            desk.ask(desk.path + "accept", content)
        desk.process.wait(timeout=60)
    recovery = change.recover(project)
    assert recovery is not None
    assert recovery.state == state
    if state == "dropped":
        assert bytes_of(project.data) == old
    else:
        assert len(rows(project.data / "observations" / "2026-9M.csv")) == 3
        assert change.last(project) is not None


BROWSER = """
import os, sys, time
from pathlib import Path
parent = os.getppid()
told = Path(sys.argv[1])
told.with_suffix(".part").write_text("\\n".join(sys.argv[2:]), encoding="utf-8")
told.with_suffix(".part").rename(told)
while os.getppid() == parent:  # as a browser that stays open
    time.sleep(0.1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells no program by BROWSER")
def test_the_command_line_of_the_browser_holds_no_token(project: Project, tmp_path: Path) -> None:
    script, told = tmp_path / "browser.py", tmp_path / "told"
    script.write_text(BROWSER, encoding="utf-8")
    command = f"{sys.executable} {script} {told} %s"
    with served(project.root, report(tmp_path), tmp_path / "sheet", browser=command) as desk:
        while not told.exists():
            assert desk.process.poll() is None
            time.sleep(0.05)
        (shown,) = told.read_text(encoding="utf-8").splitlines()
        token = desk.path.strip("/")
        assert token not in shown
        file = Path(url2pathname(urlsplit(shown).path))
        assert file.parent == desk.folder
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert f"url={desk.address}" in file.read_text(encoding="utf-8")
        assert desk.ask(desk.path)[0] == 200  # though this browser is still open
        desk.end()
    assert not file.exists()


def test_a_link_opens_the_page_for_who_knows_its_address_and_nothing_else(desk: Served) -> None:
    link = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    tab = {**link, "Sec_Fetch_Dest": "document"}
    assert desk.ask(desk.path, **tab)[0] == 200
    assert desk.ask("/x/", **tab)[0] == 403
    assert desk.ask(desk.path, **link, Sec_Fetch_Dest="iframe")[0] == 403
    assert desk.ask(desk.path, **{**tab, "Origin": "null"})[0] == 403
    assert desk.ask(desk.path + "state", **tab)[0] == 403
    assert desk.ask(desk.path + "accept", {"revision": 1, "place": ""}, **tab)[0] == 403
