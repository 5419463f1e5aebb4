"""A workbook that opens with a password, as Excel 2010 and later write it."""

import contextlib
import datetime
import importlib.util
import os
import random
import tempfile

from .write_xlsx import with_openpyxl

PASSWORD = "123456"


class _SettledClock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2023, 7, 14, 8)


@contextlib.contextmanager
def settled_salts(seed):
    """Salts from a seed and a clock that stands still, so that the file is the same each time. Good for examples only."""
    from msoffcrypto.method import ecma376_agile
    from msoffcrypto.method.container import ecma376_encrypted

    dice = random.Random(seed)
    before = ecma376_agile._random_buffer, ecma376_encrypted.datetime
    ecma376_agile._random_buffer = dice.randbytes
    ecma376_encrypted.datetime = _SettledClock
    try:
        yield
    finally:
        ecma376_agile._random_buffer, ecma376_encrypted.datetime = before


def available():
    return importlib.util.find_spec("msoffcrypto") is not None


def encrypt_package(source, path, seed):
    from msoffcrypto.format.ooxml import OOXMLFile

    with open(source, "rb") as plain, open(path, "wb") as out, settled_salts(seed):
        OOXMLFile(plain).encrypt(PASSWORD, out)


def encrypted(path, sheets):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "book.xlsx")
        with_openpyxl(source, sheets)
        encrypt_package(source, path, "wushen-2023")
