"""JSON-LD's ways of saying one thing, made one (JSON-LD 1.1: terms, 4.1; value objects, 4.2; sets, 4.3; reverse, 4.8).

A document that is written as schema.org's documentation writes it stays as it is. In any other, names get their bare
form ("schema:name", "http://schema.org/name", an alias that its @context declares, "startdate" or "start_date" all mean
a property that is known here), value objects become their value, the preferred language first, sets and lists become
arrays, @reverse becomes a reference. No @context is fetched: what is not declared in the document is schema.org's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Any

from crawlers.readers.schema_org.event_types import bare

__all__ = ["PROPERTIES", "needs_plain_terms", "plain_terms"]

#: The properties of schema.org that are read here, of events and of what belongs to them.
PROPERTIES = frozenset({
    "about", "abstract", "actor", "actors", "additionalType", "address", "addressCountry", "addressLocality",
    "addressRegion", "alternateName", "attendee", "attendees", "availability", "byDay", "byMonth", "byMonthDay",
    "byMonthWeek", "category", "circle", "containedIn", "containedInPlace", "contentUrl", "courseMode",
    "courseSchedule", "description", "director", "directors", "disambiguatingDescription", "doorTime", "duration",
    "endDate", "endTime", "event", "eventAttendanceMode", "events", "eventSchedule", "eventStatus", "eventType",
    "exceptDate", "familyName", "geo", "geoMidpoint", "givenName", "hasCourseInstance", "headline", "image",
    "inLanguage", "instructor", "isAccessibleForFree", "item", "itemListElement", "itemOffered", "keywords",
    "latitude", "legalName", "location", "longitude", "lowPrice", "mainEntity", "mainEntityOfPage", "maxPrice",
    "minPrice", "name", "offers", "organizer", "organizers", "performer", "performers", "postalCode",
    "previousStartDate", "price", "priceCurrency", "priceSpecification", "repeatCount", "repeatFrequency", "sameAs",
    "scheduleTimezone", "startDate", "startTime", "streetAddress", "subEvent", "subEvents", "summary", "superEvent",
    "thumbnailUrl", "url",
})  # fmt: skip
_KEYWORDS = frozenset({"@id", "@type", "@context", "@graph", "@included"})
_BY_FOLDED_NAME = {name.lower(): name for name in PROPERTIES}
_ALIASES = {"id": "@id", "type": "@type", "graph": "@graph", "context": "@context"}
_SPECIAL = frozenset({"@value", "@list", "@set", "@reverse", "@language", "@none"})
_JOINTS = re.compile(r"[\s_\-\u200b\ufeff]+")
_USUAL = PROPERTIES | _KEYWORDS
_LONGEST_NAME = 80
_DEEPEST = 45
_MOST_TERMS = 500
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,2}|@none")


def needs_plain_terms(keys: Set[Any], contexts: Iterable[Any]) -> bool:
    """Whether a document with these names of members and these @contexts says things in other words."""
    return any(map(_is_odd, keys - _USUAL)) or any(_terms(one, {}) for one in contexts)


def _is_odd(key: Any) -> bool:
    if not isinstance(key, str):
        return True
    return key in _SPECIAL or len(key) > _LONGEST_NAME or _is_odd_name(key)


@lru_cache(maxsize=4096)
def _is_odd_name(key: str) -> bool:
    return _renamed(key, {}) != key or (len(key) in (2, 5) and _LANGUAGE.fullmatch(key) is not None)


def plain_terms(blocks: list[Any], languages: Sequence[str] = ()) -> list[Any]:
    """The same document in bare terms; of values in several languages, those in the first of `languages` come first."""
    reading = _Plain(languages)
    return [reading.value(one, {}, 0) for one in blocks]


class _Plain:
    def __init__(self, languages: Sequence[str]) -> None:
        self._ranks = {tag.lower().replace("_", "-"): rank for rank, tag in reversed(list(enumerate(languages)))}
        self._reversed = 0

    def value(self, value: Any, terms: Mapping[str, str], depth: int) -> Any:
        if isinstance(value, str):
            return value
        if depth > _DEEPEST:
            return None
        if isinstance(value, list):
            return self._list(value, terms, depth)
        return self._object(value, terms, depth) if isinstance(value, dict) else value

    def _list(self, value: list[Any], terms: Mapping[str, str], depth: int) -> list[Any]:
        ranked = [(self._rank(one), self.value(one, terms, depth + 1)) for one in value]
        if any(rank for rank, _ in ranked):
            best = min(rank for rank, _ in ranked)
            return [one for rank, one in ranked if rank == best]
        return [one for _, one in ranked]

    def _rank(self, value: Any) -> int:
        """How little the language of a value is wanted; 0 for what has none."""
        tag = value.get("@language") if isinstance(value, dict) else None
        return 1 + self._wanted(tag) if isinstance(tag, str) and tag else 0

    def _wanted(self, tag: str) -> int:
        tag = tag.lower().replace("_", "-")
        exact, base = self._ranks.get(tag), self._ranks.get(tag.partition("-")[0])
        return exact if exact is not None else base if base is not None else len(self._ranks)

    def _object(self, node: dict[str, Any], terms: Mapping[str, str], depth: int) -> Any:
        if "@context" in node and len(terms) < _MOST_TERMS:
            terms = {**terms, **_terms(node["@context"], terms)}
        named = {key: _renamed(key, terms) for key in node}
        for special in ("@value", "@list", "@set"):
            if key := next((key for key, name in named.items() if name == special), None):
                return self.value(node[key], terms, depth + 1)
        if best := self._of_language_map(node):
            return self.value(best, terms, depth + 1)
        plain: dict[str, Any] = {}
        for key, name in named.items():
            if name != "@context" and (name not in plain or key == name):
                plain[name] = (
                    _in_terms(node[key], terms) if name == "@type" else self.value(node[key], terms, depth + 1)
                )
        if isinstance(reverse := plain.pop("@reverse", None), dict):
            self._turn(plain, reverse)
        return plain

    def _of_language_map(self, node: dict[str, Any]) -> Any:
        """Of {"de": "Messe", "en": "Fair"} the value in the language that is wanted most."""
        if not node or not all(isinstance(tag, str) and _LANGUAGE.fullmatch(tag) for tag in node):
            return None
        if not all(isinstance(value, str) for value in node.values()) or {"id", "url", "geo"} & node.keys():
            return None
        return node[min(node, key=self._wanted)]

    def _turn(self, plain: dict[str, Any], reverse: dict[str, Any]) -> None:
        """What says that it is, say, the location of an event, is referred to by that event as its location."""
        self._reversed += 1
        name = plain.setdefault("@id", f"_:reverse-{self._reversed}")
        for key, others in reverse.items():
            for other in others if isinstance(others, list) else [others]:
                if isinstance(other, dict):
                    other.setdefault(key, {"@id": name})
                    plain.setdefault("@included", [])
                    if isinstance(plain["@included"], list):
                        plain["@included"].append(other)


def _terms(context: Any, known: Mapping[str, str]) -> dict[str, str]:
    """What a @context declares: terms of schema.org by their aliases, prefixes (with their colon) by their address."""
    found: dict[str, str] = {}
    declared = [one for one in (context if isinstance(context, list) else [context])[:20] if isinstance(one, dict)]
    pairs = [pair for one in declared for pair in one.items()][:_MOST_TERMS]
    for key, value in pairs:
        target = value.get("@id") if isinstance(value, dict) else value
        if isinstance(target, str) and not key.startswith("@") and len(target) < 200:
            found[key] = target
    both = {**known, **found}
    return {key: meant for key, target in found.items() if (meant := _expanded(target, both)) != key}


def _expanded(target: str, terms: Mapping[str, str]) -> str:
    """An address behind prefixes, terms of schema.org bare; bounded, as prefixes may be declared in a circle."""
    for _ in range(4):
        prefix, colon, rest = target.partition(":")
        if not colon:
            target = terms.get(target, target)
        elif prefix in terms and not rest.startswith("//"):
            target = terms[prefix] + rest
    return bare(target) or target


def _renamed(key: Any, terms: Mapping[str, str]) -> str:
    """The name that the name of a member stands for."""
    if not isinstance(key, str):
        return str(key)
    if key in _USUAL:
        return key if key not in terms else _known(terms[key], key)
    if key in terms:
        return _known(terms[key], key)
    if ":" in key and terms:
        return _known(_expanded(key, terms), key)
    return _known(bare(key), key)


def _known(name: str, key: str) -> str:
    """`name` if it is a name that is read here, in any case; else `key`."""
    if name in _USUAL or name in _SPECIAL:
        return name
    folded = _JOINTS.sub("", name[:_LONGEST_NAME]).lower()
    return (
        _BY_FOLDED_NAME.get(folded) or _ALIASES.get(folded.removeprefix("@")) or (folded if folded in _SPECIAL else key)
    )


def _in_terms(types: Any, terms: Mapping[str, str]) -> Any:
    if isinstance(types, list):
        return [_in_terms(one, terms) for one in types[:50] if isinstance(one, str)]
    if not isinstance(types, str) or not terms:
        return types
    return _expanded(types, terms)
