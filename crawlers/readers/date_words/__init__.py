"""What dates in words are made of; crawlers.readers.dates calls it.

`vocabulary` has the words of each language (`words.toml` beside dateparser's). `tokens` cuts a text into tokens with a
role each (`figures` for numbers, `eastern` for East Asia), `spoken_hours` makes hours of numbers. Over the roles,
`days` and `hours` find days and times; `when` puts them together, `years` gives them the year that they do not state.
"""
