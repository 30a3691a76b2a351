"""How often the indexer judges rightly, on real data labelled by hand: `python -m bench.accuracy`.

One module for each question, named in QUESTIONS. Each offers

    def measure(options: Options) -> Iterable[Table]

and yields a table for every half of its data that `options.halves` names: "dev", on which rules were written, and
"held-out", which nobody looked at while writing them. Its data stand in a folder beside it, with a README.md that says
where they are from, under which licence, and how they were sampled, split and labelled. Rates come with their
intervals: `figures.rate(right, of)` gives "0.953 (0.921–0.973)". What was not measured is said in the notes of a table,
with what to do about it; a question whose data cannot be read raises, and the others go on.
"""

from bench.accuracy.tables import Options, Table

__all__ = ["QUESTIONS", "Options", "Table"]

QUESTIONS = ("same_event", "linking", "industries", "kinds", "places", "attendance", "changes")
