"""Feeds: RSS, Atom, JSON Feed and their modules for events.

`feed` is the reader. `document` takes the text apart (crawlers.readers.xml_text makes it of the bytes, and mends it),
`entry` is one entry by the `names` of its elements; `json_feed` gives the items of JSON as such entries. For each entry
one of three says when its event is: `declared` (the source says where), `stated` (elements for that; `written_times`
reads them), or `embedded` (its HTML, read as a page). `observation` makes the event of it, `entry_place` says where.
"""
