"""What `Event.place_why` says a place rests on: its words, so that who reads them need not know who wrote them."""

__all__ = ["CENTRE_OF", "SOMEWHERE_IN", "SOURCES_PLACE", "is_of_source", "is_worked_out"]

#: The middle of a city, the middle of a region or country, and the place of the source; each followed by its name.
CENTRE_OF, SOMEWHERE_IN, SOURCES_PLACE = "centre of ", "somewhere in ", "the source's place: "


def is_of_source(why: str | None) -> bool:
    """Whether the event itself does not say where it is, and its source's place is given."""
    return why is not None and SOURCES_PLACE in why


def is_worked_out(why: str | None) -> bool:
    """Whether the coordinates are the middle of what was named: not those of where one meets, which were declared."""
    return why is not None and any(
        why.startswith(words) or f"; {words}" in why for words in (CENTRE_OF, SOMEWHERE_IN, SOURCES_PLACE)
    )
