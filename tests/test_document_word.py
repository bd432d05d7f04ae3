"""What the page of a Word file shows is what is read, part by part."""

import zipfile
from pathlib import Path

import pytest

import packages
from halfyear.document import reader
from halfyear.errors import IntakeError
from packages import body, cell, paragraph, run, table, write

SUPER = '<w:vertAlign w:val="superscript"/>'
STRIKE = "<w:strike/>"
BOX = "<w:txbxContent><w:p><w:r><w:t>Thu 45,2 tỷ</w:t></w:r></w:p></w:txbxContent>"


def read(path: Path) -> tuple[str, ...]:
    """The lines after the first paragraph, which every package has."""
    return reader.read(path).lines[1:]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (run("đạt 37,9") + run("1", SUPER) + run(" tỷ USD"), "đạt 37,9¹ tỷ USD"),
        (run("168.940") + run("(2)", SUPER), "168.940(²)"),
        (run("tăng 8,4%") + run("12", SUPER), "tăng 8,4%¹²"),
        (run("12 nghìn m") + run("2", SUPER), "12 nghìn m²"),
        (run("10,5") + run("3", '<w:position w:val="6"/>') + run(" tỷ"), "10,5³ tỷ"),
        (run("10,5") + run("3", '<w:position w:val="-6"/>') + run(" tỷ"), "10,53 tỷ"),
        (run("đạt ") + run("41,2", STRIKE) + run("39,4 tỷ"), "đạt 39,4 tỷ"),
        (run("đạt ") + run("41,2", "<w:dstrike/>") + run("39,4 tỷ"), "đạt 39,4 tỷ"),
        (run("đạt ") + run("41,2", "<w:vanish/>") + run("39,4 tỷ"), "đạt 39,4 tỷ"),
        (run("đạt ") + run("41,2", '<w:strike w:val="0"/>') + run(" tỷ"), "đạt 41,2 tỷ"),
        (run("đạt ") + run("41,2", '<w:vanish w:val="false"/>'), "đạt 41,2"),
        (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "CO2"),
    ],
)
def test_raised_digits_are_marks_and_struck_or_hidden_text_is_not_read(
    tmp_path: Path, inside: str, shown: str
) -> None:
    assert read(write(tmp_path / "a.docx", paragraph(inside))) == (shown,)


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (
            '<w:style w:styleId="a"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
            "5¹",
        ),
        ('<w:style w:styleId="a"><w:rPr><w:strike/></w:rPr></w:style>', "5"),
        ('<w:style w:styleId="a"><w:rPr><w:b/></w:rPr></w:style>', "51"),
        (
            (
                '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
            ),
            "5",
        ),
    ],
)
def test_a_style_raises_and_hides_as_well(tmp_path: Path, style: str, shown: str) -> None:
    inside = paragraph(run("5") + run("1", '<w:rStyle w:val="a"/>'))
    parts = {"word/styles.xml": body(style, "styles")}
    assert read(write(tmp_path / "a.docx", inside, parts)) == (shown,)


def test_a_raised_mark_in_a_cell_does_not_join_the_figure(tmp_path: Path) -> None:
    marked = cell(run("37,9") + run("1", SUPER))
    path = write(tmp_path / "a.docx", table(("Chỉ tiêu", "Ước"), ("Xuất khẩu", marked)))
    assert read(path) == ("| Chỉ tiêu | Ước |", "| Xuất khẩu | 37,9¹ |")


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F02D", "−"),
        ("Symbol", "F0B1", "±"),
        ("Symbol", "00B3", "≥"),
        ("Symbol", "F03E", ">"),
        ("Symbol", "F0B4", "×"),
        ("Symbol", "F037", "7"),
        ("Wingdings 3", "F071", "▼"),
        ("Wingdings 3", "F070", "▲"),
        ("Wingdings", "F0FC", "•"),
        ("Odd Font", "F041", "\N{REPLACEMENT CHARACTER}"),
        ("Symbol", "no hex", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_an_inserted_symbol_is_the_sign_it_shows(
    tmp_path: Path, font: str, code: str, sign: str
) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    path = write(tmp_path / "a.docx", paragraph(run("tăng ") + symbol + run(" 11,5%")))
    assert read(path) == (f"tăng {sign} 11,5%",)


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<m:r><m:t>37,9</m:t></m:r>", "37,9"),
        ("<m:r><m:t>≥11,5</m:t></m:r>", "≥11,5"),
        (
            (
                "<m:f><m:num><m:r><m:t>37,9</m:t></m:r></m:num>"
                "<m:den><m:r><m:t>32,0</m:t></m:r></m:den></m:f>"
            ),
            "37,9/32,0",
        ),
        (
            (
                "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e>"
                "<m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:sSup>"
            ),
            "10⁶",
        ),
    ],
)
def test_a_number_set_as_an_equation_is_read(tmp_path: Path, formula: str, shown: str) -> None:
    inside = paragraph(run("đạt ") + f"<m:oMath>{formula}</m:oMath>" + run(" tỷ"))
    assert read(write(tmp_path / "a.docx", inside)) == (f"đạt {shown} tỷ",)


