"""A project of a second province from nothing: invented documents, taken in by the command."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from copies import fill, said

ROOT = Path(__file__).resolve().parents[1]
MAIN = "from halfyear.cli import main; main()"
PERIOD = "2026-H1"
REPORT = """\
ỦY BAN NHÂN DÂN
TỈNH QUẢNG NINH
Số: 512/BC-UBND
Quảng Ninh, ngày 30 tháng 6 năm 2026
BÁO CÁO
Tình hình kinh tế - xã hội 6 tháng đầu năm 2026 của tỉnh Quảng Ninh
I. KINH TẾ
Tốc độ tăng trưởng GRDP 6 tháng đầu năm 2026 ước đạt 10,42% so với cùng kỳ năm trước.
Khu vực công nghiệp và xây dựng tăng 11,95%; khu vực dịch vụ tăng 12,10%.
Chỉ số sản xuất công nghiệp (IIP) 6 tháng đầu năm giảm 1,87% so với cùng kỳ.
Thu ngân sách nhà nước trên địa bàn 6 tháng đầu năm ước đạt 34.500 tỷ đồng, tăng 18,2%.
Tổng vốn đầu tư thực hiện trên địa bàn 6 tháng đầu năm ước đạt 56.200 tỷ đồng, tăng 11,3%.
Tổng số khách du lịch 6 tháng đầu năm ước đạt 12.300 nghìn lượt, tăng 14,6%.
"""
RESOLUTION = """\
HỘI ĐỒNG NHÂN DÂN TỈNH QUẢNG NINH
NGHỊ QUYẾT về kế hoạch phát triển kinh tế - xã hội năm 2026
Tốc độ tăng trưởng GRDP đạt từ 12% trở lên.
Thu ngân sách nhà nước trên địa bàn đạt 62.000 tỷ đồng.
"""
HEADLINE = (
    ("grdp", "growth_yoy"),
    ("iip", "growth_yoy"),
    ("budget_revenue", "level"),
    ("investment", "level"),
    ("visitors", "level"),
)


def installed(folder: Path) -> Path:
    """Build the wheel and unpack it as pip does; gives the folder it is imported from."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder / "wheel"), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(here: Path, *words: str, site: Path | None = None, code: int = 0) -> str:
    """Run the command in a folder, in this process or of an installed package; gives its words."""
    if site is None:
        return said(here, *words, code=code)
    done = _python(here, site, MAIN, *words)
    told = f"{done.stdout}{done.stderr}"
    assert done.returncode == code, f"halfyear {' '.join(words)}\n{told}"
    return told


def asked(here: Path, script: str, site: Path) -> str:
    """Run a line of Python with an installed package; gives what it prints."""
    return _python(here, site, script).stdout


def _python(here: Path, site: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: text for name, text in os.environ.items() if name != "HALFYEAR_ROOT"}
    environment["PYTHONPATH"] = str(site)
    return subprocess.run(
        [sys.executable, "-c", *words],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def told(
    project: Path,
    edition: str,
    site: Path | None = None,
    name: str = "Quảng Ninh",
    rank: str = "tỉnh",
) -> None:
    """Let an edition hold the invented report, its headline list and the plan of the year."""
    place, _, period = edition.rpartition("/")
    book = project / f"{edition.replace('/', '-')}.xlsx"
    report, resolution = (_of(text, name, rank) for text in (REPORT, RESOLUTION))
    (project / "report.txt").write_text(report, encoding="utf-8", newline="\n")
    source = f"report_{place.lower()}_2026_h1".replace("__", "_")
    plan_id = f"nq_{place.lower() or 'own'}"
    asked = ["--place", place] if place else []
    words = ["intake", "report.txt", "--period", period, "--source", source, *asked]
    run(project, *words, "--out", f"sheet{place}", site=site)
    run(project, "accept", f"sheet{place}", site=site)
    digest = hashlib.sha256(resolution.encode()).hexdigest()
    cells = {"title_vi": "Nghị quyết", "title_en": "Resolution", "number": "74/NQ-HĐND"}
    cells |= {"issuer": f"HĐND {rank} {name}", "date": "2025-12-10", "status": "issued"}
    fill(book, "Nguồn", {"id": plan_id}, **cells, medium="text", sha256=digest)
    for order, (indicator, measure) in enumerate(HEADLINE, 1):
        where = {"indicator": indicator, "measure": measure}
        fill(book, "Chỉ tiêu chủ yếu", where, year=2026, order=order)
    plan = {"scope": "year", "status": "adopted", "source": plan_id, "set_by": plan_id, "nth": 1}
    growth = {"comparator": "ge", "low": 12, "unit": "pct", "printed": "12%", "printed_unit": "pct"}
    where = {"indicator": "grdp", "measure": "growth_yoy", "year": 2026}
    fill(book, "Kế hoạch năm", where, **plan, **growth, line=3)
    revenue = {"comparator": "eq", "low": 62000, "unit": "bn_vnd", "printed_unit": "bn_vnd"}
    where = {"indicator": "budget_revenue", "measure": "level", "year": 2026}
    fill(book, "Kế hoạch năm", where, **plan, **revenue, printed="62.000 tỷ đồng", line=4)
    run(project, "import", book.name, site=site)
    choices = project / "params" / f"{edition}.yml"
    text = choices.read_text(encoding="utf-8").replace("plan: null", f"plan: {plan_id}")
    choices.write_text(text, encoding="utf-8", newline="\n")


def _of(text: str, name: str, rank: str) -> str:
    """A document of another place: the same figures under its name."""
    for old, new in (("Quảng Ninh", name), ("tỉnh", rank)):
        for form in (str, str.upper):
            text = text.replace(form(old), form(new))
    return text


def only(project: Path, name: str, lang: str) -> None:
    """Let an edition speak one language, for a test that needs no other."""
    path = project / "params" / f"{name}.yml"
    text = path.read_text(encoding="utf-8").replace("languages: [vi, en]", f"languages: [{lang}]")
    path.write_text(text, encoding="utf-8", newline="\n")
