"""The folder report of a project, and where each part of the layout stands in it."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from halfyear import yamlfile
from halfyear.data import wording
from halfyear.errors import Problem, RenderError

NEEDED = ("order", "script")  # of the interface words
TEMPLATES = {"typst": "briefing.typ", "html": "body.html"}


@dataclass(frozen=True)
class Layout:
    """Templates, filters, fonts and interface words: the folder report of a project.

    kept is a folder in which cut fonts are kept from one build to the next, or None.
    """

    report: Path
    kept: Path | None = None

    def __post_init__(self) -> None:
        """Raise RenderError where the folder does not hold the templates."""
        for name in TEMPLATES.values():
            if not (self.report / "templates" / name).is_file():
                raise RenderError(
                    Problem(
                        "no templates here",
                        str(self.report),
                        expected=f"templates/{name} in it",
                        mend="pass the project's folder report",
                    )
                )

    @property
    def templates(self) -> Path:
        """Folder of the templates."""
        return self.report.resolve() / "templates"

    @property
    def reader(self) -> Path:
        """The file that says how both engines read the composed source."""
        return self.templates / "reader.yml"

    @property
    def fonts(self) -> Path:
        """Folder of the bundled fonts."""
        return self.report.resolve() / "fonts"

    def filter(self, target: str) -> Path:
        """The Lua filter that writes `target`."""
        return self.report.resolve() / "filters" / f"{target}.lua"

    def template(self, target: str) -> Path:
        """The Pandoc template of `target`."""
        return self.templates / TEMPLATES[target]

    def pandoc(self, target: str, folder: Path) -> list[str]:
        """Options by which Pandoc, started in a folder, writes `target` with the project's files.

        Paths are relative, for Pandoc reads escapes such as %20 in a path; a user's own data
        folder is left out.
        """
        options = [f"--data-dir={_from(folder, self.templates)}"]
        options.append(f"--lua-filter={_from(folder, self.filter(target))}")
        if target in TEMPLATES:
            options.append(f"--template={_from(folder, self.template(target))}")
        return options

    def words(self, lang: str) -> dict[str, Any]:
        """Interface words of `lang`; RenderError where the language has none."""
        path = self.report / "texts" / f"ui.{lang}.yml"
        if not path.is_file():
            raise RenderError(
                Problem(
                    f"no interface words for language {lang}",
                    str(path),
                    mend="write the file, after the pattern of those beside it",
                )
            )
        words = wording.read(path)
        lacking = [key for key in NEEDED if key not in words]
        if lacking:
            raise RenderError(
                Problem(
                    "interface words are lacking",
                    str(path),
                    expected=", ".join(NEEDED),
                    found=f"no {', '.join(lacking)}",
                    mend="restore them, after the pattern of the files beside it",
                )
            )
        return words

    def syntax(self) -> str:
        """The syntax in which the composed source is read, as Pandoc calls it."""
        try:
            content = yamlfile.parse(self.text(self.reader))
        except yaml.YAMLError as error:
            content = str(error)
        if not isinstance(content, dict) or not isinstance(content.get("from"), str):
            raise RenderError(
                Problem(
                    "the file does not say how the source is read",
                    str(self.reader),
                    expected="from: and a syntax of Pandoc's",
                    found=repr(content)[:80],
                    mend="restore the file",
                )
            )
        return str(content["from"])

    def text(self, path: Path) -> str:
        """A file of the layout as text; RenderError where it is not in UTF-8."""
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise RenderError(
                Problem("the file is not UTF-8", str(path), found=error.reason, mend="restore it")
            ) from error

    def languages(self) -> list[str]:
        """Languages that have interface words, in the order the files give themselves."""
        folder = self.report / "texts"
        found = [path.name.split(".")[1] for path in folder.glob("ui.*.yml")]
        return sorted(found, key=lambda lang: (self.words(lang)["order"], lang))


def _from(folder: Path, path: Path) -> str:
    try:
        return os.path.relpath(path, folder)
    except ValueError:  # another drive
        return str(path)
