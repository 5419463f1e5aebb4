"""01-旗直医院: the big units, each with a form of its own."""

from . import story
from .ledger import put_ledger
from .model import File
from .model import Formula
from .model import Sheet
from .model import Struck

FOLDER = "01-旗直医院/"
HOSPITAL_HEADER = ["序号", "隐患类别", "隐患部位", "隐患描述", "隐患等级", "发现日期",
                   ("整改情况", ["整改措施", "整改时限", "责任人", "联系电话", "整改资金（万元）"]), "整改状态", "整改完成时间", "备注"]
HOSPITAL_COLUMNS = ["seq", "category", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "funds",
                    "status", "rectified_on", "remark"]


def hospital_story():
    rows = story.tell("H01", 20, "2023-07-14", found=("real", "cn", "dot", "real"), rectified=("real", "dot"),
                      deadlines=("real", "cn", "dot", "7月底", "立行立改", "real_cn", "20230732", "slash", "长期坚持", "iso", "month_day_hao", "real",
                                 "2023.7.31(延期至2023.9.30)", "尽快", "cn_weekday", "real", "", "待资金到位", "real", "2023年三季度"))
    several = rows[3]
    several.put("description", "1.灭火器压力不足；2.疏散通道堆放杂物；3.应急照明不亮", "1.灭火器压力不足；2.疏散通道堆放杂物；3.应急照明不亮")
    rows[5].put("phone", "1.38E+10", "1.38E+10")
    rows[6].put("responsible", "张三、李四", "张三、李四")
    rows[8].put("level", "一般隐患", "general").put("status", "整改中", "in_rectification").put("rectified_on", None, "")
    return rows


def hospital_sheet(rows, filled, total, sample):
    sheet = Sheet("隐患台账")
    sheet.line(1, "attachment", "附件2")
    sheet.line(2, "title", "卫健系统重大事故隐患专项排查整治2023行动隐患台账", across=14)
    sheet.line(3, "metadata", "填报单位（盖章）：乌审旗人民医院")
    sheet.cells[(3, 10)] = "填报日期：" + filled
    entries = [("sample", ["例", "消防安全", "××科室", "例：插座面板老化", "一般", "2023.6.1", "更换插座", "2023.6.10", "某某", None, 0.1, "已整改"])] if sample else []
    entries += rows + [("subtotal", ["合计", None, None, total])]
    below = put_ledger(sheet, 4, HOSPITAL_HEADER, HOSPITAL_COLUMNS, entries)
    sheet.line(below, "note", "注：1.隐患等级填“一般”或“重大”；2.重大隐患须同时填写整改资金。", across=14)
    sheet.line(below + 2, "footer", "审核人：                填报人：张三                联系电话：13800001001                填报日期：" + filled)
    return sheet


def hospital():
    sheet = hospital_sheet(hospital_story(), "2023年7月14日", "19项", True)
    return File(FOLDER + "附件2-乌审旗人民医院-20230714.xlsx", "openpyxl", [sheet], "xlsx", story.day("2023-07-14"),
                "二级合并表头、附件标记、示例行、手填合计与行数不符（19/20）、一格多条隐患、各种期限写法")


def east_campus():
    """F14; 整改时间 could be the deadline or the completion, and nothing in the sheet decides."""
    rows = story.tell("H02", 10, "2023-07-14", found=("real",))
    header = ["序号", "检查地点存在问题及隐患", "隐患等级", "隐患类型", "排查时间", "排查人员", "整改措施", "整改时间", "整改资金", "整改单位", "整改责任人",
              "完成情况", "验收人", "督办单位", "督办人员", "销号日期", "字数"]
    columns = ["seq", "description", "level", "category", "found_on", "found_by", "measure", "x:整改时间", "funds", "department", "responsible",
               "status", "verified_by", "x:督办单位", "x:督办人员", "closed_out_on", "x:字数"]
    funds = [("2万元", "2"), ("20000元", "2"), ("约2万", "2"), ("5000元", "0.5"), ("0.3万元", "0.3"), (None, "")]
    for number, said in enumerate(rows):
        said.extras["整改时间"] = said.cells["deadline"]
        said.extras["字数"] = Formula(f"=LEN(B{number + 4})", len(said.cells["description"])) if number != 4 else Formula("=#REF!+1", "#REF!")
        said.put("funds", *funds[number % len(funds)])
    sheet = Sheet("东院区")
    sheet.line(1, "title", "事故隐患排查治理台账", across=17)
    sheet.line(2, "metadata", "填报单位（盖章）：乌审旗人民医院东院区　　填报日期：2023年7月14日", across=17)
    below = put_ledger(sheet, 3, header, columns, rows, numbered="formula")
    for _, truth, _ in sheet.records:
        truth.update(deadline="?", deadline_text="?", rectified_on="?")
    sheet.line(below, "footer", "单位负责人（签字）：　　　　填表人（签字）：　　　　联系电话：0477-0000000")
    sheet.hidden_columns = {17}
    sheet.comments = {(4, 12): "8月5日材料到货，到货后三天内完成"}
    return File(FOLDER + "乌审旗人民医院东院区隐患排查台账.xlsx", "xlsxwriter", [sheet], "xlsx", story.day("2023-07-14"),
                "事故隐患排查治理台账十五列式：公式序号、隐藏辅助列、#REF!、批注、资金带单位、含义不定的“整改时间”")


