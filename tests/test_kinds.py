"""How many kinds of bad input the tests hold: each once, however often or wherever it is tried."""

from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
AREAS = {
    *("tables", "params", "texts", "templates"),
    *("notebooks", "workbooks", "documents", "environment"),
}
OFF = ("cacheprovider", "nbval", "xdist", "faulthandler", "unraisableexception", "threadexception")


class Kinds:
    """Counts kinds: a kind is a test marked bad, with its parameters or those that `per` names."""

    def __init__(self) -> None:
        self.found: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_modifyitems(self, items: list[pytest.Function]) -> None:
        """Take the kinds of everything that was collected."""
        for item in items:
            for mark in item.iter_markers("bad"):
                params = item.callspec.params if hasattr(item, "callspec") else {}
                wanted = mark.kwargs.get("per", tuple(params))
                kind = f"{item.originalname} {[repr(params[name]) for name in wanted]}"
                self.found[mark.args[0]].add(kind)


def test_at_least_250_kinds_of_bad_input_are_told_in_every_area() -> None:
    files = [
        str(path)
        for path in sorted(TESTS.glob("test_*.py"))
        if "mark.bad(" in path.read_text(encoding="utf-8")
    ]
    kinds = Kinds()
    options = ["--collect-only", "-qq", "-s", "-o", "addopts="]
    options += [word for name in OFF for word in ("-p", f"no:{name}")]
    assert pytest.main([*options, *files], plugins=[kinds]) == 0
    counts = {area: len(found) for area, found in kinds.found.items()}
    assert set(counts) == AREAS
    assert min(counts.values()) >= 15, counts
    assert sum(counts.values()) >= 250, counts
