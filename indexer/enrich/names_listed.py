"""Which persons one text names: "Jane Doe, CTO at Acme", "mit Jane Doe und John Roe", "Doe, Jane"."""

import re

from indexer.enrich.person_name import AROUND, Kind, folded, is_nobody, kind_of, person_words

__all__ = ["names_in"]

#: More names than this in one text are no list of names.
MOST_NAMES = 50
_LONGEST_TURNED = 80
_ALONE = re.compile(r"\s*[;\n|、；]\s*")
_COMMA = re.compile(r"\s*[,，/]\s*")
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|ed|en|och|og|oraz|i|и|та|ja|és|ve|with|mit|avec|con|feat\.?|ft\.?)\s+", re.IGNORECASE
)
_SIGN = re.compile(r"\s*[&＆+]\s*")
_TAIL = re.compile(r"\s*(?:[,(\[（|@]|\s[-–—]\s|\s(?:at|from|of|bei|von der|vom|chez|de l'|del|from)\s)")
_PARENTHESES = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]?")
_LABEL = re.compile(
    r"(?:(?:guest |keynote )?speakers?|(?:co-?)?organi[sz]ers?|organi[sz]ed by|hosted by|presented by|hosts?"
    r"|presenters?|instructors?|moderators?|veranstalter(?:in)?|referent(?:in|innen|en|:in|\*in)?|vortragende[rn]?"
    r"|dozent(?:in|en)?|moderation"
    r"|intervenante?s?|organisateurs?|présenté par|organisé par|ponentes?|organizan?|organizado por|imparte"
    r"|relator[ei]|organizzato da|palestrantes?|spreker|prelegent|доклад(?:чик)?|спикеры?|講師|登壇者|主催者?|keynote"
    r"|leitung|leiter(?:in)?|trainer(?:in)?|facilitators?|artists?|künstler(?:in)?|gäste?|animateur|animatrice"
    r"|conférenci(?:er|ère)s?|prowadząc[ay]|prowadzi|ведущ(?:ий|ая)|лектор)"
    r"\s*[:：]\s*",
    re.IGNORECASE,
)
# "Mit Jane Doe", "hosted by Jane Doe and John Roe": so begins who it is, if persons come after.
_BY = re.compile(
    r"(?:(?:presented|hosted|organi[sz]ed|led|facilitated|taught|run) by|by|with|featuring|mit|von|par|avec|con|door"
    r"|met|(?:animé|présenté|organisé|proposé|donné)e? par|(?:organizado|impartido|presentado) por|a cargo de|por"
    r"|präsentiert von|geleitet von|organizzato da|a cura di)\s+(?-i:(?=[^\W\d_a-z]))",
    re.IGNORECASE,
)
# Any other label: what comes after it is one of persons or nothing is cut.
_ANY_LABEL = re.compile(r"[^\W\d_][\w -]{2,24}[:：]\s+(?=\S)")
_BY_FIRST = frozenset(
    (
        *("presented", "hosted", "organized", "organised", "led", "facilitated", "taught", "run", "by", "with"),
        *("featuring", "mit", "von", "par", "avec", "con", "door", "met", "anime", "animee", "presente", "presentee"),
        *("organise", "organisee", "propose", "proposee", "donne", "donnee", "organizado", "impartido", "presentado"),
        *("a", "por", "prasentiert", "geleitet", "organizzato"),
    )
)
_AND_OTHERS = re.compile(
    r"(?<![\s,;])[\s,;]{1,4}(?:et al|u\.\s?a|u\.\s?v\.\s?m|uvm|and (?:others|more|guests?)|und (?:andere|weitere|gäste)"
    r"|et d'autres|et invités|y otros|e altri|e outros|en anderen|и др)\.?$",
    re.IGNORECASE,
)


