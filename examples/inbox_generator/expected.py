"""Writes `examples/expected/`: the truth as CSV files (UTF-8, LF)."""

import csv
import os
from collections import Counter

from . import truth as oracle
from .model import KINDS
from .roster import UNITS


def _write(folder, name, columns, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def blank_rows(sheet):
    """Rows without any value between the first and the last that has one."""
    return getattr(sheet, "blank_rows", sheet.last_row() - sheet.first_row() + 1 - len(sheet.kinds))


def _units(files):
    """What came from each unit: records, zero, nothing; `?` for a header without rows and for 无重大隐患."""
    with_records, zero = set(), {}
    for file in files:
        for sheet in file.sheets if not file.error else []:
            with_records |= {truth["unit"] for _, truth, said in sheet.records if not said.rejected}
            zero.update({unit: "?" if major_only else "zero" for _, unit, _, major_only in sheet.zero})
    zero["M02"] = "?"
    return [{"unit": code, "name": name, "came": "records" if code in with_records else zero.get(code, "nothing")} for code, name in UNITS.items()]


def _overdue(hazards, as_of):
    told = [(hazard, oracle.overdue(hazard, as_of)) for hazard in hazards]
    return [{**{name: hazard[name] for name in ("unit", "description", "location", "found_on", "level", "status")}, **answer}
            for hazard, answer in told if answer]


def write(folder, files):
    os.makedirs(folder, exist_ok=True)
    files = sorted(files, key=lambda file: file.path)
    hazards, conflicts = oracle.merge(files)
    counts, kinds, records, zeros, listing = [], [], [], [], []
    for file in files:
        said = sum(len(sheet.records) for sheet in file.sheets) if not file.error else 0
        listing.append({"file": file.path, "format": file.format, "error": file.error, "submitted_on": file.submitted_on or "",
                        "sheets": 0 if file.error else len(file.sheets), "records": said,
                        "zero_reports": 0 if file.error else sum(len(sheet.zero) for sheet in file.sheets)})
        if file.error:
            continue
        for sheet in file.sheets:
            tally = Counter(sheet.kinds.values())
            row = {kind: tally.get(kind, 0) for kind in KINDS}
            row["blank"] = blank_rows(sheet)
            open_rows = tally.get("?", 0)
            row.update(file=file.path, sheet=sheet.name, open=open_rows, total=sum(row.values()) + open_rows, records=len(sheet.records))
            counts.append(row)
            kinds += [{"file": file.path, "sheet": sheet.name, "row": number, "kind": kind} for number, kind in sorted(sheet.kinds.items())]
            records += [truth for _, truth, _ in sheet.records]
            zeros += [{"file": file.path, "sheet": sheet.name, "row": number, "unit": unit, "text": text, "major_only": "yes" if major else "",
                       "with_records": "yes" if sheet.records else ""} for number, unit, text, major in sheet.zero]
    reported = _units(files)
    late, earlier = _overdue(hazards, oracle.AS_OF), _overdue(hazards, oracle.EARLIER)
    _write(folder, "files.csv", ["file", "format", "error", "submitted_on", "sheets", "records", "zero_reports"], listing)
    _write(folder, "rows.csv", ["file", "sheet", *KINDS, "open", "total", "records"], counts)
    _write(folder, "row_kinds.csv", ["file", "sheet", "row", "kind"], kinds)
    _write(folder, "records.csv", ["file", "sheet", "row", "unit", "description", "location", "category", "level", "found_on", "deadline",
                                   "deadline_text", "status", "rectified_on", "responsible", "phone", "measure", "funds", "outcome", "reason"], records)
    _write(folder, "hazards.csv", ["unit", "description", "location", "category", "found_on", "level", "deadline", "deadline_text", "status",
                                   "rectified_on", "responsible", "phone", "measure", "funds", "missing"], hazards)
    columns = ["unit", "description", "location", "found_on", "level", "status", "deadline", "deadline_source", "state", "late", "days"]
    _write(folder, "overdue.csv", columns, late)
    _write(folder, f"overdue-{oracle.EARLIER}.csv", columns, earlier)
    _write(folder, "zero.csv", ["file", "sheet", "row", "unit", "text", "major_only", "with_records"], zeros)
    _write(folder, "units.csv", ["unit", "name", "came"], reported)
    _write(folder, "conflicts.csv", ["unit", "description", "field", "kept", "other", "kept_from", "other_from"], conflicts)
    return {"files": len(files), "records": len(records), "hazards": len(hazards), "outcomes": dict(Counter(r["outcome"] for r in records)),
            "states": dict(Counter(row["state"] for row in late)), "late": sum(row["late"] == "yes" for row in late),
            "zero": len(zeros), "conflicts": len(conflicts), "missing": sum(h["missing"] == "yes" for h in hazards)}
