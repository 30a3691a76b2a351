"""Calendars: iCalendar (RFC 5545) and jCal (RFC 7265).

`icalendar` is the reader. `unfolded` makes the bytes regular, `components` cuts them into calendars and their
components, `content_lines` and `fields` a component into properties. What need not be read is passed over before that:
`cheap_look` (it is over), `component_keys` (it is known), with `same_uid` and `versions` for events that belong
together. `jcal` reads JSON into the same properties.

For both, `observation` says what an event's properties mean: `event_dates` with `zones` and `zone_names` when it is,
`rules` and `exrules` when again, `venues` where, `people` who, `tickets` for how much, `descriptions` about what;
`old_calendars` first makes vCalendar 1.0 of today. At last `overrides`, with `divided_rules`, divides series of which a
change holds for the rest. `about` is what a calendar says of itself.
"""
