"""Events by declared fields: what a source says about where things stand, whatever kind of document they stand in.

`rows` first: a reader of tables, lists, JSON, XML or pages gives it an Entry for each event, and it makes the
Observations. Of an entry, `values` takes what stands at a declared place, `row_dates` reads its dates and times
(in words: crawlers.readers.dates), `row_places` its place and whether one takes part online.
"""
