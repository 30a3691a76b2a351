"""A place as people write it."""

from hobnob.observations import Place
from hobnob.printable import line

__all__ = ["place_line"]


def place_line(place: Place) -> str:
    """The place on one line: its name, street, town with postal code, region and country, each said once.

    Where hardly any of these is known, the text that its source wrote stands beside it; "" when nothing is.
    """
    town = " ".join(filter(None, (place.postal_code, place.address_locality)))
    fields = (place.name, place.street_address, town, place.address_region, place.address_country)
    said = [text for field in fields if field and (text := line(field))]
    if len(said) <= 1 and place.text:
        said = [line(place.text)] if not said or said[0] in line(place.text) else [*said, line(place.text)]
    return ", ".join(dict.fromkeys(said))
