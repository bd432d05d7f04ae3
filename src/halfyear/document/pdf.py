"""Text of a PDF, page by page."""

import io
import logging
from collections.abc import Callable, Iterator
from unicodedata import normalize

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from halfyear.document.raw import Raw, Unreadable
from halfyear.document.step import Step

EVERY = 25
MOST_PAGES = 2000
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def lines(raw: bytes, progress: Callable[[Step], None]) -> Iterator[Raw]:
    """Give the lines of each page; raises Unreadable for a locked or broken file."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _open(raw)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Unreadable("the PDF has too many pages", f"{count} pages", "cut the report out of it")
    for number, page in enumerate(reader.pages, 1):
        try:
            text = page.extract_text() or ""
        except (*BROKEN, MemoryError) as error:
            raise Unreadable(
                f"page {number} of the PDF is broken",
                type(error).__name__,
                "open it and save it again, or ask for the Word file",
            ) from error
        if count > EVERY and (number % EVERY == 0 or number == count):
            progress(Step("page", number, count))
        for line in normalize("NFC", text).split("\n"):
            yield Raw(line.rstrip(), number)


def _open(raw: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        locked = bool(reader.is_encrypted) and not reader.decrypt("")
        if not locked:
            len(reader.pages)
    except (*BROKEN, ImportError, NotImplementedError) as error:
        raise Unreadable(
            "the PDF is broken", type(error).__name__, "ask for the file again"
        ) from error
    if locked:
        raise Unreadable(
            "the PDF is protected by a password",
            "an encrypted file",
            "ask for the file without a password",
        )
    return reader
