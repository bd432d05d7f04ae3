"""What the documents state in words: difficulties, causes, tasks and proposals."""

from halfyear.compose.chapter import Chapter
from halfyear.compose.markup import styled
from halfyear.compose.tree import block, bullets
from halfyear.data.described import Statement
from halfyear.number import JOINER
from halfyear.texts import escape
from halfyear.view import View

KINDS = ("difficulty", "cause_objective", "cause_subjective")
PROPOSALS = ("proposal",)


def said(view: View, statement: Statement) -> str:
    """A statement in the language of the view, its figures through the formatter, no full stop."""
    text = escape(statement.text[view.lang]).rstrip(".")
    for number, id in enumerate(statement.figures, 1):
        text = text.replace(escape(f"{{{number}}}"), view.num(id, "unit"))
    return text


def lead(view: View, statement: Statement) -> str:
    """The unit named to lead, "" where none is."""
    return escape(statement.lead[view.lang])


def section(view: View, statement: Statement) -> str:
    """The section of its document as an official cites it."""
    parts = statement.section.split("/")
    after = [*parts[1:], ""]
    kept = [
        part for part, following in zip(parts, after, strict=True) if not _repeats(part, following)
    ]
    return view.say("statements.section", path=escape(".".join(kept).replace("(", f"{JOINER}(")))


def _repeats(part: str, following: str) -> bool:
    """Whether a number is repeated by the one below it: 2.6 by 2.6.1."""
    return following.startswith(f"{part}.")


def statements(chapter: Chapter) -> None:
    """Difficulties and causes as the report states them, with the section of each; proposals."""
    view = chapter.view
    groups = [(kind, view.edition.statements(kind)) for kind in (*KINDS, *PROPOSALS)]
    if not any(found for _, found in groups):
        return
    chapter.head("statements")
    for kind, found in groups:
        if not found:
            continue
        shared = len({statement.section for statement in found}) == 1
        head = view.say(f"statements.{kind}")
        if shared:
            head = view.say("statements.head", kind=head, section=section(view, found[0]))
        chapter.add(styled(head, "strong"))
        chapter.add(bullets(_item(view, statement, cited=not shared) for statement in found))
    chapter.add(block("small", view.say("statements.note")))


def _item(view: View, statement: Statement, *, cited: bool) -> str:
    """A statement as an item, with its section where the head of the list does not cite it."""
    slots = {"text": said(view, statement)}
    if cited:
        slots["section"] = section(view, statement)
    unit = lead(view, statement)
    if unit:
        return view.say("statements.led" if cited else "statements.led_bare", unit=unit, **slots)
    return view.say("statements.item" if cited else "statements.bare", **slots)
