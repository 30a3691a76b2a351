"""Whether taking part costs nothing."""

import re
from decimal import Decimal, InvalidOperation

from hobnob.observations import Observation, Offer

__all__ = ["is_free"]

# Admission that is free, not coffee or parking; in the languages of most sources.
_FREE = re.compile(
    r"\b(?:free (?:admission|entry|entrance|event|of charge|to attend|and open to|webinar|workshop|meetup)"
    r"|(?:admission|entry|entrance|attendance|registration)(?: is|:)? free|(?:is|are) free (?:of charge|to attend)"
    r"|(?:eintritt|teilnahme)(?: ist|:)? (?:frei|kostenlos|kostenfrei|gratis)|freier eintritt|kostenlose teilnahme"
    r"|entr[ée]e (?:libre|gratuite)|(?:participation|inscription|événement) gratuite?|gratuit et ouvert"
    r"|(?:entrada|acceso|asistencia|inscripci[óo]n|evento|entrada es)(?: es|:)? (?:libre|gratuit[ao]|gratis)"
    r"|(?:ingresso|entrata) (?:libero|libera|gratuit[ao])|partecipazione gratuita|entrada (?:franca|gratuita|livre)"
    r"|gratis (?:toegang|entree|adgang|inngang|inträde)|(?:toegang|adgang|inngang|entré)(?: is)? gratis"
    r"|fri (?:entr[ée]|inträde|adgang)|vapaa pääsy|wst[ęe]p (?:wolny|bezpłatny)|vstup (?:volný|voľný|zdarma)"
    r"|belépés ingyenes|ingyenes belépés|intrare liberă|slobodan ulaz|ulaz slobodan|giriş ücretsiz|ücretsiz giriş"
    r"|katılım ücretsiz|вход (?:свободный|бесплатный)|вхід вільний|ελεύθερη είσοδος|είσοδος ελεύθερη|כניסה חופשית)\b"
    r"|(?:入場|参加|参加費|入场)は?(?:無料|免费)|免费入场|免費入場|무료 ?입장|입장 ?무료",
    re.IGNORECASE,
)
# One of these is in each of them: most texts need no closer look.
_HINTS = (
    *("free", "frei", "gratis", "gratui", "kosten", "libre", "liber", "franca", "livre", "wolny", "fri ", "slobodan"),
    *("zdarma", "ingyenes"),
)
_HINTS_BEYOND_ASCII = (
    "bezpłatny",
    "pääsy",
    "vstup",
    "ücretsiz",
    "вход",
    "вхід",
    "είσοδος",
    "חופשית",
    "無料",
    "免",
    "무료",
)
_NOT_FREE = re.compile(r"\b(?:not|n't|no longer|isn.t|nicht|pas|no es|non) (?:a )?\Z", re.IGNORECASE)
#: Of a name or a description, this much is read.
READ_CHARS = 3000


def is_free(observation: Observation) -> bool | None:
    """What is declared; else whether an offer that can be had costs 0; else True if the text says so; else None."""
    if observation.is_accessible_for_free is not None:
        return observation.is_accessible_for_free
    prices = [price for offer in observation.offers if (price := _price(offer)) is not None]
    if prices:
        return min(prices) == 0
    for text in (observation.name[:READ_CHARS], (observation.description or "")[:READ_CHARS]):
        small = text.lower()
        hints = _HINTS if small.isascii() else _HINTS + _HINTS_BEYOND_ASCII
        if not any(hint in small for hint in hints):
            continue
        for match in _FREE.finditer(text):
            if not _NOT_FREE.search(text[max(0, match.start() - 12) : match.start()]):
                return True
    return None


def _price(offer: Offer) -> Decimal | None:
    if offer.price is None or (offer.availability or "").rpartition("/")[2] == "SoldOut":
        return None
    try:
        price = Decimal(offer.price)
    except InvalidOperation:
        return None
    return price if price.is_finite() and price >= 0 else None