def second_hospital():
    """F2, with a repeated header; 复查结果 is no status."""
    rows = story.tell("H03", 16, "2023-07-13", found=("serial", "real", "dot"), settled=0.3,
                      deadlines=("serial", "real", "dot_padded", "eight_number", "cn", "2023.7.10—2023.7.25", "07/08/2023", "short_year", "立即整改", "2023年6月31日",
                                 "+7", "real", "8月上旬", 2023.1, "serial", "按要求"))
    header = ["序号", "排查时间", "排查人", "隐患部位", "隐患名称", "隐患等级", "治理措施", "完成时限", "责任部门", "责任人", "复查时间", "复查人", "复查结果"]
    columns = ["seq", "found_on", "found_by", "location", "description", "level", "measure", "deadline", "department", "responsible", "verified_on",
               "verified_by", "x:复查结果"]
    rows[2].put("level", "较大", "")
    rows[5].put("level", "Ⅱ级", "")
    cut = ("接老住院部至锅炉房蒸汽管道支架锈蚀、保温层脱落、疏水阀失灵、伸缩节变形，" * 8)[:255]
    rows[14].put("description", cut, cut)
    for said in rows[10:13]:
        said.extras["复查结果"] = "合格"
    entries = rows[:9] + [("repeat",)] + rows[9:]
    sheet = Sheet("7月自查")
    sheet.line(1, "title", "隐患治理信息台账列表", across=13)
    sheet.line(2, "metadata", "填报单位：旗二院      填报日期：2023.7.13")
    put_ledger(sheet, 3, header, columns, entries)
    for _, truth, said in sheet.records:
        if said.extras.get("复查结果"):
            truth["status"] = "?"
    return File(FOLDER + "二院7月自查.xls", "xlwt", [sheet], "xls", story.day("2023-07-13"),
                "隐患治理信息台账列表十三列式：BIFF8、日期为无格式序列号、打印页重复表头、简称、等级为“较大”“Ⅱ级”")


def mongolian_hospital():
    rows = story.tell("H04", 18, "2023-07-14", found=("real", "cn"), deadlines=("real", "cn_before", "month_day", "+30", "real_iso", "年底前", "8月底前"),
                      statuses={"rectified": ["整改完毕", "已整改", "已完成"], "in_rectification": ["正在整改", "整改中"], "open": ["未整改"]})
    rows.sort(key=lambda said: said.hazard.category)
    for said in rows:
        said.put("phone", int(said.hazard.phone), said.hazard.phone)
    rows[3].put("phone", 4770000000, "?")
    header = ["序号", "隐患地点", "隐患内容", "隐患级别", "检查日期", "整改措施", "完成期限", "责任领导", "责任科室", "整改责任人", "手机号码", "状态", "完成时间"]
    columns = ["seq", "location", "description", "level", "found_on", "measure", "deadline", "leader", "department", "responsible", "phone", "status",
               "rectified_on"]
    entries, categories, count = [], [], 0
    for said in rows:
        if said.hazard.category not in categories:
            if categories:
                entries.append(("subtotal", ["小计", None, count]))
            categories.append(said.hazard.category)
            numeral = "一二三四五六七八九十"[len(categories) - 1] if len(categories) <= 10 else "十" + "一二三四五六七八九"[len(categories) - 11]
            entries.append(("group", f"{numeral}、{said.hazard.category}", said.hazard.category))
            count = 0
        entries.append(said)
        count += 1
    entries += [("subtotal", ["小计", None, count]), ("subtotal", ["合　　　计", None, len(rows)])]
    sheet = Sheet("Sheet1")
    sheet.line(3, "title", "乌审旗蒙医综合医院安全隐患排查整治台账", 3, 15)
    sheet.line(5, "metadata", "填报单位：乌审旗蒙医综合医院", 3)
    sheet.cells[(5, 12)] = "填报时间：2023-07-14"
    put_ledger(sheet, 7, header, columns, entries, left=3)
    return File(FOLDER + "蒙医综合医院.xlsx", "libreoffice-xlsx", [sheet], "xlsx", story.day("2023-07-14"),
                "表格从 C7 开始、按类别分组（一、二、三……）、小计与全角空格合计、无类别列")


