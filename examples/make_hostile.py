#!/usr/bin/env python3
"""Makes `examples/inbox-hostile/` and `examples/expected/hostile.csv`: files that a reader must survive.

`records`: how many records must come out; `errors`: the kinds of refusal that are right (`|` between them). Where both
are given either will do; fewer records without an error never will. Kinds: encrypted, damaged, wrong_format, too_large,
bad_text, empty. Needs xlsxwriter and xlwt, and msoffcrypto-tool for the two encrypted packages (kept as they are without it).
"""

import csv
import io
import os
import sys
import tempfile

from hostile_generator import compound
from hostile_generator import packages
from hostile_generator import texts
from hostile_generator.rows import HEADER
from hostile_generator.rows import RECORDS
from hostile_generator.rows import described
from inbox_generator import encryption

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "inbox-hostile")
EXPECTED = os.path.join(HERE, "expected")
BROKEN_HEADER = [title[:2] + "\n" + title[2:] if len(title) > 2 else title for title in HEADER]


def encrypted_package():
    if not encryption.available():
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "a.xlsx"), os.path.join(folder, "b.xlsx")
        with open(source, "wb") as handle:
            made = packages.parts()
            handle.write(packages.zipped(made, stored=tuple(made)))
        encryption.encrypt_package(source, target, "hostile")
        with open(target, "rb") as handle:
            return handle.read()


