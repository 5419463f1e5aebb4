"""04-民营医院 and 06-补报和更正: newer and older files, the same file twice, two files of one day that differ."""

from . import story
from .ledger import put_header
from .ledger import put_ledger
from .model import File
from .model import Sheet
from . import files_county

PRIVATE = "04-民营医院/"
LATER = "06-补报和更正/"
FILED = story.day("2023-07-14")
PLAIN_HEADER = ["序号", "隐患类别", "隐患部位", "隐患描述", "隐患等级", "发现日期", "整改措施", "整改期限", "责任人", "联系电话", "整改状态", "整改完成日期"]
PLAIN_COLUMNS = ["seq", "category", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "status", "rectified_on"]


def plain(name, title, unit, filled, entries):
    sheet = Sheet(name)
    sheet.line(1, "title", title, across=12)
    sheet.line(2, "metadata", f"填报单位：{unit}", 1, 6)
    sheet.cells[(2, 8)] = f"填报日期：{filled}"
    put_ledger(sheet, 3, PLAIN_HEADER, PLAIN_COLUMNS, entries)
    return sheet


def kangtai():
    """A header of five rows, the last of them units."""
    rows = story.tell("P01", 12, "2023-07-14", found=("real",), rectified=("real",), deadlines=("real", "real", "iso", "2023年7月1日至8月20日", "8月底前", "real"))
    rows[1].put("phone", "0477-0000000", "0477-0000000")
    rows[2].put("responsible", "待填", "?")
    rows[3].put("phone", "1380000200", "1380000200")
    tree = ["序号", ("隐患基本情况", [("排查情况", [("排查发现", ["发现日期", "隐患部位"]), "隐患描述"]), "隐患类型", "隐患等级"]),
            ("整改落实情况", [("计划", [("要求", ["整改措施", "整改期限"]), "整改资金"]), ("落实", ["整改责任人", "联系电话"])]), "整改状态", "整改完成日期"]
    columns = ["seq", "found_on", "location", "description", "category", "level", "measure", "deadline", "funds", "responsible", "phone", "status", "rectified_on"]
    sheet = Sheet("康泰医院")
    sheet.line(1, "title", "康泰医院重大事故隐患专项排查整治台账", across=13)
    sheet.line(2, "metadata", "填报单位：康泰医院", 1, 6)
    sheet.cells[(2, 9)] = "填报日期：2023年7月14日"
    below = put_header(sheet, 3, 1, tree)
    sheet.row(below, "units", [None] * 8 + ["（万元）"])
    put_ledger(sheet, below + 1, ["列"] * 13, columns, rows, keep_header=False)
    return File(PRIVATE + "康泰医院.xls", "libreoffice-xls", [sheet], "xls", FILED, "五行表头（四级合并加计量单位行）、BIFF8、简称")


def anhe():
    rows = story.tell("P02", 8, "2023-07-14", found=("iso",), rectified=("iso",), deadlines=("iso", "iso", "cn", "7月底", "", "iso"))
    for number, said in enumerate(rows):
        said.extras.update({"楼层负责人": "吴十", "是否拍照": "是" if number % 2 else "否"})
    rows.insert(5, rows[2])
    header = ["整改状态", "整改期限", "隐患描述", "隐患部位", "隐患等级", "楼层负责人", "排查日期", "整改责任人", "联系电话", "是否拍照", "整改完成日期", "整改措施", "序号"]
    columns = ["status", "deadline", "description", "location", "level", "x:楼层负责人", "found_on", "responsible", "phone", "x:是否拍照", "rectified_on",
               "measure", "seq"]
    sheet = Sheet("乌审旗安和骨科医院-2023-07-14")
    put_ledger(sheet, 1, header, columns, rows)
    sheet.merges = []
    return File(PRIVATE + "乌审旗安和骨科医院-2023-07-14.csv", "csv-utf8-bom", [sheet], "csv", FILED, "UTF-8 带 BOM 的 CSV、列次序打乱、多出两列、同一条写了两遍")


def bright_eyes_story():
    return story.tell("P03", 10, "2023-07-07", found=("real",), rectified=("real",), settled=0.1, deadlines=("real", "real_cn", "real", "7月底", "real"))


def bright_eyes():
    sheet = plain("台账", "明眸眼科医院隐患排查台账", "乌审旗明眸眼科医院有限责任公司", "2023年7月7日", bright_eyes_story())
    return File(PRIVATE + "明眸眼科医院隐患台账20230707.xlsx", "openpyxl", [sheet], "xlsx", story.day("2023-07-07"), "同一单位的前一周台账")


def bright_eyes_newer():
    """A week later: two rectified, one deadline moved, one hazard gone, one new."""
    first = bright_eyes_story()
    rows = [story.retell(said) for said in first if said is not first[4]]
    moved = 0
    for position, said in enumerate(rows):
        if said.truth["status"] != "rectified" and moved < 2:
            rows[position] = story.retell(said, status="rectified", done="2023-07-20")
            moved += 1
    rows[-1] = story.retell(rows[-1], deadline="2023-08-18")
    new = story.tell("P03", 1, "2023-07-07", skip=10, settled=0)[0]
    new.put("found_on", "2023-07-19", "2023-07-19").put("deadline", "2023-08-10", "2023-08-10")
    rows.append(new)
    sheet = plain("台账", "明眸眼科医院隐患排查台账", "明眸眼科", "2023年7月21日", rows)
    return File(LATER + "明眸眼科医院隐患台账20230721.xlsx", "openpyxl", [sheet], "xlsx", story.day("2023-07-21"),
                "后一周的新台账：两条已整改、一条改了期限、一条不见了（未再报告）、一条新增")


