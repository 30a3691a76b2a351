"""How words about an event's status stand in titles: the patterns that find them, made of `status_words.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hobnob.observations import Status

__all__ = ["Marks", "fold", "title_marks"]

_WORD = re.compile(r"\w+")
_BEFORE_WORDS = """
event meeting class session update updated notice note news attention achtung wichtig info important importante warning
sorry leider unfortunately veranstaltung termin seance evenement evento reunion is are was were now officially wird
wurde ist est sera esta fue foi ar er aviso this all today tonight heute krankheitsbedingt wetterbedingt kurzfristig
информация внимание האירוע المهرجان etkinlik
"""
_BEFORE = rf"(?:(?:{'|'.join(_BEFORE_WORDS.split())}|ha(?:s|ve) been|a ete|ha sido|e stat[oa]|zostało)[,:!]? )*"
_TAIL = (
    r"(?: (?:due to|because|owing to|until|till|bis|wegen|aufgrund|krankheitsbedingt|en raison|pour cause|jusqu|faute"
    r"|por|debido|hasta|ate|devido|fino|causa|a causa|per|tot|vanwege|wegens|z powodu|do odwołania|pga|p g a"
    r"|na grund av|из-за|в связи|на неопределенный)\b.{1,80}"
    r"| to (?:a later date|next [a-z]+|(?:late |early )?(?:spring|summer|autumn|fall|winter|january|february|march"
    r"|april|may|june|july|august|september|october|november|december))"
    r"|,? (?:today|tonight|tomorrow|indefinitely|this (?:week|month|year)|again|tba|tbd|sine die|heute|leider|ersatzlos"
    r"|wieder|aujourd.?hui|hoy|oggi|vandaag)"
    r"|,?(?P<date> (?P<to>(?:to|auf(?: den)?|au|al?|para|naar|na|till?|for|на|a) )?(?:[^\W\d]+,? ){0,3}\d[\w./:,-]*"
    r"(?: (?:\d[\w./:,-]*|at|um|a|de|uhr|[ap]\.?m\.?|h|bis|to|and|-|[^\W\d]{3,12},?|[^\W\d]+ \d[\w./:,-]*)){0,6}))?"
)
_IN_BRACKETS = r"(?: ?[-–—,:;|] ?.{1,60})?"
# How events end that are off, in scripts that do not part words: 音楽会中止, 활동취소.
_OF_UNPARTED_EVENT = "[会會動动座赛賽演典展祭式催業业回]"
_NOTICE = r"(?:notice of )?(?P<word>{words})(?: (?:regular|special|monthly|board|committee|council|public))*" + (
    r" (?:meetings?|class|session|event|show|hearing|lecture|workshop)"
)


class Marks(NamedTuple):
    """`hints`: one of these words is in every marked title. `status` is by folded word."""

    hints: frozenset[str]
    unparted_hints: re.Pattern[str]
    status: dict[str, Status]
    whole: re.Pattern[str]
    bracketed: re.Pattern[str]
    at_end: re.Pattern[str]
    sentence: re.Pattern[str]
    before: re.Pattern[str]
    notice: re.Pattern[str]
    unparted: re.Pattern[str]
    unparted_end: re.Pattern[str]
    anywhere: re.Pattern[str]


def fold(text: str) -> str:
    """Small letters without accents, white space as single spaces; as many words as `text` has."""
    small = text.lower().replace("ß", "ss").replace("·", " ").replace("’", "'")
    if not small.isascii():
        small = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
        small = unicodedata.normalize("NFC", small)
    return " ".join(small.split())


@cache
def title_marks() -> Marks:
    """The patterns, made once, when first asked for."""
    table = tomllib.loads(Path(__file__).with_name("status_words.toml").read_text(encoding="utf-8"))
    status: dict[str, Status] = {}
    hints: set[str] = set()
    written: set[str] = set()
    lists: dict[str, list[str]] = {"words": [], "sentence": [], "whole": [], "before": [], "unparted": []}
    for name, phrases_by_list in table.items():
        for kind, phrases in phrases_by_list.items():
            for phrase in map(fold, phrases):
                status.setdefault(phrase, Status(name))
                lists[kind].append(phrase)
            written.update(phrases if kind != "unparted" else ())
            hints.update(_hint(written) for phrase in phrases for written in (phrase, fold(phrase)))
    words, sentence, whole = (_any(lists[name]) for name in ("words", "sentence", "whole"))
    unparted = _any(lists["unparted"])
    alone = f"{_any([*lists['words'], *lists['sentence'], *lists['whole']])}"
    end = r"(?:となりました|になりました|しました|のお知らせ|のおしらせ|のため)?"
    return Marks(
        hints=frozenset(hints),
        unparted_hints=re.compile(unparted),
        status=status,
        whole=re.compile(rf"{_BEFORE}(?P<word>{alone}){_TAIL}[!.]*"),
        bracketed=re.compile(rf"\W*{_BEFORE}(?P<word>{alone}){_TAIL}{_IN_BRACKETS}[^\w?]*"),
        at_end=re.compile(
            r"(?<=\S) (?P<verb>(?:(?:has|have) been|is|are|was|ist|wird|wurde|est|sera|a ete|ha sido|e stat[oa]|foi"
            rf"|zostało) )?(?:now |leider |kurzfristig )?(?P<word>{words}){_TAIL}[!.]*$"
        ),
        sentence=re.compile(rf"(?<=\S) (?:leider |heute )?(?P<word>{sentence}|{whole}){_TAIL}[!.]*$"),
        before=re.compile(rf"(?P<word>{_any(lists['before'])}) (?=\S)"),
        notice=re.compile(_NOTICE.format(words=words)),
        unparted=re.compile(rf"\W*(?:本|全|試合|イベント|本日|行事|행사 ?)?(?P<word>{unparted}){end}\W*"),
        unparted_end=re.compile(rf"(?<={_OF_UNPARTED_EVENT})(?P<word>{unparted}){end}$"),
        anywhere=re.compile(rf"(?<!\w)(?:{_any(written)})(?!\w)|{unparted}", re.IGNORECASE),
    )


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(set(phrases), key=len, reverse=True))


def _hint(phrase: str) -> str:
    """Its longest word: where that is not, the phrase is not."""
    words: list[str] = _WORD.findall(phrase)
    return max(words, key=len)
