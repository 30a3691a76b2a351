"""Lists of events: JSON in its dialects, and CSV, YAML and Markdown by declared columns.

`csv_list`, `markdown_list` (its syntax: `markdown_blocks`) and `yaml_list` (its syntax: `yaml_data`) are readers whose
sources declare what stands where; they give their entries to crawlers.readers.declared.

`json_events` reads any JSON: `json_document` gives its values, and the first dialect that recognises them reads them:
`geo_json`, `activity_streams` (each event by `activity_event`), `schema_json`, `open_civic_data`, `confs_tech` (also a
reader by itself), or the readers of jCal and JSON Feed. Where fields are declared it is `declared_json`, by `paths` of
keys. `json_entries` is what the dialects have in common.
"""
