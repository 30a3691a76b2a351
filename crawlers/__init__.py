"""Crawlers: they fetch and read, and hand on what sources said."""
