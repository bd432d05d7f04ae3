"""The document of both languages is put together from what the engine made of each."""

import shutil
from pathlib import Path

import pytest

from edition_build import PERIOD
from halfyear.errors import RenderError
from halfyear.project import Project
from halfyear.render.engine import choose
from halfyear.render.layout import Layout
from halfyear.render.together import BEGIN, together

HEAD = f"#let setting = 1\n\n{BEGIN}\n"


@pytest.mark.slow
def test_it_is_what_the_engine_makes_of_the_source_of_both(
    built: Path, project: Project, tmp_path: Path
) -> None:
    work = built.parent / ".work" / PERIOD
    source = tmp_path / "composed" / "briefing.vi-en.qmd"
    for part in ("vi", "en", "vi-en"):
        shutil.copytree(work / "composed" / part, source.parent, dirs_exist_ok=True)
    vi, en = (
        (work / "typeset" / lang / f"briefing.{lang}.typ").read_text(encoding="utf-8")
        for lang in ("vi", "en")
    )
    made = choose("embedded").convert(source, "typst", Layout(project.report))
    assert made.count("<en-sec-growth>") == 1
    assert together(vi, {"en": en}) == made


def test_labels_of_the_second_language_begin_with_it_and_words_in_brackets_stay() -> None:
    second = f"{HEAD}= Growth <sec-growth>\n<sec-growth>\na \\<b> #x[\n] <fig-1>\n) <tbl-1>\n<i>c\n"
    assert together("first\n", {"en": second}) == (
        'first\n\n#edition(lang: "en")[\n'
        "= Growth <sec-growth>\n<en-sec-growth>\na \\<b> #x[\n"
        "] <en-fig-1>\n) <en-tbl-1>\n<i>c\n\n]\n"
    )


def test_a_document_whose_text_does_not_begin_is_refused() -> None:
    with pytest.raises(RenderError) as told:
        together("first", {"en": "no head"})
    (problem,) = told.value.problems
    assert problem.file == "report/templates/briefing.typ"
    assert "halfyear upgrade" in problem.mend
    assert "tệp mẫu" in problem.say("vi").what