def chinese_medicine():
    """F13 with its own numbers in 隐患编号, which are no 编号 of the campaign."""
    rows = story.tell("H05", 12, "2023-07-14", found=("iso", "real_iso"), rectified=("iso",), deadlines=("iso", "iso_time", "iso", "+3", "iso_before", "常态化", "+w15", "iso"),
                      statuses={"open": ["待处理", "待整改"], "rectified": ["已整改", "整改完成"]}, unit_written="旗中医院")
    header = ["隐患编号", "隐患描述", "隐患位置", "隐患级别", "发现日期", "发现人", "所属部门", "整改责任人", "整改期限", "当前状态", "整改描述", "整改开始日期",
              "整改完成日期", "复查结果", "复查日期", "复查人", "复查意见", "是否闭环", "是否超期", "剩余天数"]
    columns = ["x:编号", "description", "location", "level", "found_on", "found_by", "department", "responsible", "deadline", "status", "progress",
               "x:开始", "rectified_on", "x:复查结果", "verified_on", "verified_by", "x:复查意见", "x:是否闭环", "x:是否超期", "x:剩余天数"]
    for number, said in enumerate(rows):
        said.extras.update({"编号": f"ZYY-2023-{number + 1:03}", "是否闭环": "否", "是否超期": "否", "剩余天数": 10 + number})
        said.cells["progress"] = "已联系维保单位" if said.truth["status"] == "in_rectification" else None
    sheet = Sheet("隐患清单")
    sheet.line(1, "title", "乌审旗中医医院隐患清单", across=20)
    put_ledger(sheet, 2, header, columns, rows)
    sheet.filtered = True
    sheet.hidden_rows = {5, 9}
    return File(FOLDER + "旗中医院隐患清单2023.7.14.xlsx", "openpyxl", [sheet], "xlsx", story.day("2023-07-14"),
                "隐患清单导出式：自编隐患编号、筛选后隐藏的行、只有文件名里有单位简称和日期")


def maternity():
    statuses = {"rectified": ["已改", "已整改（待复查）"], "open": ["未整改"], "in_rectification": ["整改进行中"]}
    header = ["序号", "单位", "存在部位", "问题隐患", "是否重大隐患", "排查日期", "整改要求（措施）", "整改期限", "责任人", "电话", "整改进展", "实际完成时间", "院内备注"]
    columns = ["seq", "unit", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "status", "rectified_on",
               "x:院内备注"]
    levels = {"general": ["否"], "major": ["是"]}
    all_rows = story.tell("G01", 18, "2023-07-14", found=("real", "dash"), rectified=("real",), statuses=statuses, levels=levels,
                          deadlines=("real", "month_day_before", "cn_spaced", "cn_full_width", "8月底", "近期", "real", "二〇二三年八月"))
    parts = [("门诊楼", all_rows[:8]), ("住院楼", all_rows[8:16]), ("上月遗留", all_rows[16:])]
    guide = Sheet("填写说明")
    guide.line(1, "?", "填写说明")
    guide.line(2, "?", "1.每条隐患填一行，不得合并单元格；")
    guide.line(3, "?", "2.是否重大隐患填“是”或“否”。")
    sheets = [guide]
    for name, rows in parts:
        sheet = Sheet(name)
        sheet.line(1, "title", f"妇幼保健院隐患排查台账（{name}）", across=13)
        sheet.line(2, "metadata", "填报单位：乌审旗妇幼保健院", 1, 5)
        sheet.cells[(2, 9)] = "填表日期：2023年7月14日"
        for number, said in enumerate(rows):
            said.extras["院内备注"] = "已报院务会" if number % 3 == 0 else None
            if name == "住院楼":
                said.unit_written = said.hazard.department
        put_ledger(sheet, 3, header, columns, rows)
        sheets.append(sheet)
    sheets[3].hidden = True
    sheets[1].hidden_rows = {6}
    first = sheets[2].records[0]
    zero_width = "\u200b"
    text = first[2].cells["description"]
    sheets[2].cells[(first[0], 4)] = zero_width + text + "\u00a0"
    struck = sheets[1].records[1]
    text = struck[2].cells["description"]
    sheets[1].cells[(struck[0], 4)] = Struck(text[:4], text[4:])
    return File(FOLDER + "妇幼保健院（门诊楼、住院楼）.xlsx", "openpyxl", sheets, "xlsx", story.day("2023-07-14"),
                "多个工作表都有数据、填写说明表、隐藏的上月表、隐藏行、单位栏填了科室、零宽字符、部分删除线、是否重大隐患")


