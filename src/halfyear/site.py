"""The Quarto website of built editions: their list, their pages, their notebooks to search in."""

import html
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import yaml
from babel.dates import format_date

from halfyear import manifest, publication
from halfyear.errors import BuildError, Problem
from halfyear.execution import SVG
from halfyear.project import Project
from halfyear.render.layout import Layout
from halfyear.startpage import Page
from halfyear.texts import escape

NAME = "site"
PAGES = "_site"  # what Quarto leaves in it
HOME = "index.qmd"
STYLE, THEME = "site.css", "site.scss"
SCROLLED = '<div class="scrolled" role="group" tabindex="0" aria-label="{name}">{table}</div>'
FILES = ("briefing.*.html", "briefing.*.pdf", "briefing.*.docx", "annex.xlsx", "audit.csv")


@dataclass(frozen=True)
class Built:
    """A built edition: its name and its folder."""

    name: str
    folder: Path

    def page(self, lang: str) -> Page:
        """Its page in a language."""
        return Page(self.folder / f"briefing.{lang}.html")

    def notebooks(self, lang: str) -> list[Path]:
        """Its executed notebooks in a language, in order."""
        return sorted((self.folder / "notebooks" / lang).glob("*.ipynb"))


def lay_out(project: Project, names: Sequence[str]) -> Path:
    """Lay out the website of built editions as a Quarto project in build/site; give the folder.

    Nothing is executed: notebooks stand with the outputs of their build, their code folded. The
    newest edition stands first. Raises BuildError for an edition that is not built.
    """
    layout = Layout(project.report)
    built = sorted((_built(project, name) for name in names), key=_dated, reverse=True)
    languages = [
        lang for lang in layout.languages() if all(each.page(lang).path.is_file() for each in built)
    ]
    out = project.build / NAME
    fresh = publication.beside(out)
    shutil.rmtree(fresh, ignore_errors=True)
    words = {lang: {**layout.words(lang), **layout.words(lang)["site"]} for lang in languages}
    for each in built:
        _copy(each, words, fresh / each.name)
    for lang in languages:
        _save(fresh / _home(lang, languages), _index(built, lang, words[lang]))
    for name in (STYLE, THEME):
        shutil.copyfile(layout.templates / name, fresh / name)
    _save(fresh / "_quarto.yml", _dump(_settings(built, languages, words)))
    publication.replace(out, fresh)
    return out


def _built(project: Project, name: str) -> Built:
    folder = project.build / str(project.named(name))
    if not (folder / manifest.NAME).is_file():
        mend = f"halfyear report {name}"
        raise BuildError(Problem("this edition is not built", file=str(folder), mend=mend))
    return Built(folder.name, folder)


def _dated(built: Built) -> str:
    first = min(built.folder.glob("briefing.??.html"))
    return Page(first).day


def _copy(built: Built, words: Mapping[str, dict[str, Any]], to: Path) -> None:
    to.mkdir(parents=True)
    for pattern in FILES:
        for file in sorted(built.folder.glob(pattern)):
            shutil.copyfile(file, to / file.name)
    for lang in words:
        folder = to / "notebooks" / lang
        folder.mkdir(parents=True)
        _save(folder / "_metadata.yml", _dump(_speaking(lang, words[lang])))
        for notebook in built.notebooks(lang):
            _save(folder / notebook.name, _still(notebook, words[lang]["script"]["table"]))


