"""The small ledger that most hostile files carry: one header, three hazards of one unit."""

HEADER = ["序号", "单位名称", "隐患部位", "隐患描述", "隐患等级", "发现日期", "整改措施", "整改期限", "责任人", "整改状态"]
UNIT = "青河镇中心卫生院"
RECORDS = [
    ["1", UNIT, "药库", "干粉灭火器压力不足", "一般", "2023-06-20", "送检充装", "2023-07-20", "张三", "待整改"],
    ["2", UNIT, "食堂", "燃气报警器未接通电源", "一般", "2023-06-21", "恢复供电", "2023-07-05", "李四", "整改中"],
    ["3", UNIT, "门诊楼", "安全出口指示灯不亮", "一般", "2023-06-22", "更换指示灯", "2023-07-10", "王五", "待整改"],
]
TABLE = [HEADER] + RECORDS


def described(*descriptions):
    """The ledger with other descriptions, one record each."""
    return [HEADER] + [[str(n), *RECORDS[0][1:3], text, *RECORDS[0][4:]] for n, text in enumerate(descriptions, 1)]


def csv_text(table, end="\r\n"):
    return "".join(",".join('"' + v.replace('"', '""') + '"' if set(v) & set('",\r\n') else v for v in row) + end for row in table)
