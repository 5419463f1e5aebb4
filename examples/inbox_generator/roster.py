"""The units of campaign wushen-2023 that the example inbox speaks of: code → official name.

The names are those of `campaigns/wushen-2023/units.csv`; `check_against` says so when they part.
Units of the roster that are not used here send nothing, and are the ones the product must call 未报.
"""

import csv

UNITS = {
    "H01": "乌审旗人民医院",
    "H02": "乌审旗人民医院东院区",
    "H03": "乌审旗第二人民医院",
    "H04": "乌审旗蒙医综合医院",
    "H05": "乌审旗中医医院",
    "G01": "乌审旗妇幼保健院",
    "G02": "乌审旗疾病预防控制中心",
    "G03": "乌审旗卫生健康综合行政执法大队",
    "G04": "乌审旗紧急救援指挥中心",
    "W01": "青河镇中心卫生院",
    "W02": "白塔镇中心卫生院",
    "W03": "柳湾镇中心卫生院",
    "W04": "红石镇卫生院",
    "W05": "双井镇卫生院",
    "W06": "沙湖苏木卫生院",
    "W07": "月泉苏木卫生院",
    "W08": "白塔镇中心卫生院北滩分院",
    "W09": "红石镇卫生院南梁分院",
    "S01": "青河镇第一社区卫生服务中心",
    "S02": "青河镇第二社区卫生服务中心",
    "S03": "青河镇河东社区卫生服务站",
    "S05": "白塔镇社区卫生服务站",
    "V01": "红石镇东梁村卫生室",
    "V02": "红石镇西梁村卫生室",
    "V03": "双井镇南湾村卫生室",
    "P01": "乌审旗康泰医院有限公司",
    "P02": "乌审旗安和骨科医院",
    "P03": "乌审旗明眸眼科医院有限责任公司",
    "P04": "乌审旗德善中西医结合医院",
    "P05": "乌审旗瑞康老年病医院",
    "M01": "青河镇仁和,济民联合门诊部",
    "M02": "青河镇雅美口腔门诊部",
    "M03": "乌审旗众康体检门诊部",
    "C01": "青河镇惠民诊所",
    "C02": "白塔镇惠民诊所",
    "C03": "柳湾镇惠民诊所",
    "C04": "青河镇博爱诊所",
    "C05": "双井镇仁爱诊所",
    "C06": "红石镇便民诊所",
    "C07": "沙湖苏木蒙医诊所",
    "C08": "青河镇新安中医诊所",
    "C09": "白塔镇第一牙科诊所",
    "C10": "白塔镇第二牙科诊所",
    "N01": "乌审旗夕阳红护理院",
    "S04": "青河镇河西社区卫生服务站",
}


# The short and former names under which units sign in the example.
SHORT = {
    "旗二院": "H03", "旗中医院": "H05", "妇幼保健院": "G01", "北滩分院": "W08", "南梁分院": "W09", "东梁卫生室": "V01", "康泰医院": "P01",
    "明眸眼科": "P03", "瑞康医院": "P05", "众康体检": "M03", "白塔社区": "S05", "新安中医": "C08", "沙湖蒙医诊所": "C07", "白塔一牙": "C09",
}


def check_against(path):
    """Raises when the roster file says something else about a unit that is used here."""
    with open(path, encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    official = {row["编码"]: row["单位名称"] for row in rows}
    short = {row["编码"]: row["简称"].split("、") for row in rows}
    wrong = {code: (name, official.get(code)) for code, name in UNITS.items() if official.get(code) != name}
    wrong.update({name: code for name, code in SHORT.items() if name not in short.get(code, [])})
    if wrong:
        raise SystemExit(f"the roster {path} differs from the generator: {wrong}")
