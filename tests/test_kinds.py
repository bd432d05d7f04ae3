"""How many kinds of bad input the tests hold: each once, however often or wherever it is tried."""

import json
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
AREAS = {
    *("tables", "params", "texts", "templates"),
    *("notebooks", "workbooks", "documents", "environment"),
}
# A kind is a test marked bad, with its parameters or those that `per` names.
COUNT = """
import json, sys
import pytest

class Kinds:
    def __init__(self):
        self.found = {}

    def pytest_collection_modifyitems(self, items):
        for item in items:
            for mark in item.iter_markers("bad"):
                params = item.callspec.params if hasattr(item, "callspec") else {}
                wanted = mark.kwargs.get("per", tuple(params))
                kind = f"{item.originalname} {[repr(params[name]) for name in wanted]}"
                self.found.setdefault(mark.args[0], set()).add(kind)

kinds = Kinds()
options = ["--collect-only", "-qq", "-p", "no:cacheprovider", "-p", "no:nbval", "-o", "addopts="]
assert pytest.main([*options, *sys.argv[1:]], plugins=[kinds]) == 0
print("\\n" + json.dumps({area: len(found) for area, found in kinds.found.items()}))
"""


def test_at_least_250_kinds_of_bad_input_are_told_in_every_area() -> None:
    files = [
        str(path)
        for path in sorted(TESTS.glob("test_*.py"))
        if "mark.bad(" in path.read_text(encoding="utf-8")
    ]
    run = subprocess.run(
        [sys.executable, "-c", COUNT, *files],
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    kinds = json.loads(run.stdout.splitlines()[-1])
    assert set(kinds) == AREAS
    assert min(kinds.values()) >= 15, kinds
    assert sum(kinds.values()) >= 250, kinds
