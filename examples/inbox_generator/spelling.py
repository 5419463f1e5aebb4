"""How people write a date into a cell: the written cell and the day or kind that it means.

Kinds are the words of the truth files: immediate, ongoing, vague, conditional, event, ambiguous,
impossible, status_word, blank.
"""

import datetime

from .model import Day

_NUMERALS = "〇一二三四五六七八九"
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = "一二三四五六日"

# Written as it stands, whatever the planned day: text or number → ISO date or kind.
LITERAL_DEADLINES = {
    "立行立改": "immediate",
    "立即整改": "immediate",
    "即知即改": "immediate",
    "当场整改": "immediate",
    "长期坚持": "ongoing",
    "持续推进": "ongoing",
    "常态化": "ongoing",
    "尽快": "vague",
    "近期": "vague",
    "按要求": "vague",
    "待资金到位": "conditional",
    "搬迁后": "conditional",
    "节前": "event",
    "7月底": "2023-07-31",
    "7月底前": "2023-07-31",
    "7月末": "2023-07-31",
    "8月底": "2023-08-31",
    "8月底前": "2023-08-31",
    "2023年9月底": "2023-09-30",
    "2023年8月": "2023-08-31",
    "7月份": "2023-07-31",
    "8月上旬": "2023-08-10",
    "2023年8月中旬": "2023-08-20",
    "7月下旬": "2023-07-31",
    "年底前": "2023-12-31",
    "年内": "2023-12-31",
    "2023年三季度": "2023-09-30",
    "第三季度末": "2023-09-30",
    "2023.7.10—2023.7.25": "2023-07-25",
    "2023年7月1日至8月20日": "2023-08-20",
    "2023年7月-9月": "2023-09-30",
    "2023.7.31(延期至2023.9.30)": "2023-07-31",
    "07/08/2023": "ambiguous",
    2023.1: "ambiguous",
    "2023年6月31日": "impossible",
    "2023年13月5日": "impossible",
    "20230732": "impossible",
    "已完成": "status_word",
    "√": "status_word",
    "无": "blank",
    "—": "blank",
    "/": "blank",
    "二〇二三年八月": "2023-08-31",
    "2023年7月31日（星期二）": "2023-07-31",
    "限7月31日": "2023-07-31",
    "7.31前完成": "2023-07-31",
}


def serial(day):
    """The number of the day in the 1900 system."""
    return (day - datetime.date(1899, 12, 30)).days


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def numerals(number):
    """1–31 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    text = {0: "", 1: "十"}.get(tens, _NUMERALS[tens] + "十")
    return text + (_NUMERALS[ones] if ones else "")


def written(style, day):
    """The cell for `day` in one of the styles below."""
    year, month, dom = day.year, day.month, day.day
    table = {
        "real": lambda: Day(day),
        "real_iso": lambda: Day(day, "yyyy-mm-dd"),
        "real_cn": lambda: Day(day, 'yyyy"年"m"月"d"日"'),
        "serial": lambda: serial(day),
        "eight_number": lambda: year * 10000 + month * 100 + dom,
        "eight_text": lambda: f"{year}{month:02}{dom:02}",
        "cn": lambda: f"{year}年{month}月{dom}日",
        "cn_before": lambda: f"{year}年{month}月{dom}日前",
        "cn_spaced": lambda: f"{year} 年 {month} 月 {dom} 日",
        "cn_broken": lambda: f"{year}年\n{month}月{dom}日",
        "cn_full_width": lambda: full_width(str(year)) + "年" + full_width(str(month)) + "月" + full_width(str(dom)) + "日",
        "cn_numerals": lambda: "二〇二三年" + numerals(month) + "月" + numerals(dom) + "日",
        "cn_circle": lambda: "二○二三年" + numerals(month) + "月" + numerals(dom) + "日",
        "cn_weekday": lambda: f"{year}年{month}月{dom}日（星期{_WEEKDAYS[day.weekday()]}）",
        "cn_time": lambda: f"{year}年{month}月{dom}日17：00",
        "dot": lambda: f"{year}.{month}.{dom}",
        "dot_padded": lambda: f"{year}.{month:02}.{dom:02}",
        "slash": lambda: f"{year}/{month}/{dom}",
        "dash": lambda: f"{year}-{month}-{dom}",
        "iso": lambda: day.isoformat(),
        "iso_time": lambda: day.isoformat() + " 00:00:00",
        "iso_before": lambda: day.isoformat() + "前",
        "short_year": lambda: f"{year % 100}/{month}/{dom}",
        "short_dot": lambda: f"{year % 100}.{month}.{dom}",
        "month_day": lambda: f"{month}月{dom}日",
        "month_day_before": lambda: f"{month}月{dom}日前",
        "month_day_hao": lambda: f"{month}月{dom}号",
        "month_dot": lambda: f"{month}.{dom}",
        "english": lambda: f"{dom}-{_ENGLISH[month - 1]}-{year % 100}",
        "american": lambda: f"{month:02}/{dom:02}/{year}" if dom > 12 else f"{year}/{month}/{dom}",
    }
    return table[style]()


def _workdays_after(day, count):
    """The day that many working days later; the only holiday of the summer of 2023 is 22–24 June, 25 June is worked."""
    while count:
        day += datetime.timedelta(days=1)
        worked = day.weekday() < 5 and day.isoformat() not in ("2023-06-22", "2023-06-23") or day.isoformat() == "2023-06-25"
        count -= worked
    return day


def deadline(style, planned, found):
    """(written cell, truth) for a deadline; `style` is a style, a literal, `+n` days or `+w15` working days from the found day."""
    if style in LITERAL_DEADLINES:
        return style, LITERAL_DEADLINES[style]
    if isinstance(style, str) and style.startswith("+"):
        if style == "+w15":
            return "15个工作日内", _workdays_after(found, 15).isoformat()
        words = {"+3": "3天内", "+7": "一周内", "+10": "10日内", "+30": "30日内"}
        return words[style], (found + datetime.timedelta(days=int(style[1:]))).isoformat()
    if style == "":
        return None, "blank"
    return written(style, planned), planned.isoformat()