@pytest.mark.parametrize(
    "anchor",
    [
        (
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice>"
            f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>",
    ],
)
def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path, anchor: str) -> None:
    path = write(tmp_path / "a.docx", paragraph(run("Tài chính") + anchor))
    assert read(path) == ("Tài chính", "Thu 45,2 tỷ")


def note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}">{paragraph(text)}</w:{kind}>'


def test_endnotes_stand_after_footnotes_each_with_its_own_mark(tmp_path: Path) -> None:
    inside = paragraph(
        run("Thu tăng")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>'
        + run("; chi tăng")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    feet = note("footnote", 1, "x") + note("footnote", 2, "Chi 12 tỷ")
    parts = {
        "word/footnotes.xml": body(feet, "footnotes"),
        "word/endnotes.xml": body(note("endnote", 2, "Thu 45 tỷ"), "endnotes"),
    }
    assert read(write(tmp_path / "a.docx", inside, parts)) == (
        "Thu tăng¹; chi tăng²",
        "² Chi 12 tỷ",
        "¹ Thu 45 tỷ",
    )


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(text: str, depth: int, number: int = 1) -> str:
    told = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, told)


NUMBERING = body(
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%2.%3.")
    + level(3, "lowerLetter", "%4)")
    + level(4, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="4"/></w:lvlOverride></w:num>',
    "numbering",
)


def test_headings_that_word_numbers_carry_their_numbers(tmp_path: Path) -> None:
    inside = (
        listed("KẾT QUẢ", 0)
        + listed("Kinh tế", 1)
        + listed("Công nghiệp", 2)
        + listed("Thương mại", 2)
        + listed("Xuất khẩu", 3)
        + listed("Một ý", 4)
        + listed("Xã hội", 1)
        + listed("NHIỆM VỤ", 0)
        + listed("Thu ngân sách", 1)
        + listed("GIẢI PHÁP", 0, 2)
    )
    path = write(tmp_path / "a.docx", inside, {"word/numbering.xml": NUMBERING})
    assert read(path) == (
        "I. KẾT QUẢ",
        "1. Kinh tế",
        "1.1. Công nghiệp",
        "1.2. Thương mại",
        "a) Xuất khẩu",
        "- Một ý",
        "2. Xã hội",
        "II. NHIỆM VỤ",
        "1. Thu ngân sách",
        "IV. GIẢI PHÁP",
    )


def test_a_style_may_bring_the_number(tmp_path: Path) -> None:
    style = (
        '<w:style w:styleId="h"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    parts = {"word/styles.xml": body(style, "styles"), "word/numbering.xml": NUMBERING}
    inside = paragraph("KẾT QUẢ", '<w:pStyle w:val="h"/>')
    assert read(write(tmp_path / "a.docx", inside, parts)) == ("I. KẾT QUẢ",)


@pytest.mark.parametrize(
    ("span", "blanks"), [("3", 2), ("abc", 0), ("-2", 0), ("", 0), ("1", 0), ("99999", 49)]
)
def test_a_cell_spans_as_many_columns_as_it_says(tmp_path: Path, span: str, blanks: int) -> None:
    wide = cell("Năm 2026", f'<w:gridSpan w:val="{span}"/>')
    path = write(tmp_path / "a.docx", table(("Chỉ tiêu", wide)))
    assert read(path) == ("| Chỉ tiêu | Năm 2026 |" + "  |" * blanks,)


def test_a_row_that_starts_later_keeps_its_columns(tmp_path: Path) -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("37,9")}</w:tr>'
    inside = table(("Chỉ tiêu", "Đơn vị", "Ước")).replace("</w:tbl>", f"{late}</w:tbl>")
    assert read(write(tmp_path / "a.docx", inside))[1] == "|  |  | 37,9 |"


def test_packages_of_other_programs_are_read(tmp_path: Path) -> None:
    inside = paragraph("Xuất khẩu đạt 37,9 tỷ USD")
    online = write(tmp_path / "online.docx", inside, main="word/document2.xml")
    back = write(tmp_path / "back.docx", inside, back=True)
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(strict, "w") as package:
        text = body(paragraph(packages.LONG) + inside).replace(packages.W, packages.STRICT)
        package.writestr("word/document.xml", text)
    for path in (online, back, strict):
        assert read(path) == ("Xuất khẩu đạt 37,9 tỷ USD",), path.name


def test_notes_of_word_online_are_found_beside_its_document(tmp_path: Path) -> None:
    inside = paragraph(run("Thu") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{packages.REL}/endnotes" Target="endnotes3.xml"/>'
        "</Relationships>"
    )
    parts = {
        "word/_rels/document2.xml.rels": rels,
        "word/endnotes3.xml": body(note("endnote", 2, "Thu 45 tỷ"), "endnotes"),
    }
    path = write(tmp_path / "a.docx", inside, parts, main="word/document2.xml")
    assert read(path) == ("Thu¹", "¹ Thu 45 tỷ")


# The same sentences typed with the keyboard layouts of the fonts .VnTime and VNI-Times.
TCVN3 = (
    "ñY BAN NH¢N D¢N THµNH PHè H¶I PHßNG",
    "T×nh h×nh kinh tÕ - x· héi",
    "Kim ng¹ch xuÊt khÈu 9 th¸ng ­íc ®¹t 37,9 tû USD, t¨ng 18,4% so víi cïng kú",
)
VNI = (
    "UÛY BAN NHAÂN DAÂN THAØNH PHOÁ HAÛI PHOØNG",
    "Tình hình kinh teá - xaõ hoäi",
    "Kim ngaïch xuaát khaåu 9 thaùng öôùc ñaït 37,9 tyû USD, taêng 18,4% so vôùi cuøng kyø",
)
UNICODE = (
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG",
    "Tình hình kinh tế - xã hội",
    "Kim ngạch xuất khẩu 9 tháng ước đạt 37,9 tỷ USD, tăng 18,4% so với cùng kỳ",
)


@pytest.mark.parametrize(
    ("lines", "encoding"),
    [(TCVN3, "TCVN3"), (VNI, "VNI"), (UNICODE, "")],
    ids=["tcvn3", "vni", "u"],
)
def test_old_encodings_become_unicode_and_are_named(
    tmp_path: Path, lines: tuple[str, ...], encoding: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = reader.read(path)
    assert (found.lines, found.encoding) == (UNICODE, encoding)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("đạt 168\u00a0940 tỷ", "đạt 168.940 tỷ"),
        ("đạt 1\u202f168\u202f940,5 tỷ", "đạt 1.168.940,5 tỷ"),
        ("đạt 9\u2009120 căn", "đạt 9.120 căn"),
        ("năm 2026\u00a0168 dự án", "năm 2026\u00a0168 dự án"),
        ("trong tháng 9\u00a0120 căn", "trong tháng 9\u00a0120 căn"),
        ("mã 12\u00a0345\u00a06", "mã 12\u00a0345\u00a06"),
        ("đạt 168 940 tỷ", "đạt 168 940 tỷ"),
    ],
)
def test_fixed_spaces_between_digits_part_thousands(
    tmp_path: Path, written: str, expected: str
) -> None:
    path = write(tmp_path / "a.docx", paragraph(written))
    assert read(path) == (expected,)


def test_full_width_digits_are_digits(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", paragraph("đạt １６８.９４０ tỷ，tăng １１，４％"))
    assert read(path) == ("đạt 168.940 tỷ,tăng 11,4%",)


@pytest.mark.bad("documents")
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"%PDF-1.7\n%\xe2\xe3", "found a PDF"),
        ("a.pdf", b"PK", "the PDF is broken"),
        ("a.pdf", b"{\\rtf1\\ansi", "found rich text"),
        ("a.docx", b"{\\rtf1\\ansi", "found rich text"),
        ("a.txt", b"%PDF-1.7\n", "found a PDF"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "found a picture"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "found a picture"),
        ("a.docx", b"<html><body>", "found a web page"),
        ("a.xlsx", b"<!DOCTYPE html>", "found a web page"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "old format of Word"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "old format of Excel"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "by a password"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_named(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(IntakeError, match=told):
        reader.read(path)


@pytest.mark.bad("documents")
def test_a_word_file_named_as_a_workbook_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", paragraph("x")).rename(tmp_path / "a.xlsx")
    with pytest.raises(IntakeError, match=r"found a Word file .*give it the ending .docx"):
        reader.read(path)
