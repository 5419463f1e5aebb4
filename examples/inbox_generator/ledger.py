"""Lays hazards out as a ledger: header of any depth, rows, groups, subtotals, samples, repeats.

A column is a field's name, `seq`, or `x:标题` for a column that nobody knows.
"""

from .model import Formula
from .model import TRUTH_FIELDS
from .model import text_of


def leaves(header):
    for part in header:
        if isinstance(part, tuple):
            yield from leaves(part[1])
        else:
            yield part


def depth(header):
    return max(1 + depth(part[1]) if isinstance(part, tuple) else 1 for part in header)


def put_header(sheet, top, left, header, kind="header", rows=None):
    """Writes the header tree and returns the first row below it."""
    rows = rows or depth(header)

    def place(parts, row, column, bottom):
        for part in parts:
            if isinstance(part, tuple):
                width = len(list(leaves(part[1])))
                sheet.cells[(row, column)] = part[0]
                if width > 1:
                    sheet.merges.append((row, column, row, column + width - 1))
                place(part[1], row + 1, column, bottom)
                column += width
            else:
                sheet.cells[(row, column)] = part
                if row < bottom:
                    sheet.merges.append((row, column, bottom, column))
                column += 1

    bottom = top + rows - 1
    place(header, top, left, bottom)
    for row in range(top, bottom + 1):
        sheet.kinds[row] = kind
        sheet.header_rows.add(row)
    return bottom + 1


def truth_of(said, columns, group):
    """The truth of a row in a table that has only these columns."""
    truth = {}
    for name in TRUTH_FIELDS:
        source = "deadline" if name == "deadline_text" else name
        if source not in columns:
            truth[name] = ""
        elif name == "deadline_text":
            truth[name] = text_of(said.cells.get("deadline"))
        else:
            truth[name] = said.truth.get(name, text_of(said.cells.get(name)))
    if truth["deadline"] == "blank":
        truth["deadline"] = ""
    if not truth["category"] and group:
        truth["category"] = group
    truth["unit"] = said.truth["unit"]
    return truth


def put_ledger(sheet, top, header, columns, entries, left=1, units="each", numbered="number", keep_header=True):
    """Writes header and entries; returns the first row below.

    `entries` holds Said, or tuples: ("group", text, category), ("subtotal", [cells]), ("sample", [cells]),
    ("repeat",), ("blank",), ("zero", unit code, {field: text}, major_only), ("open", [cells]).
    `units`: each · merge · first (blank repeats without a merge).
    """
    width = len(columns)
    assert len(list(leaves(header))) == width, f"{sheet.name}: header and columns differ"
    row = put_header(sheet, top, left, header) if keep_header else top
    number, group, last_unit, unit_rows = 0, "", None, []

    def close_unit():
        if units == "merge" and len(unit_rows) > 1:
            column = left + columns.index("unit")
            sheet.merges.append((unit_rows[0], column, unit_rows[-1], column))
        unit_rows.clear()

    for entry in entries:
        if isinstance(entry, tuple):
            kind = entry[0]
            close_unit()
            last_unit = None
            if kind == "group":
                sheet.line(row, "group", entry[1], left, left + width - 1)
                group = entry[2]
            elif kind == "repeat":
                row = put_header(sheet, row, left, header, "repeated_header") - 1
            elif kind == "zero":
                unit, cells, major_only = entry[1:]
                number += 1
                values = [number if c == "seq" else cells.get(c) for c in columns]
                sheet.row(row, "zero_report", values, left)
                text = next(v for k, v in cells.items() if k != "unit")
                sheet.zero.append((row, unit, text, major_only))
            elif kind != "blank":
                sheet.row(row, "?" if kind == "open" else kind, entry[1], left)
            row += 1
            continue
        number += 1
        values = []
        for column in columns:
            if column == "seq":
                value = Formula(f"=ROW()-{row - number}", number) if numbered == "formula" else number if numbered == "number" else str(number)
            elif column == "unit":
                value = entry.unit_written
                if units != "each" and value == last_unit:
                    value = None
                else:
                    close_unit()
                last_unit = entry.unit_written
                unit_rows.append(row)
            elif column.startswith("x:"):
                value = entry.extras.get(column[2:])
            else:
                value = entry.cells.get(column)
            values.append(value)
        sheet.row(row, "record", values, left)
        sheet.records.append((row, truth_of(entry, columns, group), entry))
        row += 1
    close_unit()
    return row
