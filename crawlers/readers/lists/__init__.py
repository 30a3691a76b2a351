"""Lists of events: JSON in its dialects, and CSV, YAML and Markdown by declared columns."""
