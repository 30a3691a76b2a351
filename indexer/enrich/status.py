"""Whether an event takes place: its declared status, or what a mark on its title says of it.

A mark stands apart from the title: before or after a separator, in brackets, or at the end of a sentence about the
event ("Council meeting cancelled"). "Cancelled Flights: a talk on airline law" has none. The words, in many
languages, are in `status_words.toml`; the meanings are schema.org's EventStatusType. Descriptions are not read: what
they say of cancelling is mostly the policy.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hobnob.observations import Observation, Status

__all__ = ["judged", "marked"]

#: A longer title is no title, and not read.
MOST_CHARS = 600
_WORD = re.compile(r"\w+")
_UNPARTED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_PARTS = re.compile(
    r"((?:\s*(?:[|•»«\\~*…!\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]+|\s·\s|\.{3,}|[–—―]+|--+|:(?=\s|$|[^\W\d])|：|!+)\s*)+|\s-+\s?|\s/+\s|-+\s|(?<=[A-Z]{6})-(?=[A-Z][a-z])"
    r"|\s+(?=[\[(【［（])"
    r"|(?<=[\])】］）])\s*)"
)
_BRACKETS = re.compile(
    r"\s*[(\[{（［【〔《＜<*]+([^()\[\]{}（）［］【】〔〕《》＜＞<>*]{1,80})[)\]}）］】〕》＞>*]+\s*[:：]?\s*"
)
_AT_ENDS = " \t\n-–—―:：|,;/~*•·…"
_BEFORE_WORDS = """
event meeting class session update updated notice note news attention achtung wichtig info important importante warning
sorry leider unfortunately veranstaltung termin seance evenement evento reunion is are was were now officially wird
wurde ist est sera esta fue foi ar er aviso this all today tonight heute
"""
_BEFORE = rf"(?:(?:{'|'.join(_BEFORE_WORDS.split())}|ha(?:s|ve) been|a ete|ha sido|e stat[oa]|zostało)[,:!]? )*"
_TAIL = (
    r"(?: (?:due to|because|owing to|until|till|bis|wegen|aufgrund|krankheitsbedingt|en raison|pour cause|jusqu|faute"
    r"|por|debido|hasta|ate|devido|fino|causa|a causa|per|tot|vanwege|wegens|z powodu|do odwołania|pga|p g a"
    r"|na grund av|из-за|в связи|на неопределенный)\b.{1,80}"
    r"|,? (?:today|tonight|tomorrow|indefinitely|this (?:week|month|year)|again|tba|tbd|sine die|heute|leider|ersatzlos"
    r"|wieder|aujourd.?hui|hoy|oggi|vandaag)"
    r"|,?(?P<date> (?:(?:to|auf|au|al|a|para|naar|na|til|till|for|for|на) )?(?:[^\W\d]+,? ){0,3}\d[\w./:,-]*"
    r"(?: (?:\d[\w./:,-]*|at|um|a|de|uhr|[ap]\.?m\.?|h|bis|to|and|-|[^\W\d]+ \d[\w./:,-]*)){0,6}))?"
)
_IN_BRACKETS = r"(?: ?[-–—,:;|] ?.{1,60})?"
# Nobody says so of the event: "Why my flight was cancelled", "unless otherwise cancelled", "Getting cancelled".
_NOT_OF_IT = re.compile(
    r"\b(?:why|how|what|who|when|if|unless|not|never|getting|get|gets|being|be|otherwise|may|might|or|and|to|the|a|an"
    r"|of|by|on|warum|wie|was|wenn|falls|nicht|oder|und|werden|pourquoi|comment|si|pas|ou|et|no|porque|como|cuando|o|y"
    r"|perche|non|e|niet|als|waarom|en|etre|ser|essere|из|не|как|быть)\Z"
)
_QUESTION = re.compile(r"(?:why|how|what|who|when|if|warum|wie|was|wenn|pourquoi|comment|por que|como|perche|waarom)\b")
# What is told to be off: a meeting, or a day.
_OF_EVENT = re.compile(
    r"(?:meetings?|class(?:es)?|sessions?|events?|committee|council|board|commission|presentation|lecture|talk|seminar"
    r"|workshop|course|concert|show|performance|practice|rehearsal|training|lessons?|hearing|webinar|call|conference"
    r"|meet-?up|party|tour|fair|market|festival|game|match|race|ride|run|walk|hike|group|club|night|hours|group"
    r"|\w*treff(?:en)?|\w*sitzung|\w*kurs|\w*konzert|\w*vortrag|\w*abend|\w*stammtisch|\w*veranstaltung|\w*termin|reunion"
    r"|seance|conference|atelier|cours|spectacle|reunion|concierto|clase|curso|taller|concerto|riunione|corso|lezione"
    r"|vergadering|bijeenkomst|les|koncert|spotkanie|\d{1,4}(?:st|nd|rd|th)?[)\]]?)[,.]?\Z"
)
_NOTICE = r"(?:notice of )?(?P<word>{words})(?: (?:regular|special|monthly|board|committee|council|public))*" + (
    r" (?:meetings?|class|session|event|show|hearing|lecture|workshop)"
)


class _Marks(NamedTuple):
    """`hints`: one of these words is in every marked title. `status` is by folded word."""

    hints: frozenset[str]
    unparted_hints: re.Pattern[str]
    status: dict[str, Status]
    whole: re.Pattern[str]
    bracketed: re.Pattern[str]
    at_end: re.Pattern[str]
    sentence: re.Pattern[str]
    notice: re.Pattern[str]
    unparted: re.Pattern[str]


class _Cut(NamedTuple):
    """What a piece of a title is without its mark, and what the mark says."""

    rest: str
    status: Status


def judged(observation: Observation) -> tuple[str, Status]:
    """The name without a mark, and the status: a declared one but "scheduled", else the mark's, else scheduled.

    Where the whole of the place, or a status that its reader could not tell, is such a word, it counts as well.
    """
    name, status = marked(observation.name)
    declared = observation.event_status
    if declared is not None and declared is not Status.SCHEDULED:
        return name, declared
    if status is None and ((where := observation.location) is not None or observation.raw):
        said = (where.name, where.text) if where is not None else ()
        status = _word_alone((*said, observation.raw.get("event_status")))
    return name, status or Status.SCHEDULED


def marked(title: str) -> tuple[str, Status | None]:
    """The title without its mark, and what that says; the title as it is, and None, where there is none.

    A title that is all mark ("Cancelled", "No meeting") stays as it is.
    """
    marks = _marks()
    if not _may_be_marked(title, marks):
        return title, None
    said: list[Status] = []
    rest = _without_brackets(unicodedata.normalize("NFC", " ".join(title.split())), marks, said)
    rest = _without_parts(rest, marks, said)
    if not said:
        return title, None
    rest = " ".join(rest.split()).strip(_AT_ENDS)
    return (rest if any(map(str.isalnum, rest)) else title), said[0]


def _word_alone(texts: Iterable[str | None]) -> Status | None:
    marks = _marks()
    for text in texts:
        if text and len(text) <= 80 and _may_be_marked(text, marks):
            folded = _folded(text)
            if found := marks.bracketed.fullmatch(folded) or marks.unparted.fullmatch(folded):
                return _said(found, marks)
    return None


def _may_be_marked(title: str, marks: _Marks) -> bool:
    if len(title) > MOST_CHARS:
        return False
    small = title.lower()
    if not marks.hints.isdisjoint(_WORD.findall(small)):
        return True
    return not title.isascii() and marks.unparted_hints.search(small) is not None


def _without_brackets(title: str, marks: _Marks, said: list[Status]) -> str:
    def cut(found: re.Match[str]) -> str:
        inside = _folded(found[1])
        if mark := marks.bracketed.fullmatch(inside) or marks.unparted.fullmatch(inside):
            said.append(_said(mark, marks))
            return " "
        return found[0]

    return _BRACKETS.sub(cut, title)


def _without_parts(title: str, marks: _Marks, said: list[Status]) -> str:
    pieces = _PARTS.split(title)
    kept: list[str] = []
    for at in range(0, len(pieces), 2):
        piece = pieces[at]
        parted = pieces[at + 1] if at + 1 < len(pieces) else ""
        cut = _cut(piece, marks, is_all=len(pieces) == 1, is_first=at == 0, is_last=at == len(pieces) - 1)
        if cut is None:
            kept += piece, parted
            continue
        said.append(cut.status)
        if cut.rest:
            kept += cut.rest, parted
        elif not parted and kept:
            kept[-1] = " "
    return "".join(kept)


def _cut(piece: str, marks: _Marks, *, is_all: bool, is_first: bool, is_last: bool) -> _Cut | None:
    """The piece without its mark; None if it has none."""
    words = piece.split()
    folded = _folded(" ".join(words))
    if len(words) > 40 or (marks.hints.isdisjoint(_WORD.findall(folded)) and not marks.unparted.search(folded)):
        return None
    if cut := _all_mark(words, folded, marks):
        return cut
    if found := marks.sentence.search(folded):
        return None if _QUESTION.match(folded) else _before(found, folded, words, _said(found, marks))
    if (found := marks.at_end.search(folded)) and _tells_of_event(found, folded, words, is_last=is_last):
        return _before(found, folded, words, _said(found, marks))
    if is_all and (found := marks.notice.fullmatch(folded.strip(" .,#"))):
        return _Cut(piece, _said(found, marks))
    return _shouted_first(words, folded, marks) if is_first else None


def _all_mark(words: list[str], folded: str, marks: _Marks) -> _Cut | None:
    """A piece that is all mark, or whose first or last word is one of a script where that stands apart."""
    bare = folded.strip(" .,#")
    if found := marks.whole.fullmatch(bare) or marks.unparted.fullmatch(bare):
        return _Cut("", _said(found, marks))
    for place in (-1, 0) if len(words) > 1 else ():
        if found := marks.unparted.fullmatch(_folded(words[place])):
            return _Cut(" ".join(words[:-1] if place else words[1:]), _said(found, marks))
    return None


def _tells_of_event(found: re.Match[str], folded: str, words: list[str], *, is_last: bool) -> bool:
    """Whether a word that ends a piece, with no separator before it, tells of the event.

    It does when it is shouted, beside a word for a meeting or a day, with a verb ("is cancelled"), or in small
    letters among capitals ("Fox Point cancelled").
    """
    before = folded[: found.start()].rstrip()
    if _QUESTION.match(folded) or _NOT_OF_IT.search(before.rstrip(",")):
        return False
    at = len(folded[: found.start("word")].split())
    rest, word = words[:at], words[at] if at < len(words) else ""
    if word.islower() and found["word"].endswith(("online", "linea", "ligne")):
        return False
    if found["verb"] or _OF_EVENT.search(before) or (before.endswith(",") and is_last):
        return True
    if word.isupper() and not " ".join(rest).isupper():
        return True
    return word.islower() and any(one[:1].isupper() for one in rest[1:])


def _shouted_first(words: list[str], folded: str, marks: _Marks) -> _Cut | None:
    """A mark in capitals before a title that is not: "CANCELLED Spring Fair"; "Rescheduled" even in small letters."""
    for count in (1, 2):
        found = marks.whole.fullmatch(" ".join(folded.split()[:count]).strip(" .,#*"))
        rest = words[count:]
        if found and rest and rest[0][:1].isalnum() and not " ".join(rest).isupper():
            status = _said(found, marks)
            if "".join(words[:count]).isupper() or (found["word"] == "rescheduled" and rest[0][:1].isupper()):
                return _Cut(" ".join(rest), status)
    return None


def _before(found: re.Match[str], folded: str, words: list[str], status: Status) -> _Cut:
    """What stands before the mark, as it is written."""
    count = len(folded[: found.start()].split())
    return _Cut(" ".join(words[:count]).rstrip(_AT_ENDS), status)


def _said(found: re.Match[str], marks: _Marks) -> Status:
    """By its word; what is postponed to a day that is named is rescheduled (schema.org)."""
    status = marks.status[found["word"]]
    if status is Status.POSTPONED and found.groupdict().get("date"):
        return Status.RESCHEDULED
    return status


def _folded(text: str) -> str:
    """Small letters without accents, white space as single spaces; as many words as `text` has."""
    small = text.lower().replace("ß", "ss").replace("·", " ").replace("’", "'")
    if not small.isascii():
        small = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
        small = unicodedata.normalize("NFC", small)
    return " ".join(small.split())


@cache
def _marks() -> _Marks:
    table = tomllib.loads(Path(__file__).with_name("status_words.toml").read_text(encoding="utf-8"))
    status: dict[str, Status] = {}
    hints: set[str] = set()
    lists: dict[str, list[str]] = {"words": [], "sentence": [], "whole": [], "unparted": []}
    for name, phrases_by_list in table.items():
        for kind, phrases in phrases_by_list.items():
            for phrase in map(_folded, phrases):
                status.setdefault(phrase, Status(name))
                lists[kind].append(phrase)
            hints.update(_hint(written) for phrase in phrases for written in (phrase, _folded(phrase)))
    words, sentence, whole = (_any(lists[name]) for name in ("words", "sentence", "whole"))
    unparted = _any(lists["unparted"])
    alone = f"{_any([*lists['words'], *lists['sentence'], *lists['whole']])}"
    end = r"(?:となりました|になりました|しました|のお知らせ|のおしらせ|のため)?"
    return _Marks(
        hints=frozenset(hints),
        unparted_hints=re.compile(unparted),
        status=status,
        whole=re.compile(rf"{_BEFORE}(?P<word>{alone}){_TAIL}[!.]*"),
        bracketed=re.compile(rf"\W*{_BEFORE}(?P<word>{alone}){_TAIL}{_IN_BRACKETS}\W*"),
        at_end=re.compile(
            r"(?<=\S) (?P<verb>(?:(?:has|have) been|is|are|was|ist|wird|wurde|est|sera|a ete|ha sido|e stat[oa]|foi"
            rf"|zostało) )?(?:now |leider |kurzfristig )?(?P<word>{words}){_TAIL}[!.]*$"
        ),
        sentence=re.compile(rf"(?<=\S) (?:leider |heute )?(?P<word>{sentence}|{whole}){_TAIL}[!.]*$"),
        notice=re.compile(_NOTICE.format(words=words)),
        unparted=re.compile(rf"\W*(?:本|全|試合|イベント|本日|行事|행사 ?)?(?P<word>{unparted}){end}\W*"),
    )


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(set(phrases), key=len, reverse=True))


def _hint(phrase: str) -> str:
    """Its longest word: where that is not, the phrase is not."""
    words: list[str] = _WORD.findall(phrase)
    return max(words, key=len)
