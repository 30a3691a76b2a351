import pytest

from hobnob.errors import BadValue, UnknownName
from indexer.search.filters import Filters, from_parameters, to_parameters

ALL = Filters(
    text='python "data science"',
    exclude=("hackathon",),
    industry=("technology", "health"),
    near="Zürich",
    within="30 mi",
    start="today",
    end="+90d",
    kind=("meetup",),
    online=True,
    free=True,
    source=("one",),
    person=("Ada",),
    language=("de",),
    status=("any",),
    sort="distance",
    limit="50",
    page="2",
    all_occurrences=True,
)


def test_parameters_are_named_as_the_options() -> None:
    parameters = to_parameters(ALL)
    assert parameters["from"] == "today"
    assert parameters["to"] == "+90d"
    assert parameters["not"] == ["hackathon"]
    assert parameters["industry"] == ["technology", "health"]
    assert parameters["all-occurrences"] is True
    assert "in-person" not in parameters


def test_what_is_set_comes_back() -> None:
    as_texts = {name: value if isinstance(value, list) else [str(value)] for name, value in to_parameters(ALL).items()}
    assert from_parameters(as_texts) == ALL
    assert to_parameters(Filters(text="")) == {}


def test_empty_values_do_not_filter() -> None:
    assert from_parameters({"text": [""], "industry": ["", " "], "near": [" "], "from": []}) == Filters()


@pytest.mark.parametrize(("text", "on"), [("1", True), ("", True), ("Yes", True), ("0", False), ("false", False)])
def test_switches(text: str, on: bool) -> None:
    assert from_parameters({"online": [text]}).online is on


def test_what_cannot_be_a_filter_is_refused() -> None:
    with pytest.raises(UnknownName, match="unknown filter 'start'") as unknown:
        from_parameters({"start": ["today"]})
    assert "from" in (unknown.value.hint or "")
    with pytest.raises(BadValue, match="'maybe' is not a switch for 'free'"):
        from_parameters({"free": ["maybe"]})
    with pytest.raises(BadValue, match="single value of 'near'"):
        from_parameters({"near": ["Bern", "Basel"]})
