"""What kind of event it is, and which words say so."""

from collections.abc import Iterable
from pathlib import Path

from hobnob.events import Label
from hobnob.sources import Source
from hobnob.taxonomy import kind_called
from indexer.enrich.evidence import Evidence
from indexer.enrich.keywords import Text, Words

__all__ = ["Kinds"]

#: How surely each kind of evidence, alone, speaks for a kind. What the source says of all its events gives way to a
#: plain word in the name; what the description says does not.
DEFAULT = 0.6
DECLARED = 0.5
IN_NAME = {"strong": 0.8, "weak": 0.3}
EARLY = {"strong": 0.3, "weak": 0.1}
EARLY_WORDS = 25
ENOUGH = 0.5
#: Of kinds that are equally likely, the one that says more.
ORDER = (
    "barcamp", "unconference", "hackathon", "tweetup", "trade-show", "public-meeting", "conference", "course",
    "workshop", "call", "networking", "meetup", "talk", "other",
)  # fmt: skip


class Kinds:
    """Judges the kind by the table `kind_words.toml`."""

    def __init__(self) -> None:
        self._words = Words(Path(__file__).with_name("kind_words.toml"))

    def label(self, name: Text, description: Text, categories: Iterable[str], source: Source | None) -> Label | None:
        """The likeliest kind, or None if nothing speaks for one."""
        evidence = Evidence()
        if source and source.kind:
            evidence.add(source.kind, DEFAULT, "default of the source")
        for category in categories:
            if (kind := kind_called(category)) not in (None, "other") and not self._is_vague(category):
                evidence.add(kind, DECLARED, f"declared category {category!r}")
        for match in self._words.find(name):
            evidence.add(match.label, IN_NAME[match.strength], match.phrase)
        for match in self._words.find(description, EARLY_WORDS):
            evidence.add(match.label, EARLY[match.strength], match.phrase)
        labels = [label for label in evidence.labels() if label.score >= ENOUGH]
        return max(labels, key=lambda label: (label.score, -ORDER.index(label.id)), default=None)

    def _is_vague(self, category: str) -> bool:
        """Whether its words stand beside many kinds: a source's "Social" or "Exhibition" are not what we call so."""
        matches = [*self._words.find(Text(category))]
        return bool(matches) and all(match.strength == "weak" for match in matches)
