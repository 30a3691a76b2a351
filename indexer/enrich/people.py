"""Who organises, performs and attends: each once in a role, as a person or an organisation, with links to know them by.

Two mentions are of one when they have the same name, or the same profile and names that do not contradict each other;
then each gets the links of both, in every role. Nobody's mail address or telephone number is in what is given.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from hobnob.observations import Observation, Person
from hobnob.printable import line
from indexer.enrich.names_listed import names_in
from indexer.enrich.person_name import Kind, is_nobody, kind_of, same_name
from indexer.enrich.profiles import canonical, fediverse, is_profile, same_page

__all__ = ["People", "people"]

#: So many are named in a role at most; a name has so many characters, a person so many links besides the first.
MOST_PEOPLE = 500
LONGEST_NAME = 120
MOST_LINKS = 20
_READ_CHARS = 2000
_MAIL = re.compile(
    r"(?:mailto:)?[^\s@<>()\[\],;:\"]{1,80}(?:@|\s?[(\[{]\s?(?:at|ät|arroba)\s?[)\]}]\s?)"
    r"(?:[\w-]{1,63}(?:\.|\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?)){1,5}[A-Za-z]{2,24}\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:\b(?:tel|phone|fon|mobil|mobile|cell|whatsapp|telefono?|téléphone|fax|t|m|☎|📞)\b[.:]?\s*)?"
    r"(?<![\w-])(?:\+|00)?\(?\d[\d\s()./-]{5,24}\d(?![\w-])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\d{4}\s?[-/.]\s?(?:\d{4}|\d\d?\s?[-/.]\s?\d\d?)")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_AROUND = " \t\"'<>()[]{},;|/\\-–—:*"
_ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_PERSONS = ("person", "patient")
_ORGANIZATIONS = re.compile(
    r"organi[sz]ation|group|corporation|business|ngo|team|university|college|school|library|museum|place|store|consortium"
    r"|project|agency|airline|club|church|service",
    re.IGNORECASE,
)


class People(NamedTuple):
    """Who is named in which role."""

    organizer: tuple[Person, ...]
    performer: tuple[Person, ...]
    attendee: tuple[Person, ...]


def people(observation: Observation) -> People:
    """All whom the observation names; who stands in several roles is the same in each, with the same links."""
    said = (observation.organizer, observation.performer, observation.attendee)
    if not any(said):
        return People((), (), ())
    roles = [_read_all(role) for role in said]
    if len(roles[0]) + len(roles[1]) + len(roles[2]) > 1:
        roles = _merged(roles)
    return People(*map(tuple, roles))


def _read_all(role: tuple[Person, ...]) -> list[Person]:
    found: list[Person] = []
    if not role:
        return found
    for person in role[:MOST_PEOPLE]:
        short = len(person.name) <= LONGEST_NAME and len(person.same_as) <= MOST_LINKS
        found += _remembered(person) if short else _read(person)
    return found[:MOST_PEOPLE]


def _read(person: Person) -> tuple[Person, ...]:
    """The persons or organisations that one entry names, with their links; none if it names nobody."""
    links = _links((person.url, *person.same_as[:_READ_CHARS]))
    declared = _declared(person.type)
    text = person.name[:_READ_CHARS]
    if "://" in text or "www." in text.lower():
        text, links = _without_addresses(text, links)
    text = _cleaned(text)
    if handle := fediverse(text):
        links = tuple(dict.fromkeys((*links, handle)))
    if is_nobody(text):
        return ()
    names = [name for one in names_in(text, declared) if (name := _cut(one)) and (name == text or not is_nobody(name))]
    # The links of an entry that names several are nobody's in particular.
    url, same_as = (links[0] if links else None, links[1 : MOST_LINKS + 1]) if len(names) == 1 else (None, ())
    return tuple(Person(name=name, type=_type(name, declared), url=url, same_as=same_as) for name in names)


_remembered = lru_cache(maxsize=20_000)(_read)


def _links(urls: Iterable[str | None]) -> tuple[str, ...]:
    return _distinct(map(canonical, urls))


def _distinct(urls: Iterable[str | None]) -> tuple[str, ...]:
    """Each page once, as it is written first."""
    pages: dict[str, str] = {}
    for url in urls:
        if url:
            pages.setdefault(same_page(url), url)
    return tuple(pages.values())


def _declared(kind: str | None) -> Kind | None:
    """What a source calls them, by schema.org's types."""
    if not kind:
        return None
    name = kind[:200].rstrip("/ ").rpartition("/")[2].rpartition(":")[2]
    if name.lower() in _PERSONS:
        return "Person"
    return "Organization" if _ORGANIZATIONS.search(name) else None


