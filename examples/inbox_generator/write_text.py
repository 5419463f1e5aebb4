"""Text files that go by the name of a spreadsheet: CSV, tabs, HTML and the XML of Excel 2003."""

from xml.sax.saxutils import escape

from .model import Day
from .model import text_of


def _shown(value):
    """A cell as a program exports it: dates in their format."""
    if isinstance(value, Day):
        day = value.day
        if "年" in value.shown:
            return f"{day.year}年{day.month}月{day.day}日"
        return day.isoformat() if "-" in value.shown else f"{day.year}/{day.month}/{day.day}"
    if isinstance(value, str):
        return value
    return text_of(value)


def _quoted(text, delimiter):
    if any(c in text for c in (delimiter, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def delimited(sheet, delimiter, end="\r\n"):
    """The text of a sheet. Its rows have the numbers that a spreadsheet shows, whatever line they start on."""
    lines = []
    for row in range(1, sheet.last_row() + 1):
        values = [_shown(sheet.cells.get((row, column))) for column in range(1, sheet.last_column() + 1)]
        lines.append(delimiter.join(_quoted(value, delimiter) for value in values) + end)
    return "".join(lines)


def _write(path, data):
    with open(path, "wb") as handle:
        handle.write(data)


def csv_gb18030(path, sheets):
    text = delimited(sheets[0], ",")
    _write(path, text.encode("gb18030"))


def csv_utf8_bom(path, sheets):
    text = delimited(sheets[0], ",")
    _write(path, b"\xef\xbb\xbf" + text.encode("utf-8"))


def tabs_utf16(path, sheets):
    text = delimited(sheets[0], "\t")
    _write(path, b"\xff\xfe" + text.encode("utf-16-le"))


def html(path, sheets):
    sheet = sheets[0]
    spans = {(merge[0], merge[1]): merge for merge in sheet.merges}
    covered = {(row, column) for top, left, bottom, right in sheet.merges for row in range(top, bottom + 1)
               for column in range(left, right + 1)} - set(spans)
    out = ['<html xmlns:x="urn:schemas-microsoft-com:office:excel">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=gb2312">\n',
           "<style>td{border:.5pt solid black;mso-number-format:'\\@';}</style>\n</head>\n<body>\n<table border=1>\n"]
    for row in range(1, sheet.last_row() + 1):
        tag = "th" if sheet.kinds.get(row) == "header" else "td"
        out.append(" <tr>")
        for column in range(1, sheet.last_column() + 1):
            if (row, column) in covered:
                continue
            attributes = ""
            if (row, column) in spans:
                top, left, bottom, right = spans[(row, column)]
                attributes += f" rowspan={bottom - top + 1}" if bottom > top else ""
                attributes += f" colspan={right - left + 1}" if right > left else ""
            value = sheet.cells.get((row, column))
            text = escape(_shown(value)).replace("\n", "<br>") if value is not None else "&nbsp;"
            out.append(f"<{tag}{attributes}>{text}</{tag}>")
        out.append("</tr>\n")
    out.append("</table>\n</body>\n</html>\n")
    _write(path, "".join(out).encode("gb18030"))


def spreadsheet_ml(path, sheets):
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n',
           '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" '
           'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n',
           ' <Styles><Style ss:ID="Default" ss:Name="Normal"/><Style ss:ID="d"><NumberFormat ss:Format="yyyy/m/d"/></Style></Styles>\n']
    for sheet in sheets:
        out.append(f' <Worksheet ss:Name="{escape(sheet.name)}">\n  <Table>\n')
        spans = {(merge[0], merge[1]): merge for merge in sheet.merges}
        previous = 0
        for row in sorted(sheet.kinds):
            index = f' ss:Index="{row}"' if row != previous + 1 else ""
            hidden = ' ss:Hidden="1"' if row in sheet.hidden_rows else ""
            previous = row
            out.append(f"   <Row{index}{hidden}>\n")
            before = 0
            for column in sorted(column for at, column in sheet.cells if at == row):
                value = sheet.cells[(row, column)]
                attributes = f' ss:Index="{column}"' if column != before + 1 else ""
                before = column
                if (row, column) in spans:
                    top, left, bottom, right = spans[(row, column)]
                    attributes += f' ss:MergeAcross="{right - left}"' if right > left else ""
                    attributes += f' ss:MergeDown="{bottom - top}"' if bottom > top else ""
                    before = right
                if isinstance(value, Day):
                    data = f'<Data ss:Type="DateTime">{value.day.isoformat()}T00:00:00.000</Data>'
                    attributes += ' ss:StyleID="d"'
                elif isinstance(value, (int, float)):
                    data = f'<Data ss:Type="Number">{value}</Data>'
                else:
                    data = f'<Data ss:Type="String">{escape(_shown(value)).replace(chr(10), "&#10;")}</Data>'
                out.append(f"    <Cell{attributes}>{data}</Cell>\n")
            out.append("   </Row>\n")
        out.append("  </Table>\n </Worksheet>\n")
    out.append("</Workbook>\n")
    _write(path, "".join(out).encode("utf-8"))
