#!/usr/bin/env python3
"""Makes `examples/inbox-wushen/` and, from the same data, the truth in `examples/expected/`.

    python3 examples/make_inbox.py            # write both
    python3 examples/make_inbox.py --check    # read every file back and compare it with what was meant

Needs openpyxl, xlsxwriter, xlwt, odfpy; `soffice` (LibreOffice) for three files and msoffcrypto-tool for the one with
a password. Where one of the last two is not there, the files that it made before are kept as they are.
The same call writes the same content.
"""

import os
import shutil
import sys

from inbox_generator import encryption
from inbox_generator import expected
from inbox_generator import files_clinics
from inbox_generator import files_county
from inbox_generator import files_private
from inbox_generator import files_towns
from inbox_generator import libreoffice
from inbox_generator import read_back
from inbox_generator import roster
from inbox_generator import write_ods
from inbox_generator import write_text
from inbox_generator import write_xls
from inbox_generator import write_xlsx

HERE = os.path.dirname(os.path.abspath(__file__))
INBOX = os.path.join(HERE, "inbox-wushen")
EXPECTED = os.path.join(HERE, "expected")
UNITS = os.path.join(HERE, "..", "campaigns", "wushen-2023", "units.csv")

WRITERS = {
    "openpyxl": write_xlsx.with_openpyxl,
    "xlsxwriter": write_xlsx.with_xlsxwriter,
    "xlsxwriter-1904": lambda path, sheets: write_xlsx.with_xlsxwriter(path, sheets, date_1904=True),
    "xlsm": write_xlsx.macro_enabled,
    "xlwt": write_xls.with_xlwt,
    "odfpy": write_ods.with_odfpy,
    "csv-gb18030": write_text.csv_gb18030,
    "csv-utf8-bom": write_text.csv_utf8_bom,
    "tabs-utf16": write_text.tabs_utf16,
    "html": write_text.html,
    "spreadsheetml": write_text.spreadsheet_ml,
    "libreoffice-xls": lambda path, sheets: libreoffice.convert(path, sheets, "xls"),
    "libreoffice-xlsx": lambda path, sheets: libreoffice.convert(path, sheets, "xlsx"),
    "libreoffice-ods": lambda path, sheets: libreoffice.convert(path, sheets, "ods"),
    "encrypted": encryption.encrypted,
}


def all_files():
    return files_county.files() + files_towns.files() + files_private.files() + files_clinics.files() + files_private.later_files()


def can_write(file):
    if file.writer.startswith("libreoffice"):
        return libreoffice.available()
    return file.writer != "encrypted" or encryption.available()


def list_in_readme(files):
    """Rewrites the table between the two marks of README.md."""
    path = os.path.join(HERE, "README.md")
    with open(path, encoding="utf-8") as handle:
        before, rest = handle.read().split("<!-- files -->\n")
        after = rest.split("<!-- end -->\n")[1]
    lines = ["| 文件 | 写成它的程序 | 模仿什么 |", "|---|---|---|"]
    lines += [f"| {file.path} | {file.writer} | {file.imitates} |" for file in sorted(files, key=lambda file: file.path)]
    with open(path, "w", encoding="utf-8", newline="\n") as handle:
        handle.write(before + "<!-- files -->\n" + "\n".join(lines) + "\n<!-- end -->\n" + after)


def main():
    if os.path.exists(UNITS):
        roster.check_against(UNITS)
    files = all_files()
    for file in files:
        for sheet in file.sheets:
            sheet.check()
    for file in files:
        path = os.path.join(INBOX, file.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if file.copy_of:
            shutil.copyfile(os.path.join(INBOX, file.copy_of), path)
        elif can_write(file):
            WRITERS[file.writer](path, file.sheets)
        else:
            print(f"kept as it is, its writer is not installed: {file.path}", file=sys.stderr)
    wanted = {os.path.join(INBOX, file.path) for file in files}
    for folder, _, names in os.walk(INBOX):
        for name in names:
            if os.path.join(folder, name) not in wanted:
                os.remove(os.path.join(folder, name))
    print(expected.write(EXPECTED, files))
    list_in_readme(files)
    if "--check" in sys.argv[1:]:
        read_back.compare(INBOX, files)


if __name__ == "__main__":
    main()
