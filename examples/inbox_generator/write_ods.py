"""OpenDocument spreadsheets as odfpy writes them."""

from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.style import TableColumnProperties
from odf.table import CoveredTableCell
from odf.table import Table
from odf.table import TableCell
from odf.table import TableColumn
from odf.table import TableRow
from odf.text import P

from .model import Day
from .model import text_of
from .write_xlsx import freeze_zip


def _cell(value, span):
    attributes = {}
    if span:
        attributes = {"numberrowsspanned": span[2] - span[0] + 1, "numbercolumnsspanned": span[3] - span[1] + 1}
    if value is None:
        return TableCell(**attributes)
    if isinstance(value, Day):
        cell = TableCell(valuetype="date", datevalue=value.day.isoformat(), **attributes)
    elif isinstance(value, (int, float)):
        cell = TableCell(valuetype="float", value=str(value), **attributes)
    else:
        cell = TableCell(valuetype="string", **attributes)
    text = text_of(value) if not isinstance(value, str) else value
    for line in text.split("\n"):
        cell.addElement(P(text=line))
    return cell


def with_odfpy(path, sheets):
    document = OpenDocumentSpreadsheet()
    wide = Style(name="wide", family="table-column")
    wide.addElement(TableColumnProperties(columnwidth="3cm"))
    document.automaticstyles.addElement(wide)
    for sheet in sheets:
        table = Table(name=sheet.name)
        table.addElement(TableColumn(numbercolumnsrepeated=sheet.last_column(), stylename=wide))
        spans = {(merge[0], merge[1]): merge for merge in sheet.merges}
        covered = {(row, column) for top, left, bottom, right in sheet.merges for row in range(top, bottom + 1)
                   for column in range(left, right + 1)} - set(spans)
        for row in range(1, sheet.last_row() + 1):
            line = TableRow(visibility="collapse") if row in sheet.hidden_rows else TableRow()
            for column in range(1, sheet.last_column() + 1):
                if (row, column) in covered:
                    line.addElement(CoveredTableCell())
                else:
                    line.addElement(_cell(sheet.cells.get((row, column)), spans.get((row, column))))
            table.addElement(line)
        # The tail that spreadsheet programs leave behind: formatted to the end of the sheet, empty.
        tail = TableRow(numberrowsrepeated=1048576 - sheet.last_row())
        tail.addElement(TableCell(numbercolumnsrepeated=sheet.last_column()))
        table.addElement(tail)
        document.spreadsheet.addElement(table)
    document.save(path)
    freeze_zip(path)
