"""Notes on the heads of the workbook's columns: what each holds and what its codes mean."""

from openpyxl.comments import Comment

from halfyear.intake import words
from halfyear.intake.proposal import SURE

AUTHOR = "halfyear"
WIDTH, LINE, LETTERS = 380, 20, 46
CODED = {
    **{name: name for name in ("table", "measure", "kind", "obs_status", "bound", "comparison")},
    **{name: name for name in ("price_base", "word", "state")},
    "status": "standing",
}


def notes(names: tuple[str, ...], section: str, lang: str) -> list[Comment]:
    """Give for each head the note that a section of the words has for it."""
    made = []
    for name in names:
        lines = [words.say(lang, f"{section}.{name}", sure=SURE), *_codes(name, lang)]
        rows = sum(1 + len(line) // LETTERS for line in lines)
        made.append(Comment("\n".join(lines), AUTHOR, height=LINE * (rows + 1), width=WIDTH))
    return made


def _codes(name: str, lang: str) -> list[str]:
    told = words.catalogue().get(CODED.get(name, ""), {})
    return [f"{code} = {text[lang]}" for code, text in told.items() if code != "none"]
