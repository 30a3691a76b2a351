"""A real Elasticsearch for the tests: fetched by Maven, run as processes of our own on free loopback ports."""
