"""A project of a few invented figures, with the invented documents they stand in."""

import csv
import hashlib
import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

REPORT = """\
BÁO CÁO BỊA RA ĐỂ KIỂM THỬ
I. TĂNG TRƯỞNG
GRDP 6 tháng tăng 11,33%, kịch bản 12,27%; quý II tăng 11,21%.
Xuất khẩu tháng 6 đạt 3,8 tỷ USD; quý II 13,4 tỷ USD; 6 tháng 25,9 tỷ USD, bằng 49,8% kế hoạch.
Khách 8.443 nghìn lượt: quốc tế 1.206 nghìn lượt, trong nước 7.237 nghìn lượt; gần 2,5 triệu lượt.
Lao động qua đào tạo 37,5%; PCI dẫn đầu; đạt 3/4 chỉ tiêu, vượt kịch bản.
Có 5/8 dự án đúng tiến độ, 2/8 dự án chậm, 1/8 dự án chưa báo cáo.
Kế hoạch: GRDP 13%; xuất khẩu 52 tỷ USD; FDI 3,8-4,3 tỷ USD; PCI top 5; nhắc lại 25,9 tỷ USD.
Mục tiêu 2026-2030: GRDP 14-14,5%/năm; theo số 184/KH-UBND ngày 20/5/2026 gồm 7 phần.
Giai đoạn 2021-2025: 11,39%/năm so với 14,5%/năm, chưa đạt.
"""
FACTS = """\
place,period,indicator,measure,value,unit,bound,printed,publisher,published,url
HP,2025-H1,Exports,level,23.5,bn_usd,,"23,5 tỷ USD",page,2025-07,https://example.org
"""
COVERAGE = "- {source: report, section: all, first: 3, last: 10}\n"

