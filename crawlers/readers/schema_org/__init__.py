"""schema.org's events (schema.org/Event), from the objects of JSON-LD, or what was given their form, to Observations.

`event_nodes` finds the events among the objects of a document, with what is said of them elsewhere in it
(`json_ld_terms` first makes one of JSON-LD's ways of saying a thing, `event_types` knows which types are events);
`events` maps each: `event_dates` reads when it is (`time_of_day`), `schedule` and `schedule_rule` when again,
`locations` where, `values` all else. Whoever has such objects calls `events`: pages for JSON-LD, microdata, RDFa and
microformats, lists for plain JSON.
"""
