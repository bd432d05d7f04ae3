"""The engine that turns a composed source into Typst and HTML: Quarto or the embedded one."""

from dataclasses import dataclass
from pathlib import Path

from halfyear.errors import Problem, RenderError
from halfyear.render import embedded, quarto
from halfyear.render.layout import Layout

PREFERENCES = ("auto", "quarto", "embedded")


@dataclass(frozen=True)
class Engine:
    """An engine by name and version, and the sentence that says why it was taken."""

    name: str
    version: str
    why: str

    def convert(self, composed: Path, target: str, layout: Layout) -> str:
        """Convert `composed` to the text of `target` (`typst` or `html`)."""
        if self.name == "quarto":
            return quarto.convert(composed, target, layout)
        return embedded.convert(composed, target, layout)


def choose(preference: str) -> Engine:
    """Choose the engine: `auto` takes Quarto 1.7 or later where found, else the embedded one.

    Raises RenderError for an unknown preference, or where `quarto` is asked for and not found.
    """
    if preference not in PREFERENCES:
        raise RenderError(
            Problem("unknown engine", expected=" or ".join(PREFERENCES), found=preference)
        )
    if preference == "embedded":
        return _embedded("as asked")
    found = quarto.version()
    if found is not None and quarto.recent(found):
        return Engine("quarto", found, f"Quarto {found}, found as `quarto`")
    missing = "no `quarto` command" if found is None else f"Quarto {found} is older than 1.7"
    if preference == "quarto":
        raise RenderError(
            Problem(
                f"Quarto was asked for, but {missing}",
                expected="Quarto 1.7 or later on PATH",
                mend="install it, or take --engine embedded",
            )
        )
    return _embedded(missing)


def _embedded(reason: str) -> Engine:
    version = embedded.version()
    return Engine("embedded", version, f"embedded engine (Pandoc {version}): {reason}")
