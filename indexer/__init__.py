"""The indexer: recognises, places, labels and merges what was observed, keeps it, and answers searches."""