TABLES = {
    "sources": """\
id,title_vi,title_en,number,issuer,date,status,supersedes,medium,url,sha256
report,Báo cáo bịa,Invented report,,UBND,2026-06,draft,,text,,{report}
page,Trang bịa,Invented page,,Báo,2025-07,press,,facts,,{facts}
plan184,Kế hoạch bịa,Invented plan,184/KH-UBND,UBND,2026-05-20,issued,,cited,,
""",
    "indicators": """\
id,parent,name_vi,name_en,name_short_vi,name_short_en,synonyms,unit,kind,direction,decimals,aggregation
grdp,,GRDP,GRDP,GRDP,GRDP,tăng trưởng,bn_vnd,flow,up,2,sum
exports,,Xuất khẩu,Exports,Xuất khẩu,Exports,kim ngạch xuất khẩu,bn_usd,flow,up,1,sum
fdi,,Vốn FDI,FDI,FDI,FDI,,bn_usd,flow,up,1,sum
visitors,,Khách,Visitors,Khách,Visitors,,k_visits,flow,up,0,sum
visitors_international,visitors,Khách quốc tế,International,Quốc tế,International,,k_visits,flow,up,0,sum
visitors_domestic,visitors,Khách trong nước,Domestic,Trong nước,Domestic,,k_visits,flow,up,0,sum
trained,,Lao động qua đào tạo,Trained,Đào tạo,Trained,,pct,share,up,1,last
rank_pci,,Thứ hạng PCI,PCI rank,PCI,PCI rank,,rank,rank,down,0,none
""",
    "headline": "year,order,indicator,measure\n2026,1,grdp,growth_yoy\n2026,2,exports,level\n",
    "units": """\
id,name_vi,name_en,base,multiplier,symbol_vi,symbol_en,spellings
pct,phần trăm,per cent,pct,1,%,%,%
times,lần,times,times,1,lần,times,lần
rank,thứ hạng,rank,rank,1,,,
bn_vnd,tỷ đồng,billion dong,vnd,1000000000,tỷ đồng,billion VND,
m_usd,triệu đô la,million dollars,usd,1000000,triệu USD,million USD,
bn_usd,tỷ đô la,billion dollars,usd,1000000000,tỷ USD,billion USD,
k_visits,nghìn lượt,thousand visits,visits,1000,nghìn lượt,thousand visits,
m_visits,triệu lượt,million visits,visits,1000000,triệu lượt,million visits,
projects,dự án,projects,projects,1,dự án,projects,
""",
    "observations/2026-H1": """\
place,indicator,measure,time_period,cutoff,obs_status,value,unit,bound,comparison,price_base,known_at,source,section,line,nth,printed,printed_unit
HP,grdp,growth_yoy,2026-H1,2026-06-30,E,11.33,pct,,previous_year,,2026-06-30,report,I,3,2,"tăng 11,33%",pct
HP,grdp,growth_yoy,2026-Q2,2026-06-30,E,11.21,pct,,previous_year,,2026-06-30,report,I,3,4,"tăng 11,21%",pct
HP,exports,level,2026-06,2026-06-30,E,3.8,bn_usd,,,,2026-06-30,report,I,4,2,"3,8 tỷ USD",bn_usd
HP,exports,level,2026-Q2,2026-06-30,E,13.4,bn_usd,,,,2026-06-30,report,I,4,3,"13,4 tỷ USD",bn_usd
HP,exports,level,2026-H1,2026-06-30,E,25.9,bn_usd,,,,2026-06-30,report,I,4,5,"25,9 tỷ USD",bn_usd
HP,visitors,level,2026-H1,2026-06-30,E,8443,k_visits,,,,2026-06-30,report,I,5,1,8.443 nghìn lượt,k_visits
HP,visitors_international,level,2026-H1,2026-06-30,E,1206,k_visits,,,,2026-06-30,report,I,5,2,1.206 nghìn lượt,k_visits
HP,visitors_domestic,level,2026-H1,2026-06-30,E,7237,k_visits,,,,2026-06-30,report,I,5,3,7.237 nghìn lượt,k_visits
HP,visitors,level,2026-06,2026-06-30,E,2500,k_visits,approx,,,2026-06-30,report,I,5,4,"gần 2,5 triệu lượt",m_visits
HP,trained,level,2026-H1,2026-06-15,P,37.5,pct,,,,2026-06-30,report,I,6,1,"37,5%",pct
HP,rank_pci,level,2026-H1,2026-06-30,P,1,rank,,,,2026-06-30,report,I,6,,dẫn đầu,rank
HP,exports,level,2025-H1,2025-06-30,E,23.5,bn_usd,,,,2025-07-31,page,,2,,"23,5 tỷ USD",bn_usd
""",
    "scenarios": """\
plan,set_by,set_on,place,indicator,measure,time_period,value,low,high,unit,known_at,source,section,line,nth,printed,printed_unit
plan184,UBND,2026-05-20,HP,grdp,growth_yoy,2026-H1,12.27,,,pct,2026-06-30,report,I,3,3,"12,27%",pct
""",
    "plan": """\
year,place,indicator,measure,comparator,low,high,stretch,unit,scope,set_by,status,text_vi,text_en,known_at,source,section,line,nth,printed,printed_unit
2026,HP,grdp,growth_yoy,eq,13,,,pct,year,report,adopted,,,2026-06-30,report,I,8,1,13%,pct
2026,HP,exports,level,eq,52,,,bn_usd,year,report,adopted,,,2026-06-30,report,I,8,2,52 tỷ USD,bn_usd
2026,HP,fdi,level,range,3.8,4.3,,bn_usd,year,report,adopted,,,2026-06-30,report,I,8,3,"3,8-4,3 tỷ USD",bn_usd
2026,HP,rank_pci,level,top,5,,,rank,year,report,adopted,,,2026-06-30,report,I,8,5,top 5,rank
""",
    "goals": """\
period,place,indicator,measure,basis,basis_stated,comparator,low,high,unit,text_vi,text_en,known_at,source,section,line,nth,printed,printed_unit
2026-2030,HP,grdp,growth_yoy,average,printed,range,14,14.5,pct,,,2026-06-30,report,I,9,3,"14-14,5%/năm",pct
""",
    "baseline": """\
place,indicator,measure,scope,target_comparator,target_low,target_high,target_nth,target_printed,value,value_high,bound,obs_status,unit,stated_result,known_at,source,section,line,nth,printed,printed_unit
HP_old,grdp,growth_yoy,average,eq,14.5,,4,"14,5%/năm",11.39,,,E,pct,not_met,2026-06-30,report,I,10,3,"11,39%/năm",pct
""",
    "claims": """\
id,kind,place,indicator,time_period,operands,value,total,unit,word,known_at,source,section,line,nth,printed,printed_unit
share_exports,share_of_plan,HP,exports,2026-H1,obs:exports.level@2026-H1;plan:exports.level@2026,49.8,,pct,,2026-06-30,report,I,4,6,"49,8%",pct
sum_visitors,sum,HP,visitors,2026-H1,obs:visitors.level@2026-H1;obs:visitors_international.level@2026-H1;obs:visitors_domestic.level@2026-H1,,,,,2026-06-30,report,I,5,,quốc tế,
count_h1,count,HP,,2026-H1,,3,4,,,2026-06-30,report,I,6,2,3/4,
word_h1,verdict_word,HP,exports,2026-H1,obs:exports.level@2026-H1,,,,exceeds,2026-06-30,report,I,6,,vượt kịch bản,
again_exports,restatement,HP,exports,2026-H1,obs:exports.level@2026-H1,25.9,,bn_usd,,2026-06-30,report,I,8,6,"25,9 tỷ USD",bn_usd
""",
    "projects/2026-H1": """\
group,measure,time_period,state,count,total,scenario_count,obs_status,known_at,source,section,line,nth,printed,printed_unit
works,progress,2026-H1,on_target,5,8,6,P,2026-06-30,report,I,7,1,5/8,projects
works,progress,2026-H1,behind,2,8,,P,2026-06-30,report,I,7,3,2/8,projects
works,progress,2026-H1,not_reported,1,8,,P,2026-06-30,report,I,7,5,1/8,projects
""",
    "unclaimed": "source,line,nth,printed,reason\nreport,9,9,7,parts of the plan\n",
}


