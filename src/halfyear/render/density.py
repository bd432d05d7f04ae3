"""The density of the printed pages: normal, or tight where normal pages run over."""

from pathlib import Path

HEAD_END = "\n---\n"
TIGHT = "\ndensity: tight"


def tighten(composed: Path) -> bool:
    """Let a composed source be set tight; tells whether that changed anything."""
    text = composed.read_text(encoding="utf-8")
    head, end, body = text.partition(HEAD_END)
    if not end or TIGHT in head:
        return False
    composed.write_text(f"{head}{TIGHT}{end}{body}", encoding="utf-8", newline="\n")
    return True
