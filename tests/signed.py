"""Projects in which the report on the first half of 2026 came again, signed."""

import csv
from collections.abc import Callable
from hashlib import sha256

import yaml

import copies
from halfyear.project import Project

DRAFT, SIGNED = "report_2026_h1", "report_2026_h1_signed"
PARAMS = {"report: report_2026_h1\n": f"report: {SIGNED}\n"}
ISSUED = {
    "edition_date: 2026-06-30": "edition_date: 2026-07-31",
    "compared_with: 2025-FY 2026-01-31": "compared_with: 2026-H1 2026-06-30",
    "languages: [vi, en]": "languages: [vi]",
}
Row = dict[str, str]


def choose(project: Project, *changes: dict[str, str]) -> None:
    """Change the params of the edition of the first half of 2026."""
    path = project.params / "2026-H1.yml"
    text = path.read_text(encoding="utf-8")
    for old, new in (pair for change in changes for pair in change.items()):
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def again(project: Project, change: Callable[[str, Row], Row | None]) -> None:
    """Enter every row of the draft as one of a signed report that supersedes it.

    change gets a table's name and a row, and gives the row as the signed report prints it, None
    where it leaves it out.
    """
    source(project, SIGNED, "2026-07-15", status="issued", supersedes=DRAFT)
    for path in sorted(project.data.rglob("*.csv")):
        table = path.relative_to(project.data).with_suffix("").as_posix()
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("source") == DRAFT]
        for row in rows:
            known = {"known_at": "2026-07-15"} if "known_at" in row else {}
            own = {name: SIGNED for name in ("set_by", "plan") if row.get(name) == DRAFT}
            entered = change(table, {**row, "source": SIGNED, **known, **own})
            if entered is not None:
                copies.append(project, table, **entered)
    _excuse(project)


def source(project: Project, id: str, date: str, **cells: str) -> None:
    """Enter a document that was read, of an invented hash."""
    told = {"title_vi": id, "title_en": id, "number": "", "issuer": "UBND TP Hải Phòng"}
    hash = sha256(id.encode()).hexdigest()
    copies.append(
        project, "sources", id=id, date=date, medium="text", sha256=hash, **{**told, **cells}
    )


def _excuse(project: Project) -> None:
    """Register what the draft gets wrong for the signed report, which repeats it."""
    path = project.data / "corrections.yml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    claims = {
        f"claim:{row['id']}" for row in copies.rows(project, "claims") if row["source"] == DRAFT
    }
    repeated = [entry for entry in entries if claims & set(entry["locator"]["facts"])]
    for entry in repeated:
        names = {
            fact: f"{fact}~{SIGNED}" for fact in (*entry["locator"]["facts"], *entry["expect"])
        }
        entries.append(
            {
                **entry,
                "id": f"{entry['id']}_signed",
                "locator": {
                    **entry["locator"],
                    "facts": [names[fact] for fact in entry["locator"]["facts"]],
                },
                "expect": {names[fact]: text for fact, text in entry["expect"].items()},
            }
        )
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
