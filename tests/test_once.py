"""An edition is worked out once: its tables opened, its documents audited, its studies made."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import computed
from copies import ROOT
from halfyear import audit
from halfyear.analysis import planshare
from halfyear.compose import briefing
from halfyear.data import checks, content, tables
from halfyear.edition import Edition
from halfyear.office import annex
from halfyear.project import Project
from opened import edition

COUNTED = ((checks, "_examined"), (audit, "_held"), (planshare, "shares"))


@pytest.fixture
def asked(monkeypatch) -> Counter[str]:
    """How often each of the costly questions is asked while a test runs."""
    asked = Counter[str]()

    def counting(module: Any, name: str) -> Callable[..., Any]:
        answer = getattr(module, name)

        def count(*args: Any) -> Any:
            asked[name] += 1
            return answer(*args)

        return count

    for module, name in COUNTED:
        monkeypatch.setattr(module, name, counting(module, name))
    monkeypatch.setattr(checks, "_KEPT", content.Kept())
    return asked


def test_notebooks_open_the_tables_once_audit_once_and_save_the_studies(asked) -> None:
    project = Project.find()
    tables.load(project)
    opened = Edition.open("2026-H1")
    saved = computed.run(opened)
    assert (asked["_examined"], asked["_held"]) == (1, 1)
    assert saved == computed.studied(opened)  # so other tests may take the studies alone


def test_composing_takes_everything_from_the_studies(asked, tmp_path: Path) -> None:
    results = computed.results()
    asked.clear()
    briefing.write(edition(), results, tmp_path)
    annex.book(edition(), results, ROOT / "report")
    assert (tmp_path / "briefing.vi.qmd").stat().st_size > 50_000
    assert not asked
