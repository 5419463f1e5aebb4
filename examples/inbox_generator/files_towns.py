"""02-苏木镇卫生院 and 03-社区卫生服务机构: small units, old programs, one file for several units."""

from . import spelling
from . import story
from .ledger import put_header
from .ledger import put_ledger
from .ledger import truth_of
from .model import File
from .model import Formula
from .model import Sheet
from .model import text_of

TOWNS = "02-苏木镇卫生院/"
COMMUNITY = "03-社区卫生服务机构/"
FILED = story.day("2023-07-14")


def qinghe():
    rows = story.tell("W01", 10, "2023-07-14", found=("slash", "iso", "cn"), rectified=("slash",), deadlines=("slash", "cn", "立行立改", "7月底前", "dot", "长期坚持", "cn_before", "无", "年内", "dash"))
    rows[2].put("found_on", "同上", rows[1].truth["found_on"])
    rows[2].hazard.found = rows[1].hazard.found
    if rows[2].truth["rectified_on"]:
        rows[2].put("rectified_on", None, "").put("status", "待整改", "open")
    rows[4].put("deadline", "同上", rows[3].truth["deadline"])
    rows[6].put("description", "一是" + rows[6].cells["description"] + "\n二是地面有油污，\"小心地滑\"牌缺失", "?")
    rows[6].truth["description"] = rows[6].cells["description"]
    rows[7].put("measure", "更换阀门,并做气密性试验", "更换阀门,并做气密性试验")
    header = ["序号", "隐患类别", "存在部位", "存在的安全隐患", "级别", "排查时间", "整改措施", "整改时限", "责任人", "联系电话", "资金（万元）", "目前进展", "整改到位时间", "备注"]
    columns = ["seq", "category", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "funds", "status", "rectified_on", "remark"]
    sheet = Sheet("青河镇中心卫生院20230714")
    sheet.line(1, "title", "青河镇中心卫生院安全生产隐患排查台账")
    sheet.line(2, "metadata", "填报单位：青河镇中心卫生院")
    sheet.cells[(2, 8)] = "填报日期：2023年7月14日"
    below = put_ledger(sheet, 3, header, columns, rows)
    sheet.row(below, "subtotal", ["合计", None, None, "10"])
    sheet.merges = []
    return File(TOWNS + "青河镇中心卫生院20230714.csv", "csv-gb18030", [sheet], "csv", FILED,
                "手工 CSV、GB18030 编码、单元格内换行和引号、同上、“一是二是”")


def baita():
    own = story.tell("W02", 8, "2023-07-14", found=("iso",), deadlines=("iso", "cn", "7月底", "即知即改", "", "month_day_hao"), rectified=("iso",))
    branch = story.tell("W08", 5, "2023-07-14", found=("iso",), deadlines=("iso", "+10", "尽快", "iso"), rectified=("iso",), unit_written="北滩分院")
    header = ["序号", "单位名称", "隐患类型", "隐患部位", "隐患描述", "隐患等级", "检查日期", "整改措施", "整改期限", "责任人", "电话", "整改情况", "整改完成日期"]
    columns = ["seq", "unit", "category", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "status", "rectified_on"]
    sheet = Sheet("白塔镇中心卫生院")
    sheet.line(1, "title", "白塔镇卫生系统安全隐患排查治理台账", across=13)
    sheet.line(2, "metadata", "填报单位：白塔镇中心卫生院　填报日期：2023-07-14", across=13)
    put_ledger(sheet, 3, header, columns, own + branch, units="merge")
    return File(TOWNS + "白塔镇中心卫生院.xls", "html", [sheet], "html", FILED, "网页另存为 .xls（gb2312 声明）、单位栏 rowspan 合并、分院简称")


def liuwan():
    rows = story.tell("W03", 8, "2023-07-14", found=("slash",), deadlines=("slash", "2023年9月底", "dot", "short_dot", "待资金到位", "slash"), rectified=("slash",),
                      statuses={"rectified": ["√"], "open": ["×"], "in_rectification": ["整改中"]})
    header = ["序号", "部位", "隐患情况", "隐患性质", "自查时间", "整改建议", "限期", "负责人", "手机", "是否完成整改", "实际完成时间"]
    columns = ["seq", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "status", "rectified_on"]
    sheet = Sheet("柳湾镇中心卫生院台账2023-07-14")
    put_ledger(sheet, 1, header, columns, rows)
    sheet.merges = []
    return File(TOWNS + "柳湾镇中心卫生院台账2023-07-14.xls", "tabs-utf16", [sheet], "tsv", FILED, "Unicode 文本（UTF-16、制表符）改名 .xls、没有标题行、√/×")


