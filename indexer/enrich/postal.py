"""What a postal code tells: its country where its form is like no other's, and in Britain and Canada its town.

Forms: Universal Postal Union, "Postal addressing systems". Post towns: those that Royal Mail's postcode areas and
Canada Post's first letters are named for or lie in; areas that reach far beyond their town are left out.
"""

import re

__all__ = ["postal_country", "postal_town"]

_STATES = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
# The letters before a dash that stand for a country: those of its number plates or of ISO 3166-1.
_LETTERS = {
    "D": "DE", "A": "AT", "F": "FR", "I": "IT", "B": "BE", "L": "LU", "S": "SE", "N": "NO", "H": "HU", "FIN": "FI",
    "E": "ES", "P": "PT",
    "DE": "DE", "AT": "AT", "CH": "CH", "FR": "FR", "IT": "IT", "BE": "BE", "LU": "LU", "SE": "SE", "NO": "NO",
    "HU": "HU", "FI": "FI", "ES": "ES", "PT": "PT", "DK": "DK", "NL": "NL", "PL": "PL", "CZ": "CZ", "SK": "SK",
    "SI": "SI", "HR": "HR", "RO": "RO", "BG": "BG", "LV": "LV", "LT": "LT", "EE": "EE", "LI": "LI", "MD": "MD",
    "GR": "GR",
}  # fmt: skip
_FORMS = {
    "GB": re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    "CA": re.compile(r"\b([A-Z]\d)[A-Z][ -]?\d[A-Z]\d\b"),
    "IE": re.compile(r"\b[A-Z]\d[\dW] [A-Z]\d?[A-Z\d]{3}\b"),
    "US": re.compile(rf"\b(?:{_STATES}),? \d{{5}}(?:-\d{{4}})?(?=\s*(?:,|$|USA?\b|U\.S|United States))"),
    "NL": re.compile(r"\b[1-9]\d{3} ?(?!AM\b|PM\b|[NS][EW]\b|S[ADS]\b)[A-Z]{2},? (?=['’]?[A-Z]['’]?[\w-])"),
    "BR": re.compile(r"\b\d{5}-\d{3}\b"),
    "PT": re.compile(r"\b\d{4}-\d{3}\b"),
    "PL": re.compile(r"\b\d{2}-\d{3} (?=[^\W\d_])"),
    "JP": re.compile(r"〒\s*\d{3}-?\d{4}\b"),
}
_DIGIT = re.compile(r"\d")
_LETTERED = re.compile(r"\b([A-Z]{1,3})-(?:\d{4,6}|\d{3} ?\d{2})\b")
_TOWNS = {
    "GB": {
        "B": "Birmingham", "BA": "Bath", "BB": "Blackburn", "BD": "Bradford", "BH": "Bournemouth", "BL": "Bolton",
        "BN": "Brighton", "BS": "Bristol", "CB": "Cambridge", "CF": "Cardiff", "CH": "Chester", "CO": "Colchester",
        "CV": "Coventry", "DE": "Derby", "DN": "Doncaster", "DY": "Dudley", "E": "London", "EC": "London",
        "EH": "Edinburgh", "G": "Glasgow", "GL": "Gloucester", "HD": "Huddersfield", "HU": "Hull", "IP": "Ipswich",
        "L": "Liverpool", "LE": "Leicester", "LS": "Leeds", "LU": "Luton", "M": "Manchester", "MK": "Milton Keynes",
        "N": "London", "NE": "Newcastle upon Tyne", "NG": "Nottingham", "NN": "Northampton", "NR": "Norwich",
        "NW": "London", "OL": "Oldham", "OX": "Oxford", "PO": "Portsmouth", "PR": "Preston", "RG": "Reading",
        "S": "Sheffield", "SE": "London", "SK": "Stockport", "SO": "Southampton", "SR": "Sunderland",
        "ST": "Stoke-on-Trent", "SW": "London", "SS": "Southend-on-Sea", "W": "London", "WA": "Warrington",
        "WC": "London", "WF": "Wakefield", "WN": "Wigan", "WS": "Walsall", "WV": "Wolverhampton", "YO": "York",
    },
    "CA": {
        "B3": "Halifax", "G1": "Québec", "G2": "Québec", "K1": "Ottawa", "K2": "Ottawa", "L4": "Mississauga",
        "L5": "Mississauga", "N6": "London", "R2": "Winnipeg", "R3": "Winnipeg", "S4": "Regina", "S7": "Saskatoon",
        "T2": "Calgary", "T3": "Calgary", "T5": "Edmonton", "T6": "Edmonton", "V5": "Vancouver", "V6": "Vancouver",
        "V8": "Victoria",
    } | {f"H{number}": "Montréal" for number in range(1, 10)} | {f"M{number}": "Toronto" for number in range(1, 10)},
}  # fmt: skip


def postal_country(text: str) -> str | None:
    """The country (ISO 3166-1 alpha-2) of the postal code in a text, where its form is like no other's."""
    if not _DIGIT.search(text):
        return None
    if (lettered := _LETTERED.search(text)) and lettered[1] in _LETTERS:
        return _LETTERS[lettered[1]]
    return next((country for country, form in _FORMS.items() if form.search(text)), None)


def postal_town(text: str, country: str) -> str | None:
    """The town that the postal code in a text belongs to, in countries where the code alone says so."""
    if country not in _TOWNS or not (code := _FORMS[country].search(text)):
        return None
    return _TOWNS[country].get(code[1])
