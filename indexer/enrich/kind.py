"""What kind of event it is, and which words say so."""

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from hobnob.events import Label
from hobnob.sources import Source
from hobnob.taxonomy import kind_called
from indexer.enrich.evidence import Evidence
from indexer.enrich.keywords import Match, Text, Words
from indexer.enrich.person_name import folded, kind_of

__all__ = ["Kinds"]

#: How surely each kind of evidence, alone, speaks for a kind. What the source says of all its events gives way to a
#: plain word in the name; what the description says does not.
DEFAULT = 0.6
DECLARED = 0.5
IN_NAME = {"strong": 0.8, "weak": 0.3, "last": 0.3}
LAST_IN_NAME = 0.55
#: Of the last words, those that also head a name: "Spotkanie programistów".
_HEADS_TOO = frozenset(("spotkanie", "ritrovo", "setkani"))
#: In a description, by how early it says so: "The annual conference of …" tells more than what comes later.
FIRST = {"strong": 0.4, "weak": 0.15, "last": 0.1}
FIRST_WORDS = 8
EARLY = {"strong": 0.3, "weak": 0.1, "last": 0.05}
EARLY_WORDS = 25
#: In a description that is no longer than a subtitle, or after "is": "Healthcare trade fair", "X is a
#: conference".
DEFINED, SUBTITLE_WORDS, DEFINED_AFTER = 0.55, 12, 5
_IS = frozenset(("is", "ist", "est", "es", "jest", "was", "are"))
#: Right before it: "In diesem Workshop lernen Sie …", "this webinar". And in the few words before: "The museum invites
#: you to a lecture".
_THIS = frozenset(
    (
        *("this", "diesem", "dieser", "dieses", "diesen", "ce", "cet", "cette", "este", "esta", "questo", "questa"),
        *("deze", "dit", "neste", "nesta", "tym", "dette", "denne", "next", "upcoming", "prochain", "prochaine"),
        *("nouveau", "nouvelle", "nachste", "nachster", "nachstes", "nachsten", "proximo", "proxima", "prossimo"),
        *("prossima", "volgende"),
    )
)
#: At the head of a sentence, which a capital tells: "Un atelier pour les enfants".
_A = frozenset(("A", "An", "Un", "Une", "Ein", "Eine", "Una", "Um", "Uma", "Een", "Beim", "Im"))
_INVITES = frozenset(
    (
        *("invite", "invites", "ladt", "laden", "ladet", "einladung", "convie", "convions", "invitons", "invita"),
        *("invitan", "invitamos", "invitiamo", "convida", "convidamos", "zaprasza", "zapraszamy", "nodigt", "nodigen"),
    )
)
#: "Join us for a webinar": of such an event nothing but itself is told so early; of meetups in any words.
_ONE = frozenset(("a", "an", "un", "une", "ein", "einen", "einem", "einer", "una", "uno", "um", "uma", "een"))
_HELD = frozenset(("workshop", "call", "course"))
_MEETUP = ("meetup", "meet up", "user group", "usergroup", "java user group")
#: At the head of a description.
_HEAD = 2
#: What is no kind of its own gives way to any default of the source.
OTHER = 0.55
#: So much is left of a kind that a name names beside the one that the event is of: "Workshop at the conference".
BESIDE = 0.5
_AT = frozenset(
    (
        *("in", "at", "of", "for", "during", "before", "after", "about", "on", "how", "to", "from", "by"),
        *("auf", "bei", "beim", "am", "im", "vor", "fur", "zum", "zur", "wahrend", "nach", "uber", "zu"),
        *("au", "aux", "lors", "pendant", "pour", "sur", "de", "des", "du", "en", "durante", "para", "sobre"),
        *("presso", "su", "per", "op", "tijdens", "voor", "na", "przy", "podczas", "dla", "w"),
    )
)
#: Events with parts: of a name that names one before a colon, what comes after tells more.
_WITH_PARTS = frozenset(("conference", "trade-show", "barcamp", "unconference", "hackathon"))
#: What shows something is a trade show where the name speaks of a trade: "Flooring & Finishes Show", "Salon Habitat".
_SHOWS_LAST = frozenset(("show", "exhibition", "exhibit", "fair", "market", "mart"))
_SHOWS_FIRST = frozenset(("salon", "salone", "muestra"))
OF_A_TRADE = 0.6
#: So many words may come after: "The Battery Show Europe".
_PLACE, _BEFORE_PLACE = 2, ("show", "fair", "exhibition")
_NO_TRADES = frozenset(("arts", "community", "gaming", "media", "science", "education", "nonprofit", "government"))
#: Trade shows have names in -con as well, but not of these.
_OF_CONS = frozenset(("technology", "security"))
#: On the pages of platforms for groups that meet, an event is a meeting of such a group if nothing else is said.
_OF_GROUPS = re.compile(
    r"https?://(?:[\w-]+\.)*(?:meetup\.com|connpass\.com|gdg\.community\.dev|guild\.host)/", re.IGNORECASE
)
GROUP = 0.5
#: Of these two, joined, the first: "Conference and Expo".
_JOINED, _ANDS = {"conference", "trade-show"}, frozenset(("and", "und", "et", "y", "e", "en", "i", "og"))
#: A name of somebody before what it is about ("Jane Doe: Bees in the city").
SPEAKER = 0.5
ENOUGH = 0.5
#: Of kinds that are equally likely, the one that says more.
ORDER = (
    "barcamp", "unconference", "hackathon", "tweetup", "trade-show", "public-meeting", "conference", "course",
    "workshop", "call", "networking", "meetup", "talk", "other",
)  # fmt: skip
# Conferences and barcamps whose names end so, written with an inner capital or all in capitals.
_NAMED = re.compile(r"\b(?:\w*[a-z0-9]Con|\w*[a-z0-9]Conf|\w*[a-z]BarCamp|[A-Z]{2,}CONF|\w{2,}[Cc]onf)\b")