def names_in(text: str, kind: Kind | None = None) -> list[str]:
    """The names that one text holds: several persons apart, each without what follows it ("Jane Doe, CTO at Acme").

    A text that is not clearly a list of persons is one name. Nothing is parted where `kind` is an organisation.
    """
    text = _LABEL.sub("", text, count=1) if ":" in text or "：" in text else text
    if kind == "Organization":
        return [text]
    if turned := _turned(text, kind):
        return [turned]
    return _after_by(text) or _parted(text)


def _parted(text: str) -> list[str]:
    """The names of a list of persons, or the one of what is none."""
    if text.replace(" ", "").isalpha() and not _AND.search(text) and not _TAIL.search(text):
        return [text]
    for parts in _partings(_AND_OTHERS.sub("", text)):
        if found := _persons(parts):
            return found
    return [_without_affiliation(text)]


def _after_by(text: str) -> list[str]:
    """The persons after "by" or a label that begins a text; none where others come after ("With Love Records")."""
    begun = _ANY_LABEL.match(text) if ":" in text[:28] or "：" in text[:28] else None
    if begun is None and folded(text[:12]).split(" ", 1)[0] in _BY_FIRST:
        begun = _BY.match(text)
    if begun is None:
        return []
    names = _parted(text[begun.end() :])
    return names if all(kind_of(name) == "Person" for name in names) else []


def _partings(text: str) -> list[list[str]]:
    """The ways in which a text may be a list, the surest first."""
    ways: list[list[str]] = []
    alone = _ALONE.split(text, maxsplit=MOST_NAMES)
    if len(alone) > 1:
        ways.append(alone)
    bare = _PARENTHESES.sub("", text)
    both = [
        part for piece in _COMMA.split(bare, maxsplit=MOST_NAMES) for part in _AND.split(piece, maxsplit=MOST_NAMES)
    ]
    both = [part.removeprefix("and ").removeprefix("und ") for part in both]
    signed = [part for piece in both for part in _SIGN.split(piece, maxsplit=MOST_NAMES)]
    for way in (both, signed):
        if len(way) > 1 and way not in ways:
            ways.append(way)
    return ways


def _turned(text: str, kind: Kind | None = None) -> str | None:
    """ "Jane Doe" of "Doe, Jane"; None for what is not clearly so: "Jane, John", "Doe & Roe, Lawyers"."""
    last, comma, first = text.partition(",")
    first = first.strip()
    if not comma or not first or "," in first or len(text) > _LONGEST_TURNED:
        return None
    words, name = person_words(), f"{first} {last.strip()}"
    given, surname = folded(first).split()[0], folded(last).split()
    if given not in words.given or not 0 < len(surname) < 4 or " ".join(surname) in words.organization:
        return None
    if surname[0] in words.given and kind != "Person":
        return None
    return name if kind_of(name) == "Person" else None


def _persons(parts: list[str]) -> list[str]:
    """The parts as names if all are persons by first and last name, or at least three by first names alone."""
    names = [one for part in parts if (one := part.strip()) and not is_nobody(one)]
    if not 1 < len(names) <= MOST_NAMES or len(set(names)) == 1:
        return []
    short = [_turned(name, "Person") or _without_affiliation(name) for name in names]
    if all(" " in name and kind_of(name) == "Person" for name in short):
        return short
    given = person_words().given
    if len(names) > 2 and all(name[:1].isupper() and folded(name) in given for name in names):
        return names
    return []


def _without_affiliation(text: str) -> str:
    """The person at the beginning of a text, where that is clear; else the text."""
    found = _TAIL.search(text)
    if found is None:
        return text
    name, tail = text[: found.start()].strip(), text[found.end() :].strip(AROUND)
    words, last = person_words(), folded(tail)
    if " " not in name or kind_of(name) != "Person" or last in words.generations or last in words.legal:
        return text
    mark = found[0].strip()
    if mark in ("(", "[", "（", "@", "|") or (mark == "," and last not in words.given):
        return name
    return name if mark in ("at", "from") or kind_of(tail) == "Organization" else text
