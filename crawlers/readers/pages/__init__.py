"""HTML pages: what they state for programs, and where selectors are declared, what they show to people.

`html` is the reader. `page` is the page, opened once (`page_text`: its character set; `page_language`); `marks` finds
where it is worth looking closer. Each syntax gives objects in the form of JSON-LD, which crawlers.readers.schema_org
maps:

- `json_ld` (blocks by `script_blocks`, broken ones by `json_repair`)
- `microdata` and `rdfa` (values by `markup_values`)
- `microformats` (`microformats_items`, `microformats_values`, `microformats_dates`; texts by `laid_out_text`)

`selectors` reads what a source declares (`selector_syntax`, texts by `element_text`). Then `same_event` finds what
describes one event, `merged` makes one of two, `main_event` says which one the page is about. Where pages lead:
`event_lists` and `links`.
"""
