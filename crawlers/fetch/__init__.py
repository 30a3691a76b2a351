"""Fetching: one set of Scrapy settings, robots.txt, limits on size, time and addresses, and the HTTP cache."""
