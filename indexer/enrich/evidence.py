"""Evidence for labels, gathered piece by piece."""

from operator import itemgetter

from hobnob.events import Label

__all__ = ["Evidence"]

#: So many reasons are shown.
MOST_REASONS = 5


class Evidence:
    """For each label, how likely it is by all that speaks for it, as if each piece could be wrong independently:
    two pieces of 0.5 make 0.75. The same words count once."""

    def __init__(self) -> None:
        self._doubt: dict[str, float] = {}
        self._why: dict[str, dict[str, tuple[float, str]]] = {}

    def add(self, label: str, likelihood: float, why: str) -> None:
        """`likelihood` is how surely this piece alone, 0 to 1, speaks for the label."""
        reasons = self._why.setdefault(label, {})
        if why.lower() in reasons:
            return
        reasons[why.lower()] = (likelihood, why)
        self._doubt[label] = self._doubt.get(label, 1.0) * (1.0 - likelihood)

    def labels(self) -> tuple[Label, ...]:
        """The likeliest first; of those that are equally likely, by id."""
        found = [
            Label(
                id=label,
                score=round(1.0 - doubt, 2),
                why=tuple(
                    why for _, why in sorted(self._why[label].values(), key=itemgetter(0), reverse=True)[:MOST_REASONS]
                ),
            )
            for label, doubt in self._doubt.items()
        ]
        return tuple(sorted(found, key=lambda label: (-label.score, label.id)))
