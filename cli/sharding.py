"""A crawl shared out between machines: each crawls its own part of the sources."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from urllib.parse import urlsplit

from hobnob.errors import BadValue
from hobnob.sources import Source

__all__ = ["part"]

_SHARD = re.compile(r"([0-9]{1,6})/([0-9]{1,6})\Z")


def part(sources: Iterable[Source], shard: str) -> list[Source]:
    """Those of `sources` that are part I of N, where `shard` is "I/N", I from 1 to N. Raises BadValue.

    Every source is in one part, whichever others there are. All of one host are in the same part, so that one machine
    keeps the delay between its requests to it; files have no host, and go by their name.
    """
    match = _SHARD.match(shard)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise BadValue("shard", shard, hint="1/3 is the first of three parts, 3/3 the last")
    number, parts = int(match[1]), int(match[2])
    return [source for source in sources if _place(source) % parts == number - 1]


def _place(source: Source) -> int:
    host = urlsplit(source.url).netloc or source.name
    return int.from_bytes(blake2b(host.encode(), digest_size=8).digest())
