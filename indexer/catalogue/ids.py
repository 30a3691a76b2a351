"""Ids of events: short, random, and easy to read out."""

from secrets import randbelow

__all__ = ["ALPHABET", "LENGTH", "new_id"]

#: Lower case without what is mistaken for something else: 0 and o, 1 and i and l.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 8


def new_id() -> str:
    """One of 31**8, about 850 thousand million; whether it is taken is for the caller to see."""
    number, letters = randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters
