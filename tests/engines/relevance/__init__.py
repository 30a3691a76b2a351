"""How well an engine ranks: nDCG over queries with written-down judgements (see README.md)."""
