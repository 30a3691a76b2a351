"""The vocabulary of hobnob: what passes between the rooms, and nothing that needs a network or a database."""
