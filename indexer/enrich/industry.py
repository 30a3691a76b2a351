"""Which industries an event belongs to, and which words say so."""

from collections.abc import Iterable
from pathlib import Path

from hobnob.events import Label
from hobnob.sources import Source
from hobnob.taxonomy import industry_called
from indexer.enrich.evidence import Evidence
from indexer.enrich.keywords import Text, Words

__all__ = ["Industries"]

#: How surely each kind of evidence, alone, speaks for an industry.
DEFAULT = 0.7
DECLARED = 0.85
#: By the list a phrase stands in, and where it was found: in the name, in the first words of the description, or
#: later there, where other things are told (who sponsors the drinks).
IN_NAME = {"strong": 0.8, "weak": 0.45}
EARLY = {"strong": 0.55, "weak": 0.25}
LATE = {"strong": 0.25, "weak": 0.1}
EARLY_WORDS = 40
#: What it takes to be labelled; more where the source says what its events are about.
ENOUGH, ENOUGH_BESIDE_DEFAULT = 0.5, 0.7
#: An event is about few things: those that are this near to the best, and not more than so many.
NEAR_BEST, MOST = 0.7, 3


class Industries:
    """Judges industries by the table `industry_words.toml`."""

    def __init__(self) -> None:
        self._words = Words(Path(__file__).with_name("industry_words.toml"))

    def labels(
        self, name: Text, description: Text, categories: Iterable[str], source: Source | None
    ) -> tuple[Label, ...]:
        """At most three, the likeliest first; the defaults of the source are always among the candidates."""
        defaults = source.industries if source else ()
        evidence = Evidence()
        for industry in defaults:
            evidence.add(industry, DEFAULT, "default of the source")
        self._declared(categories, evidence)
        for match in self._words.find(name):
            evidence.add(match.label, IN_NAME[match.strength], match.phrase)
        for match in self._words.find(description):
            weights = EARLY if match.position < EARLY_WORDS else LATE
            evidence.add(match.label, weights[match.strength], match.phrase)
        return _best(evidence.labels(), frozenset(defaults))

    def _declared(self, categories: Iterable[str], evidence: Evidence) -> None:
        for category in categories:
            if industry := industry_called(category):
                evidence.add(industry, DECLARED, f"declared category {category!r}")
                continue
            for match in self._words.find(Text(category)):
                evidence.add(match.label, IN_NAME[match.strength], f"declared category {category!r}")


def _best(labels: tuple[Label, ...], defaults: frozenset[str]) -> tuple[Label, ...]:
    enough = ENOUGH_BESIDE_DEFAULT if defaults else ENOUGH
    likely = [label for label in labels if label.id in defaults or label.score >= enough]
    if not likely:
        return ()
    best = likely[0].score
    return tuple(label for label in likely if label.id in defaults or label.score >= NEAR_BEST * best)[:MOST]
