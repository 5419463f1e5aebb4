"""Workbooks as LibreOffice writes them: made by openpyxl, then opened and saved by `soffice`."""

import os
import shutil
import subprocess
import tempfile

from .write_xlsx import freeze_zip
from .write_xlsx import with_openpyxl

_FILTERS = {"xls": "xls:MS Excel 97", "xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods:calc8"}


def available():
    return shutil.which("soffice") is not None


def convert(path, sheets, extension):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "in", "book.xlsx")
        os.makedirs(os.path.dirname(source))
        with_openpyxl(source, sheets)
        profile = "file://" + os.path.join(folder, "profile")
        subprocess.run(["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", _FILTERS[extension],
                        "--outdir", folder, source], check=True, capture_output=True, timeout=180)
        shutil.copyfile(os.path.join(folder, "book." + extension), path)
    if extension != "xls":
        freeze_zip(path)
