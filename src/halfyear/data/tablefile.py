"""The file of a table: its rows as text, written as whoever saved it writes."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from halfyear.data import schema, sheet
from halfyear.data.cells import COMMA_SEPARATED, Habit
from halfyear.data.schema import Table
from halfyear.errors import DataError
from halfyear.project import Project


@dataclass(frozen=True)
class TableFile:
    """The rows of one file of a table, in order, as text cells in the habit of the file.

    name is the file relative to data/; rows may be changed and then saved.
    """

    project: Project
    table: Table
    name: str
    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    habit: Habit

    @classmethod
    def open(cls, project: Project, table: Table, edition: object) -> "TableFile":
        """Read the file that holds a table's rows of an edition; it has no rows where it is new.

        Raises DataError where the file cannot be read.
        """
        name = f"{table.folder}/{edition}.csv" if table.folder else table.paths[0]
        path = project.data / name
        if not path.exists():
            return cls(project, table, name, table.names, [], COMMA_SEPARATED)
        page, faults = sheet.read(path, f"data/{name}", table.names)
        if faults or page is None:
            raise DataError(*faults)
        columns = tuple(str(column) for column in page.frame.columns)
        rows = [dict(zip(columns, cells, strict=True)) for cells in page.frame.to_numpy().tolist()]
        return cls(project, table, name, columns, rows, page.habit)

    def cells(self, row: Mapping[str, str]) -> dict[str, str]:
        """Write a row, whose numbers have decimal points, as this file writes its rows."""
        written = {column: row.get(column, "") for column in self.columns}
        for column in self.table.columns:
            if column.type == "number" and column.name in written:
                written[column.name] = written[column.name].replace(".", self.habit.decimal)
        return written

    def key(self, row: Mapping[str, str]) -> tuple[str, ...]:
        """Give the key of a row, its days in one form however the file writes them."""
        days = {column.name for column in self.table.columns if column.type == "date"}
        cells = {name: row.get(name, "") for name in self.table.key}
        return tuple(
            str(self.habit.day(cell) or cell) if name in days else cell
            for name, cell in cells.items()
        )

    def lines(self) -> list[int]:
        """Give the line of the saved file that each row begins on."""
        heights = (1 + sum(cell.count("\n") for cell in row.values()) for row in self.rows)
        return list(accumulate(heights, initial=2))[:-1]

    def save(self) -> None:
        """Write the file, and list it in datapackage.json where it is not yet listed."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(
            text, self.columns, delimiter=self.habit.delimiter, lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(self.rows)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text.getvalue(), encoding="utf-8", newline="")
        if self.name not in self.table.paths:
            schema.enlist(self.project, self.table.name, self.name)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.project.data / self.name
