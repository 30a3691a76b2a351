"""What stands in the documents of every engine: the text that is searched, the words of names, the point."""

from typing import TYPE_CHECKING

from indexer.analysis import words

if TYPE_CHECKING:
    from indexer.documents import EventDocument

__all__ = ["NAME_BOOST", "PERSON_WORDS", "distinct", "name_text", "people_words", "position", "searched_text"]

NAME_BOOST = 3.0
"""How much more a word counts for relevance when it stands in an event's name."""

PERSON_WORDS = 32
"""Of a longer name only the first words count."""

_MAX_PEOPLE = 2_000
_GAP = "¶"


def name_text(event: "EventDocument") -> str:
    """The tokens of the name, by white space."""
    return " ".join(event.name_tokens)


def searched_text(event: "EventDocument") -> str:
    """The tokens of name and body, by white space; a token that is no word keeps phrases from reaching over."""
    return f"{name_text(event)} {_GAP} {' '.join(event.body_tokens)}"


def people_words(event: "EventDocument") -> list[list[str]]:
    """The words of each name, each once."""
    return [list(dict.fromkeys(words(name)[:PERSON_WORDS])) for name in event.people[:_MAX_PEOPLE]]


def distinct(values: tuple[str, ...]) -> list[str]:
    """Each value once; empty ones are none."""
    return list(dict.fromkeys(filter(None, values)))


def position(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """The point to six decimals, with 180° E as 180° W; None when there is none, or none on the earth."""
    if latitude is None or longitude is None:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    east = round(longitude, 6)
    return round(latitude, 6) + 0.0, -180.0 if east == 180 else east + 0.0