_IN_NAMED = ("Con", "conf", "CONF", "BarCamp")
# "Comic Con 2026" and "Kraken Con: Day 2", but not "Dibujar Con Letras".
_CON = re.compile(r"(?<=\w )Con(?=\s*(?:$|[:|,(–—-]|[12]\d{3}\b|'\d\d\b))")
# "BruCON", "Kernelcon 2026": the first of few words, and none that ends so by itself.
_ENDS_IN_CON = re.compile(r"\w{3,}(?:con|CON)\b")
_FEW = 3
_NO_CON = frozenset(
    (
        *("falcon", "bacon", "beacon", "silicon", "lexicon", "deacon", "archdeacon", "emoticon", "rubicon", "helicon"),
        *("balcon", "flacon", "gascon", "faucon", "garcon", "macon", "recon", "panopticon", "satyricon", "zircon"),
        *("catholicon", "halcon", "rincon", "tucson", "econ", "lucon", "besancon", "briancon", "petcon"),
    )
)
_GROUPS = frozenset(("group", "groupe", "gruppe", "grupo", "club", "chapter", "meetup", "stammtisch"))
# User groups by their initials, and groups that are named like a file of Ruby.
_USER_GROUP = re.compile(r"(?:\w*[a-z])?[A-Z]{1,4}UG|GDG")
_NO_USER_GROUP = frozenset(("BUG", "DEBUG", "AUG", "DRUG", "HUG", "MUG", "RUG", "PLUG", "SLUG", "THUG", "SNUG", "CHUG"))
_NUMBERED_NIGHT = re.compile(
    r"\b(?:night|evening|abend|soir[ée]e|ap[ée]ro|noche|serata|avond|kväll|aften|drinks)\b[^#]{0,40}#\s?\d{1,4}\b",
    re.IGNORECASE,
)
_GROUP_OF_RUBY = re.compile(r"\b\w{3,}\.rb\b", re.IGNORECASE)
# In Romance languages the word for a conference is that for a talk, where it heads what that is about.
_HEADED = re.compile(
    r"(?:(?P<talk>conf[eé]rence|conferencia|conferenza|conferência)|(?P<course>formation|formaci[oó]n|formazione|formação))"
    r"\s*(?::|[–—-]\s|[«\"“])",
    re.IGNORECASE,
)
_HEADS = frozenset(("conf", "form"))
HEADED = 0.9