def deshan():
    rows = story.tell("P04", 9, "2023-07-14", found=("real",), rectified=("real",), deadlines=("real", "dot", "real", "持续推进", "8月底"))
    sheet = plain("Sheet1", "德善中西医结合医院隐患台账", "乌审旗德善中西医结合医院", "2023年7月14日", rows)
    return File(PRIVATE + "德善医院台账.xlsx", "xlsxwriter", [sheet], "xlsx", FILED, "同一文件换名又发了一次（见 06 文件夹）")


def deshan_again():
    sheet = deshan().sheets[0]
    return File(LATER + "德善医院台账(1).xlsx", "copy", [sheet], "xlsx", FILED, "与“04-民营医院/德善医院台账.xlsx”逐字节相同", copy_of=PRIVATE + "德善医院台账.xlsx")


def ruikang_story():
    return story.tell("P05", 8, "2023-07-14", found=("real",), rectified=("real",), deadlines=("real", "real", "7月底", "real"), settled=0.2)


def ruikang():
    sheet = plain("台账", "瑞康老年病医院隐患排查台账", "瑞康医院", "2023年7月14日", ruikang_story())
    return File(PRIVATE + "瑞康老年病医院.xls", "xlwt", [sheet], "xls", FILED, "与更正文件同一天、内容不一致")


def ruikang_corrected():
    rows = ruikang_story()
    rows[0] = story.retell(rows[0], deadline="2023-09-15")
    rows[1].put("responsible", "蒋丁" if rows[1].cells["responsible"] != "蒋丁" else "卫丙", None)
    rows[1].truth["responsible"] = rows[1].cells["responsible"]
    sheet = plain("台账", "瑞康老年病医院隐患排查台账（更正）", "乌审旗瑞康老年病医院", "2023年7月14日", rows)
    return File(LATER + "瑞康老年病医院-更正.xlsx", "openpyxl", [sheet], "xlsx", FILED, "同一填报日期的另一份：一条期限不同、一条责任人不同（冲突）")


def nursing_home():
    """F15: the unit's department and person share one cell, in two lines."""
    rows = story.tell("N01", 5, "2023-07-14", deadlines=("cn", "dot", "month_day", "8月底", "cn_before"), settled=0.4,
                      statuses={"rectified": ["已整改"], "open": ["待整改"]})
    header = ["序号", "单位", "隐患情况", "责任单位/责任人", "整改时限", "整改情况", "交办督办情况", "销号情况"]
    columns = ["seq", "unit", "description", "x:责任", "deadline", "status", "x:交办", "x:销号"]
    for said in rows:
        said.extras.update({"责任": f"{said.hazard.department}\n{said.hazard.responsible}", "销号": "否"})
    sheet = Sheet("护理院")
    sheet.line(1, "title", "夕阳红护理院安全隐患整改情况表", across=8)
    sheet.line(2, "metadata", "填报日期：2023年7月14日", 5, 8)
    below = put_ledger(sheet, 3, header, columns, rows, units="merge")
    for _, truth, _ in sheet.records:
        truth["responsible"] = "?"
    sheet.line(below, "?", "第 1 页 共 1 页", across=8)
    return File(PRIVATE + "夕阳红护理院.xlsx", "openpyxl", [sheet], "xlsx", FILED, "交办督办、销号情况式：责任单位和责任人同格两行、没有发现日期、页脚")


def hospital_newer():
    """Two weeks later: the big hospital's whole ledger again."""
    first = files_county.hospital_story()
    rows, moved = [], 0
    for number, said in enumerate(first):
        if number == 11:
            continue
        later = story.retell(said)
        if said.truth["status"] != "rectified" and said.truth["deadline"][:4] == "2023" and moved < 5:
            later = story.retell(said, status="rectified", done=f"2023-07-{20 + moved}")
            moved += 1
        elif number == 8:
            later = story.retell(said, deadline="2023-08-31")
        rows.append(later)
    for number, said in enumerate(story.tell("H01", 3, "2023-07-14", skip=20, settled=0)):
        found = f"2023-07-{24 + number}"
        said.put("found_on", found, found).put("deadline", f"2023年8月{5 + 10 * number}日", f"2023-08-{5 + 10 * number:02}")
        rows.append(said)
    sheet = files_county.hospital_sheet(rows, "2023年7月28日", "22项", False)
    return File(LATER + "附件2-乌审旗人民医院-20230728.xlsx", "openpyxl", [sheet], "xlsx", story.day("2023-07-28"),
                "两周后的全量台账：五条已整改、一条期限由“长期坚持”改为日期、一条未再报告、三条新增")


def encrypted():
    sheet = plain("台账", "河西社区卫生服务站隐患台账", "青河镇河西社区卫生服务站", "2023年7月14日", story.tell("S04", 3, "2023-07-14"))
    sheet.records.clear()
    return File(LATER + "河西社区卫生服务站台账（有密码）.xlsx", "encrypted", [sheet], "", None, "打开要密码的工作簿：读不了，只出一条诊断，其余文件照常", error="encrypted")


def files():
    return [kangtai(), anhe(), bright_eyes(), deshan(), ruikang(), nursing_home()]


def later_files():
    return [bright_eyes_newer(), deshan_again(), ruikang_corrected(), hospital_newer(), encrypted()]
