"""All benchmarks, one after the other: `python -m bench`. Each is also a program of its own (`python -m bench.search`).

Figures are ratios to the bare library on the same work in the same run; the machine's other work shifts both alike.
"""

from bench import (
    catalogue,
    crawl,
    elasticsearch,
    engine,
    readers_calendars,
    readers_feeds,
    readers_json_ld,
    readers_pages,
    search,
)

if __name__ == "__main__":
    catalogue.main()
    crawl.main()
    elasticsearch.main()
    engine.main()
    readers_calendars.main()
    readers_feeds.main()
    readers_json_ld.main()
    readers_pages.main()
    search.main()
