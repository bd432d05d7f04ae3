"""The data dictionary: data/README.md, written from datapackage.json."""

from collections.abc import Iterator

from halfyear.data.schema import Column, Table, read
from halfyear.project import Project

FILE = "data/README.md"
_HEAD = """\
# Data dictionary

Written from `datapackage.json` by `python -m halfyear.data.dictionary`; a test keeps it true.

Every table is CSV in UTF-8 with a decimal point and no thousands separator, one fact a row.
Files saved by Excel under a Vietnamese locale (semicolons, decimal commas, BOM, Windows line ends)
are read as well; what could be misread is refused with its file, row and column. An empty cell is
a missing value. Text is never run: a cell that starts with `=` is shown as it stands, and writers
of workbooks must store it as text.

A figure has an id made from its key, which claims, corrections and the provenance of the report
use: `obs:indicator.measure@period`, with `/cutoff` where the data do not run to the end of the
period, `~place` for a former province and `~source` for a later publication of the same figure;
`scn:`, `plan:indicator.measure@year/set_by`, `goal:indicator.measure@period`,
`base:place.indicator.measure@scope`, `prj:group.measure.state@period`, `claim:id`. `#2` separates
two rows that nothing else does. A statement is called `stm:id`.
"""
_TAIL = """\
## Beside the tables

- `coverage.yml`: the sections of the documents whose every numeral must be a row, be recognised as
  a date, document number or list number, or stand in `unclaimed.csv`: `source`, `section`, `first`
  and `last` line.
- `corrections.yml`: what the documents themselves get wrong. An entry has an `id`; a `locator` with
  the `check` that is broken (none where no check sees the error) and the ids of the `facts`;
  `what_vi` and `what_en`; the `action`, `flag` or `override` (then with the right `value` in
  quotation marks), `confirm` (the figure stands as printed, though `check` finds that it does not
  fit what was known of its indicator) or `settled` (kept as a record, for the source was mended);
  where a fact is a slip of the pen, `slip` with its id: it bears no result; a `reason`; and
  `expect`, the printed figures it rests on by id. Where a source is mended, the run fails until
  the entry is renewed or settled.
- `halfyear check` lists everything wrong at once; `halfyear verify-sources FOLDER` proves every
  figure at its line of the documents in a folder.
"""


def text(project: Project) -> str:
    """Write the dictionary of the project's tables."""
    tables = read(project).values()
    return "\n".join([_HEAD, *("\n".join(_section(table)) for table in tables), _TAIL])


def write(project: Project) -> None:
    """Write data/README.md."""
    (project.root / FILE).write_text(text(project), encoding="utf-8", newline="\n")


def _section(table: Table) -> Iterator[str]:
    shown = f"{table.folder}/<edition>.csv" if table.folder else table.paths[0]
    references = {reference.column: reference.table for reference in table.references}
    yield f"## `{shown}`"
    yield ""
    yield f"{table.description}. Key: {', '.join(f'`{name}`' for name in table.key)}."
    yield ""
    yield "| column | type | required | values | meaning |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        yield _row(column, references.get(column.name, ""))
    yield ""


def _row(column: Column, reference: str) -> str:
    values = _values(column, reference).replace("|", "\\|")
    required = "yes" if column.required else ""
    meaning = column.description.replace("|", "\\|")
    return f"| `{column.name}` | {column.type} | {required} | {values} | {meaning} |"


def _values(column: Column, reference: str) -> str:
    if column.enum:
        return ", ".join(f"`{code}`" for code in column.enum)
    if reference:
        return f"id of `{reference}.csv`"
    return f"`{column.pattern}`" if column.pattern else ""


if __name__ == "__main__":
    write(Project.find())