def _type(name: str, declared: Kind | None) -> Kind | None:
    """What is declared, but for an organisation's plain name: a widespread calendar calls every organizer a Person."""
    if declared == "Organization":
        return declared
    return kind_of(name) or declared


def _without_addresses(text: str, links: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A name without the addresses of pages in it, which are links; one that is nothing else goes by its host."""
    written = [found.rstrip(".,;)>]") for found in _ADDRESS.findall(text)]
    whole = [one if "://" in one else f"https://{one}" for one in written]
    rest = _ADDRESS.sub(" ", text)
    if not any(map(str.isalnum, rest)) and whole:
        try:
            rest = (urlsplit(whole[0]).hostname or "").removeprefix("www.")
        except ValueError:
            rest = ""
    return rest, _distinct((*links, *_links(whole)))


def _cleaned(text: str) -> str:
    """The name as one line, without mail addresses, telephone numbers and what was escaped for a URL."""
    if text.replace(" ", "").isalpha():
        return " ".join(text.split())
    if "%" in text and _ESCAPED.search(text):
        text = unquote(text)
    if not text.isprintable() or "\n" in text:
        text = "\n".join(map(line, text.splitlines()))
    if not text.isalpha():
        if "@" in text or "(at" in text.lower() or "[at" in text.lower() or "{at" in text.lower():
            text = text if fediverse(text.strip()) else _MAIL.sub(" ", text)
        if any(map(str.isdecimal, text)):
            text = _PHONE.sub(lambda found: found[0] if _is_no_phone(found[0]) else " ", text)
    text = " ".join(text.split(" ")).strip(
        _AROUND if text[-1:] not in ")]" else _AROUND.replace(")", "").replace("]", "")
    )
    return "\n".join(" ".join(part.split()) for part in text.split("\n")).strip()


def _is_no_phone(text: str) -> bool:
    return sum(map(str.isdecimal, text)) < 7 or _YEARS.fullmatch(text.strip()) is not None


def _cut(name: str) -> str:
    """The name as one line of a sane length, cut between words where it can be."""
    if len(name) <= LONGEST_NAME and "\n" not in name:
        return name
    name = " ".join(name.split())
    if len(name) <= LONGEST_NAME:
        return name
    return name[:LONGEST_NAME].rsplit(" ", 1)[0] if " " in name[:LONGEST_NAME] else name[:LONGEST_NAME]


def _merged(roles: list[list[Person]]) -> list[list[Person]]:
    """Each once in its role, with the links of all mentions."""
    everyone = [person for role in roles for person in role]
    if not any(person.url for person in everyone):
        names = [same_name(person.name) for person in everyone]
        if all(names) and len(set(names)) == len(names):
            return roles
    groups: list[Person] = []
    by_key: dict[str, int] = {}
    numbered: list[list[int]] = []
    for role in roles:
        numbers: dict[int, None] = {}
        for person in role:
            keys = list(_keys(person))
            at = next((by_key[key] for key in keys if key in by_key and _agree(groups[by_key[key]], person)), None)
            if at is None:
                at = len(groups)
                groups.append(person)
            elif person is not groups[at]:
                groups[at] = _joined(groups[at], person)
            for key in keys:
                by_key.setdefault(key, at)
            numbers[at] = None
        numbered.append(list(numbers))
    return [[groups[at] for at in numbers] for numbers in numbered]


def _keys(person: Person) -> Iterator[str]:
    """What another mention of the same would share: the name, or an address."""
    if name := same_name(person.name):
        yield f"name {name}"
    for url in (person.url, *person.same_as):
        if url:
            yield f"page {same_page(url)}"


def _agree(one: Person, other: Person) -> bool:
    """Whether two that share a name or an address may be one: all speakers link to their conference."""
    first, second = same_name(one.name).split(), same_name(other.name).split()
    if first == second or not set(first).isdisjoint(second):
        return one.type == other.type or None in (one.type, other.type) or first == second
    shared = {one.url, *one.same_as} & {other.url, *other.same_as} - {None}
    return 1 in (len(first), len(second)) and any(url is not None and is_profile(url) for url in shared)


def _joined(one: Person, other: Person) -> Person:
    """One of two mentions: the fuller name, and the links of both."""
    links = _distinct((one.url, *one.same_as, other.url, *other.same_as))
    fuller = " " in other.name and " " not in one.name.strip()
    return replace(
        one,
        name=other.name if fuller else one.name,
        type=one.type or other.type,
        url=links[0] if links else None,
        same_as=links[1 : MOST_LINKS + 1],
    )