def hongshi():
    parts = [("W04", 6, None), ("W09", 4, "南梁分院"), ("V01", 2, "东梁卫生室"), ("V02", 2, "红石镇西梁村卫生室")]
    rows = []
    for unit, count, name in parts:
        rows += story.tell(unit, count, "2023-07-14", found=("real",), deadlines=("real", "real_cn", "7月下旬", "real", "当场整改"), rectified=("real",), unit_written=name)
    header = ["序号", "机构名称", "隐患部位", "隐患内容", "等级", "发现日期", "治理措施", "整改完成期限", "责任人", "联系电话", "整改状态", "整改完成日期"]
    columns = ["seq", "unit", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "status", "rectified_on"]
    sheet = Sheet("汇总")
    sheet.line(1, "title", "红石镇辖区医疗卫生机构隐患台账", across=12)
    sheet.line(2, "?", "（2023年7月第2周）", across=12)
    sheet.line(3, "metadata", "填报人：孙八")
    sheet.cells[(3, 7)] = "填报日期：2023年7月14日"
    below = put_ledger(sheet, 4, header, columns, rows, units="first")
    sheet.row(below, "subtotal", ["合计", None, None, 14])
    return File(TOWNS + "红石镇卫生院.xls", "openpyxl", [sheet], "xlsx", FILED, "xlsx 改名 .xls、单位只写在每组第一行且未合并、卫生室简称")


def shuangjing():
    own = story.tell("W05", 9, "2023-07-14", found=("real",), deadlines=("real", "iso", "8月底", "2023年7月31日（星期二）", "real"), rectified=("real",))
    own[0].put("status", "90%", "?").put("rectified_on", None, "")
    room = story.tell("V03", 2, "2023-07-14", found=("real",), deadlines=("real",), rectified=("real",), unit_written="双井镇南湾村卫生室")
    header = ["序号", "被检查单位", "隐患分类", "隐患地点", "问题描述", "隐患级别", "检查时间", ("整改", ["整改措施", "整改时限", "责任人"]), "状态", "整改完成日期"]
    columns = ["seq", "unit", "category", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "status", "rectified_on"]
    sheet = Sheet("双井镇")
    sheet.line(1, "title", "双井镇卫生院隐患整改台账", across=12)
    sheet.line(2, "metadata", "填报日期：2023年7月14日", 9, 12)
    put_ledger(sheet, 3, header, columns, own + room, units="merge")
    return File(TOWNS + "双井镇卫生院.xls", "spreadsheetml", [sheet], "spreadsheetml", FILED, "Excel 2003 的 XML 表格名为 .xls、二级表头、单位合并")


def shahu():
    """F9: one hazard a sheet, labels beside values. How its rows are called is left open."""
    sheets = []
    for number, said in enumerate(story.tell("W06", 2, "2023-07-14", deadlines=("cn", "cn"), found=("cn",), settled=0), 1):
        hazard = said.hazard
        said.put("level", "重大" if number == 1 else "一般", "major" if number == 1 else "general")
        sheet = Sheet(f"隐患{number}")
        grid = [["单位名称", "沙湖苏木卫生院", "隐患类别", hazard.category], ["隐患部位", hazard.location, "隐患等级", said.cells["level"]],
                ["隐患描述", hazard.description], ["整改措施", hazard.measure], ["发现日期", said.cells["found_on"], "整改期限", said.cells["deadline"]],
                ["责任人", hazard.responsible, "联系电话", hazard.phone], ["整改状态", said.cells["status"], "整改资金（万元）", said.cells["funds"]],
                ["备注", None]]
        sheet.line(1, "?", "重大事故隐患治理情况表", across=4)
        for row, values in enumerate(grid, 2):
            sheet.row(row, "?", values)
        sheet.merges += [(4, 2, 4, 4), (5, 2, 5, 4), (9, 2, 9, 4)]
        sheet.line(10, "?", "单位负责人：李四　　填表人：周九　　填报日期：2023年7月14日", across=4)
        everything = ["category", "location", "description", "measure", "level", "found_on", "deadline", "status", "rectified_on", "responsible", "phone", "funds"]
        sheet.records.append(("?", truth_of(said, everything, ""), said))
        sheets.append(sheet)
    return File(TOWNS + "沙湖苏木卫生院（一隐患一表）.xlsx", "openpyxl", sheets, "xlsx", FILED, "治理情况表式：标签与值并排，一张表一条隐患")


