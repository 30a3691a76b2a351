"""schema.org's types: which of them are events at which people meet (schema.org/Event and its subtypes, version 29)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

__all__ = ["bare", "is_event", "speaks_of_events", "type_names"]

_PREFIX = re.compile(
    r"\s*(?:(?:https?:)?//)?(?:(?:www\.|health-lifesci\.|pending\.)?schema\.org|(?:www\.|rdf\.)?data-vocabulary\.org)[/#]+"
    r"|\s*schema:",
    re.IGNORECASE,
)
# Subtypes are all called "...Event" but for these; several newer ones are in use before they are in the vocabulary.
_EVENTS_BY_OTHER_NAMES = {"courseinstance", "eventseries", "festival", "hackathon"}
_NO_MEETINGS = {"broadcastevent", "deliveryevent", "ondemandevent", "publicationevent"}
_SPEAKS = re.compile(r"[sS]tart_?[dD]ate|\b(?:[A-Z][A-Za-z]*)?Event\b|Festival|Hackathon|CourseInstance")
_MOST_TYPES = 50


def bare(name: str) -> str:
    """A term of schema.org without its address or prefix; of data-vocabulary.org, which came before it, likewise."""
    match = _PREFIX.match(name)
    return name[match.end() :].strip() if match else name.strip()


def type_names(node: Mapping[str, Any]) -> list[str]:
    """Its types, without schema.org's prefix; types of other vocabularies keep theirs."""
    types = node.get("@type")
    if isinstance(types, str):
        return [_bare_type(types)] if types else []
    return [_bare_type(one) for one in types[:_MOST_TYPES] if isinstance(one, str)] if isinstance(types, list) else []


def is_event(node: Mapping[str, Any]) -> bool:
    """Whether one meets there: Event or a subtype, by @type or additionalType, but no broadcast, delivery or
    publication."""
    types = node.get("@type")
    if isinstance(types, str):
        if _is_event_type(types):
            return True
    elif isinstance(types, list) and any(_is_event_type(one) for one in types[:_MOST_TYPES] if isinstance(one, str)):
        return True
    if "additionalType" not in node:
        return False
    more = node["additionalType"]
    found = [one for one in (more if isinstance(more, list) else [more])[:_MOST_TYPES] if isinstance(one, str)]
    return any(_PREFIX.match(one) and _is_event_type(one) for one in found) and not _is_no_meeting(type_names(node))


def speaks_of_events(text: str) -> bool:
    """Whether a text that cannot be read seems to be about events."""
    return _SPEAKS.search(text) is not None


def _is_no_meeting(names: list[str]) -> bool:
    return any(name.lower() in _NO_MEETINGS for name in names)


@lru_cache(maxsize=1024)
def _bare_type(name: str) -> str:
    return bare(name)[:100]


@lru_cache(maxsize=1024)
def _is_event_type(name: str) -> bool:
    folded = bare(name).lower()
    return folded in _EVENTS_BY_OTHER_NAMES or (
        folded.endswith("event") and folded.isalnum() and folded not in _NO_MEETINGS
    )
