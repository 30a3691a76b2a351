"""Evidence for labels, gathered piece by piece."""

from operator import itemgetter

from hobnob.events import Label

__all__ = ["Evidence"]

#: So many reasons are shown.
MOST_REASONS = 5


class Evidence:
    """For each label, how likely it is by all that speaks for it, as if each piece could be wrong independently:
    two pieces of 0.5 make 0.75. The same words count once, as the surest of what they are taken for."""

    def __init__(self) -> None:
        self._why: dict[str, dict[str, tuple[float, str]]] = {}

    def add(self, label: str, likelihood: float, why: str) -> None:
        """`likelihood` is how surely this piece alone, 0 to 1, speaks for the label."""
        reasons = self._why.setdefault(label, {})
        folded = why.lower()
        known = reasons.get(folded)
        if known is None or known[0] < likelihood:
            reasons[folded] = (likelihood, why)

    def scores(self) -> list[tuple[str, float]]:
        """Labels and how likely they are, the likeliest first; of those that are equally likely, by id."""
        found = []
        for label, reasons in self._why.items():
            doubt = 1.0
            for likelihood, _ in reasons.values():
                doubt *= 1.0 - likelihood
            found.append((-round(1.0 - doubt, 2), label))
        return [(label, -score) for score, label in sorted(found)]

    def label(self, label: str, score: float) -> Label:
        """With the reasons that are surest."""
        surest = sorted(self._why[label].values(), key=itemgetter(0), reverse=True)[:MOST_REASONS]
        return Label(id=label, score=score, why=tuple(why for _, why in surest))
