"""An edition of the small project that builds in seconds, for tests of how builds work."""

import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from copies import ROOT, copied
from halfyear.project import Project

PERIOD = "2026-H1"
NOTEBOOK = "01_small"
DECLARED = f'period = "{PERIOD}"\nedition_date = ""\nlanguage = "vi"'
TITLES = {"vi": "# Các kết quả của một dự án nhỏ", "en": "# All results of a small project"}
SAVES = f'desk.save("{NOTEBOOK}")'
STUDIED = (
    (
        "import importlib\nimport pkgutil\n\nfrom halfyear import analysis, audit\n"
        "from halfyear.notebook import open_desk\n\n"
        "desk = open_desk(period, edition_date, language)\ndesk.study(audit.study)"
    ),
    (
        "for found in pkgutil.iter_modules(analysis.__path__, 'halfyear.analysis.'):\n"
        "    topic = importlib.import_module(found.name)\n"
        "    if hasattr(topic, 'study'):\n"
        "        print(topic.__name__)\n"
        "        desk.study(topic.study)"
    ),
)
STUDIES = (*STUDIED, SAVES)
CELLS = (
    *STUDIED,
    "import pandas as pd\n\npd.DataFrame({'a number': [value / 3 for value in range(70)]})",
    "import matplotlib.pyplot as plt\n\n_, axes = plt.subplots()\naxes.plot([1, 2, 4]);",
    SAVES,
)


def write(root: Path) -> Project:
    """Write the small project with all that an edition is built from, and one notebook."""
    project = copied(root)
    shutil.copy(ROOT / "data" / "units.csv", project.data)
    ignored = shutil.ignore_patterns("pictures")
    shutil.copytree(ROOT / "report", project.report, ignore=ignored, dirs_exist_ok=True)
    notebook(project, *CELLS)
    return project


def notebook(project: Project, *sources: str) -> Path:
    """Write the project's notebook with these cells after its titles and parameters."""
    prose = [
        new_markdown_cell(f'{title}<span lang="{lang}"></span>', metadata={"tags": [lang]})
        for lang, title in TITLES.items()
    ]
    declared = new_code_cell(DECLARED, metadata={"tags": ["parameters"]})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    node = new_notebook(
        cells=[*prose, declared, *map(new_code_cell, sources)], metadata={"kernelspec": kernel}
    )
    path = project.notebooks / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(node, path)
    return path