def _speaking(lang: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """What tells Quarto the language of a page, and the title and list of pages in it."""
    return {
        "lang": lang,
        "language": words["quarto"],
        "title-prefix": words["product"],
        "sidebar": lang,
    }


def _home(lang: str, languages: Sequence[str]) -> str:
    return HOME if lang == languages[0] else f"{lang}.qmd"


def _still(notebook: Path, name: str) -> str:
    """A notebook as Quarto takes it: its charts described by the cell, its tables as text.

    For tables that are HTML Quarto loads scripts from afar. A table wider than the screen is moved
    by the keyboard too, under the name given.
    """
    content = nbformat.read(notebook, as_version=4)
    for cell in content.cells:
        outputs = cell.get("outputs", ())
        cell.metadata["fig-alt"] = [_described(output) for output in outputs]
        for output in outputs:
            if table := output.get("data", {}).pop("text/html", ""):
                scrolled = SCROLLED.format(name=html.escape(name), table=table)
                output["data"]["text/markdown"] = f"```{{=html}}\n{scrolled}\n```"
    return str(nbformat.writes(content))


def _described(output: Any) -> str:
    return str(output.get("metadata", {}).get(SVG, {}).get("alt", ""))


def _index(built: Sequence[Built], lang: str, words: dict[str, Any]) -> str:
    """The list of editions in one language."""
    head = {"title": words["title"], **_speaking(lang, words)}
    parts = [f"---\n{_dump(head)}---", words["text"]]
    for each in built:
        day = date.fromisoformat(each.page(lang).day)
        said = [format_date(day, words["date"], locale=lang), each.page(lang).status]
        parts.append(f"## {escape(each.page(lang).title)}")
        parts.append(escape(", ".join(filter(None, said))))
        files = [
            (words["page"], f"{each.name}/briefing.{lang}.html"),
            (words["pdf"], f"{each.name}/briefing.{lang}.pdf"),
            (words["word"], f"{each.name}/briefing.{lang}.docx"),
            (words["workbook"], f"{each.name}/annex.xlsx"),
            (words["audit"], f"{each.name}/audit.csv"),
        ]
        parts.append(" · ".join(f"[{text}]({file})" for text, file in files))
        parts.append(f"### {words['notebooks']}")
        listed = [
            f"{n}. [{escape(_title(path))}]({_place(each, lang, path)})"
            for n, path in enumerate(each.notebooks(lang), 1)
        ]
        parts.append("\n".join(listed))
    return "\n\n".join(parts) + "\n"


def _settings(
    built: Sequence[Built], languages: Sequence[str], words: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The Quarto project: one sidebar a language, search, nothing from a network."""
    return {
        "project": {
            "type": "website",
            "output-dir": PAGES,
            "render": ["*.qmd", "*/notebooks/**/*.ipynb"],
            "resources": [f"{each.name}/{pattern}" for each in built for pattern in FILES],
        },
        "website": {
            "search": True,
            "bread-crumbs": False,
            "sidebar": [_sidebar(built, lang, languages, words) for lang in languages],
        },
        "lang": languages[0],
        "language": words[languages[0]]["quarto"],
        "execute": {"enabled": False},
        "format": {
            "html": {
                "theme": {"light": ["default", THEME], "dark": ["darkly", THEME]},
                "css": STYLE,
                "respect-user-color-scheme": True,
                "code-fold": True,
                "html-math-method": "mathml",
                "toc": True,
            }
        },
    }


def _sidebar(
    built: Sequence[Built], lang: str, languages: Sequence[str], words: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The list of pages in a language, under its own title: a website of Quarto has only one."""
    others = [
        {"text": words[other]["name"], "href": f"/{Path(_home(other, languages)).stem}.html"}
        for other in languages
        if other != lang
    ]
    editions = [
        {
            "section": each.page(lang).title.partition(" – ")[0],
            "contents": [
                {"text": _title(path), "href": _place(each, lang, path)}
                for path in each.notebooks(lang)
            ],
        }
        for each in built
    ]
    return {
        "id": lang,
        "title": words[lang]["product"],
        "contents": [*others, _home(lang, languages), *editions],
    }


def _title(notebook: Path) -> str:
    """The question a notebook opens with."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if found := re.match(r"#\s+(.+)", str(cell.source)):
            return found[1].strip()
    return notebook.stem


def _place(built: Built, lang: str, notebook: Path) -> str:
    return f"{built.name}/notebooks/{lang}/{notebook.name}"


def _dump(content: dict[str, Any]) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
