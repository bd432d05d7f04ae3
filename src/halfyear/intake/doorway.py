"""A doorway: a file that leads the browser to a review, for what a program is told all can read."""

import os
from pathlib import Path

NAME = "open.html"
_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<title>halfyear</title>
<a href="{address}">halfyear</a>
"""


def write(folder: Path, address: str) -> Path:
    """Write the file, which this user alone can read, anew into a folder; gives its path."""
    path = folder.resolve() / NAME
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_PAGE.format(address=address))
    return path


def remove(folder: Path) -> None:
    """Remove the file of a review that has ended."""
    (folder / NAME).unlink(missing_ok=True)
