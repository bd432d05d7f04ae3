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
        raise RenderError(_lost())
    labelled = _LABEL.sub(rf"\g<1><{lang}-\g<2>>", text.strip())
    return f'#edition(lang: "{lang}")[\n{labelled}\n\n]\n'


def _lost() -> Problem:
    file, line = "report/templates/briefing.typ", BEGIN.strip()
    return Problem(
        "the template does not say where the text of a document begins",
        file=file,
        expected=f"a line {line}",
        mend="restore the line, or take the newest template by halfyear upgrade",
        vi=Problem(
            "tệp mẫu không cho biết phần nội dung bắt đầu ở đâu",
            file=file,
            expected=f"một dòng {line}",
            mend="khôi phục dòng đó, hoặc lấy tệp mẫu mới nhất bằng halfyear upgrade",
        ),
    )
