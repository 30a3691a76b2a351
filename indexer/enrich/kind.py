"""What kind of event it is, and which words say so."""

import re
from collections.abc import Iterable
from pathlib import Path

from hobnob.events import Label
from hobnob.sources import Source
from hobnob.taxonomy import kind_called
from indexer.enrich.evidence import Evidence
from indexer.enrich.keywords import Text, Words
from indexer.enrich.person_name import kind_of

__all__ = ["Kinds"]

#: How surely each kind of evidence, alone, speaks for a kind. What the source says of all its events gives way to a
#: plain word in the name; what the description says does not.
DEFAULT = 0.6
DECLARED = 0.5
IN_NAME = {"strong": 0.8, "weak": 0.3, "last": 0.3}
LAST_IN_NAME = 0.55
#: In a description, by how early it says so: "The annual conference of …" tells more than what comes later.
FIRST = {"strong": 0.4, "weak": 0.15, "last": 0.1}
FIRST_WORDS = 8
EARLY = {"strong": 0.3, "weak": 0.1, "last": 0.05}
EARLY_WORDS = 25
#: A name of somebody before what it is about ("Jane Doe: Bees in the city").
SPEAKER = 0.5
ENOUGH = 0.5
#: Of kinds that are equally likely, the one that says more.
ORDER = (
    "barcamp", "unconference", "hackathon", "tweetup", "trade-show", "public-meeting", "conference", "course",
    "workshop", "call", "networking", "meetup", "talk", "other",
)  # fmt: skip
# Conferences and barcamps whose names end so, written with an inner capital or all in capitals.
_NAMED = re.compile(r"\b(?:\w*[a-z0-9]Con|\w*[a-z0-9]Conf|\w*[a-z]BarCamp|[A-Z]{2,}CONF|\w{2,}[Cc]onf)\b")


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
        end = _end(name)
        for match in self._words.find(name):
            is_last = match.strength == "last" and match.position + match.phrase.count(" ") + 1 >= end
            evidence.add(match.label, LAST_IN_NAME if is_last else IN_NAME[match.strength], match.phrase)
        for match in self._words.find(description, EARLY_WORDS):
            weights = FIRST if match.position < FIRST_WORDS else EARLY
            evidence.add(match.label, weights[match.strength], match.phrase)
        self._shapes(name.text, evidence)
        likely = [(score, -ORDER.index(kind), kind) for kind, score in evidence.scores() if score >= ENOUGH]
        if not likely:
            return None
        score, _, kind = max(likely)
        return evidence.label(kind, score)

    def _shapes(self, name: str, evidence: Evidence) -> None:
        """What the form of a name tells: "DevCon", "OpenDataBarCamp", "Jane Doe: Bees in the city"."""
        for match in _NAMED.finditer(name):
            label = "barcamp" if match[0].lower().endswith("barcamp") else "conference"
            evidence.add(label, IN_NAME["strong"], match[0])
        speaker, colon, about = name[:80].partition(": ")
        if colon and about and 1 < len(speaker.split()) < 5 and kind_of(speaker) == "Person":
            evidence.add("talk", SPEAKER, f"begins with a person's name, {speaker!r}")

    def _is_vague(self, category: str) -> bool:
        """Whether its words stand beside many kinds: a source's "Social" or "Exhibition" are not what we call so."""
        matches = self._words.find_again(category)
        return bool(matches) and all(match.strength != "strong" for match in matches)


def _end(name: Text) -> int:
    """How many words a name has without the numbers at its end: "Audit Committee - 12/14/23" has two."""
    end = len(name.words)
    while end and name.words[end - 1].isdecimal():
        end -= 1
    return end
