"""05-门诊部和诊所: zero reports in all their spellings, units named only by a file or a sheet, units nobody knows."""

from . import story
from .ledger import put_ledger
from .model import File
from .model import Sheet

FOLDER = "05-门诊部和诊所/"
FILED = story.day("2023-07-14")
SHORT_HEADER = ["序号", "部位", "隐患描述", "等级", "发现日期", "整改措施", "整改期限", "责任人", "状态", "整改完成日期"]
SHORT_COLUMNS = ["seq", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "status", "rectified_on"]
UNIT_HEADER = ["序号", "单位名称"] + SHORT_HEADER[1:]
UNIT_COLUMNS = ["seq", "unit"] + SHORT_COLUMNS[1:]


def outpatient():
    rows = story.tell("M01", 3, "2023-07-14", found=("iso",), rectified=("iso",), deadlines=("iso", "cn", "iso"))
    rows += story.tell("M03", 3, "2023-07-14", found=("iso",), rectified=("iso",), deadlines=("iso",), unit_written="众康体检")
    sheet = Sheet("门诊部台账20230714")
    put_ledger(sheet, 1, UNIT_HEADER, UNIT_COLUMNS, rows)
    sheet.merges = []
    return File(FOLDER + "门诊部台账20230714.csv", "csv-gb18030", [sheet], "csv", FILED, "单位名称里有逗号（加了引号的 CSV）")


def zero_summary():
    entries = [
        ("zero", "C01", {"unit": "青河镇惠民诊所", "description": "零报告"}, False),
        ("zero", "C02", {"unit": "白塔镇惠民诊所", "description": "无"}, False),
        ("zero", "C03", {"unit": "柳湾镇惠民诊所", "description": "本月停业装修"}, False),
        ("zero", "S05", {"unit": "白塔社区", "description": "经排查无隐患"}, False),
    ]
    sheet = Sheet("零报告汇总")
    sheet.line(1, "title", "诊所安全隐患零报告汇总表", across=11)
    sheet.line(2, "metadata", "填报日期：2023年7月14日", 8, 11)
    put_ledger(sheet, 3, UNIT_HEADER, UNIT_COLUMNS, entries)
    return File(FOLDER + "诊所零报告汇总.xlsx", "openpyxl", [sheet], "xlsx", FILED, "按单位逐行的零报告：零报告、无、停业装修、经排查无隐患")


def only_in_file_name():
    sheet = Sheet("Sheet1")
    below = put_ledger(sheet, 1, SHORT_HEADER, SHORT_COLUMNS, [])
    sheet.line(below, "zero_report", "本周零报告", across=10)
    sheet.zero.append((below, "C04", "本周零报告", False))
    return File(FOLDER + "附件2--青河镇博爱诊所.xlsx", "openpyxl", [sheet], "xlsx", None, "单位只在文件名里、没有任何日期、整行合并的“本周零报告”")


def contradiction():
    entries = [("zero", "C08", {"description": "暂无隐患"}, False)] + story.tell("C08", 2, "2023-07-14", settled=0)
    sheet = Sheet("Sheet1")
    sheet.line(1, "title", "新安中医诊所隐患台账", across=10)
    sheet.line(2, "metadata", "填报单位：新安中医　填报日期：2023-07-14", across=10)
    put_ledger(sheet, 3, SHORT_HEADER, SHORT_COLUMNS, entries)
    sheet.pictures = [(5, 10), (6, 10)]
    return File(FOLDER + "新安中医诊所.xlsx", "xlsxwriter", [sheet], "xlsx", FILED, "既写“暂无隐患”又列了两条隐患、完成日期栏上贴着照片")


def header_only():
    sheet = Sheet("Sheet1")
    sheet.line(1, "title", "雅美口腔门诊部隐患台账", across=10)
    sheet.line(2, "metadata", "填报单位：青河镇雅美口腔门诊部　填报日期：2023-07-14", across=10)
    put_ledger(sheet, 3, SHORT_HEADER, SHORT_COLUMNS, [])
    return File(FOLDER + "雅美口腔门诊部.xls", "xlwt", [sheet], "xls", FILED, "只有表头：是零还是忘了填，要问")


def no_major():
    entries = [("zero", "C07", {"description": "无重大隐患"}, True)]
    sheet = Sheet("Sheet1")
    sheet.line(1, "title", "沙湖苏木蒙医诊所隐患台账", across=10)
    sheet.line(2, "metadata", "填报单位：沙湖蒙医诊所　填报日期：2023.7.14", across=10)
    put_ledger(sheet, 3, SHORT_HEADER, SHORT_COLUMNS, entries)
    return File(FOLDER + "沙湖苏木蒙医诊所.xlsx", "openpyxl", [sheet], "xlsx", FILED, "“无重大隐患”：一般隐患有没有不知道")


def sheets_named_by_units():
    sheets = []
    for unit, name in [("C05", "双井镇仁爱诊所"), ("C06", "红石镇便民诊所")]:
        sheet = Sheet(name)
        put_ledger(sheet, 1, SHORT_HEADER, SHORT_COLUMNS, story.tell(unit, 3, "2023-07-14", deadlines=("real", "立行立改", "7月底")))
        sheets.append(sheet)
    return File(FOLDER + "两家诊所台账.xlsx", "xlsxwriter-1904", sheets, "xlsx", None, "单位只在工作表名里、两表各一家、1904 日期系统")


def inspection():
    """F3: the inspectors' ledger; two names that fit no unit or several, a row without a description, a found date that is no day."""
    known = story.tell("C09", 2, "2023-07-21", found=("real",), deadlines=("real", "8月底前"), unit_written="白塔一牙", settled=0)
    known += story.tell("C10", 2, "2023-07-21", found=("real",), deadlines=("real",), settled=0)
    ambiguous = story.tell("C01", 1, "2023-07-21", settled=0, unit_written="惠民诊所")[0]
    ambiguous.rejected, ambiguous.truth["unit"] = "?", ""
    unknown = story.tell("C02", 1, "2023-07-21", settled=0, unit_written="城关镇口腔诊所")[0]
    unknown.rejected, unknown.truth["unit"] = "unit_unknown", ""
    silent = story.tell("C09", 1, "2023-07-21", settled=0, skip=2, unit_written="白塔镇第一牙科诊所")[0].put("description", None, "")
    silent.rejected = "no_description"
    undated = story.tell("C10", 1, "2023-07-21", settled=0, skip=2)[0].put("found_on", "2023年6月31日", "impossible")
    undated.rejected = "unreadable_key"
    rows = known + [ambiguous, unknown, silent, undated]
    header = ["检查日期", "被检查单位", "存在的安全隐患", "整改措施", "整改时限", "责任人", "整改到位时间", "销号时间", "备注"]
    columns = ["found_on", "unit", "description", "measure", "deadline", "responsible", "rectified_on", "closed_out_on", "remark"]
    sheet = Sheet("抽查汇总")
    sheet.line(1, "title", "诊所安全隐患排查整改台账", across=9)
    sheet.line(2, "metadata", "填报日期：2023年7月21日", 6, 9)
    put_ledger(sheet, 3, header, columns, rows)
    return File(FOLDER + "监督抽查汇总.ods", "libreoffice-ods", [sheet], "ods", story.day("2023-07-21"),
                "九列整改台账式：多单位、重名单位、名册外单位、没有描述、发现日期不存在——后四条退回")


def files():
    return [outpatient(), zero_summary(), only_in_file_name(), contradiction(), header_only(), no_major(), sheets_named_by_units(), inspection()]