class Kinds:
    """Judges the kind by the table `kind_words.toml`."""

    def __init__(self) -> None:
        self._words = Words(Path(__file__).with_name("kind_words.toml"))

    def label(
        self,
        name: Text,
        description: Text,
        categories: Iterable[str],
        source: Source | None,
        *,
        industries: Iterable[str] = (),
        url: str | None = None,
    ) -> Label | None:
        """The likeliest kind, or None if nothing speaks for one; `industries` are those that the event is of, by id."""
        evidence = Evidence()
        if source and source.kind:
            evidence.add(source.kind, DEFAULT, "default of the source")
        for category in categories:
            self._declared(category, evidence)
        if url and _OF_GROUPS.match(url):
            evidence.add("meetup", GROUP, "page on a platform for groups that meet")
        trades = frozenset(industries) - _NO_TRADES
        is_of_trade = bool(trades)
        self._in_name(name, evidence, is_of_trade=is_of_trade, may_be_con=trades <= _OF_CONS)
        for match in self._words.find(description, EARLY_WORDS):
            if match.label != "other":
                likelihood = _described(match, description.words, is_of_trade=is_of_trade)
                evidence.add(match.label, likelihood, match.phrase)
        likely = [(score, -ORDER.index(kind), kind) for kind, score in evidence.scores() if score >= ENOUGH]
        if not likely:
            return None
        score, _, kind = max(likely)
        return evidence.label(kind, score)

    def _in_name(self, name: Text, evidence: Evidence, *, is_of_trade: bool, may_be_con: bool) -> None:
        matches = list(self._words.find(name))
        beside = _beside(name, matches) if len(matches) > 1 else frozenset()
        end = _end(name)
        for match in matches:
            is_last = match.strength == "last" and (
                _after(match) >= end or (match.position == 0 and match.phrase.lower() in _HEADS_TOO)
            )
            weight = LAST_IN_NAME if is_last else IN_NAME[match.strength]
            if match.label == "other":
                weight = OTHER
            elif is_of_trade and match.label == "trade-show" and _shows(match, end):
                weight = max(weight, OF_A_TRADE)
            evidence.add(match.label, weight * BESIDE if match.position in beside else weight, match.phrase)
        _groups(name, evidence, is_of_trade=is_of_trade)
        is_named = any(match.strength == "strong" for match in matches)
        _shapes(name.text, evidence, is_named=is_named, may_be_con=may_be_con)

    def _declared(self, category: str, evidence: Evidence) -> None:
        """A category may be a kind or hold a word for one. Those whose words stand beside many kinds tell nothing: a
        source's "Social" or "Exhibition" are not what we call so."""
        matches = self._words.find_again(category)
        kinds = {match.label for match in matches if match.strength == "strong"}
        if (kind := kind_called(category)) is not None and (kinds or not matches):
            kinds = {kind}
        for kind in kinds - {"other"}:
            evidence.add(kind, DECLARED, f"declared category {category!r}")


def _shapes(name: str, evidence: Evidence, *, is_named: bool, may_be_con: bool) -> None:
    """What the form of a name tells: "DevCon", "OpenDataBarCamp", "Jane Doe: Bees in the city", "Conférence : …"."""
    for match in _NAMED.finditer(name) if any(part in name for part in _IN_NAMED) else ():
        label = "barcamp" if match[0].lower().endswith("barcamp") else "conference"
        evidence.add(label, IN_NAME["strong"] * (BESIDE if is_named else 1), match[0])
    if may_be_con and "con" in name[:40].lower() and (con := _ENDS_IN_CON.match(name)) and _is_convention(con[0], name):
        evidence.add("conference", LAST_IN_NAME, con[0])
    if "Con" in name and (con := _CON.search(name)):
        evidence.add("conference", IN_NAME["strong"] * (BESIDE if is_named else 1), con[0])
    if name[:4].lower() in _HEADS and (headed := _HEADED.match(name)):
        evidence.add("talk" if headed["talk"] else "course", HEADED, headed["talk"] or headed["course"])
    speaker, colon, about = name[:80].partition(": ") if ":" in name else ("", "", "")
    if colon and about and 1 < len(speaker.split()) < 5 and kind_of(speaker) == "Person":
        evidence.add("talk", SPEAKER, f"begins with a person's name, {speaker!r}")


