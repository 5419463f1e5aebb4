"""What a made file consists of: sheets of cells, and beside each row the truth about it.

The truth is written down while a row is made, from the same decision that makes its cells. Nothing
here reads a spreadsheet or knows how the product works.
"""

import datetime
from dataclasses import dataclass, field

# Stands in the truth where the contract leaves room: nobody should compare that value.
OPEN_QUESTION = "?"

# The kinds of rows, as the product's JSON calls them.
KINDS = ["title", "attachment", "metadata", "header", "units", "group", "record", "zero_report", "passed_check", "count",
         "subtotal", "sample",
         "footer", "note", "repeated_header", "blank", "unrecognised"]

# The fields of a record that the truth speaks of.
TRUTH_FIELDS = ["description", "location", "category", "level", "found_on", "deadline", "deadline_text", "status",
                "rectified_on", "responsible", "phone", "measure", "funds"]


@dataclass(frozen=True)
class Day:
    """A cell with a real date in it."""
    day: datetime.date
    shown: str = "yyyy/m/d"


@dataclass(frozen=True)
class Formula:
    """A formula with the result that the writing program stored."""
    text: str
    result: object


@dataclass(frozen=True)
class Struck:
    """A text whose first part is struck through."""
    struck: str
    rest: str


@dataclass
class Hazard:
    """One thing that is wrong at one unit, whoever reports it and however often."""
    unit: str
    category: str
    location: str
    description: str
    measure: str
    level: str
    found: datetime.date
    responsible: str
    phone: str
    leader: str
    department: str
    funds: float


@dataclass
class Said:
    """What one row says of one hazard: the cells by field, and what they mean."""
    hazard: Hazard
    cells: dict
    truth: dict
    unit_written: str
    rejected: str = ""
    extras: dict = field(default_factory=dict)

    def put(self, name, written, truth):
        """Replaces the cell of a field, together with its meaning."""
        self.cells[name] = written
        self.truth[name] = truth
        return self


@dataclass
class Sheet:
    name: str
    cells: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)
    records: list = field(default_factory=list)  # (row, truth dict, Said)
    zero: list = field(default_factory=list)  # (row, unit code, text, major_only)
    hidden_rows: set = field(default_factory=set)
    hidden_columns: set = field(default_factory=set)
    hidden: bool = False
    comments: dict = field(default_factory=dict)
    filtered: bool = False
    pictures: list = field(default_factory=list)
    header_rows: set = field(default_factory=set)

    def line(self, row, kind, text, column=1, across=None):
        """One line of text; `across` merges it up to that column."""
        self.cells[(row, column)] = text
        self.kinds[row] = kind
        if across:
            self.merges.append((row, column, row, across))

    def row(self, row, kind, values, column=1):
        """A row of cells; None leaves a cell out."""
        for offset, value in enumerate(values):
            if value is not None:
                self.cells[(row, column + offset)] = value
        self.kinds[row] = kind

    def last_row(self):
        return max(row for row, _ in self.cells)

    def first_row(self):
        return min(row for row, _ in self.cells)

    def last_column(self):
        return max(column for _, column in self.cells)

    def check(self):
        """Every row that holds a value has a kind, and no other."""
        filled = {row for row, _ in self.cells}
        if filled != set(self.kinds):
            raise AssertionError(f"{self.name}: rows without a kind {sorted(filled - set(self.kinds))}, "
                                 f"kinds without a row {sorted(set(self.kinds) - filled)}")
        for kind in self.kinds.values():
            if kind not in KINDS and kind != OPEN_QUESTION:
                raise AssertionError(f"{self.name}: unknown kind {kind}")


@dataclass
class File:
    path: str
    writer: str
    sheets: list
    format: str
    submitted_on: object  # date, or None when neither sheet nor name says it
    imitates: str
    error: str = ""
    copy_of: str = ""


def text_of(value):
    """A cell as the eye sees it: dates in ISO, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, Day):
        return value.day.isoformat()
    if isinstance(value, Formula):
        return text_of(value.result)
    if isinstance(value, Struck):
        return value.struck + value.rest
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
