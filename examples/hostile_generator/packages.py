"""Zip packages — xlsx, ods and what pretends to be one — built part by part, so that each can be spoilt."""

import datetime
import io
import struct
import warnings
import zipfile
import zlib
from xml.sax.saxutils import escape

import xlsxwriter

from .rows import TABLE
from .rows import described

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def letters(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def parts(table=TABLE, more_rows="", sheet=None, strings=None, cell=None):
    """The parts of a small workbook; `cell` may rewrite the XML of one cell given (row, column, index)."""
    texts = []
    rows = []
    for number, values in enumerate(table, 1):
        cells = []
        for column, value in enumerate(values, 1):
            texts.append(value)
            made = f'<c r="{letters(column)}{number}" t="s"><v>{len(texts) - 1}</v></c>'
            cells.append((cell and cell(number, column)) or made)
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    sheet = sheet or f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}{more_rows}</sheetData></worksheet>'
    strings = strings or (f'{XML}<sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">'
                          + "".join(f"<si><t xml:space=\"preserve\">{escape(text)}</t></si>" for text in texts) + "</sst>")
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        STRINGS: strings,
        SHEET: sheet,
    }


def zipped(contents, stored=()):
    """The bytes of a zip; `contents` is a dict or a list of pairs (which may repeat a name)."""
    pairs = contents.items() if isinstance(contents, dict) else contents
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a name that stands twice is meant
        for name, data in pairs:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data if isinstance(data, bytes) else data.encode("utf-8"))
    return out.getvalue()


def truncated():
    data = zipped(parts())
    return data[: len(data) * 6 // 10]


def bad_checksum():
    """One character of a stored part is another one; the XML is sound, only the checksum knows."""
    data = zipped(parts(), stored=(STRINGS,))
    return data.replace("干粉灭火器压力不足".encode(), "干粉灭火器压力充足".encode(), 1)


def far_cell():
    return zipped(parts(more_rows='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def blank_tail():
    """Some of the rows say where they stand, the others only that they follow: both are valid."""
    tail = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(5, 15005))
    tail += '<row><c s="1"/><c s="1"/></row>' * (65536 - 15000)
    return zipped(parts(more_rows=tail))


def billion_laughs():
    entities = '<!ENTITY a0 "哈">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    strings = f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE sst [{entities}]><sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    return zipped(parts(strings=strings))


def outside_entity():
    strings = ('<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
               f'<sst xmlns="{MAIN}">' + "<si><t>&x;</t></si>" * 40 + "</sst>")
    return zipped(parts(strings=strings))


def utf16_sheet():
    made = parts()
    made[SHEET] = b"\xff\xfe" + made[SHEET].replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16-le")
    return zipped(made)


def bad_reference(reference):
    return zipped(parts(cell=lambda row, column: f'<c r="{reference}" t="s"><v>13</v></c>' if (row, column) == (2, 4) else None))


def string_out_of_range():
    return zipped(parts(cell=lambda row, column: '<c r="D3" t="s"><v>4000000000</v></c>' if (row, column) == (3, 4) else None))


def odd_dates():
    wild = {2: "99999999", 3: "-5", 4: "60"}
    return zipped(parts(cell=lambda row, column: f'<c r="H{row}" s="1"><v>{wild[row]}</v></c>' if column == 8 and row > 1 else None))


def strict():
    made = {}
    for name, data in parts().items():
        data = data.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        made[name] = data.replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    return zipped(made)


def duplicate_part():
    made = parts()
    other = parts(described("另一份甲", "另一份乙", "另一份丙"))
    return zipped([*made.items(), (SHEET, other[SHEET])])


def climbing_names():
    return zipped([*parts().items(), ("../../../../tmp/qingdan-escape.txt", "escaped"), ("/etc/qingdan-escape.txt", "escaped")])


def climbing_relationship():
    made = parts()
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace('"sharedStrings.xml"', '"../../../../../etc/passwd"')
    return zipped(made)


def junk_before():
    return b"-- forwarded by a gateway --\r\n" + zipped(parts())


def nested():
    depth = 20000
    made = parts()
    made[SHEET] = made[SHEET].replace("</worksheet>", "<extLst>" + "<ext>" * depth + "</ext>" * depth + "</extLst></worksheet>")
    return zipped(made)


def honest_bomb(megabytes=150):
    made = parts()
    made[SHEET] = made[SHEET].replace("<sheetData>", "<sheetData>" + " " * (megabytes << 20))
    return zipped(made)


def lying_bomb(megabytes=100):
    """Both headers of the sheet's part say 1,000 bytes; it inflates to a hundred megabytes."""
    made = parts()
    body = (made[SHEET].replace("<sheetData>", "<sheetData>" + " " * (megabytes << 20))).encode()
    made[SHEET] = body
    data = bytearray(zipped(made))
    true_size = struct.pack("<I", len(body))
    checksum = struct.pack("<I", zlib.crc32(body))
    at = data.find(checksum)
    while at >= 0:
        if bytes(data[at + 8 : at + 12]) == true_size:
            data[at + 8 : at + 12] = struct.pack("<I", 1000)
        at = data.find(checksum, at + 4)
    return bytes(data)


def zip_password():
    """The flag of the zip's own encryption on every part."""
    data = bytearray(zipped(parts()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def plain_archive():
    return zipped({"新建文件夹/说明.txt": "见附件", "新建文件夹/照片.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 64})


def document():
    body = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped({
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{XML}<w:document xmlns:w="{body}"><w:body><w:p><w:r><w:t>隐患排查情况说明</w:t></w:r></w:p></w:body></w:document>',
    })


def encrypted_ods():
    noise = bytes((7 * n * n + 13 * n) % 251 for n in range(2048))
    key = ('<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAAAAAAAAAAAAAAAAAAAAAAAAA="><manifest:algorithm '
           'manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" manifest:initialisation-vector="AAAAAAAAAAAAAAAAAAAAAA=="/>'
           '<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="100000" '
           'manifest:salt="AAAAAAAAAAAAAAAAAAAAAA=="/></manifest:encryption-data>')
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (f'{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
                f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
                f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="5000">{key}</manifest:file-entry>'
                '</manifest:manifest>')
    return zipped([("mimetype", kind), ("content.xml", noise), ("META-INF/manifest.xml", manifest)], stored=("mimetype", "content.xml"))


def chart_sheets():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(2023, 7, 14, 8)})
    for number in (1, 2, 3):
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='图表1'!$A$1:$A$3"})
        book.add_chartsheet(f"图表{number}").set_chart(chart)
    book.close()
    return out.getvalue()
