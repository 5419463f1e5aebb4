"""Text files that are broken, or that are something else."""

import struct
import zlib

from .rows import HEADER
from .rows import RECORDS
from .rows import TABLE
from .rows import csv_text
from .rows import described

INJECTIONS = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1:A9)", "-2+3", '=HYPERLINK("http://example.invalid","点这里")']


def unclosed_quote():
    return csv_text(TABLE).replace("燃气报警器未接通电源", '"燃气报警器未接通电源').encode("utf-8")


def bad_byte():
    return csv_text(TABLE).encode("gb18030").replace("安全出口".encode("gb18030"), "安全".encode("gb18030") + b"\xff" + "出口".encode("gb18030"))


def only_returns():
    return csv_text(TABLE, "\r").encode("utf-8")


def with_nul():
    return csv_text(TABLE).replace("药库", "药\0库").encode("utf-8")


def utf16_big_endian_without_mark():
    return csv_text(TABLE).encode("utf-16-be")


def control_characters():
    return csv_text(described("\x1b[31m红字\x1b[0m隐患", "\u202e反着写的隐患", "响铃\x07隐患")).encode("utf-8")


def comma_in_unit():
    rows = [[r[0], "青河镇仁和,济民联合门诊部", *r[2:]] for r in RECORDS[:2]]
    return csv_text([HEADER] + rows).encode("gb18030")


def injections():
    return csv_text(described(*INJECTIONS)).encode("utf-8")


def ragged():
    lines = csv_text(TABLE).split("\r\n")
    return "\r\n".join([lines[0], lines[1] + ",,,多出来的,", ",".join(lines[2].split(",")[:5]), lines[3], ""]).encode("utf-8")


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def pdf():
    return (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")


def lfs_pointer():
    return b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"


def sylk():
    lines = ["ID;PWXL;N;E"]
    for row, values in enumerate(TABLE, 1):
        lines += [f'C;Y{row};X{column};K"{value}"' for column, value in enumerate(values, 1)]
    return "\r\n".join(lines + ["E", ""]).encode("gb18030")


def flat_ods():
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet/></office:body></office:document>\n').encode()


def wide_span():
    rows = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in TABLE)
    return ('<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="2000000000" rowspan="1">隐患台账</td></tr>'
            f"{rows}</table></body></html>").encode()


def mail_with_climbing_name():
    return ("From: a@example.invalid\r\nTo: b@example.invalid\r\nSubject: =?utf-8?B?5Y+w6LSm?=\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/csv; name="../../../tmp/qingdan-escape.csv"\r\n'
            'Content-Disposition: attachment; filename="../../../tmp/qingdan-escape.csv"\r\n\r\n1,2,3\r\n--x--\r\n').encode()
