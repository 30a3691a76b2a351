"""What is read back from tantivy, with the types that its stubs leave open."""

from typing import Any

from tantivy import DocAddress, Query, Searcher

__all__ = ["count_of", "how_many", "stored_bytes", "stored_text", "values"]


def how_many(searcher: Searcher, found: Query) -> int:
    """How many documents there are of `found`."""
    return count_of(searcher.search(found, 1))


def count_of(result: Any) -> int:
    """How many documents the search found in all."""
    return int(result.count)


def stored_bytes(searcher: Searcher, address: DocAddress, *fields: str) -> list[bytes]:
    """Empty where the document has no such field."""
    document = searcher.doc(address)
    return [bytes(document.get_first(field) or b"") for field in fields]


def stored_text(searcher: Searcher, address: DocAddress, field: str) -> str:
    """Empty when the document has no such field."""
    return str(searcher.doc(address).get_first(field) or "")


def values(searcher: Searcher, addresses: list[DocAddress], field: str) -> list[Any]:
    """The numbers of a fast field, in the order of `addresses`."""
    return list(searcher.fast_field_values(field, addresses))
