"""The project: the folder that holds data, params, notebooks and report."""

import csv
import os
from dataclasses import dataclass, replace
from pathlib import Path

from halfyear.errors import DataError, Problem
from halfyear.identity import Identity

MARK = Path("data") / "datapackage.json"
WORK = ".work"  # in the folder of builds: where they are made
START = "index.html"  # in the folder of builds: the page that lists them


@dataclass(frozen=True)
class Project:
    """A project folder and the places in it."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "Project":
        """Find the project: HALFYEAR_ROOT, else upwards from `start`, else around the package.

        Raises DataError where none of them holds data/datapackage.json.
        """
        named = os.environ.get("HALFYEAR_ROOT")
        if named:
            return cls._at(Path(named).expanduser().resolve(), "HALFYEAR_ROOT")
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
            if (folder / MARK).is_file():
                return cls(folder)
        return cls._at(here, "the folder and those above it")

    @classmethod
    def _at(cls, folder: Path, where: str) -> "Project":
        if (folder / MARK).is_file():
            return cls(folder)
        raise DataError(
            Problem(
                "no project here",
                expected=f"{MARK.as_posix()} in {where}",
                found=str(folder),
                mend="start inside the project's folder, or let HALFYEAR_ROOT name it",
            )
        )

    @property
    def data(self) -> Path:
        """Folder of the tables."""
        return self.root / "data"

    @property
    def params(self) -> Path:
        """Folder of the params files, one an edition; a second place has a folder of its own."""
        return self.root / "params"

    def named(self, text: str) -> Identity:
        """Read the name of an edition; that of the project's own place needs no place.

        Raises PeriodError where its period is none.
        """
        told = Identity.parse(text)
        return replace(told, place="") if told.place in ("", self.home) else told

    @property
    def home(self) -> str:
        """Code of the project's own place; "" where data/places.csv does not name exactly one."""
        try:
            with (self.data / "places.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, ValueError):
            return ""
        homes = [str(row["id"]) for row in rows if row.get("home") == "yes" and row.get("id")]
        return homes[0] if len(homes) == 1 else ""

    def choices(self, edition: Identity) -> Path:
        """The params file of an edition."""
        return self.params / f"{edition}.yml"

    @property
    def notebooks(self) -> Path:
        """Folder of the notebooks."""
        return self.root / "notebooks"

    @property
    def report(self) -> Path:
        """Folder of texts, templates and fonts."""
        return self.root / "report"

    @property
    def build(self) -> Path:
        """Folder of what is built."""
        return self.root / "build"

    @property
    def work(self) -> Path:
        """Folder in which editions are made, each in one of its own."""
        return self.build / WORK
