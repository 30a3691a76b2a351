"""How discovery judges what was fetched: pure functions from an answer to ways of reading it and leads to others.

`contents` says which readers fit what came, `said` what they read of it; `page_leads` finds where a page leads,
`platform_ways` to which ways of platforms, `event_pages` which of its links are pages of single events, `guesses` where
a site may have what it does not name; `parts` tells the address of a part of a calendar from that of the whole.
`judging` puts these together for one answer, `ranking` orders what was found, `naming` proposes names, and
`address_lists` reads lists of addresses. What is passed between them is in `found`. Only crawlers.discover fetches.
"""