# name, maker, records or None, errors, what it is
FILES = [
    ("加密.xlsx", encrypted_package, None, "encrypted", "有打开密码的 xlsx"),
    ("加密改名.xls", encrypted_package, None, "encrypted", "同上，扩展名是 xls"),
    ("加密-XOR.xls", compound.xor_password, None, "encrypted", "BIFF8，FILEPASS 为 XOR"),
    ("加密-RC4.xls", compound.rc4_password, None, "encrypted", "BIFF8，FILEPASS 为 RC4"),
    ("加密.ods", packages.encrypted_ods, None, "encrypted", "清单里有 encryption-data"),
    ("压缩包密码.xlsx", packages.zip_password, None, "encrypted|damaged", "各部件带 zip 自己的加密标志"),
    ("截断.xlsx", packages.truncated, None, "damaged", "只收到六成"),
    ("截断.xls", compound.truncated, None, "damaged", "只收到一半"),
    ("校验和不符.xlsx", packages.bad_checksum, None, "damaged", "XML 完好，只有 CRC 知道被改过"),
    ("扇区成环.xls", compound.sector_loop, None, "damaged", "FAT 链指回开头"),
    ("图片.xlsx", texts.png, None, "wrong_format", "PNG 改名"),
    ("通知.pdf", texts.pdf, None, "wrong_format", "PDF"),
    ("扫描件.xls", texts.pdf, None, "wrong_format", "PDF 改名 xls"),
    ("情况说明.docx", packages.document, None, "wrong_format", "Word 文档"),
    ("情况说明.xlsx", packages.document, None, "wrong_format", "Word 文档改名 xlsx"),
    ("打包.xlsx", packages.plain_archive, None, "wrong_format", "普通压缩包改名"),
    ("指针.xlsx", texts.lfs_pointer, None, "wrong_format", "LFS 指针，不是文件本身"),
    ("台账.slk", texts.sylk, None, "wrong_format", "SYLK"),
    ("台账（SYLK）.xls", texts.sylk, None, "wrong_format", "SYLK 改名 xls"),
    ("台账.fods", texts.flat_ods, None, "wrong_format", "单文件 OpenDocument"),
    ("邮件.eml", texts.mail_with_climbing_name, None, "wrong_format", "邮件，附件名带 ../"),
    ("老表.xls", compound.biff2, 3, "wrong_format", "BIFF2，没有复合文档"),
    ("空.xlsx", lambda: b"", None, "empty", "零字节"),
    ("空.csv", lambda: b"", None, "empty", "零字节"),
    ("远处一格.xlsx", packages.far_cell, 3, "too_large", "XFD1048576 有一个数"),
    ("六万空行.xlsx", packages.blank_tail, 3, "", "表尾 65536 行只有格式"),
    ("十亿笑.xlsx", packages.billion_laughs, None, "damaged|too_large", "层层实体"),
    ("外部实体.xlsx", packages.outside_entity, None, "damaged", "实体指向本机文件"),
    ("工作表UTF16.xlsx", packages.utf16_sheet, 3, "damaged", "sheet1.xml 为 UTF-16"),
    ("引用A0.xlsx", lambda: packages.bad_reference("A0"), None, "damaged", "单元格引用 A0"),
    ("引用ZZZZ1.xlsx", lambda: packages.bad_reference("ZZZZ1"), None, "damaged", "单元格引用 ZZZZ1"),
    ("引用行号回绕.xlsx", lambda: packages.bad_reference("D4294967298"), None, "damaged", "单元格引用 D4294967298"),
    ("共享串越界.xlsx", packages.string_out_of_range, None, "damaged", "共享字符串序号 4000000000"),
    ("怪日期.xlsx", packages.odd_dates, 3, "", "日期序列号 99999999、-5、60"),
    ("严格模式.xlsx", packages.strict, 3, "", "Strict OOXML"),
    ("重复部件.xlsx", packages.duplicate_part, 3, "damaged", "sheet1.xml 出现两次"),
    ("爬出去的名字.xlsx", packages.climbing_names, 3, "damaged", "压缩包里有 ../../ 和 / 开头的名字"),
    ("爬出去的关系.xlsx", packages.climbing_relationship, None, "damaged", "关系目标指向包外"),
    ("前有杂质.xlsx", packages.junk_before, 3, "damaged|wrong_format", "PK 之前有一行文字"),
    ("深层嵌套.xlsx", packages.nested, 3, "damaged|too_large", "两万层元素"),
    ("老实的炸弹.xlsx", packages.honest_bomb, 3, "too_large", "展开 150 MB 空白"),
    ("谎报大小.xlsx", packages.lying_bomb, None, "damaged|too_large", "自称 1000 字节，展开 100 MB"),
    ("只有图表.xlsx", packages.chart_sheets, 0, "empty", "三张图表工作表，没有普通工作表"),
    ("超长单元格.xlsx", lambda: packages.zipped(packages.parts(described("隐" * 32767))), 1, "", "一格 32767 字"),
    ("公式文本.xlsx", lambda: packages.zipped(packages.parts(described(*texts.INJECTIONS))), 5, "", "以 = + @ - 开头的文字"),
    ("公式文本.csv", texts.injections, 5, "", "以 = + @ - 开头的文字"),
    ("表头不认识.xlsx", lambda: packages.zipped(packages.parts([["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]])), 0, "", "没有一列认得：三行都是未识别"),
    ("只有表头.xlsx", lambda: packages.zipped(packages.parts([HEADER])), 0, "", "零还是忘了填"),
    ("表头换行.xlsx", lambda: packages.zipped(packages.parts([BROKEN_HEADER] + RECORDS)), 3, "", "表头里有换行"),
    ("引号未闭合.csv", texts.unclosed_quote, None, "bad_text", "第三行开了引号没有关"),
    ("坏字节.csv", texts.bad_byte, 3, "bad_text", "GB18030 里有一个 0xFF"),
    ("只有回车.csv", texts.only_returns, 3, "", "行尾只有 CR"),
    ("带NUL.csv", texts.with_nul, 3, "bad_text|wrong_format", "单元格里有 NUL"),
    ("UTF16大端无标记.csv", texts.utf16_big_endian_without_mark, 3, "bad_text", "UTF-16BE，没有 BOM"),
    ("控制字符.csv", texts.control_characters, 3, "", "终端控制符、双向控制符"),
    ("单位带逗号.csv", texts.comma_in_unit, 2, "", "单位名称里有逗号，加了引号"),
    ("参差不齐.csv", texts.ragged, 3, "", "有的行多几列、有的行少几列"),
    ("巨大跨列.xls", texts.wide_span, 3, "too_large", "HTML 的 colspan 为二十亿"),
]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    os.makedirs(EXPECTED, exist_ok=True)
    wanted = {name for name, *_ in FILES}
    for name in sorted(set(os.listdir(FOLDER)) - wanted):
        os.remove(os.path.join(FOLDER, name))
    total, made = 0, {}
    for name, maker, *_ in FILES:
        if maker not in made:
            made[maker] = maker()
        data = made[maker]
        path = os.path.join(FOLDER, name)
        if data is None:
            print(f"kept as it is, its writer is not installed: {name}", file=sys.stderr)
            continue
        with open(path, "wb") as handle:
            handle.write(data)
        total += len(data)
        assert len(data) < 200_000, (name, len(data))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "records", "errors", "what"])
    for name, _, records, errors, what in FILES:
        writer.writerow([name, "" if records is None else records, errors, what])
    with open(os.path.join(EXPECTED, "hostile.csv"), "w", encoding="utf-8", newline="") as handle:
        handle.write(out.getvalue())
    print(f"{len(FILES)} files, {total} bytes")


if __name__ == "__main__":
    main()
