"""Dates of East Asia, whose parts are named where they stand: 2027年3月3日（水）午後7時, 2027년 3월 3일 오후 7시."""

import re

from crawlers.readers.date_words.figures import FIRST_YEAR, LAST_YEAR, Clock, Day, Token, clock

__all__ = ["EAST", "eastern"]

_HOUR = r"\s?[時时點点시](?![間间])(?:\s?(?:\d{1,2}\s?[分분]|[半반]))?"
_WORDS = "から|より|まで|至|到|부터|까지|正午|정오|開場|毎週|毎月|毎日|每周|每週|每月|每天|매주|매월"
_KEYS = f"{_WORDS}|午|[上下]午|晚上|早上|오전|오후"
_LETTER = "぀-ヿ㐀-鿿가-힣"
#: Alternatives for the pattern of all tokens; what each of them holds is found again in `eastern`.
EAST = rf"""
      (?P<east_date>(?:(?:\d{{4}}|(?:令和|R)\s?\d{{1,2}})\s?[年년]\s?)?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일號号](?![間间동]))
    | (?P<east_day>\d{{1,2}}[日일](?![間间동]))
    | (?P<east_time>(?:[午上下][前後午]|晚上|早上|오전|오후)\s?\d{{1,2}}(?::\d\d|{_HOUR})|\d{{1,2}}{_HOUR})
    | (?P<east_weekday>[月火水木金土日]曜日?|(?:[周週]|星期|礼拜|禮拜)[一二三四五六日天]|[월화수목금토일]요일
        |(?<=[(\[【〔])[月火水木金土日월화수목금토일](?=[)・·/\]】〕祝,])(?:・祝日?)?)
    | (?P<east_word>{_WORDS})
    | (?P<east_other>[{_LETTER}]+?(?={_KEYS}|[^{_LETTER}]|\Z))
"""
_WEEKDAYS = {
    letter: n for days in ("月火水木金土日", "一二三四五六日", "월화수목금토일") for n, letter in enumerate(days)
} | {"天": 6}
_AFTERNOON = ("午後", "下午", "晚上", "오후")
_ROLES = {"から": "r", "より": "r", "至": "r", "到": "r", "부터": "r", "まで": "g", "까지": "g", "開場": "j"}
_REIWA = 2018


def eastern(match: re.Match[str]) -> list[Token]:
    """The token of a match of one of the groups of EAST."""
    kind, text, start, end = match.lastgroup, match[0], match.start(), match.end()
    if kind in ("east_date", "east_day"):
        return [_date(text, start, end)]
    if kind == "east_time":
        time = _time(text)
        return [Token("c" if time else "x", start, end, clock=time)]
    if kind == "east_weekday":
        name = text.partition("・")[0].removesuffix("요일").removesuffix("曜日").removesuffix("曜")
        return [Token("w", start, end, _WEEKDAYS[name[-1]])]
    if text in ("正午", "정오"):
        return [Token("c", start, end, clock=Clock(12))]
    if kind == "east_word":
        return [Token(_ROLES.get(text, "e"), start, end)]
    return [Token("x", start, end)]


def _date(text: str, start: int, end: int) -> Token:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 1:
        return Token("o" if 1 <= numbers[0] <= 31 else "n", start, end, numbers[0])
    if len(numbers) == 2:
        return Token("p", start, end, days=(Day(numbers[1], numbers[0]),))
    year = numbers[0] if numbers[0] >= 100 else numbers[0] + _REIWA
    day = Day(numbers[2], numbers[1], year)
    return Token("q" if FIRST_YEAR <= year <= LAST_YEAR and day.date() else "x", start, end, days=(day,))


def _time(text: str) -> Clock | None:
    numbers = re.findall(r"\d+", text)
    minute = numbers[1] if len(numbers) > 1 else "30" if text[-1] in "半반" else "0"
    time = clock(numbers[0], minute)
    if time is None or text[0].isdigit() or time.hour > 12:
        return time
    half = int(text.startswith(_AFTERNOON))
    return time._replace(hour=time.hour % 12 + 12 * half, half=half, clear=True)
