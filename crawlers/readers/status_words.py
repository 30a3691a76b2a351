"""What words say about whether an event takes place: in a status field, or as a mark on its title.

The values are schema.org's EventStatusType. Only clear marks count: "Cancelled Stamps Fair" takes place.
"""

import re

from hobnob.observations import Status

__all__ = ["from_text", "marked_title"]

_WORDS = {
    Status.CANCELLED: (
        r"cancell?ed|called off|no meeting|abgesagt|f[äa]llt aus|entf[äa]llt|annul[ée]e?|cancelad[oa]|annullat[oa]"
        r"|geannuleerd|afgelast|inst[äa]llt|avlyst|aflyst|peruttu|odwołan[ey]|zrušeno|отмен[её]н[оа]?|中止|已取消|취소"
    ),
    Status.POSTPONED: (
        r"postponed|verschoben|reportée?|aplazad[oa]|pospuest[oa]|rinviat[oa]|adiad[oa]|uitgesteld|uppskjuten"
        r"|framskjuten|utsatt|udskudt|przełożon[ey]|延期"
    ),
    Status.RESCHEDULED: r"re-?scheduled",
    Status.MOVED_ONLINE: r"moved online|now online|jetzt online|ahora en l[íi]nea",
}
_ANY = "|".join(f"(?P<{status.name}>{words})" for status, words in _WORDS.items())
_SHORT = 60
_FIELD = re.compile(rf"(?<!\w)(?:{_ANY})(?!\w)", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:not|never|if|unless|may be|might be|can be|nicht|falls|pas|no|non|niet)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE
)
# In a longer text the word must be told of the event: "has been cancelled", or shouted.
_TOLD = re.compile(
    r"\b(?:has been|have been|is|are|was|were|wurde|wird|ist|a été|est|ha sido|está|è stat[oa])\s+(?:now\s+)?\Z",
    re.IGNORECASE,
)
_MARK_BEFORE = re.compile(
    rf"\s*(?:[(\[*]+\s*(?:{_ANY})\s*[!*)\]]+\s*[:\-–—|]?"
    rf"|(?:{_ANY.replace('?P<', '?P<B')})\s*(?:[:!|–—]+|\s-+\s|-\s))\s*",
    re.IGNORECASE,
)
_MARK_AFTER = re.compile(
    rf"\s*(?:[(\[*]+\s*(?:{_ANY})\s*[!*)\]]+|\s[-–—|:]+\s*(?:{_ANY.replace('?P<', '?P<B')})[\s!.]*)\Z", re.IGNORECASE
)
_SHOUTED_BEFORE = re.compile(r"(?:CANCELL?ED|POSTPONED|RESCHEDULED|ABGESAGT|VERSCHOBEN)\s+(?=\S*[a-z])")


def from_text(text: str) -> Status | None:
    """What the text of a status field says; None when it says nothing clear.

    A short text need only hold the word; in a longer one it stands in capitals or after "has been", "is" and such.
    """
    for match in _FIELD.finditer(text[:2000]):
        before = text[: match.start()]
        if _NOT_SO.search(before[-40:]):
            continue
        if len(text) <= _SHORT or match[0].isupper() or _TOLD.search(before[-20:]):
            return _status(match)
    return None


def marked_title(title: str) -> tuple[str, Status | None]:
    """The title without its mark, and what the mark says: "CANCELLED: Spring Fair", "Spring Fair (abgesagt)"."""
    for pattern in (_MARK_BEFORE, _SHOUTED_BEFORE):
        if (match := pattern.match(title)) and (rest := title[match.end() :].strip()):
            return rest, _status(match) or from_text(match[0])
    if (match := _MARK_AFTER.search(title)) and (rest := title[: match.start()].strip()):
        return rest, _status(match)
    return title, None


def _status(match: re.Match[str]) -> Status | None:
    return next((Status[name.removeprefix("B")] for name, value in match.groupdict().items() if value), None)
