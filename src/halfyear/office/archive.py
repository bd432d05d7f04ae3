"""Archives of office files whose bytes depend on their contents alone."""

import io
import zipfile
from datetime import date
from pathlib import Path

FIRST = "[Content_Types].xml"


def rewrite(data: bytes, out: Path, day: date) -> None:
    """Write the archive `data` to `out`: parts in order of their names, all dated `day`."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != FIRST, name)):
            part = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, old.read(name))
    out.write_bytes(buffer.getvalue())
