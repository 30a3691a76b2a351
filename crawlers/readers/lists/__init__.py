"""Lists of events: JSON in its dialects, and CSV, XML, YAML and Markdown by declared columns and paths.

`csv_list`, `markdown_list` (its syntax: `markdown_blocks`) and `yaml_list` (its syntax: `yaml_data`) are readers whose
sources declare what stands where; they give their entries to crawlers.readers.declared. `xml_list` makes a value in
the shape of JSON of an XML document (`xml_document`), and reads it as declared JSON is read.

`json_events` reads any JSON: `json_document` gives its values, and the first dialect that recognises them reads them:
`geo_json`, `activity_streams` (each event by `activity_event`), `schema_json`, `open_civic_data`, `confs_tech` (also a
reader by itself), or the readers of jCal and JSON Feed. Where fields are declared it is `declared_json`, by `paths` of
keys. `json_entries` is what the dialects have in common.
"""
