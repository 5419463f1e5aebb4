"""BIFF8 workbooks as xlwt writes them: `.xls`, and under another name the `.et` of WPS."""

import datetime

import xlwt

from .model import Day
from .model import text_of


def with_xlwt(path, sheets):
    book = xlwt.Workbook(encoding="utf-8")
    plain = xlwt.easyxf("font: name 宋体; borders: left thin, right thin, top thin, bottom thin; align: wrap on, vert centre")
    head = xlwt.easyxf("font: name 黑体, bold on; borders: left thin, right thin, top thin, bottom thin; align: wrap on, horiz centre")
    title = xlwt.easyxf("font: name 黑体, height 320; align: horiz centre")
    shown = {}
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.portrait = False
        areas = {(merge[0], merge[1]): merge for merge in sheet.merges}
        for (row, column), value in sorted(sheet.cells.items()):
            kind = sheet.kinds[row]
            style = title if kind == "title" else head if kind == "header" else plain
            if isinstance(value, Day):
                if value.shown not in shown:
                    shown[value.shown] = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin", num_format_str=value.shown)
                style = shown[value.shown]
                value = datetime.datetime.combine(value.day, datetime.time())
            elif not isinstance(value, (int, float)):
                value = text_of(value) if not isinstance(value, str) else value
            if (row, column) in areas:
                first_row, first_column, last_row, last_column = areas[(row, column)]
                page.write_merge(first_row - 1, last_row - 1, first_column - 1, last_column - 1, value, style)
            else:
                page.write(row - 1, column - 1, value, style)
        for row in sheet.hidden_rows:
            page.row(row - 1).hidden = True
        for column in range(1, sheet.last_column() + 1):
            page.col(column - 1).width = 256 * 14
            page.col(column - 1).hidden = column in sheet.hidden_columns
        if sheet.hidden:
            page.visibility = 1
    book.save(path)
