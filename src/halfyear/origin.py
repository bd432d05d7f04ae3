"""Origins: which notebook holds what a figure or table of the page shows."""

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
    """Write for every notebook the results it saved, and of each whether it is computed."""
    origins = {
        notebook: {quantity.id: quantity.formula != PRINTED for quantity in results}
        for notebook, results in saved.items()
    }
    text = json.dumps(origins, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read(path: Path) -> dict[str, dict[str, bool]]:
    """Results by the notebooks that saved them; none where the source has no build behind it."""
    if not path.is_file():
        return {}
    found: dict[str, dict[str, bool]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def link(body: str, origins: Mapping[str, Mapping[str, bool]], lang: str, words: str) -> str:
    """Put under each figure and table a link to the notebook that holds most of its numbers.

    `words` are those of the link; what shows printed figures only gets none.
    """

    def line(part: re.Match[str]) -> str:
        ids = _ID.findall(part[0])
        held = Counter(name for name, saved in origins.items() for id in ids if id in saved)
        if not any(saved.get(id) for saved in origins.values() for id in ids):
            return part[0]
        notebook = held.most_common(1)[0][0]
        address = f"notebooks/{lang}/{notebook}.html"
        return f'{part[0]}<p class="origin"><a href="{address}">{words}</a></p>'

    return _TABLE.sub(line, _FIGURE.sub(line, body)) if origins else body
