"""A step of the build reads no texts but those that it is said to hang on."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from edition_build import PERIOD
from halfyear import params, snapshot, tasks
from halfyear.build import Build
from halfyear.project import Project
from halfyear.render.engine import choose
from halfyear.workplace import ROOT


@pytest.mark.slow
@pytest.mark.parametrize("name", ["gather", "draw vi", "draw en", "compose vi", "compose en"])
def test_a_step_does_the_same_where_all_other_texts_are_spoilt(
    name: str, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, root, folder = built.parent / ".work" / PERIOD, tmp_path / "inputs", tmp_path / "made"
    shutil.copytree(work / "inputs", root)
    texts = {f"report/texts/{path.name}": path for path in (root / "report" / "texts").iterdir()}
    taken = snapshot.Snapshot(root, dict.fromkeys(texts, ""), {}, {})
    chosen = params.read(Project(root).choices(PERIOD))
    build = Build(taken, chosen, choose("embedded"), work, tmp_path / "out")
    task = next(task for task in build.tasks() if task.name == name)
    others = texts.keys() - task.reads.keys()
    assert "report/texts/ui.vi.yml" in others
    for other in others:
        texts[other].write_text(": [", encoding="utf-8")
    monkeypatch.setenv(ROOT, str(root))
    folder.mkdir()
    step, _, lang = name.partition(" ")
    steps = {"gather": build.gather, "draw": partial(build.draw, lang)}
    steps.get(step, partial(build.compose, lang))(folder)
    assert task.folder is not None
    assert tasks.written(folder) == tasks.written(task.folder)
