"""Kinds of files: what a file is by its first bytes, whatever its name says."""

import io
import re
import zipfile

from halfyear.document.raw import Unreadable

COMPOUND = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_WORD = "WordDocument".encode("utf-16-le")
OLD_BOOK = "Workbook".encode("utf-16-le")
STARTS = (
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"<html", ".html"),
    (b"<!doc", ".html"),
)
FOLDERS = (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx"))
TEXT, UNKNOWN = ".txt", ""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def tell(raw: bytes) -> str:
    """Give the ending that fits a file; empty where its bytes do not tell.

    Raises Unreadable for files of Office that are locked or in its old format.
    """
    if raw.startswith(COMPOUND):
        raise _old(raw)
    head = raw[:1024].lstrip().lower()
    start = next((ending for sign, ending in STARTS if head.startswith(sign.lower())), "")
    if not start and b"%pdf-" in head:
        start = ".pdf"
    return start or (_package(raw) if raw.startswith(b"PK") else _text(raw))


def check(raw: bytes, ending: str) -> None:
    """Raise Unreadable where a file is not what its ending says."""
    found = tell(raw)
    expected = ".xlsx" if ending == ".xlsm" else ending
    if found and found != expected:
        readable = found in (".docx", ".xlsx", ".pdf", TEXT)
        raise Unreadable(
            "not_as_named" if readable else "not_as_named_unread",
            kind=f"kind:{ending}",
            other=f"kind:{found}",
            ending=found,
        )


def _text(raw: bytes) -> str:
    """Give the ending of a text file where all bytes are letters and signs of UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return UNKNOWN
    return TEXT if text and not _CONTROL.search(text) else UNKNOWN


def _old(raw: bytes) -> Unreadable:
    if ENCRYPTED in raw:
        return Unreadable("office_protected")
    if OLD_BOOK in raw:
        return Unreadable("book_old")
    return Unreadable("word_old" if OLD_WORD in raw else "compound")


def _package(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = [part.orig_filename.replace("\\", "/") for part in package.infolist()]
            kind = package.read("mimetype")[:60] if "mimetype" in names[:1] else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError):
        return UNKNOWN
    if b"opendocument" in kind:
        return ".ods" if b"spreadsheet" in kind else ".odt"
    found = (end for folder, end in FOLDERS if any(name.startswith(folder) for name in names))
    return next(found, ".zip")
