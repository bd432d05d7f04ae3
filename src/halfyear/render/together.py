"""The Typst source of a document in several languages, put together from the source of each."""

import re
from collections.abc import Mapping

from halfyear.errors import Problem, RenderError

BEGIN = "// The text of the briefing.\n"  # in the template, behind the head of a document
_LABEL = re.compile(r"^([)\]] )?<([\w.-]+)>$", re.MULTILINE)


def together(first: str, others: Mapping[str, str]) -> str:
    """A document whole, and the text of others behind it, by their languages.

    No label stands twice: those of the others begin with their language, as anchors of a composed
    source of several languages do. Raises RenderError where a document has no text.
    """
    return "\n".join([first, *(_edition(lang, source) for lang, source in others.items())])


def _edition(lang: str, source: str) -> str:
    _, found, text = source.partition(BEGIN)
    if not found:
        raise RenderError(Problem("the engine lost the text of the document", expected=BEGIN))
    labelled = _LABEL.sub(rf"\g<1><{lang}-\g<2>>", text.strip())
    return f'#edition(lang: "{lang}")[\n{labelled}\n\n]\n'
