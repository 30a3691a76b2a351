"""Feeds: RSS, Atom, JSON Feed and their modules for events."""
