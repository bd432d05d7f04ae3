"""The choice of the engine, and that both engines say the same."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

import composed
from halfyear import interruption
from halfyear.errors import RenderError
from halfyear.project import Project
from halfyear.render import briefing, embedded, engine, quarto
from halfyear.render.layout import Layout


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only `quarto` on PATH: a script that tests may write."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "quarto"


def install(command: Path, version: str) -> None:
    """Put a `quarto` in place that only tells its version."""
    command.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    command.chmod(0o755)


def test_auto_without_quarto_is_embedded_and_says_so(command: Path) -> None:
    chosen = engine.choose("auto")
    assert chosen.name == "embedded"
    assert "no `quarto` command" in chosen.why
    assert re.fullmatch(r"\d+(\.\d+)+", chosen.version)
    assert not command.exists()


def test_auto_takes_a_recent_quarto(command: Path) -> None:
    install(command, "1.10.2")
    chosen = engine.choose("auto")
    assert (chosen.name, chosen.version) == ("quarto", "1.10.2")
    assert engine.choose("embedded").name == "embedded"


def test_auto_leaves_an_old_quarto(command: Path) -> None:
    install(command, "1.6.40")
    chosen = engine.choose("auto")
    assert chosen.name == "embedded"
    assert "1.6.40 is older than 1.7" in chosen.why


def test_quarto_asked_for_but_absent_is_an_error(command: Path) -> None:
    with pytest.raises(RenderError, match="no `quarto` command"):
        engine.choose("quarto")
    install(command, "1.5.57")
    with pytest.raises(RenderError, match=r"1\.5\.57 is older"):
        engine.choose("quarto")


def test_quarto_that_does_not_run_counts_as_absent(command: Path) -> None:
    command.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    command.chmod(0o755)
    assert engine.choose("auto").name == "embedded"


def test_unknown_preference_names_the_known_ones() -> None:
    with pytest.raises(RenderError, match="auto or quarto or embedded"):
        engine.choose("latex")


class Said(HTMLParser):
    """What a page says: its words, numbers by id, tables by cells, charts by name."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.numbers: list[tuple[str, str]] = []
        self.cells = 0
        self.charts: list[str] = []
        self.quiet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.quiet = tag in ("style", "script")
        if tag == "a" and given.get("class") == "num":
            self.numbers.append((str(given["data-id"]), str(given["href"])))
        self.cells += tag in ("td", "th")
        if tag == "svg" and given.get("class") == "chart":
            self.charts.append(str(given["aria-label"]))

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.words += data.split()


def said(page: Path) -> Said:
    """What the page at `page` says."""
    reader = Said()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def test_a_paragraph_that_opens_with_a_colon_stays_one(project: Project, tmp_path: Path) -> None:
    source = composed.write(tmp_path, "vi")
    with source.open("a", encoding="utf-8") as text:
        text.write("\nCòn lại\n\n: theo báo cáo của sở\n")
    page = embedded.convert(source, "html", Layout(project.report))
    assert "<p>Còn lại</p>\n<p>: theo báo cáo của sở</p>" in page


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en", "vi-en"])
def test_both_engines_say_the_same(
    lang: str, project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = quarto.version()
    if found is None or not quarto.recent(found):
        reason = f"parity of the engines not tested: quarto is {found or 'not installed'}"
        with capsys.disabled():
            print(f"\n{reason}")
        pytest.skip(reason)
    made = {}
    for name in ("quarto", "embedded"):
        source = composed.write(tmp_path / name, lang)
        made[name] = briefing.render(
            source,
            tmp_path / name / "out",
            lang=lang,
            engine=engine.choose(name),
            timestamp=0,
            template_dir=project.report,
        )
    texts = [[page.extract_text() for page in PdfReader(paths[0]).pages] for paths in made.values()]
    assert texts[0] == texts[1]
    if "-" not in lang:
        one, other = (said(paths[1]) for paths in made.values())
        assert one.words == other.words
        assert one.numbers == other.numbers
        assert one.cells == other.cells
        assert one.charts == other.charts
        assert one.numbers
        assert one.charts


@pytest.mark.bad("environment")
def test_quarto_never_works_in_a_folder_that_it_does_not_read(
    command: Path, project: Project, tmp_path: Path
) -> None:
    # reads no project in a hidden folder; no template where its temporary folder has a percent sign
    command.write_text(
        f"#!{shutil.which('sh') or '/bin/sh'}\n"
        'case "$PWD $TMPDIR" in */.*|*%20*) echo "not read: $PWD $TMPDIR" >&2; exit 1;; esac\n'
        'echo made > "${2%.qmd}.typ"\n',
        encoding="utf-8",
    )
    command.chmod(0o755)
    source = composed.write(tmp_path / "a%20b" / ".work" / "sources", "vi")
    with interruption.scratch(tmp_path / "a%20b" / ".work" / "tmp"):
        assert quarto.convert(source, "typst", Layout(project.report)) == "made\n"


def test_quarto_reports_its_own_words(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "quarto"
    command.write_text(
        f'#!{shutil.which("sh")}\n[ "$1" = --version ] && echo 1.9.2 && exit\n'
        "echo 'ERROR: no such filter' >&2; exit 1\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(RenderError, match="ERROR: no such filter"):
        briefing.render(
            composed.write(tmp_path, "vi"),
            tmp_path,
            lang="vi",
            engine=engine.choose("auto"),
            timestamp=0,
            template_dir=project.report,
        )
