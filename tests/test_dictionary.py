"""The data dictionary says what datapackage.json says, and the terms are used one way."""

from collections import defaultdict

import pytest

from halfyear.data import dictionary, schema
from halfyear.data.frames import Tables
from halfyear.project import Project


def test_the_dictionary_is_the_one_the_schema_gives(project: Project) -> None:
    committed = (project.data / "README.md").read_text(encoding="utf-8")
    assert committed == dictionary.text(project), "run: python -m halfyear.data.dictionary"


def test_every_table_and_column_is_explained(project: Project) -> None:
    written = dictionary.text(project)
    for table in schema.read(project).values():
        assert all(f"| `{column.name}` |" in written for column in table.columns)
        assert all(column.description for column in table.columns)


@pytest.mark.parametrize("table", ["indicators", "units"])
@pytest.mark.parametrize(("term", "other"), [("name_vi", "name_en"), ("name_en", "name_vi")])
def test_one_term_has_one_translation(data: Tables, table: str, term: str, other: str) -> None:
    frame = getattr(data, table)
    translations: dict[str, set[str]] = defaultdict(set)
    for name, translation in zip(frame[term], frame[other], strict=True):
        translations[name.casefold()].add(translation.casefold())
    assert {name: found for name, found in translations.items() if len(found) > 1} == {}


def test_names_are_in_their_own_language(data: Tables) -> None:
    """An English name holds Vietnamese letters only in proper names; a Vietnamese one differs."""
    letters = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ")
    foreign = {name for name in data.indicators["name_en"] if letters & set(name.casefold())}
    assert all("Hải Phòng" in name or "Hải Dương" in name for name in foreign), foreign