def disease_control():
    """F11: 检查项目 and 隐患类型 both name the category."""
    rows = story.tell("G02", 11, "2023-07-14", found=("real",), rectified=("real",), deadlines=("real", "cn", "7月末", "iso", "2023年8月", "real", "节前"),
                      statuses={"rectified": ["已整改", "整改完成"], "open": ["未整改"]})
    header = ["序号", "检查时间", "检查单位", "检查人", "检查项目", "检查工点", "隐患问题描述", "隐患类型", "隐患等级", "整改要求（措施）", "整改期限",
              "整改责任单位", "整改责任人", "整改完成日期", "销号情况"]
    columns = ["seq", "found_on", "source", "found_by", "x:检查项目", "location", "description", "category", "level", "measure", "deadline", "department",
               "responsible", "rectified_on", "status"]
    for said in rows:
        said.cells["source"] = "疾控中心自查组"
        said.extras["检查项目"] = said.hazard.category
    rows[4].put("level", 3, "")
    sheet = Sheet("隐患库")
    sheet.line(1, "title", "疾控中心安全隐患库", across=15)
    sheet.line(2, "metadata", "填报单位（章）：乌审旗疾病预防控制中心", 1, 8)
    sheet.cells[(2, 10)] = "填报日期：2023年7月14日"
    below = put_ledger(sheet, 3, header, columns, rows)
    for _, truth, _ in sheet.records:
        truth["category"] = "?"
    sheet.line(below + 1, "footer", "审核人：王五　填报人：赵六　联系电话：13800001007")
    return File(FOLDER + "疾控中心隐患库.ods", "odfpy", [sheet], "ods", story.day("2023-07-14"),
                "隐患库十五列式：OpenDocument，表尾带一百万行空格式行，等级写数字")


def rescue_centre():
    rows = story.tell("G04", 7, "2023-07-14", found=("eight_number", "real"), rectified=("short_dot",), deadlines=("eight_text", "month_dot", "english", "american", "cn_time", "第三季度末", "7月份"),
                      statuses={"rectified": ["是"], "open": ["否"], "in_rectification": ["否"]})
    header = ["序号", "部位", "存在问题", "等级", "发现时间", "治理措施", "完成时限", "责任人", "联系电话", "是否整改", "整改完成时间"]
    columns = ["seq", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "status", "rectified_on"]
    sheet = Sheet("Sheet1")
    sheet.line(1, "title", "紧急救援指挥中心隐患排查情况表", across=11)
    below = put_ledger(sheet, 2, header, columns, rows)
    for _, truth, said in sheet.records:
        if said.truth["status"] == "in_rectification":
            truth["status"] = said.truth["status"] = "open"
    sheet.line(below, "footer", "填报单位：乌审旗紧急救援指挥中心　　填表人：钱七　　填报日期：2023年7月14日", across=11)
    return File(FOLDER + "紧急救援指挥中心.et", "xlwt", [sheet], "et", story.day("2023-07-14"),
                "WPS 的 .et（BIFF8）、八位数字日期、英美式日期、是否整改填是/否、单位和日期只在落款")


def enforcement():
    rows = story.tell("G03", 6, "2023-07-14", found=("real", "cn_full_width"), deadlines=("cn_numerals", "cn_circle", "cn_broken", "限7月31日", "7.31前完成", "持续推进"),
                      rectified=("real",))
    rows[0].put("description", "　" + rows[0].cells["description"] + "　", rows[0].cells["description"])
    rows[1].put("responsible", "李　四", "?")
    rows[2].put("phone", "138 0000 2345", "?")
    rows[3].put("phone", "13800002001/13800002002", "?")
    header = ["序 号", "隐患\n部位", "隐 患 描 述", "隐患类别（一般、重大）", "发现日期\n（年月日）", "整改措施*", "整改\n时限", "责 任 人", "联系电话", "整改状态（必填）", "整改完成日期"]
    columns = ["seq", "location", "description", "level", "found_on", "measure", "deadline", "responsible", "phone", "status", "rectified_on"]
    sheet = Sheet("台账表")
    sheet.line(1, "title", "乌审旗卫生健康综合行政执法大队隐患台账", across=11)
    sheet.line(2, "metadata", "填报单位：乌审旗卫生健康综合行政执法大队", across=11)
    sheet.line(3, "metadata", "填报日期：2023年7月14日", across=11)
    put_ledger(sheet, 4, header, columns, rows)
    return File(FOLDER + "卫生执法大队.xlsm", "xlsm", [sheet], "xlsm", story.day("2023-07-14"),
                "启用宏的工作簿、表头带换行空格星号和括号提示、全角空格、汉字日期、两个电话")


def files():
    return [hospital(), east_campus(), second_hospital(), mongolian_hospital(), chinese_medicine(), maternity(), disease_control(), rescue_centre(),
            enforcement()]
