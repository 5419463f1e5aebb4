"""Reads every made file with another program's eyes and compares it, cell by cell, with what was meant.

The truth files say what a row means; this says that the row is there, where the truth says it is.
"""

import csv
import datetime
import io
import os
import re
import xml.etree.ElementTree as xml
import zipfile
from html.parser import HTMLParser

import openpyxl

from .model import Day
from .model import text_of


def _plain(value):
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return str(int(value)) if float(value).is_integer() else repr(value)
    return str(value)


def _xlsx(data):
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, rich_text=False)
    for page in book.worksheets:
        cells = {(cell.row, cell.column): _plain(cell.value) for line in page.iter_rows() for cell in line if cell.value is not None}
        hidden = {row for row, size in page.row_dimensions.items() if size.hidden}
        merges = {(area.min_row, area.min_col, area.max_row, area.max_col) for area in page.merged_cells.ranges}
        yield page.title, cells, hidden, page.sheet_state != "visible", merges


def _xls(data):
    import xlrd

    book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    for page in book.sheets():
        cells = {}
        for row in range(page.nrows):
            for column in range(page.ncols):
                cell = page.cell(row, column)
                if cell.ctype == xlrd.XL_CELL_DATE:
                    cells[(row + 1, column + 1)] = _plain(xlrd.xldate_as_datetime(cell.value, book.datemode))
                elif cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER) and cell.value != "":
                    cells[(row + 1, column + 1)] = _plain(cell.value)
        hidden = {row + 1 for row, size in page.rowinfo_map.items() if size.hidden}
        merges = {(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in page.merged_cells}
        yield page.name, cells, hidden, page.visibility != 0, merges


def _ods(data):
    tree = xml.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))
    table, office, text = ("{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}" % name for name in ("table", "office", "text"))
    for page in tree.iter(table + "table"):
        cells, merges, number = {}, set(), 1
        for line in page.iter(table + "table-row"):
            column = 1
            for cell in line:
                repeat = int(cell.get(table + "number-columns-repeated", 1))
                shown = "\n".join("".join(part.itertext()) for part in cell.iter(text + "p"))
                kind = cell.get(office + "value-type")
                if kind == "date":
                    shown = cell.get(office + "date-value")[:10]
                elif kind == "float":
                    shown = _plain(float(cell.get(office + "value")))
                if shown:
                    for offset in range(repeat):
                        cells[(number, column + offset)] = shown
                down, right = (int(cell.get(table + f"number-{name}-spanned", 1)) for name in ("rows", "columns"))
                if down > 1 or right > 1:
                    merges.add((number, column, number + down - 1, column + right - 1))
                column += repeat
            number += int(line.get(table + "number-rows-repeated", 1))
        yield page.get(table + "name"), cells, None, None, merges


def _delimited(text, delimiter):
    cells = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for row, values in enumerate(reader, 1):
        for column, value in enumerate(values, 1):
            if value:
                cells[(row, column)] = value
    return cells


class _Table(HTMLParser):
    def __init__(self):
        super().__init__()
        self.cells, self.merges, self.taken, self.row, self.column, self.open = {}, set(), set(), 0, 0, None

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.row, self.column = self.row + 1, 1
        elif tag in ("td", "th"):
            while (self.row, self.column) in self.taken:
                self.column += 1
            given = dict(attributes)
            down, right = int(given.get("rowspan", 1)), int(given.get("colspan", 1))
            if down > 1 or right > 1:
                self.merges.add((self.row, self.column, self.row + down - 1, self.column + right - 1))
            for row in range(self.row, self.row + down):
                self.taken |= {(row, self.column + offset) for offset in range(right)}
            self.open = (self.row, self.column)
        elif tag == "br" and self.open:
            self.cells[self.open] += "\n"

    def handle_data(self, data):
        if self.open and data.strip("\u00a0"):
            self.cells[self.open] = self.cells.get(self.open, "") + data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.open = None


def _spreadsheet_ml(data):
    name = "{urn:schemas-microsoft-com:office:spreadsheet}"
    for page in xml.fromstring(data).iter(name + "Worksheet"):
        cells, merges, row = {}, set(), 0
        for line in page.iter(name + "Row"):
            row = int(line.get(name + "Index", row + 1))
            column = 1
            for cell in line.iter(name + "Cell"):
                column = int(cell.get(name + "Index", column))
                content = cell.find(name + "Data")
                shown = content.text if content.get(name + "Type") != "DateTime" else content.text[:10]
                cells[(row, column)] = _plain(float(shown)) if content.get(name + "Type") == "Number" else shown
                right, down = int(cell.get(name + "MergeAcross", 0)), int(cell.get(name + "MergeDown", 0))
                if right or down:
                    merges.add((row, column, row + down, column + right))
                column += 1 + right
        yield page.get(name + "Name"), cells, None, None, merges


def read(path, form):
    with open(path, "rb") as handle:
        data = handle.read()
    if form in ("xlsx", "xlsm"):
        return list(_xlsx(data))
    if form in ("xls", "et"):
        return list(_xls(data))
    if form == "ods":
        return list(_ods(data))
    if form == "spreadsheetml":
        return list(_spreadsheet_ml(data))
    stem = os.path.splitext(os.path.basename(path))[0]
    if form == "html":
        table = _Table()
        table.feed(data.decode("gb18030"))
        return [(stem, table.cells, None, None, table.merges)]
    if form == "tsv":
        return [(stem, _delimited(data.decode("utf-16"), "\t"), None, None, set())]
    text = data.decode("utf-8-sig") if data.startswith(b"\xef\xbb\xbf") else data.decode("gb18030")
    return [(stem, _delimited(text, ","), None, None, set())]


def _same(meant, found):
    if isinstance(meant, Day):
        numbers = [int(part) for part in re.findall(r"\d+", found)]
        return numbers == [meant.day.year, meant.day.month, meant.day.day]
    return " ".join(text_of(meant).split()) == " ".join(found.split())


def compare(inbox, files):
    """Raises at the first cell that is not what was meant."""
    cells_seen = 0
    for file in files:
        path = os.path.join(inbox, file.path)
        if file.error:
            with open(path, "rb") as handle:
                data = handle.read()
            assert data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data, file.path
            continue
        pages = read(path, file.format)
        assert [page[0] for page in pages] == [sheet.name for sheet in file.sheets], (file.path, [page[0] for page in pages])
        for (name, found, hidden, concealed, merges), sheet in zip(pages, file.sheets):
            place = f"{file.path} › {name}"
            assert set(found) == set(sheet.cells), (place, set(found) ^ set(sheet.cells))
            for at, meant in sheet.cells.items():
                assert _same(meant, found[at]), (place, at, meant, found[at])
            assert set(merges) == set(sheet.merges), (place, merges ^ set(sheet.merges))
            if hidden is not None:
                assert hidden >= sheet.hidden_rows and concealed == sheet.hidden, (place, hidden, sheet.hidden_rows)
            for row, truth, said in sheet.records:
                if row == "?":
                    continue
                line = " ".join(" ".join(value.split()) for (at, _), value in found.items() if at == row).replace("\u200b", "")
                for field in ("description", "deadline_text", "responsible", "measure"):
                    assert truth[field] in ("", "?") or " ".join(truth[field].split()) in line or field == "deadline_text", (place, row, field, line)
            cells_seen += len(found)
    print(f"read back: {len(files)} files, {cells_seen} cells as meant")
