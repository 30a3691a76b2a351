"""Distances on the earth."""

from math import asin, cos, radians, sin, sqrt

__all__ = ["EARTH_RADIUS_KM", "KM_PER_MILE", "kilometres"]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

KM_PER_MILE = 1.609344


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance between two points in degrees, by the haversine formula."""
    north, other_north = radians(latitude), radians(other_latitude)
    across = sin((other_north - north) / 2) ** 2
    across += cos(north) * cos(other_north) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(across)))
