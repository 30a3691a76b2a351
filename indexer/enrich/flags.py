"""Flags beside the name of a city, as chats and pages write them: "Goa 🇮🇳", "Berlin :flag-de:".

A flag is two regional indicator letters, those of ISO 3166-1 alpha-2 (Unicode Technical Standard #51); a shortcode is
what chats turn into one.
"""

import re

from indexer.enrich.atlas import Atlas
from indexer.enrich.placenames import key

__all__ = ["country_of_flag"]

_LETTERS = "\N{REGIONAL INDICATOR SYMBOL LETTER A}-\N{REGIONAL INDICATOR SYMBOL LETTER Z}"
_FLAG = re.compile(rf"([{_LETTERS}])([{_LETTERS}])|(?<!\w):(?:flag[-_])?([a-z][a-z_-]{{1,30}}):(?!\w)")
_BEFORE_A = ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}") - ord("A")


def country_of_flag(atlas: Atlas, text: str) -> tuple[str, str] | None:
    """The ISO 3166-1 alpha-2 code of the one country whose flag is in a text, and the text without it; None if there is
    no flag, or those of two countries."""
    if text.isascii() and text.count(":") < 2:
        return None
    countries = {_country(atlas, flag) for flag in _FLAG.finditer(text)} - {None}
    if len(countries) != 1 or (country := countries.pop()) is None:
        return None
    return country, _FLAG.sub(lambda flag: " " if _country(atlas, flag) else flag[0], text)


def _country(atlas: Atlas, flag: re.Match[str]) -> str | None:
    if flag[1]:
        code = chr(ord(flag[1]) - _BEFORE_A) + chr(ord(flag[2]) - _BEFORE_A)
        return code if code in atlas.countries else None
    return next((one.area[0] for one in atlas.areas(key(flag[3])) if one.area[1] is None), None)
