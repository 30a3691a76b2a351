"""Which industries an event belongs to, and which words say so."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hobnob.events import Label
from hobnob.sources import Source
from hobnob.taxonomy import industry_called
from indexer.enrich.evidence import Evidence
from indexer.enrich.keywords import Text, Words, whole_phrases

__all__ = ["Industries"]

#: How surely each kind of evidence, alone, speaks for an industry.
DEFAULT = 0.7
DECLARED = 0.85
#: By the list a phrase stands in ("named": words that are also said in passing, of coffee or a library), and where it
#: was found: in the name, in the first words of the description, or later there, where other things are told (who
#: sponsors the drinks).
IN_NAME = {"strong": 0.8, "weak": 0.45, "named": 0.8}
EARLY = {"strong": 0.55, "weak": 0.25, "named": 0.25}
EARLY_WORDS = 20
#: One word alone from here on is no more than the last resort.
MIDDLE = {"strong": 0.45, "weak": 0.25, "named": 0.25}
MIDDLE_WORDS = 40
LATE = {"strong": 0.25, "weak": 0.1, "named": 0.1}
#: In a description that is no longer than a subtitle: "Technology showcase".
SUBTITLE = {"strong": 0.7, "weak": 0.4, "named": 0.4}
SUBTITLE_WORDS = 8
#: In what an organizer is called: a bar association's dinner is of law, a museum's car park is not of the arts.
ORGANIZER = {"strong": 0.4, "weak": 0.1, "named": 0.4}
#: What it takes to be labelled; more where the source says what its events are about.
ENOUGH, ENOUGH_BESIDE_DEFAULT = 0.5, 0.7
#: Where nothing is enough, the likeliest, if it is likely so far and the next is behind it by so much.
LAST_RESORT, LEAD = 0.4, 0.1
#: An event is about few things: those that are this near to the best, and not more than so many.
NEAR_BEST, MOST = 0.7, 3

_TABLE = Path(__file__).with_name("industry_words")


class Industries:
    """Judges industries by the tables in `industry_words`."""

    def __init__(self) -> None:
        self._words, self._categories = _table()

    def labels(
        self,
        name: Text,
        description: Text,
        categories: Iterable[str],
        source: Source | None,
        organizers: Iterable[str] = (),
    ) -> tuple[Label, ...]:
        """At most three, the likeliest first; the defaults of the source are always among the candidates."""
        defaults = source.industries if source else ()
        evidence = Evidence()
        for industry in defaults:
            evidence.add(industry, DEFAULT, "default of the source")
        self._declared(categories, evidence)
        for match in self._words.find(name):
            evidence.add(match.label, IN_NAME[match.strength], match.phrase)
        early = SUBTITLE if len(description.words) <= SUBTITLE_WORDS else EARLY
        for match in self._words.find(description):
            position = match.position
            weights = early if position < EARLY_WORDS else MIDDLE if position < MIDDLE_WORDS else LATE
            evidence.add(match.label, weights[match.strength], match.phrase)
        for organizer in organizers:
            for match in self._words.find_again(organizer):
                evidence.add(match.label, ORGANIZER[match.strength], f"organizer {organizer!r}")
        return tuple(evidence.label(*likely) for likely in _best(evidence.scores(), frozenset(defaults)))

    def _declared(self, categories: Iterable[str], evidence: Evidence) -> None:
        for category in categories:
            why = f"declared category {category!r}"
            if industry := industry_called(category) or self._categories.get(" ".join(category.casefold().split())):
                evidence.add(industry, DECLARED, why)
                continue
            for match in self._words.find_again(category):
                evidence.add(match.label, IN_NAME[match.strength], why)


@cache
def _table() -> tuple[Words, dict[str, str]]:
    return Words(_TABLE), whole_phrases(_TABLE, "categories")


def _best(scores: list[tuple[str, float]], defaults: frozenset[str]) -> list[tuple[str, float]]:
    enough = ENOUGH_BESIDE_DEFAULT if defaults else ENOUGH
    likely = [(id_, score) for id_, score in scores if id_ in defaults or score >= enough]
    if not likely:
        return _last_resort(scores)
    best = likely[0][1]
    return [(id_, score) for id_, score in likely if id_ in defaults or score >= NEAR_BEST * best][:MOST]


def _last_resort(scores: list[tuple[str, float]]) -> list[tuple[str, float]]:
    if not scores or scores[0][1] < LAST_RESORT:
        return []
    is_alone = len(scores) == 1 or scores[0][1] - scores[1][1] >= LEAD
    return scores[:1] if is_alone else []
