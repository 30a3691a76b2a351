"""The street and number of an event's place, in one spelling: "12 Main Street" and "12 Main St." are one."""

import re
from functools import lru_cache

from hobnob.observations import Place
from indexer.analysis.folding import fold

__all__ = ["street_of"]

_LONGEST = 200
_WORD = re.compile(r"[^\W_]+")
_SHORT = {
    "strasse": "str", "street": "st", "avenue": "ave", "road": "rd", "boulevard": "blvd", "lane": "ln", "drive": "dr",
    "square": "sq", "place": "pl", "highway": "hwy", "parkway": "pkwy", "avenida": "av", "piazza": "pza",
}  # fmt: skip
#: What has a number and is in a house: "Raum 101", "Level 3".
_INSIDE = frozenset({
    "room", "raum", "hall", "halle", "hal", "saal", "sala", "salle", "salon", "floor", "level", "etage", "suite",
    "stock", "studio", "building", "gebaude", "haus", "block", "stage", "buhne", "aula", "track", "gate", "tor",
    "stand", "platform", "zoom", "meeting", "id", "pier", "terminal", "exit", "platz", "og", "eg", "piso", "batiment",
})  # fmt: skip
#: Numbers of so many digits are postal codes where they begin a line.
_CODE = re.compile(r"\d{5}|\d{4} [^\W\d]+\Z")
_STREET = re.compile(
    r"\d{1,4}[a-z]? .*[^\W\d]{3}|.*[^\W\d]{3}.* (?!(?:19|20)\d\d\Z)\d{1,4} ?[a-z]?(?: \d{1,4}[a-z]?)?\Z"
)


def street_of(place: Place) -> str | None:
    """As its source gives it, else the first part of its text that has a street's name and the number of a house."""
    if place.street_address:
        return _spelt(place.street_address) or None
    return _in_text(place.text) if place.text else None


@lru_cache(maxsize=20_000)
def _in_text(text: str) -> str | None:
    for part in text[:_LONGEST].split(",")[:3]:
        if any(map(str.isdigit, part)):
            street = _spelt(part)
            if _STREET.match(street) and not _CODE.match(street) and _INSIDE.isdisjoint(street.split()):
                return street
    return None


@lru_cache(maxsize=20_000)
def _spelt(text: str) -> str:
    words = _WORD.findall(fold(text[:_LONGEST]))
    spelt = (f"{word[:-7]}str" if word.endswith("strasse") else _SHORT.get(word, word) for word in words)
    return " ".join(spelt).encode("utf-8", "replace").decode()
