"""Bad texts, templates and fonts: whatever is wrong with the folder report is told in words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import composed
from halfyear.commands import causes
from halfyear.errors import HalfyearError
from halfyear.project import Project
from halfyear.render import embedded, glyphs, page
from halfyear.render.layout import Layout
from halfyear.texts import Texts

BODY = "<!--briefing--><p>x</p><!--/briefing-->"
Break = Callable[[Path], object]


@pytest.fixture
def report(project: Project, tmp_path: Path) -> Path:
    """A copy of the folder report, free to be broken."""
    ignored = shutil.ignore_patterns("pictures")
    return Path(shutil.copytree(project.report, tmp_path / "report", ignore=ignored))


def told(work: Callable[[], object]) -> str:
    """What is told of the error that some work ends with, which is none of the program's own."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, it must be told
        work()
    error = caught.value
    if isinstance(error, HalfyearError):
        assert all(problem.mend or problem.found for problem in error.problems)
        return str(error)
    assert causes.kind(error) != causes.INTERNAL, repr(error)
    return str(causes.problem(error, "log"))


def body(name: str, content: bytes) -> Break:
    return lambda report: (report / name).write_bytes(content)


def gone(name: str) -> Break:
    return lambda report: (report / name).unlink()


def replaced(name: str, old: str, new: str) -> Break:
    def replace(report: Path) -> None:
        text = (report / name).read_text(encoding="utf-8")
        assert old in text
        (report / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


FILES: dict[str, bytes] = {
    "empty": b"",
    "broken": b"a: [",
    "a list": b"- a\n",
    "a text": b"words\n",
    "a number": b"7\n",
    "not UTF-8": b"a: \xff\n",
    "UTF-16": "a: b".encode("utf-16"),
    "with a tag": b"a: !!python/name:os.system x\n",
    "with a tab": b"\ta: b\n",
    "conflict marks": b"<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> other\n",
    "an alias of nothing": b"a: *b\n",
}


@pytest.mark.bad("texts")
@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_texts_that_is_none_is_told_by_its_name(report: Path, kind: str) -> None:
    (report / "texts" / "words.vi.yml").write_bytes(FILES[kind])
    said = told(lambda: Texts.load(report / "texts", "vi", "words", "charts"))
    assert "words.vi.yml" in said


@pytest.mark.bad("texts")
@pytest.mark.parametrize("kind", FILES)
def test_interface_words_that_are_none_are_told_by_their_file(report: Path, kind: str) -> None:
    (report / "texts" / "ui.vi.yml").write_bytes(FILES[kind])
    assert "ui.vi.yml" in told(lambda: Layout(report).words("vi"))


WORD, SAID = "projects.group.x", "texts/words.vi.yml"
TEXTS: list[tuple[str, Break, str]] = [
    ("gone", replaced(SAID, "\n  group:", "\n  gruop:\n    x: y\n  other:"), WORD),
    ("a list", body(SAID, b"projects: {group: {x: [a]}}\n"), WORD),
    ("empty", body(SAID, b"projects: {group: {x: }}\n"), WORD),
    ("a section", body(SAID, b"projects: {group: {x: {y: z}}}\n"), WORD),
    ("with a place nobody fills", body(SAID, b"projects: {group: {x: '{n}'}}\n"), "found n"),
    ("with its file gone", gone(SAID), SAID),
]


@pytest.mark.bad("texts")
@pytest.mark.parametrize(("name", "breaks", "says"), TEXTS, ids=[text[0] for text in TEXTS])
def test_a_text_that_cannot_be_said_is_told_by_its_key(
    report: Path, name: str, breaks: Break, says: str
) -> None:
    breaks(report)
    assert says in told(lambda: Texts.load(report / "texts", "vi", "words").say(WORD)), name


PAGES: list[tuple[str, Break, str]] = [
    ("template open", body("templates/page.html", b"{% if x %}\n"), "page.html"),
    ("template unknown name", body("templates/page.html", b"{{ nobody.there }}"), "nobody"),
    ("template unknown filter", body("templates/page.html", b"{{ lang | louder }}"), "louder"),
    ("template unknown tag", body("templates/page.html", b"{% say %}"), "say"),
    ("template gone", gone("templates/page.html"), "page.html"),
    ("template not UTF-8", body("templates/page.html", b"\xff"), "page.html"),
    ("template that loads", body("templates/page.html", b"<script src='https://x/a.js'>"), "https"),
    ("style gone", gone("templates/page.css"), "page.css"),
    ("style not UTF-8", body("templates/page.css", b"\xff"), "page.css"),
    ("dark style gone", gone("templates/dark.css"), "dark.css"),
    ("script gone", gone("templates/page.js"), "page.js"),
    ("style a folder", lambda report: _folder(report / "templates" / "page.css"), "page.css"),
    ("no fonts", lambda report: [path.unlink() for path in report.glob("fonts/*.?tf")], "fonts"),
    ("a font broken", body("fonts/Tinos-Bold.ttf", b"no font" * 99), "Tinos-Bold.ttf"),
    ("a font empty", body("fonts/Tinos-Bold.ttf", b""), "Tinos-Bold.ttf"),
    ("a font a page", body("fonts/Tinos-Bold.ttf", b"<html></html>"), "Tinos-Bold.ttf"),
    ("words without order", replaced("texts/ui.vi.yml", "\norder:", "\nodrer:"), "ui.vi.yml"),
    ("words of no script", replaced("texts/ui.vi.yml", "\nscript:", "\nscrpit:"), "ui.vi.yml"),
]


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.bad("templates")
@pytest.mark.parametrize(("name", "breaks", "says"), PAGES, ids=[page[0] for page in PAGES])
def test_a_broken_part_of_the_page_is_told_by_its_file(
    report: Path, tmp_path: Path, name: str, breaks: Break, says: str
) -> None:
    source = composed.write(tmp_path / "source", "vi")
    breaks(report)
    said = told(
        lambda: page.assemble(BODY, composed=source, lang="vi", layout=Layout(report)),
    )
    assert says in said, name


PANDOC: list[tuple[str, Break, str]] = [
    ("reader gone", gone("templates/reader.yml"), "reader.yml"),
    ("reader empty", body("templates/reader.yml", b""), "reader.yml"),
    ("reader broken", body("templates/reader.yml", b"from: ["), "reader.yml"),
    ("reader a list", body("templates/reader.yml", b"- markdown\n"), "reader.yml"),
    ("reader unknown", body("templates/reader.yml", b"from: markdwon\n"), "markdwon"),
    ("filter gone", gone("filters/html.lua"), "html.lua"),
    ("filter broken", body("filters/html.lua", b"function ("), "html.lua"),
    ("filter that stops", body("filters/html.lua", b"error('no such place')\n"), "no such place"),
    ("body gone", gone("templates/body.html"), "body.html"),
    ("body broken", body("templates/body.html", b"$if(x)$\n"), "body.html"),
]


@pytest.mark.bad("templates")
@pytest.mark.parametrize(("name", "breaks", "says"), PANDOC, ids=[one[0] for one in PANDOC])
def test_a_broken_filter_or_template_of_pandoc_is_told_by_its_file(
    report: Path, tmp_path: Path, name: str, breaks: Break, says: str
) -> None:
    source = composed.write(tmp_path / "source", "vi", composed.source("vi", rows=1))
    breaks(report)
    assert says in told(lambda: embedded.convert(source, "html", Layout(report))), name


FONTS: list[tuple[str, Break, str]] = [
    ("none there", lambda report: [path.unlink() for path in report.glob("fonts/*.?tf")], "fonts"),
    ("empty", body("fonts/Arimo-Bold.ttf", b""), "Arimo-Bold.ttf"),
    ("a page", body("fonts/STIXMath-Regular.otf", b"<html></html>"), "STIXMath-Regular.otf"),
    ("cut off", lambda report: _cut(report / "fonts" / "Tinos-Bold.ttf"), "Tinos-Bold.ttf"),
]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:30_000])


@pytest.mark.bad("templates")
@pytest.mark.parametrize(("name", "breaks", "says"), FONTS, ids=[one[0] for one in FONTS])
def test_a_broken_font_is_told_before_anything_is_built(
    report: Path, name: str, breaks: Break, says: str
) -> None:
    assert list(glyphs.faults(report / "fonts")) == []
    breaks(report)
    (problem,) = glyphs.faults(report / "fonts")
    assert problem.file.endswith(says), name
    assert "report/fonts" in problem.say("vi").mend
