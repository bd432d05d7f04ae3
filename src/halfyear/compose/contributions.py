"""Contributions: who made the growth, where the documents print what each part added."""

from halfyear.analysis.scorecard import Line
from halfyear.compose.chapter import inside
from halfyear.view import View


def contributed(view: View, line: Line | None) -> str:
    """Say which two parts added most to growth, in points; nothing where none is printed."""
    if line is None or line.actual is None:
        return ""
    edition, period = view.edition, view.period
    added = [
        (i.id, fact)
        for i in edition.indicators.values()
        if i.parent == line.indicator.id and (fact := edition.fact(i.id, "contribution", period))
    ]
    added.sort(key=lambda pair: -pair[1].value)
    if len(added) < 2:
        return ""
    slots = {"growth": view.num(line.actual.id, "unit")}
    for name, (indicator, fact) in zip(("first", "second"), added, strict=False):
        slots[name] = inside(view, indicator)
        slots[f"{name}_part"] = view.num(fact.id, "short")
    return view.say("findings.contributions", **slots)
