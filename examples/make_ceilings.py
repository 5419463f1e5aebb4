#!/usr/bin/env python3
"""Makes the files that once ended a run, and measures what `qingdan merge` does with each.

Usage: make_ceilings.py PROGRAM [WORD]: each file (those whose name holds WORD) goes into an inbox with one good file beside it, and the program
runs with 2 GiB of address space. Prints a row for each: what came of it, peak memory, processor time. Nothing but Python is needed.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile

LIMIT = 2 << 30
HEADER = ["隐患描述", "整改期限", "责任人"]
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(path, rows, strings, tail=""):
    """Writes a workbook of one sheet; `rows` and `strings` are texts of XML, made one at a time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATION.format(f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="s"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            RELATION.format(
                f'<Relationship Id="s" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            ),
        )
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{MAIN}">'.encode())
            for text in strings:
                part.write(f"<si><t>{text}</t></si>".encode())
            part.write(b"</sst>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for row in rows:
                part.write(row.encode())
            part.write(f"</sheetData>{tail}</worksheet>".encode())


def title_row():
    return '<row r="1">' + "".join(f'<c r="{c}1" t="inlineStr"><is><t>{t}</t></is></c>' for c, t in zip("ABC", HEADER)) + "</row>"


def shared(path, length, count):
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, count + 2))
    workbook(path, (row for part in ([title_row()], rows) for row in part), ["隐" + "x" * (length - 1)])


def merged(path):
    rows = [title_row(), '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>']
    rows += [f'<row r="{n}"><c r="B{n}" t="s"><v>1</v></c></row>' for n in range(3, 6002)]
    workbook(path, rows, ["隐" + "x" * 900_000, "2023-08-01"], '<mergeCells count="1"><mergeCell ref="A2:A6001"/></mergeCells>')


def many_strings(path):
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>{n}</v></c></row>' for n in range(2, 20_002))
    workbook(path, (row for part in ([title_row()], rows) for row in part), (f"隐患第{n}处" for n in range(1_000_000)))


def wide(path):
    def name(column):
        letters = ""
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return letters

    names = [name(column) for column in range(1, 16_385)]
    rows = ("<row r=\"%d\">%s</row>" % (n, "".join(f'<c r="{c}{n}"><v>{n}</v></c>' for c in names)) for n in range(2, 1_202))
    workbook(path, (row for part in ([title_row()], rows) for row in part), [])


def rowspan(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("<html><meta charset=utf-8><table><tr>" + "".join(f"<td>{title}</td>" for title in HEADER) + "</tr>")
        file.write(f'<tr><td rowspan="6000">隐{"x" * 900_000}</td><td>2023-08-01</td><td>张三</td></tr>')
        file.write("<tr><td>2023-08-01</td><td>张三</td></tr>" * 5999 + "</table></html>")


def merge_down(path):
    cell = '<Cell{}><Data ss:Type="String">{}</Data></Cell>'
    with open(path, "w", encoding="utf-8") as file:
        space = "urn:schemas-microsoft-com:office:spreadsheet"
        file.write(f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="表"><Table>')
        file.write("<Row>" + "".join(cell.format("", title) for title in HEADER) + "</Row>")
        file.write("<Row>" + cell.format(' ss:MergeDown="5999"', "隐" + "x" * 900_000) + cell.format("", "2023-08-01") + "</Row>")
        file.write(("<Row>" + cell.format(' ss:Index="2"', "2023-08-01") + "</Row>") * 5999 + "</Table></Worksheet></Workbook>")


def ditto(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(HEADER) + "\n" + "隐" + "x" * 240_000 + ",2023-08-01,张三\n" + "同上,2023-08-01,同上\n" * 8_000)


def large_text(path):
    line = "第{}处通道堵塞" + "隐患" * 40 + ",2023-08-01,张三\n"
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(HEADER) + "\n")
        number = 0
        while file.tell() < 80 << 20:
            file.write("".join(line.format(number + n) for n in range(1000)))
            number += 1000


# name, how many of it, maker
FILES = [
    ("一串三万字乘六万格.xlsx", 1, lambda path: shared(path, 32_767, 60_000)),
    ("一串一兆乘六千格.xlsx", 1, lambda path: shared(path, 1_000_000, 6_000)),
    ("九十万字节的合并格.xlsx", 1, merged),
    ("跨行的网页.html", 1, rowspan),
    ("跨行的XML.xls", 1, merge_down),
    ("八千个同上.csv", 1, ditto),
    ("一百万串两万格.xlsx", 1, many_strings),
    ("一千二百行满列.xlsx", 1, wide),
    ("八十兆文本.csv", 4, large_text),
]


def measured(program, folder):
    """Runs the merge; gives exit code, what it said, peak in MB and processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen(
        [program, "merge", "--as-of", "2023-08-15"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT)),
    )
    said = child.stdout.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert before
    return child.returncode, said, usage.ru_maxrss // 1024, usage.ru_utime + usage.ru_stime


def main():
    program, word = os.path.abspath(sys.argv[1]), (sys.argv[2:] or [""])[0]
    print("| File | Size | Outcome | Peak | Processor time |\n|---|---|---|---|---|")
    for name, count, make in FILES:
        if word not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            inbox = os.path.join(folder, "inbox")
            os.mkdir(inbox)
            with open(os.path.join(folder, "campaign.yaml"), "w", encoding="utf-8") as file:
                file.write("campaign: t\ntitle: 测试\nissuer: 办\nperiod: {start: 2023-01-01, end: 2023-12-31}\nunits: units.csv\n")
            with open(os.path.join(folder, "units.csv"), "w", encoding="utf-8") as file:
                file.write("编码,单位名称\n001,甲镇卫生院\n002,乙镇卫生院\n")
            with open(os.path.join(inbox, "甲镇卫生院20230714.csv"), "w", encoding="utf-8") as file:
                file.write("隐患描述,整改期限,责任人\n灭火器过期,2023-08-01,张三\n")
            first = os.path.join(inbox, f"乙镇卫生院20230714{name}")
            make(first)
            for number in range(1, count):
                shutil.copy(first, os.path.join(inbox, f"乙镇卫生院2023071{4 + number}{name}"))
            code, said, peak, seconds = measured(program, folder)
            size = os.path.getsize(first) / 1024
            good = os.path.exists(os.path.join(folder, "ledger.xlsx"))
            refusals = said.count("T005")
            outcome = f"exit {code}, {refusals} refused" + ("" if good else ", NO LEDGER")
            print(f"| {count} × {name} | {size:,.0f} KB | {outcome} | {peak} MB | {seconds:.1f} s |", flush=True)


if __name__ == "__main__":
    main()
