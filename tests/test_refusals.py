"""Refusals of documents and review sheets: told in the reader's language, each with its mend."""

import ast
import re
from pathlib import Path
from string import Formatter

import pikepdf
import pytest
from click.testing import CliRunner

from halfyear.cli import main
from halfyear.document import reader
from halfyear.document.refusal import catalogue
from halfyear.errors import IntakeError

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "halfyear"
CATALOGUES = {
    name: {code: texts for code, texts in catalogue(f"halfyear.{name}").items() if code != "kinds"}
    for name in ("document", "intake")
}
MAKERS = ("refusal", "Unreadable", "_unfit")
MARKED = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)


def codes_used(name: str) -> set[str]:
    """Every text given to a maker of refusals, by itself or as one of two."""
    found: set[str] = set()
    for path in (PACKAGE / name).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKERS and node.args:
                parts = {
                    str(one.value): isinstance(node.args[0], ast.JoinedStr)
                    for one in ast.walk(node.args[0])
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
                found |= {part for part, begins in parts.items() if not begins}
                begun = tuple(part for part, begins in parts.items() if begins)
                found |= {code for code in CATALOGUES[name] if begun and code.startswith(begun)}
        named = re.findall(r"code = \"(\w+)\" if .* else \"(\w+)\"", path.read_text("utf-8"))
        found |= {code for pair in named for code in pair}
    return found & {code for told in CATALOGUES.values() for code in told}


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_refusal_is_used_and_told_whole_in_both_languages(name: str) -> None:
    assert set(CATALOGUES[name]) - codes_used(name) == set()
    for code, texts in CATALOGUES[name].items():
        assert {"what", "mend"} <= set(texts), code
        for part, both in texts.items():
            assert sorted(both) == ["en", "vi"], (code, part)
            gaps = [
                {gap for _, gap, _, _ in Formatter().parse(text) if gap} for text in both.values()
            ]
            assert gaps[0] == gaps[1], (code, part)
            assert not MARKED.search(both["en"]), (code, part)
        assert MARKED.search(texts["what"]["vi"]), code
        assert MARKED.search(texts["mend"]["vi"]), code


def encrypted() -> bytes:
    from io import BytesIO

    out = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        lock = pikepdf.Encryption(owner="chủ", user="mật khẩu")
        document.save(out, encryption=lock)
    return out.getvalue()


def blank_pages() -> bytes:
    from io import BytesIO

    out = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


COMPOUND = b"\xd0\xcf\x11\xe0"
BAD = {
    "no ending": ("report", b"x", "without_ending"),
    "an unknown ending": ("report.mp3", b"x", "kind_unknown"),
    "a PDF named as Word": ("report.docx", b"%PDF-1.7\n", "not_as_named"),
    "a web page named as Word": (
        "report.docx",
        b"<html><body></body></html>",
        "not_as_named_unread",
    ),
    "a Word file of old": (
        "report.docx",
        COMPOUND + "WordDocument".encode("utf-16-le"),
        "word_old",
    ),
    "a workbook of old": ("report.xlsx", COMPOUND + "Workbook".encode("utf-16-le"), "book_old"),
    "a locked Office file": (
        "report.docx",
        COMPOUND + "EncryptedPackage".encode("utf-16-le"),
        "office_protected",
    ),
    "a locked PDF": ("report.pdf", encrypted(), "pdf_protected"),
    "a scanned PDF": ("report.pdf", blank_pages(), "pdf_scanned"),
    "a broken PDF": ("report.pdf", b"%PDF-1.7\n" + b"\0" * 40, "pdf_broken"),
    "a text of another encoding": (
        "report.txt",
        "số".encode("cp1258", "replace") + b"\xd3",
        "text_not_unicode",
    ),
    "an empty text": ("report.txt", b"", "empty"),
}


@pytest.mark.parametrize(("name", "raw", "code"), BAD.values(), ids=BAD)
def test_a_bad_document_is_one_problem_in_either_language(
    tmp_path: Path, name: str, raw: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(IntakeError) as caught:
        reader.read(path)
    (problem,) = caught.value.problems
    for lang in ("en", "vi"):
        told = problem.say(lang)
        what = CATALOGUES["document"][code]["what"][lang]
        assert re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(what)), told.what)
        assert (told.file, bool(told.mend)) == (name, True)
        assert "{" not in str(told)
        assert "kind:" not in str(told)


def test_a_missing_file_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"nowhere\.docx.*no such file"):
        reader.read(tmp_path / "nowhere.docx")


def test_the_command_tells_it_in_the_language_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "bao_cao.docx"
    path.write_bytes(b"%PDF-1.7\n")
    verb = ["intake", str(path), "--period", "2026-9M", "--source", "made_up", "--out"]
    done = CliRunner().invoke(main, ["--lang", "vi", *verb, str(tmp_path / "out")])
    assert done.exit_code != 0
    assert "lỗi" in done.output.casefold()
    assert "nội dung tệp không khớp với phần mở rộng" in done.output
    assert "the file" not in done.output
