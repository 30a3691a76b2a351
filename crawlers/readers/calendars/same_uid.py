"""Which events of a file have one UID, by their bytes alone (RFC 5545, sections 3.8.4.7 and 3.8.4.4)."""

import re
from collections.abc import Sequence
from itertools import islice

__all__ = ["SameUid"]

_LARGE = 1_000_000
_RANGE = b"RANGE=THISANDFUTURE"
_NAMES = re.compile(rb"\n(UID|RECURRENCE-ID)[ \t]*([;:][^\n]*)", re.IGNORECASE)


class SameUid:
    """Takes the events one by one, and knows them by their number in that order."""

    def __init__(self) -> None:
        self._names: list[tuple[bytes, bytes]] = []
        self._first: dict[bytes, int] = {}
        self._same: dict[bytes, list[int]] = {}
        self._by_instance: dict[bytes, dict[bytes, list[int]]] = {}
        self._ranges: set[bytes] = set()

    def add(self, own: bytes) -> None:
        """Takes the next event, by the lines that are its own."""
        found = _NAMES.findall(own) if len(own) < _LARGE else _few_names(own)
        uid = next((_value(rest) for name, rest in found if len(name) == len(b"UID")), b"")
        instance = b""
        if len(found) > bool(uid):
            instances = [rest for name, rest in found if len(name) != len(b"UID")]
            instance = next(map(_value, instances), b"")
            if any(_RANGE in rest.upper() for rest in instances):
                self._ranges.add(uid)
        number = len(self._names)
        self._names.append((uid, instance))
        if uid and (first := self._first.setdefault(uid, number)) != number:
            self._same.setdefault(uid, [first]).append(number)

    def is_divided(self, number: int) -> bool:
        """Whether one of its siblings changes the rest of the series (section 3.2.13)."""
        return bool(self._ranges) and self._names[number][0] in self._ranges

    def siblings(self, number: int) -> Sequence[int]:
        """The events with its UID, itself among them; none if it is the only one."""
        return self._same.get(self._names[number][0], ()) if self._same else ()

    def alike(self, number: int) -> Sequence[int]:
        """Those of its siblings that have its RECURRENCE-ID, too; none if it is the only one."""
        siblings = self.siblings(number)
        if not siblings:
            return ()
        uid, instance = self._names[number]
        if uid not in self._by_instance:
            found = self._by_instance.setdefault(uid, {})
            for one in siblings:
                found.setdefault(self._names[one][1], []).append(one)
        alike = self._by_instance[uid][instance]
        return alike if len(alike) > 1 else ()


def _few_names(own: bytes) -> list[tuple[bytes, bytes]]:
    return [(match[1], match[2]) for match in islice(_NAMES.finditer(own), 10)]


def _value(rest: bytes) -> bytes:
    return rest.partition(b":")[2].strip()
