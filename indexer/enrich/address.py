"""How addresses are written: their segments, postal codes, and the runs of words that may name a city.

Pure text; whether a run of words is a city is the gazetteer's to say.
"""

import re

__all__ = ["LONGEST", "point", "postal_country", "segments", "spans", "without_codes"]

#: Characters; no address is longer.
LONGEST = 400
#: The city is among the last segments, and its name has few words.
MOST_SEGMENTS, MOST_WORDS = 8, 4

_BREAKS = re.compile(r"\s*(?:[,;|•·\n\r\t()\[\]/、，]|\s[-–—:@]\s|:\s)\s*")
_POINT = re.compile(r"\s*(?:geo:)?\(?([+-]?\d{1,3}(?:\.\d+)?)°?\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)°?\)?\s*\Z")
_OWN_FORM = {
    "GB": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),
    "CA": re.compile(r"\b[A-Z]\d[A-Z] \d[A-Z]\d\b"),
    "IE": re.compile(r"\b[A-Z]\d[\dW] [A-Z]\d?[A-Z\d]{3}\b"),
}
# Postal codes with a part without digits, or with a space: Dutch (1012 AB), D-10115, Swedish (111 20), Japanese.
_POSTAL = re.compile(
    "|".join(form.pattern for form in _OWN_FORM.values())
    + r"|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{1,2}-\d{3,6}\b|\b\d{3} \d{2}\b|〒?\b\d{3}-\d{4}\b"
)
# How newspapers write the states of the US (Associated Press), where that is not the postal code with full stops.
_STATES = {
    "Ala": "AL", "Ariz": "AZ", "Ark": "AR", "Calif": "CA", "Colo": "CO", "Conn": "CT", "Del": "DE", "Fla": "FL",
    "Ga": "GA", "Ill": "IL", "Ind": "IN", "Kan": "KS", "Ky": "KY", "La": "LA", "Md": "MD", "Mass": "MA", "Mich": "MI",
    "Minn": "MN", "Miss": "MS", "Mo": "MO", "Mont": "MT", "Neb": "NE", "Nev": "NV", "Okla": "OK", "Ore": "OR",
    "Pa": "PA", "Tenn": "TN", "Tex": "TX", "Vt": "VT", "Va": "VA", "Wash": "WA", "W.Va": "WV", "Wis": "WI",
    "Wyo": "WY", "N.C": "NC", "N.D": "ND", "N.H": "NH", "N.J": "NJ", "N.M": "NM", "N.Y": "NY", "R.I": "RI",
    "S.C": "SC", "S.D": "SD", "D.C": "DC",
}  # fmt: skip
_STATE = re.compile(rf",\s*({'|'.join(map(re.escape, _STATES))})\.(?=\s*(?:[,;()]|\d|$))")
_STREETS = frozenset({
    "ave", "avenue", "blvd", "boulevard", "dr", "drive", "highway", "hwy", "lane", "ln", "parkway", "pike", "pkwy",
    "rd", "road", "st", "street", "turnpike", "way",
})  # fmt: skip
_DIRECTIONS = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw"})
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, if `text` is nothing else and they are on the earth ("47.37, 8.54")."""
    if not (match := _POINT.match(text)):
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def segments(text: str) -> list[str]:
    """The parts of an address between commas and the like, in order; the last ones if there are many.

    States of the US get their postal codes: "Hillsboro, Ore." → "Hillsboro", "OR".
    """
    text = _STATE.sub(lambda match: f", {_STATES[match[1]]}", text)
    return [part for part in _BREAKS.split(text) if part][-MOST_SEGMENTS:]


def without_codes(segment: str) -> str:
    """The segment without postal codes and without the words with digits that begin or end it.

    "IL 60601" → "IL", "10115 Berlin" → "Berlin", "London SW1A 1AA" → "London", "渋谷区道玄坂1-2" → "渋谷区道玄坂".
    """
    words = _POSTAL.sub(" ", segment).split()
    if words and _HAN.match(words[0]):
        return re.split(r"\d", words[0])[0]
    while words and _has_digit(words[-1]):
        words.pop()
    while words and _has_digit(words[0]):
        words.pop(0)
    return " ".join(words).strip(" .-–")


def postal_country(text: str) -> str | None:
    """The country (ISO 3166-1 alpha-2) whose postal code is in the text, where its form is like no other's."""
    return next((country for country, form in _OWN_FORM.items() if form.search(text)), None)


def spans(segment: str) -> tuple[list[str], list[str]]:
    """Its last words and its first words that may name a city, longer runs before shorter ones.

    The first words of a street are its name: "Gap Road" is not in Gap.
    Where words are not parted, as in Chinese and Japanese, first characters: 東京都渋谷区 → 東京都渋, 東京都, 東京.
    """
    words = segment.split()
    if len(words) == 1 and _HAN.match(segment):
        return [], [segment[:size] for size in range(min(4, len(segment) - 1), 1, -1)]
    sizes = range(min(MOST_WORDS, len(words) - 1), 0, -1)
    first = [] if _is_street(words) else [" ".join(words[:size]) for size in sizes]
    return [" ".join(words[-size:]) for size in sizes], first


def _is_street(words: list[str]) -> bool:
    """Whether it ends like "Lebanon Road" or "Denny Way NE"."""
    plain = [word.strip(".").lower() for word in words]
    return plain[-1] in _STREETS or (len(plain) > 2 and plain[-1] in _DIRECTIONS and plain[-2] in _STREETS)


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)
