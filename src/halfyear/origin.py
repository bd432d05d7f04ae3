"""Origins: which notebook works out what a figure or table of the page shows."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from halfyear.results import PRINTED, Results

NAME = "origins.json"
_ID = re.compile(r'data-id="([^"]+)"')
_FIGURE = re.compile(r'<figure id="fig-[^"]+">.*?(?=</figure>)', re.DOTALL)
_TABLE = re.compile(r'<div class="table data" id="tbl-[^"]+">.*?</table></div>', re.DOTALL)


def write(saved: Mapping[str, Results], path: Path) -> None:
    """Write for every computed result the notebook that saved it; the first where several did."""
    origins: dict[str, str] = {}
    for notebook, results in saved.items():
        for quantity in results:
            if quantity.formula != PRINTED:
                origins.setdefault(quantity.id, notebook)
    text = json.dumps(origins, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read(path: Path) -> dict[str, str]:
    """Notebooks by the ids they save; none where the source was composed without a build."""
    if not path.is_file():
        return {}
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def link(body: str, origins: Mapping[str, str], lang: str, words: str) -> str:
    """Put under each figure and table a link to the notebook that most of its numbers are from.

    `words` are those of the link; what shows printed figures only gets none.
    """

    def line(part: re.Match[str]) -> str:
        named = Counter(origins[id] for id in _ID.findall(part[0]) if id in origins)
        if not named:
            return part[0]
        notebook = named.most_common(1)[0][0]
        address = f"notebooks/{lang}/{notebook}.html"
        return f'{part[0]}<p class="origin"><a href="{address}">{words}</a></p>'

    return _TABLE.sub(line, _FIGURE.sub(line, body)) if origins else body
