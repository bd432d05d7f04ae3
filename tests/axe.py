"""What axe finds on a page that a browser shows: its rules of accessibility that are broken."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
# Only what is broken comes back: on a long page, telling all that is well costs most of the time.
RUN = """axe.run(document, {resultTypes: ['violations'], selectors: false}).then((run) =>
    run.violations.map(({id, impact, nodes}) => ({id, impact, html: nodes[0].html.slice(0, 200)})))
"""


@dataclass(frozen=True)
class Violation:
    """A broken rule, how much it matters, and the first element that breaks it."""

    id: str
    impact: str
    html: str


def violations(page: Page, *impacts: str) -> list[Violation]:
    """All violations of a page as it is shown now, or those of the impacts named."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = [Violation(**each) for each in page.evaluate(RUN)]
    return [each for each in found if not impacts or each.impact in impacts]
