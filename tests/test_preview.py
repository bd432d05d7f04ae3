"""The preview: the page of one language, made anew at a save; a faulty save keeps the last page."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from watchfiles import Change

import small_edition
from halfyear.cli import main
from halfyear.errors import BuildError
from halfyear.preview import draft
from halfyear.preview.server import Saves
from halfyear.project import Project
from halfyear.render.engine import choose

PERIOD = small_edition.PERIOD


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/p/report/texts/briefing.en.yml", True),
        ("/p/data/observations/2026-H1.csv", True),
        ("/p/report/templates/page.css", True),
        ("/p/report/texts/.briefing.en.yml.swp", False),
        ("/p/report/texts/briefing.en.yml~", False),
        ("/p/data/.changing", False),
        ("/p/data/~$plan.xlsx", False),
        ("/p/notebooks/.ipynb_checkpoints/01_audit.ipynb", False),
    ],
)
def test_only_saves_of_inputs_count(path: str, counts: bool) -> None:
    assert Saves()(Change.modified, path) is counts


def test_a_language_that_the_edition_lacks_is_refused(small: Path) -> None:
    project = small_edition.write(small / "edition")
    choices = project.params / f"{PERIOD}.yml"
    text = choices.read_text(encoding="utf-8")
    choices.write_text(text.replace("languages: [vi, en]", "languages: [vi]"), encoding="utf-8")
    with pytest.raises(BuildError) as refused:
        draft.draw(project, PERIOD, "en", choose("embedded"), lambda _: None)
    (problem,) = refused.value.problems
    assert (problem.expected, problem.found) == ("vi", "en")
    assert problem.say("vi").what == "kỳ này không có bản bằng ngôn ngữ đó"


def test_a_port_that_is_taken_is_told(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        given = {"HALFYEAR_ROOT": str(small_edition.write(small / "edition").root)}
        words = ["preview", PERIOD, "--port", port, "--lang", "vi"]
        done = CliRunner(env=given).invoke(main, words)
    assert done.exit_code == 1
    assert "không mở được cổng" in done.stderr
    assert port in done.stderr


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Project, str, "subprocess.Popen[str]"]]:
    """A preview of the small edition in English, its address, and its process."""
    project = small_edition.write(tmp_path / "edition")
    words = ["preview", PERIOD, "--no-browser", "--lang", "en", "--engine", "embedded"]
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "halfyear", *words],
        env={**os.environ, "HALFYEAR_ROOT": str(project.root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            yield project, process.stdout.readline().split()[-1], process
        finally:
            process.kill()


@pytest.mark.slow
def test_a_save_reaches_the_browser_and_a_faulty_one_is_told(
    served: tuple[Project, str, "subprocess.Popen[str]"],
) -> None:
    project, address, process = served
    with urlopen(f"{address}events", timeout=600) as events:
        told = (
            json.loads(line.removeprefix(b"data:")) for line in events if line.startswith(b"data:")
        )

        def page() -> str:
            with urlopen(f"{address}page") as answer:
                return str(answer.read(), "utf-8")

        while (state := next(told))["turn"] == 0:
            pass
        assert state["wrong"] == []
        before = page()
        text = project.report / "texts" / "ui.en.yml"
        whole = text.read_text(encoding="utf-8")
        text.write_text(whole.replace("Contents", "What is inside"), encoding="utf-8")
        assert next(told)["wrong"] == []
        good = page()
        assert "What is inside" in good
        assert "What is inside" not in before
        text.write_text(f"{whole}\nbroken: [\n", encoding="utf-8")
        (wrong,) = next(told)["wrong"]
        assert "ui.en.yml" in wrong
        assert page() == good
        text.write_text(whole, encoding="utf-8")
        assert next(told)["wrong"] == []
        assert page() == before
    assert not (project.build / PERIOD).exists()
    process.send_signal(signal.SIGTERM)
    said, complaints = process.communicate(timeout=60)
    assert process.returncode == 130
    assert wrong in complaints
    assert "page made" in said
    assert not (project.build / ".work" / "preview" / f"{PERIOD}.en" / "tmp").exists()


@pytest.mark.slow
def test_ctrl_c_while_a_page_is_made_does_not_wait_for_it(
    served: tuple[Project, str, "subprocess.Popen[str]"],
) -> None:
    _, _, process = served
    assert process.stdout
    while "notebook" not in process.stdout.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    said, complaints = process.communicate(timeout=600)
    assert process.returncode == 130
    assert "page made" not in said
    assert complaints.endswith("preview ended\n")
