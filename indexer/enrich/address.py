"""How addresses are written: their segments, postal codes, and the runs of words that may name a city.

Pure text; whether a run of words is a city is the gazetteer's to say.
"""

import re
from functools import lru_cache

from indexer.enrich.street_words import before_name

__all__ = [
    "JOINING",
    "LONGEST",
    "city_of_house",
    "is_street",
    "point",
    "segments",
    "spans",
    "unabbreviated",
    "without_codes",
    "without_surroundings",
]

#: Characters; no address is longer.
LONGEST = 400
#: The city is among the last segments, and its name has few words.
MOST_SEGMENTS, MOST_WORDS = 8, 4

_DIGIT = re.compile(r"\d")
_BREAKS = re.compile(r"\s*(?:[,;|•·\n\r\t()\[\]/、，；،؛]|\s[+&]\s|\s[-–—:@]\s|:\s)\s*")
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
# Chinese and Japanese addresses run from the country to the house; each of these ends a part.
_UNIT = re.compile(
    r"[\u3040-\u30ff\u4e00-\u9fff]{2,}?(?:特别行政区|特別行政區|自治区|自治區|[省市区區县縣県府都道郡町村])"
)
_IN_FULL = {"mt": "Mount", "ft": "Fort", "st": "Saint", "ste": "Sainte", "sta": "Santa", "sto": "Santo", "pt": "Port"}
# What stands for the river or the land in names of German towns.
_BESIDE = (
    (re.compile(r"\ba\. ?M\."), "am Main"), (re.compile(r"\bi\. ?Br\."), "im Breisgau"),
    (re.compile(r"\ba\. ?Rh?\."), "am Rhein"), (re.compile(r"\ba\. ?N\."), "am Neckar"),
    (re.compile(r"\ba\. ?d\. ?"), "an der "), (re.compile(r"\bi\. ?d\. ?"), "in der "),
)  # fmt: skip
# That one may also take part on the net, beside a place: "Paris + online", "Wien und Zoom", "Hybrid: Oslo".
_NET = re.compile(
    r"(?:\b(?:and|und|et|y|e|en|og|och|oder|or|ou|o|i|oraz|als ook)\s+)?"
    r"\b(?:online|zoom|hybr[iy]d(?:e|a|owo|ně|ní)?|h?[íi]brid[oa]|digitalt|virtuale?"
    r"|virtuel(?:le)?|virtuell|livestream|en ligne|en l[íi]nea|da remoto|zdalnie)\b"
    r"(?:\s+(?:and|und|et|y|e|en|og|och|oder|or|ou|o|i|oraz)\b)?",
    re.IGNORECASE,
)
# "Paris-20E-Arrondissement", as the French state writes it.
_DISTRICT = re.compile(r"[\s-]+\d{1,2}(?:er?|è|[eè]me)?[\s-]+arrondissement\b", re.IGNORECASE)
# Words around a city's name that leave it the city: "Greater Boston", "Berlin area", "Downtown Denver".
_AROUND = re.compile(
    r"^(?:the\s+)?(?:greater|metro(?:politan)?|central|downtown|inner|city of|near|around|gro(?:ß|ss)raum|raum|stadt"
    r"|ville de|ciudad de|comune di|gran|grande"
    r"|г\.?|гор\.|город|м\.|місто|град|miasto|m\. ?st\.|hl\. ?m\.|cidade de|tp\.?)\s*(?<=[\s.])(?=\S)"
    r"|(?<=\S)\s+(?:(?:metro(?:politan)?\s+)?(?:area|region)|metro|cbd|downtown|city (?:cent(?:er|re))|und umgebung"
    r"|city|town|centrum|centre[- ]ville|centro|zentrum|stadt)$",
    re.IGNORECASE,
)
# Houses that are called after their city, which has one of them. In English only where "of" parts the two: Columbia
# University is not in Columbia, and Washington University not in Washington.
_KINDS = (
    r"(?:(?:technische|freie|medizinische) )?(?:universität|hochschule)|universit[ée]|università(?: degli studi)?"
    r"|universidade?(?: (?:federal|estadual|t[ée]cnica|polit[ée]cnica|complutense))?|politecnico|politechnika"
    r"|universitat|uniwersytet|univerzita|universitatea|universiteit|tu|fh|eth|epf|uni|university|technical university"
    r"|messe|hbf|flughafen"
    r"|kongress(?:zentrum|haus)|hauptbahnhof|volkshochschule|vhs|ihk|stadthalle|rathaus|fiera|fira|feria|foire|expo|targi"
    r"|stazione|aeroporto|aéroport|aeropuerto|dworzec|palais des congrès|palacio de congresos|centro congressi"
    r"|ayuntamiento|mairie|h[oô]tel de ville"
)
_HOUSE = re.compile(
    rf"^(?:the\s+)?(?:{_KINDS})\s+(?:(?:of|de|di|da|do|du|zu|in|von|van|w|v)\s+|d['’])?(?P<first>\S.*)$"
    r"|^(?P<last>\S.*?)\s+"
    r"(?:hbf|hb|hauptbahnhof|messe|flughafen|airport|convention cent(?:er|re)|city hall|rathaus|expo)$",
    re.IGNORECASE,
)
#: After these, a name goes on: "Porto de Galinhas" is not Porto.
JOINING = frozenset({
    "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "of", "sur", "sous", "an", "am",
    "im", "in", "ob", "bei", "van", "aan", "nad", "upon", "on", "next",
})  # fmt: skip


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
    if "." in text:
        text = _STATE.sub(lambda match: f", {_STATES[match[1]]}", text)
        for short, long in _BESIDE:
            text = short.sub(long, text)
    text = _DISTRICT.sub(" ", text) if "rron" in text else text
    text = _NET.sub(", ", text)
    parts = [part for part in _BREAKS.split(text) if part][-MOST_SEGMENTS:]
    return (
        [part for whole in parts for part in _from_small_to_large(whole)][-MOST_SEGMENTS:]
        if _HAN.search(text)
        else parts
    )