def _is_convention(word: str, name: str) -> bool:
    words = [one for one in name.split(maxsplit=8) if not one.isdecimal()]
    return len(words) <= _FEW and folded(word) not in _NO_CON and _GROUPS.isdisjoint(map(folded, words))


def _groups(name: Text, evidence: Evidence, *, is_of_trade: bool) -> None:
    """Groups by what they are called: "JUG Cologne #12", "Toulouse.rb", "Elixir Night #12"."""
    if is_of_trade and "#" in name.text and (night := _NUMBERED_NIGHT.search(name.text)):
        evidence.add("meetup", LAST_IN_NAME, night[0])
    if "UG" in name.text or "GDG" in name.text:
        for word in name.read:
            if _USER_GROUP.fullmatch(word) and (word not in _NO_USER_GROUP or "#" in name.text):
                evidence.add("meetup", LAST_IN_NAME, word)
    if ".rb" in name.text.lower() and (group := _GROUP_OF_RUBY.search(name.text)):
        evidence.add("meetup", LAST_IN_NAME, group[0])


def _shows(match: Match, end: int) -> bool:
    """Whether what shows something heads a name, as English puts it last and others first."""
    word = match.phrase.lower()
    if match.position == 0:
        return word in _SHOWS_FIRST
    return word in _SHOWS_LAST and _after(match) >= end - (_PLACE if word in _BEFORE_PLACE else 0)


def _after(match: Match) -> int:
    """At which word the text goes on after a match."""
    return match.position + len(match.phrase.split())


def _beside(name: Text, matches: list[Match]) -> frozenset[int]:
    """At which words a name names kinds that the event is not of, but beside."""
    kinds = [match for match in matches if match.strength == "strong"]
    found = set[int]()
    for one, other in pairwise(kinds):
        if _is_parted(name.text, kinds[0], other):
            found.add((kinds[0] if kinds[0].label in _WITH_PARTS else other).position)
            continue
        if one.label == other.label or one.position == other.position:
            continue
        between = name.words[_after(one) : other.position]
        if {one.label, other.label} == _JOINED and _ANDS.issuperset(map(str.lower, between)):
            found.add(other.position)
            continue
        if not between:
            found.add(one.position)
        elif not _AT.isdisjoint(map(str.lower, between)):
            found.add(other.position)
    return frozenset(found)


def _is_parted(name: str, one: Match, other: Match) -> bool:
    """Whether a colon stands between two of its kinds."""
    return ":" in name and 0 <= name.find(one.phrase) < name.find(":") < name.rfind(other.phrase)


def _described(match: Match, words: list[str], *, is_of_trade: bool) -> float:
    """How surely a word in a description speaks for a kind."""
    if match.strength == "strong":
        if len(words) <= SUBTITLE_WORDS or match.position < _HEAD:
            return DEFINED
        before = words[max(0, match.position - DEFINED_AFTER) : match.position]
        small = [word.lower() for word in before]
        if match.phrase.lower().startswith(_MEETUP) or (match.label in _HELD and small[-1] in _ONE):
            return DEFINED
        itself = match.phrase.split(maxsplit=1)[0].lower(), small[-1]
        if (
            not _THIS.isdisjoint(itself)
            or before[-1] in _A
            or not _IS.isdisjoint(small)
            or not _INVITES.isdisjoint(small)
        ):
            return DEFINED
    elif match.phrase.lower() in _SHOWS_LAST and is_of_trade and len(words) <= SUBTITLE_WORDS:
        return DEFINED
    return (FIRST if match.position < FIRST_WORDS else EARLY)[match.strength]


def _end(name: Text) -> int:
    """How many words a name has without the numbers at its end: "Audit Committee - 12/14/23" has two."""
    end = len(name.words)
    while end and name.words[end - 1].isdecimal():
        end -= 1
    return end
