"""Calendars: iCalendar (RFC 5545) and jCal (RFC 7265)."""