def _from_small_to_large(segment: str) -> list[str]:
    """A Chinese or Japanese address in the order of others: 東京都渋谷区道玄坂1-2 → 道玄坂, 渋谷区, 東京都."""
    if not _HAN.search(segment):
        return [segment]
    found: list[str] = []
    for word in segment.replace("〒", " ").split():
        if not _HAN.match(word):
            found.append(word)
            continue
        units = _UNIT.findall(word)
        rest = re.split(r"\d", _UNIT.sub("", word) if units else word)[0]
        found += [*units, rest] if rest else units
    return found[::-1]


def without_surroundings(name: str) -> str:
    """The city that is in "Greater Boston", "Denver area", "Downtown Seattle"; else the name itself."""
    return _AROUND.sub("", name)


def city_of_house(segment: str) -> str | None:
    """The name behind or before the kind of a house, of which a city has one: "Universität Wien" → "Wien"."""
    found = _HOUSE.match(segment)
    return (found["first"] or found["last"]) if found else None


def unabbreviated(name: str) -> str:
    """The name with its first word as it is written in full: "Mt. Pleasant" → "Mount Pleasant"."""
    first, _, rest = name.partition(" ")
    long = _IN_FULL.get(first.rstrip(".").lower()) if rest else None
    return f"{long} {rest}" if long else name


@lru_cache(maxsize=10_000)  # countries and cities come again and again
def without_codes(segment: str) -> str:
    """The segment without postal codes and without the words with digits that begin or end it.

    "IL 60601" → "IL", "10115 Berlin" → "Berlin", "London SW1A 1AA" → "London", "København K" → "København".
    """
    words = _POSTAL.sub(" ", segment).split() if _DIGIT.search(segment) else segment.split()
    if len(words) > 1 and len(words[-1]) == 1 and words[-1].isupper():
        words.pop()
    while words and _has_digit(words[-1]):
        words.pop()
    while words and _has_digit(words[0]):
        words.pop(0)
    return " ".join(words).strip(" .-–")


def spans(segment: str) -> tuple[list[str], list[str]]:
    """Its last words and its first words that may name a city, longer runs before shorter ones.

    The first words of a street are its name: "Gap Road" is not in Gap.
    Where words are not parted, as in Chinese and Japanese, first characters: 東京都渋谷区 → 東京都渋, 東京都, 東京.
    """
    words = segment.split()
    if len(words) == 1 and _HAN.match(segment):
        return [], [segment[:size] for size in range(min(4, len(segment) - 1), 1, -1)]
    sizes = range(min(MOST_WORDS, len(words) - 1), 0, -1)
    first = [] if is_street(words) else [" ".join(words[:size]) for size in sizes if words[size].lower() not in JOINING]
    return [" ".join(words[-size:]) for size in sizes if not _is_of_street(words[:-size])], first


def _is_of_street(words: list[str]) -> bool:
    """Whether the name of a street goes on behind these words: "12 rue de", "Via"."""
    last = words[-1].lower()
    return (last in JOINING or before_name(last) != frozenset()) and any(before_name(word.lower()) for word in words)


def is_street(words: list[str]) -> bool:
    """Whether it ends like "Lebanon Road" or "Denny Way NE"."""
    plain = [word.strip(".").lower() for word in words]
    return plain[-1] in _STREETS or (len(plain) > 2 and plain[-1] in _DIRECTIONS and plain[-2] in _STREETS)


def _has_digit(word: str) -> bool:
    return _DIGIT.search(word) is not None
