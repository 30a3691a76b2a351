"""Stems: what the forms of a word have in common, by the Snowball algorithm of its language."""

import Stemmer

from indexer.analysis.folding import folded

__all__ = ["LANGUAGES", "MARK", "stems", "stems_of"]

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
_REMEMBERED = 50_000

#: The languages whose words are stemmed (ISO 639-1).
LANGUAGES = tuple(code for code, algorithm in _ALGORITHMS.items() if algorithm in Stemmer.algorithms())


class _Stems(dict[str, str]):
    """The stem tokens of one language by their words, worked out when first asked for, and forgotten when too many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._prefix = language + MARK
        self._stemmer = Stemmer.Stemmer(_ALGORITHMS[language], 0)

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        token = self[word] = self._prefix + folded(self._stemmer.stemWord(word))
        return token


_stems: dict[str, _Stems] = {}


def stems(words: list[str], language: str | None) -> list[str]:
    """The stem tokens ("en·confer") of normal words in the language of their text (ISO 639-1 or BCP 47).

    Empty when there is no language, or none that has an algorithm.
    """
    if not language:
        return []
    code = language.partition("-")[0].partition("_")[0].lower()
    code = _SAME.get(code, code)
    if code not in LANGUAGES:
        return []
    return list(map(_of(code).__getitem__, words))


def stems_of(word: str) -> tuple[str, ...]:
    """The stem tokens of a normal word in every language, for a query, whose language nobody knows."""
    return tuple(_of(language)[word] for language in LANGUAGES)


def _of(language: str) -> _Stems:
    known = _stems.get(language)
    if known is None:
        known = _stems[language] = _Stems(language)
    return known