def yuequan():
    """F22: hazards side by side, three to a row."""
    rows = story.tell("W07", 5, "2023-07-14", found=("iso",), deadlines=("iso", "cn", "iso"), settled=0)
    numerals = "一二三"
    header = ["单位名称", "检查日期"]
    fields = ["location", "description", "category", "measure", "deadline", "responsible"]
    for numeral in numerals:
        header += [f"隐患{numeral}被检查部位", f"隐患{numeral}内容", f"隐患{numeral}隐患大类", f"隐患{numeral}整改措施", f"隐患{numeral}整改期限", f"隐患{numeral}责任人"]
    sheet = Sheet("自查上报")
    sheet.line(1, "title", "安全隐患自查上报表", across=20)
    sheet.line(2, "metadata", "填报单位：月泉苏木卫生院", 1, 10)
    sheet.cells[(2, 12)] = "填报日期：2023年7月14日"
    top = put_header(sheet, 3, 1, header)
    for line, block in enumerate([rows[:3], rows[3:]]):
        found = block[0].hazard.found
        values = [block[0].unit_written, spelling.written("iso", found)]
        for said in block:
            said.put("found_on", spelling.written("iso", found), found.isoformat())
            if said.truth["deadline"] < found.isoformat():
                said.put("deadline", "8月底", "2023-08-31")
            values += [said.cells[name] for name in fields]
            sheet.records.append((top + line, truth_of(said, fields + ["found_on"], ""), said))
        sheet.row(top + line, "record", values)
    return File(TOWNS + "月泉苏木卫生院横排表.xlsx", "xlsxwriter", [sheet], "xlsx", FILED, "横排式：隐患一、隐患二、隐患三并列在一行")


def communities():
    rows = []
    for unit, count in [("S01", 7), ("S02", 6), ("S03", 3)]:
        rows += story.tell(unit, count, "2023-07-14", found=("real",), rectified=("real",), deadlines=("real", "real", "7月底", "real", "立行立改", "2023年7月-9月"))
    header = ["序号", "单位", "类别", "具体位置", "隐患描述", "等级", "发现日期", "整改措施", "整改期限", "责任人", "进展情况", "整改完成日期"]
    columns = ["seq", "unit", "category", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "status", "rectified_on"]
    sheet = Sheet("社区汇总")
    sheet.line(1, "attachment", "附件2")
    sheet.line(2, "title", "社区卫生服务机构隐患排查治理台账", across=12)
    sheet.line(3, "metadata", "填报日期：2023年7月14日", 9, 12)
    below = put_ledger(sheet, 4, header, columns, rows, units="merge", numbered="formula")
    sheet.row(below, "subtotal", ["合计", None, None, None, Formula("=COUNTA(E5:E20)", 16)])
    table = below + 3
    sheet.line(table, "?", "社区卫生服务机构隐患排查治理情况统计表", across=9)
    sheet.line(table + 1, "?", "截止到2023年7月14日为止", 7, 9)
    tree = ["单位", "排查单位数", ("一般隐患", ["隐患数", "已经整改数", "整改率"]), ("重大隐患", ["隐患数", "已整改销号数", "整改率"]), "累计落实治理资金"]
    first = put_header(sheet, table + 2, 1, tree, "?")
    sheet.row(first, "?", [None, "（家）", "（项）", "（项）", "（%）", "（项）", "（项）", "（%）", "（万元）"])
    for line, unit in enumerate(["S01", "S02", "S03"], 1):
        mine = [said for said in rows if said.hazard.unit == unit]
        general = [said for said in mine if said.truth["level"] == "general"]
        major = [said for said in mine if said.truth["level"] == "major"]
        counts = []
        for group in (general, major):
            done = sum(said.truth["status"] == "rectified" for said in group)
            counts += [len(group), done, f"{100 * done / len(group):.1f}%" if group else "/"]
        sheet.row(first + line, "?", [mine[0].unit_written, 1, *counts, 0])
    sheet.row(first + 4, "?", ["合　　　计", 3, 16])
    sheet.line(first + 5, "?", "单位负责人（签字）：　　填表人（签字）：　　联系电话：0477-0000000　　填报日期：2023年7月14日", across=9)
    assert text_of(sheet.cells[(below, 5)]) == "16"
    return File(COMMUNITY + "社区卫生服务机构汇总表.xlsx", "xlsxwriter", [sheet], "xlsx", FILED,
                "单位竖向合并、公式合计、同一工作表下方另有统计表（多级表头、计量单位行、“/”）、进展情况里填状态")


def files():
    return [qinghe(), baita(), liuwan(), hongshi(), shuangjing(), shahu(), yuequan(), communities()]
