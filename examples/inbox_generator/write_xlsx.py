"""Workbooks as openpyxl and xlsxwriter write them, made reproducible to the byte."""

import datetime
import io
import re
import struct
import zipfile
import zlib

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.styles import Border
from openpyxl.styles import Font
from openpyxl.styles import Side
from openpyxl.utils import get_column_letter

from .model import Day
from .model import Formula
from .model import Struck

_STAMP = "2023-07-14T08:00:00Z"
_THIN = Side(style="thin")


def _grey_pixel():
    """A picture of one pixel, which stands for the photos that people lay over cells."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def freeze_zip(path):
    """Rewrites a zip package with fixed dates, so that the same content is the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, data in parts:
            if entry.filename in ("docProps/core.xml", "meta.xml"):
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", _STAMP.encode(), data)
            fixed = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            stored = entry.filename == "mimetype"
            fixed.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(fixed, data)


def with_openpyxl(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), value in sheet.cells.items():
            cell = page.cell(row, column)
            if isinstance(value, Day):
                cell.value = value.day
                cell.number_format = value.shown
            elif isinstance(value, Formula):
                raise ValueError("openpyxl stores no results of formulas")
            elif isinstance(value, Struck):
                cell.value = CellRichText(TextBlock(InlineFont(strike=True), value.struck), value.rest)
            else:
                cell.value = value
                if isinstance(value, str) and value.startswith("="):
                    cell.data_type = "s"
            kind = sheet.kinds[row]
            if kind == "title":
                cell.font = Font(name="方正小标宋简体", size=18)
                cell.alignment = Alignment(horizontal="center")
            elif kind in ("header", "record", "sample", "subtotal", "group", "repeated_header", "units"):
                cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
                cell.alignment = Alignment(wrap_text=True, vertical="center")
                if kind == "header":
                    cell.font = Font(name="黑体", bold=True)
        for first_row, first_column, last_row, last_column in sheet.merges:
            page.merge_cells(start_row=first_row, start_column=first_column, end_row=last_row, end_column=last_column)
        for (row, column), text in sheet.comments.items():
            page.cell(row, column).comment = Comment(text, "填报人")
        for row in sheet.hidden_rows:
            page.row_dimensions[row].hidden = True
        for column in range(1, sheet.last_column() + 1):
            page.column_dimensions[get_column_letter(column)].width = 14
        for column in sheet.hidden_columns:
            page.column_dimensions[get_column_letter(column)].hidden = True
        if sheet.hidden:
            page.sheet_state = "hidden"
        if sheet.filtered:
            first, last = min(sheet.header_rows), sheet.last_row()
            page.auto_filter.ref = f"A{first}:{get_column_letter(sheet.last_column())}{last}"
        page.page_setup.orientation = "landscape"
    book.properties.creator = "填报单位"
    book.save(path)
    freeze_zip(path)


def with_xlsxwriter(path, sheets, date_1904=False):
    book = xlsxwriter.Workbook(path, {"date_1904": date_1904})
    book.set_properties({"created": datetime.datetime(2023, 7, 14, 8), "author": "填报单位"})
    title = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center"})
    body = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "宋体"}
    plain, bold, struck = book.add_format(body), book.add_format({**body, "bold": True}), book.add_format({"font_strikeout": True})
    shown = {}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_landscape()
        last = sheet.last_column()
        for column in range(last):
            page.set_column(column, column, 13, None, {"hidden": column + 1 in sheet.hidden_columns})
        top_left = {(merge[0], merge[1]) for merge in sheet.merges}
        for first_row, first_column, last_row, last_column in sheet.merges:
            page.merge_range(first_row - 1, first_column - 1, last_row - 1, last_column - 1, "", plain)
        for (row, column), value in sorted(sheet.cells.items()):
            kind = sheet.kinds[row]
            style = title if kind == "title" else bold if kind == "header" else plain if (row, column) in top_left or kind == "record" else None
            place = (row - 1, column - 1)
            if isinstance(value, Day):
                style = shown.setdefault(value.shown, book.add_format({**body, "num_format": value.shown}))
                page.write_datetime(*place, datetime.datetime.combine(value.day, datetime.time()), style)
            elif isinstance(value, Formula):
                page.write_formula(*place, value.text, style, value.result)
            elif isinstance(value, Struck):
                page.write_rich_string(*place, struck, value.struck, value.rest, style or plain)
            elif isinstance(value, (int, float)):
                page.write_number(*place, value, style)
            else:
                page.write_string(*place, value, style)
        for (row, column), text in sheet.comments.items():
            page.write_comment(row - 1, column - 1, text)
        for row in sheet.hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        for row, column in sheet.pictures:
            page.insert_image(row - 1, column - 1, "photo.png", {"image_data": io.BytesIO(_grey_pixel())})
        if sheet.hidden:
            page.hide()
        if sheet.filtered:
            page.autofilter(min(sheet.header_rows) - 1, 0, sheet.last_row() - 1, last - 1)
    book.close()


def macro_enabled(path, sheets):
    """The content type of a workbook that may hold macros; there are none in it."""
    with_openpyxl(path, sheets)
    with zipfile.ZipFile(path) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "[Content_Types].xml":
                data = data.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            archive.writestr(name, data)
    freeze_zip(path)
