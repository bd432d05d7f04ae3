"""What follows `quarto render` by hand: PDF and page from the files that Quarto names."""

import os
from pathlib import Path

from halfyear.project import Project
from halfyear.render import briefing, page
from halfyear.render.layout import Layout


def main() -> None:
    """Finish every file in QUARTO_PROJECT_OUTPUT_FILES beside itself; RenderError as in a build."""
    layout = Layout(Project.find().report)
    for name in os.environ.get("QUARTO_PROJECT_OUTPUT_FILES", "").splitlines():
        made = Path(name).resolve()
        composed = made.with_suffix(".qmd")
        lang = composed.stem.partition(".")[2]
        if made.suffix == ".typ":
            stamp = briefing.timestamp(page.day(composed))
            print(
                briefing.finish_pdf(
                    composed, made.parent, lang=lang, timestamp=stamp, layout=layout
                )
            )
        elif "-" in lang:
            made.unlink()  # the edition in both languages is only a PDF
        else:
            body = made.read_text(encoding="utf-8")
            print(briefing.finish_html(body, composed, made.parent, lang=lang, layout=layout))


if __name__ == "__main__":
    main()
