"""Events out, in the formats that other programs read. Pure: events in, bytes out."""
