"""What words say about whether an event takes place: in a status field, or as a mark on its title.

A mark stands apart from the title: before or after a separator, in brackets, or at the end of a sentence about the
event ("Council meeting cancelled"). "Cancelled Flights: a talk on airline law" has none. The words, in many
languages, are in `status_words.toml`; the meanings are schema.org's EventStatusType. Descriptions are not read: what
they say of cancelling is mostly the policy.
"""

import re
import unicodedata
from typing import NamedTuple

from hobnob.observations import Status
from hobnob.status_marks import Marks, fold, title_marks

__all__ = ["MOST_CHARS", "alone", "marked_title", "of_field"]

#: A longer title is no title, and not read.
MOST_CHARS = 600
#: Of a status field so much is read; so long it need not be a sentence.
_READ_IN_FIELD, _SHORT_FIELD = 2000, 60
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(
    r"((?:\s*(?:[|•»«\\~*…!\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]+|\s·\s|\.{3,}|[–—―]+|--+|:(?=\s|$|[^\W\d])|：|!+)\s*)+|\s-+\s?|\s/+\s|-+\s|(?<=[A-Z]{6})[-_](?=[A-Z][a-z])"
    r"|\s+(?=[\[(【［（])"
    r"|(?<=[\])】］）])\s*)"
)
_BRACKETS = re.compile(
    r"\s*[(\[{（［【〔《＜<*]+([^()\[\]{}（）［］【】〔〕《》＜＞<>*]{1,80})[)\]}）］】〕》＞>*]+\s*[:：]?\s*"
)
_AT_ENDS = " \t\n-–—―:：|,;/~*•·…❌🚫⛔🛑⚠❗‼✖\ufe0f"
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
    r"|vergadering|bijeenkomst|les|koncert|spotkanie|konser|konsert|konsertti"
    r"|\w*(?:lesung|fuhrung|gottesdienst|markt|fest|ausflug|workshop|seminar|turnier|spiel|probe|tagung|messe|theater)"
    r"|концерт|лекция|встреча|спектакль|концерту|лекція|зустріч|мероприятие|фестиваль|soiree|debat|evento|charla"
    r"|conferencia|festa|fiesta|feria|mercato|palestra|oficina|warsztaty|wyklad|prednaska|koncerty|\d{1,4}(?:st|nd|rd|th)?[)\]]?)[,.]?\Z"
)
# In a longer status field the word must be told of the event: "has been cancelled", or shouted.
_TOLD = re.compile(
    r"\b(?:(?:has|have) been|is|are|was|were|wurde|wird|ist|a ete|est|ha sido|esta|e stat[oa]|foi|zostalo)(?: now)?\Z"
)
_NOT_SO = re.compile(r"\b(?:not|never|if|unless|(?:may|might|can) be|nicht|falls|pas|no|non|niet|не)(?: \w+){0,2}\Z")


# Works have titles, too: "Cancelled: a comedy", "Film: Postponed"; in capitals it is no title.
_A_WORK = re.compile(
    r"(?:[(\[]\W*|\W*(?:an?|eine?|une?|uno|una|um|uma|een|en|ett|et) )(?:\w+ ){0,2}?"
    r"(?:comedy|tragedy|drama|musical|opera|play|film|movie|documentary|novel|memoir|story|tale|romance|thriller|satire"
    r"|monologue|theaterst\w+|st[uü]ck|komodie|tragodie|oper|roman|krimi|dokumentarfilm|kabarett\w*|comedie|piece"
    r"|histoire|recit|comedia|obra|pelicula|novela|historia|monologo|commedia|romanzo|storia|peca|romance|toneelstuk"
    r"|voorstelling|sztuka|komedia|powiesc|hra|komedie|pjas|spektakl)\b"
)
_SHOWN = re.compile(
    r"(?:film|movie|documentary|screening|film screening|kino|cine|cinema|pelicula|book|buch|livre|libro|novel|roman"
    r"|filmvorfuhrung|projection|proyeccion|proiezione|song|album|single|kinofilm|spielfilm|фильм|кино)"
)
# Names of doing it, before what it is about: "Annulation : droits des passagers".
_NOUNS = re.compile(r"(?:cancel+ations?|annulations?|postponements?|отмена|перенос|absage)")
# A short Vietnamese word that without its accents is a name.
_OFF = re.compile(r"(?<!đã )(?<!bị )\b(?:hủy|huỷ)\b(?=\s*(?:$|[^\w\s]))", re.IGNORECASE)


