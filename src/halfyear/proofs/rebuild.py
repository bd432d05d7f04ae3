"""The build made again elsewhere, and every file of it compared with the manifest."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import halfyear
from halfyear import manifest
from halfyear.errors import BuildError, Problem, RenderError
from halfyear.render.engine import Engine, choose

BINARY = {".pdf", ".png"}
ZIPPED = {".docx", ".xlsx"}
RUN = "from halfyear.cli import main; main()"
FACTS = ("architecture", "python", "versions", "engine")


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a build folder; BuildError where there is none, or a broken one."""
    if not (folder / manifest.NAME).is_file():
        raise BuildError(
            Problem(
                "no build here", str(folder), expected=manifest.NAME, mend="halfyear report PERIOD"
            )
        )
    return manifest.read(folder, "period", "inputs", "outputs", *FACTS)


def obstacles(root: Path, content: Mapping[str, Any]) -> list[Problem]:
    """Why this machine and project cannot make the build of a manifest again; empty if they can.

    Tools, architecture and engine must be those of the manifest, and so must every input.
    """
    name = str(content["engine"]).partition(" ")[0]
    try:
        here = _here(name, content)
    except RenderError as error:
        return list(error.problems)
    problems = [
        Problem(f"another {key} than the build had", expected=_told(content[key]), found=found)
        for key, found in here.items()
        if found != _told(content[key])
    ]
    known = content["inputs"]
    for path, digest in known.items():
        file = place(root, path)
        if not file.is_file():
            problems.append(Problem("an input is missing", path))
        elif manifest.digest(file) != digest:
            problems.append(Problem("an input has changed since the build", path))
    return problems


def place(root: Path, path: str) -> Path:
    """Where an input of a manifest stands: in the project, or in the package wherever that is."""
    package = Path(halfyear.__file__).parent
    inside = f"src/{package.name}/"
    return package / path.removeprefix(inside) if path.startswith(inside) else root / path


def _here(name: str, content: Mapping[str, Any]) -> dict[str, str]:
    facts = manifest.describe("", "", engine(name), {}, {})
    kept = {tool: facts["versions"].get(tool, "none") for tool in content["versions"]}
    return {key: _told(kept if key == "versions" else facts[key]) for key in FACTS}


def engine(name: str) -> str:
    """Name and version of an engine, as manifests write them; RenderError where it is not here."""
    found: Engine = choose(name)
    return f"{found.name} {found.version}"


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {value[key]}" for key in sorted(value))
    return str(value)


def again(
    root: Path,
    inputs: Iterable[str],
    period: str,
    engine: str,
    folder: Path,
) -> Path:
    """Copy the inputs of the project at `root` into `folder`, build there, give what was built.

    Raises BuildError with the build's own words.
    """
    for path in inputs:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place(root, path), target)
    given = {"PYTHONPATH": str(folder / "src"), "HALFYEAR_ROOT": str(folder)}
    run = subprocess.run(
        [sys.executable, "-c", RUN, "report", period, "--engine", engine],
        cwd=folder,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        raise BuildError(Problem("the build could not be made again", found=run.stderr.strip()))
    return folder / "build" / period


def compare(content: Mapping[str, Any], folder: Path, fresh: Path) -> list[Problem]:
    """Differences between the outputs of a manifest, the files in `folder` and those in `fresh`."""
    problems = []
    remade = manifest.read(fresh)["outputs"]
    for name, digest in content["outputs"].items():
        ours = folder / name
        if not ours.is_file():
            problems.append(Problem("a file of the build is missing", name))
        elif manifest.digest(ours) != digest:
            problems.append(Problem("changed since the build", name, found=manifest.digest(ours)))
        if remade.get(name) != digest:
            where = difference(ours, fresh / name)
            what = "not the same when made again"
            problems.append(Problem(what, name, expected=digest, found=where))
    added = sorted(set(remade) - set(content["outputs"]))
    return problems + [Problem("made again, but not in the manifest", name) for name in added]


def difference(old: Path, new: Path) -> str:
    """Say where two files differ: the line, the part of an archive, or the byte."""
    if not (old.is_file() and new.is_file()):
        return f"no {new.name if old.is_file() else old.name}"
    if old.suffix in ZIPPED:
        return _parts(old, new)
    one, two = old.read_bytes(), new.read_bytes()
    if old.suffix in BINARY:
        pairs = enumerate(zip(one, two, strict=False))
        at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(two)))
        return f"{len(one)} and {len(two)} bytes, different from byte {at} on"
    lines = zip(one.splitlines(), two.splitlines(), strict=False)
    at = next((n for n, (a, b) in enumerate(lines, 1) if a != b), 0)
    return f"different from line {at} on" if at else "different in length"


def _parts(old: Path, new: Path) -> str:
    with zipfile.ZipFile(old) as one, zipfile.ZipFile(new) as two:
        names = sorted({*one.namelist(), *two.namelist()})
        found = [n for n in names if n not in one.namelist() or n not in two.namelist()]
        found += [n for n in names if n not in found and one.read(n) != two.read(n)]
    return f"different in {', '.join(found)}" if found else "different in the archive itself"


def verify(root: Path, folder: Path) -> tuple[list[Problem], list[Problem]]:
    """Make the build in `folder` again from the project at `root`.

    Gives what hinders that (then nothing is built) and the differences found.
    """
    content = read(folder)
    hindered = obstacles(root, content)
    if hindered:
        return hindered, []
    name = str(content["engine"]).partition(" ")[0]
    with tempfile.TemporaryDirectory(prefix="halfyear-verify-") as scratch:
        fresh = again(root, content["inputs"], content["period"], name, Path(scratch))
        return [], compare(content, folder, fresh)
