"""The HTTP service: feeds, and later pages and an API."""