def write(root: Path) -> Path:
    """Write the project into a folder; its documents go to root/sources and root/facts."""
    hashes = {
        name: hashlib.sha256(text.encode()).hexdigest()
        for name, text in (("report", REPORT), ("facts", FACTS))
    }
    for folder, name, text in (("sources", "report.txt", REPORT), ("facts", "2025.csv", FACTS)):
        (root / folder).mkdir(parents=True)
        (root / folder / name).write_text(text, encoding="utf-8")
    data = root / "data"
    for folder in ("observations", "projects"):
        (data / folder).mkdir(parents=True)
    for name, text in TABLES.items():
        body = text.format(**hashes) if name == "sources" else text
        (data / f"{name}.csv").write_text(body, encoding="utf-8")
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if isinstance(resource["path"], list):
            resource["path"] = [f"{resource['name']}/2026-H1.csv"]
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (data / "coverage.yml").write_text(COVERAGE, encoding="utf-8")
    return root


def put(root: Path, table: str, row: int, **cells: str) -> None:
    """Change cells of a row, which is counted as in an editor: the header is line 1."""
    rows = _read(root, table)
    for column, cell in cells.items():
        rows[row - 1][rows[0].index(column)] = cell
    _write(root, table, rows)


def add(root: Path, table: str, like: int, **cells: str) -> int:
    """Append a row like another one but for some cells; give its line."""
    rows = _read(root, table)
    rows.append(list(rows[like - 1]))
    _write(root, table, rows)
    put(root, table, len(rows), **cells)
    return len(rows)


def replace(root: Path, table: str, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    path = root / "data" / (table if "." in table else f"{table}.csv")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def copy(root: Path, to: Path) -> Path:
    """Copy a project to be broken."""
    shutil.copytree(root, to, dirs_exist_ok=True)
    return to


def _read(root: Path, table: str) -> list[list[str]]:
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _write(root: Path, table: str, rows: list[list[str]]) -> None:
    with (root / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
