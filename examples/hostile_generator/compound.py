"""Old binary workbooks: BIFF8 in a compound file made by xlwt, then spoilt; BIFF2 by hand."""

import io
import struct

import xlwt
from xlwt.CompoundDoc import XlsDoc

from .rows import TABLE

FILEPASS, BOF, BOUNDSHEET = 0x002F, 0x0809, 0x0085


def _stream(table=TABLE):
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("台账")
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            page.write(row, column, value)
    return book.get_biff_data()


def _compound(stream):
    out = io.BytesIO()
    XlsDoc().save(out, stream)
    return out.getvalue()


def _records(stream):
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def workbook():
    return _compound(_stream())


def truncated():
    data = workbook()
    return data[: len(data) // 2]


def with_password(body):
    """FILEPASS right after the first BOF, what follows unreadable, sheet offsets moved along."""
    shift = 4 + len(body)
    out, first = bytearray(), True
    for _, kind, data in _records(_stream()):
        if kind == BOUNDSHEET:
            data = struct.pack("<I", struct.unpack("<I", data[:4])[0] + shift) + data[4:]
        elif kind != BOF:
            data = bytes((byte << 3 | byte >> 5) & 255 ^ 0x5A for byte in data)
        out += struct.pack("<HH", kind, len(data)) + data
        if first:
            out += struct.pack("<HH", FILEPASS, len(body)) + body
            first = False
    return _compound(bytes(out))


def xor_password():
    return with_password(struct.pack("<HHH", 0, 0x4A2B, 0x9D1E))


def rc4_password():
    return with_password(struct.pack("<HHH", 1, 1, 1) + bytes(range(48)))


def sector_loop():
    """The chain of the workbook's stream leads back to its own start."""
    data = bytearray(workbook())
    fat_sector = struct.unpack_from("<I", data, 76)[0]
    fat = 512 * (fat_sector + 1)
    chain = [n for n in range(127) if struct.unpack_from("<I", data, fat + 4 * n)[0] == n + 1]
    struct.pack_into("<I", data, fat + 4 * chain[-1], chain[0])
    return bytes(data)


def biff2():
    out = bytearray(struct.pack("<HHHH", 0x0009, 4, 2, 0x0010))
    for row, values in enumerate(TABLE):
        for column, value in enumerate(values):
            text = value.encode("gbk")
            out += struct.pack("<HHHH", 0x0004, 8 + len(text), row, column) + b"\0\0\0" + bytes([len(text)]) + text
    return bytes(out + struct.pack("<HH", 0x000A, 0))