class _Cut(NamedTuple):
    """What a piece of a title is without its mark, and what the mark says."""

    rest: str
    status: Status


def marked_title(title: str) -> tuple[str, Status | None]:
    """The title without its mark, and what that says; the title as it is, and None, where there is none.

    A title that is all mark ("Cancelled", "No meeting") stays as it is.
    """
    marks = title_marks()
    if not _may_be_marked(title, marks):
        return title, None
    said: list[Status] = []
    whole = unicodedata.normalize("NFC", " ".join(title.split()))
    if "ủ" in whole.lower() or "uỷ" in whole.lower():
        whole = _OFF.sub("đã hủy", whole)
    rest = _without_brackets(whole, marks, said)
    rest = _without_parts(rest, marks, said)
    if not said:
        return title, None
    rest = " ".join(rest.split()).strip(_AT_ENDS)
    return (rest if any(map(str.isalnum, rest)) else title), said[0]


def alone(text: str | None) -> Status | None:
    """What a short text says that is all mark: "Cancelled", "postponed due to rain"."""
    marks = title_marks()
    if text and len(text) <= 80 and _may_be_marked(text, marks):
        folded = fold(text)
        if found := marks.bracketed.fullmatch(folded) or marks.unparted.fullmatch(folded):
            return _said(found, marks)
    return None


def of_field(text: str) -> Status | None:
    """What the text of a status field says; None when it says nothing clear.

    A short text need only hold the word; in a longer one it stands in capitals or after "has been", "is" and such.
    """
    if said := alone(text):
        return said
    marks, text = title_marks(), text[:_READ_IN_FIELD]
    if not _may_be_marked(text, marks, _READ_IN_FIELD):
        return None
    for found in marks.anywhere.finditer(text):
        before = fold(text[max(0, found.start() - 40) : found.start()])
        if _NOT_SO.search(before):
            continue
        if len(text) <= _SHORT_FIELD or found[0].isupper() or _TOLD.search(before):
            return marks.status.get(fold(found[0]))
    return None


def _may_be_marked(title: str, marks: Marks, most: int = MOST_CHARS) -> bool:
    if len(title) > most:
        return False
    small = title.lower().replace("\u0307", "")  # what is left of a Turkish capital İ
    if not marks.hints.isdisjoint(_WORD.findall(small)):
        return True
    return not title.isascii() and marks.unparted_hints.search(small) is not None


def _without_brackets(title: str, marks: Marks, said: list[Status]) -> str:
    def cut(found: re.Match[str]) -> str:
        inside = fold(found[1])
        if mark := marks.bracketed.fullmatch(inside) or marks.unparted.fullmatch(inside):
            said.append(_said(mark, marks))
            return " "
        return found[0]

    return _BRACKETS.sub(cut, title)


def _without_parts(title: str, marks: Marks, said: list[Status]) -> str:
    pieces = _PARTS.split(title)
    kept: list[str] = []
    for at in range(0, len(pieces), 2):
        piece = pieces[at]
        parted = pieces[at + 1] if at + 1 < len(pieces) else ""
        cut = _cut(piece, marks, is_all=len(pieces) == 1, is_first=at == 0, is_last=at == len(pieces) - 1)
        if cut is None or (not cut.rest and _is_of_a_title(pieces, at)):
            kept += piece, parted
            continue
        said.append(cut.status)
        if cut.rest:
            kept += cut.rest, parted
        elif not parted and kept:
            kept[-1] = " "
    return "".join(kept)


