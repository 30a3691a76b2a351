"""The language an event is announced in, where nobody declares it."""

import re
from collections import Counter

from hobnob.observations import Observation
from indexer.enrich.keywords import without_addresses

__all__ = ["language"]

# Letters that only one widely used language has.
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0370-\u03ff]{3}"), "el"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
    (re.compile(r"[їєґі]", re.IGNORECASE), "uk"),
    (re.compile(r"[ыэъё]", re.IGNORECASE), "ru"),
)
# Words that are frequent in one language and rare in the others.
_WORDS = {
    word: code
    for code, words in {
        "en": "the and of for with this you your our are from will be is join we at how about have all by learn what",
        "de": "und der die das für mit von im auf ist wir zum zur den dem ein eine bei nicht auch werden sich über",
        "fr": "les des pour dans une est avec sur vous nous aux du au et par cette votre notre ou qui ce",
        "es": "los las para con una por del el sobre más este esta como su nuestro y en al qué tu sus",
        "it": "il di per della che gli con una sono del nel alla dei delle più anche è degli dal questo",
        "pt": "os dos para com uma não mais você da das em pela pelo ao são sobre nossa como é",
        "nl": "het een van voor met zijn wordt naar ook niet bij deze wij je ons aan door over",
        "sv": "och att för som är på av med till det inte ett oss vi eller om hur",
        "da": "og som er på af med til det ikke et os vi eller om hvordan",
        "pl": "się na jest dla nie oraz przez od jak czy który będzie przy po są",
        "fi": "ja että ovat tai sekä kanssa mukaan myös ei tämä",
    }.items()
    for word in words.split()
}  # fmt: skip
# A word; not the parts of a host ("example.com"), of which some are words ("com").
_WORD = re.compile(r"(?<![.\w])[^\W\d_]+(?!\.?\w)")
#: So many characters are enough to tell.
READ_CHARS = 800


def language(observation: Observation, default: str | None) -> str | None:
    """The ISO 639-1 code: as declared; else by its script; else the source's; else by its most frequent small words."""
    if declared := _primary(observation.in_language):
        return declared
    text = f"{observation.name[:READ_CHARS]} {(observation.description or '')[:READ_CHARS]}"
    if not text.isascii():
        for letters, code in _SCRIPTS:
            if letters.search(text):
                return code
    return _primary(default) or _by_words(text)


def _primary(tag: str | None) -> str | None:
    """The language of a BCP 47 tag if it has two letters: "de-AT" → "de"."""
    found = (tag or "").replace("_", "-").partition("-")[0].lower()
    return found if len(found) == 2 and found.isalpha() and found.isascii() else None


def _by_words(text: str) -> str | None:
    words = _WORD.findall(without_addresses(text).lower())
    seen = Counter(_WORDS[word] for word in words if word in _WORDS)
    ranked = seen.most_common(2)
    if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]
