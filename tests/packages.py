"""Small Word packages written part by part, as Word, Word Online and others write them."""

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
LONG = "Văn bản này chỉ để thử, mọi con số trong đó là giả định."


def run(text: str, look: str = "") -> str:
    """A run; look is the XML of its properties."""
    looks = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str, properties: str = "") -> str:
    """A paragraph of runs; text without a tag becomes one run."""
    told = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{told}{inside if '<' in inside else run(inside)}</w:p>"


def cell(inside: str, properties: str = "") -> str:
    """A cell of one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(inside)}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells."""
    told = (
        f"<w:tr>{''.join(one if '<' in one else cell(one) for one in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl>{''.join(told)}</w:tbl>"


def body(inside: str, root: str = "document") -> str:
    """The XML of a part; root is the name of its outermost element."""
    within = f"<w:body>{inside}</w:body>" if root == "document" else inside
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {SPACES}>{within}</w:{root}>'


def write(
    path: Path,
    inside: str,
    parts: dict[str, str] | None = None,
    main: str = "word/document.xml",
    back: bool = False,
) -> Path:
    """Write a package; parts holds further parts, back writes names with backslashes."""
    told = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="{main}"/></Relationships>'
        ),
        main: body(paragraph(LONG) + inside),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, text in told.items():
            package.writestr(name.replace("/", "\\") if back else name, text)
    return path


def strict_book(usual: Path, path: Path) -> Path:
    """Write a workbook again with the names of Strict Open XML."""
    pairs = (
        ("spreadsheetml/2006/main", "spreadsheetml/main"),
        ("officeDocument/2006/relationships", "officeDocument/relationships"),
    )
    with zipfile.ZipFile(usual) as given, zipfile.ZipFile(path, "w") as strict:
        for name in given.namelist():
            text = given.read(name).decode()
            for old, new in pairs:
                text = text.replace(
                    f"http://schemas.openxmlformats.org/{old}", f"http://purl.oclc.org/ooxml/{new}"
                )
            strict.writestr(name, text)
    return path