def _is_of_a_title(pieces: list[str], at: int) -> bool:
    """Whether a piece that is all mark, but not in capitals, is the title of a work, or what the event is about."""
    if pieces[at].isupper() or len(pieces) == 1:
        return False
    if at == 0:
        after = "".join(pieces[2:]).strip()
        if _NOUNS.fullmatch(fold(pieces[0])) and ":" in pieces[1] and after[:1].islower():
            return not any(one.isdecimal() for one in after) and not any(map(_OF_EVENT.match, fold(after).split()))
        return _A_WORK.match(fold(after)) is not None
    return at == 2 and pieces[1].strip() == ":" and _SHOWN.fullmatch(fold(pieces[0])) is not None


def _cut(piece: str, marks: Marks, *, is_all: bool, is_first: bool, is_last: bool) -> _Cut | None:
    """The piece without its mark; None if it has none."""
    words = piece.split()
    folded = fold(" ".join(words))
    if len(words) > 40 or (marks.hints.isdisjoint(_WORD.findall(folded)) and not marks.unparted.search(folded)):
        return None
    if cut := _all_mark(words, folded, marks):
        return cut
    if found := marks.sentence.search(folded):
        return None if _QUESTION.match(folded) else _before(found, folded, words, _said(found, marks))
    if (found := marks.at_end.search(folded)) and _tells_of_event(found, folded, words, is_last=is_last):
        return _before(found, folded, words, _said(found, marks))
    cut = _first(words, folded, marks) if is_first else None
    if cut is None and is_all and (found := marks.notice.fullmatch(folded.strip(" .,#"))):
        return _Cut(piece, _said(found, marks))
    return cut


def _all_mark(words: list[str], folded: str, marks: Marks) -> _Cut | None:
    """A piece that is all mark, or whose first or last word is one of a script where that stands apart."""
    bare = folded.strip(" .,#")
    if found := marks.whole.fullmatch(bare) or marks.unparted.fullmatch(bare):
        return _Cut("", _said(found, marks))
    for place in (-1, 0) if len(words) > 1 else ():
        if found := marks.unparted.fullmatch(fold(words[place])):
            return _Cut(" ".join(words[:-1] if place else words[1:]), _said(found, marks))
    if (found := marks.unparted_end.search(bare)) and "?" not in bare:
        return _Cut(" ".join(words)[: -len(found[0])], _said(found, marks))
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
    if found["verb"] or found["to"] or _OF_EVENT.search(before) or (before.endswith(",") and is_last):
        return True
    if word.isupper() and not " ".join(rest).isupper():
        return True
    return word.islower() and any(one[:1].isupper() for one in rest[1:])


def _first(words: list[str], folded: str, marks: Marks) -> _Cut | None:
    """A mark in capitals before a title that is not: "CANCELLED Spring Fair"; or how a sentence about it begins."""
    if found := marks.before.match(folded):
        return _Cut(" ".join(words[len(found[0].split()) :]), _said(found, marks))
    for count in (1, 2):
        found = marks.whole.fullmatch(" ".join(folded.split()[:count]).strip(" .,#*"))
        rest = words[count:]
        is_apart = "".join(words[:count]).isupper() and not " ".join(rest).isupper()
        if found and is_apart and rest and rest[0][:1].isalnum():
            return _Cut(" ".join(rest), _said(found, marks))
    return None


def _before(found: re.Match[str], folded: str, words: list[str], status: Status) -> _Cut:
    """What stands before the mark, as it is written."""
    count = len(folded[: found.start()].split())
    return _Cut(" ".join(words[:count]).rstrip(_AT_ENDS), status)


def _said(found: re.Match[str], marks: Marks) -> Status:
    """By its word; what is postponed to a day that is named is rescheduled (schema.org)."""
    status = marks.status[found["word"]]
    if status is Status.POSTPONED and found.groupdict().get("date"):
        return Status.RESCHEDULED
    return status
