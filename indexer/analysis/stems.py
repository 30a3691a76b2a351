"""Stems: what the forms of a word have in common, by the Snowball algorithm of its language."""

from functools import cache

import Stemmer

from indexer.analysis.folding import folded

__all__ = ["LANGUAGES", "MARK", "stem", "stemmed", "stems_of"]

#: Parts a stem's language from the stem; never part of a word.
MARK = "·"

_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_SAME = {"nb": "no", "nn": "no", "in": "id", "ji": "yi"}

#: The languages whose words are stemmed (ISO 639-1).
LANGUAGES = tuple(code for code, algorithm in _ALGORITHMS.items() if algorithm in Stemmer.algorithms())


def stemmed(language: str | None) -> str | None:
    """The code in LANGUAGES for a language as documents give it (ISO 639-1 or BCP 47: "pt-BR"), if it is there."""
    if not language:
        return None
    code = language.partition("-")[0].partition("_")[0].lower()
    code = _SAME.get(code, code)
    return code if code in LANGUAGES else None


def stem(word: str, language: str) -> str:
    """The stem token ("en·confer") of a normal word in one of LANGUAGES."""
    return f"{language}{MARK}{folded(_stemmer(language).stemWord(word))}"


def stems_of(word: str) -> tuple[str, ...]:
    """The stem tokens of a normal word in every language, for a query, whose language nobody knows."""
    return tuple(stem(word, language) for language in LANGUAGES)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS[language], 0)
