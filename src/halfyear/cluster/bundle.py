"""Bundles: files packed into bytes that travel between machines, named by their hash."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

OLDEST = (1980, 1, 1, 0, 0, 0)
FAST = 1


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files, each by its name with /; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, OLDEST), files[name], zipfile.ZIP_DEFLATED, FAST)
    return buffer.getvalue()


def unpack(packed: bytes, folder: Path) -> dict[str, str]:
    """Unpack files below a folder and give the sha256 of each by its name.

    Raises ValueError where a name leads out of the folder.
    """
    digests = {}
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            parts = PurePosixPath(name).parts
            if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in name:
                raise ValueError(f"not the name of a file below a folder: {name}")
            content = archive.read(name)
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            digests[name] = hashlib.sha256(content).hexdigest()
    return digests


def digest(packed: bytes) -> str:
    """sha256 of a bundle."""
    return hashlib.sha256(packed).hexdigest()
