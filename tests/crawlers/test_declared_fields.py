"""`[source.fields]` of a declaration: checked with errors that name field and value, and written back as it was."""

import pytest

from crawlers.sources import add, declaration, load
from hobnob.errors import SourceError
from hobnob.sources import Pick

NAMED = {"name": "h3", "dates": "time"}


def declared(fields, reader="html", **more):
    return declaration(
        {"name": "a", "title": "A", "url": "https://a.example/", "reader": reader, "fields": fields, **more}
    )


def test_a_text_is_short_for_where_it_stands():
    source = declared({**NAMED, "time": {"at": "td", "match": r"\d+:\d\d"}, "country": {"value": "US"}})
    assert source.fields == {
        "name": Pick(at="h3"),
        "dates": Pick(at="time"),
        "time": Pick(at="td", match=r"\d+:\d\d"),
        "country": Pick(value="US"),
    }


@pytest.mark.parametrize(
    ("fields", "reader", "said"),
    [
        ({**NAMED, "nme": "x"}, "html", "'nme' is no field of an event (did you mean 'name'?)"),
        ({**NAMED, "zzz": "x"}, "html", "'zzz' is no field of an event (known are entries, name"),
        ({**NAMED, "name": "x["}, "html", "name: 'x[' is no selector"),
        ({**NAMED, "city": "//a["}, "html", "city: '//a[' is no selector"),
        ({**NAMED, "city": "td::wrong"}, "html", "city: 'td::wrong' is no selector"),
        ({**NAMED, "city": {"at": "b", "match": "(("}}, "csv", "city: match '((' is no regular expression"),
        ({**NAMED, "city": {"att": "b"}}, "csv", "city: 'att' is unknown (did you mean 'at'?)"),
        ({**NAMED, "city": 3}, "csv", "city: 3 is neither a text nor a table"),
        ({**NAMED, "city": {}}, "csv", "city: {} is neither a text nor a table"),
        ({**NAMED, "city": {"value": 3}}, "csv", "city: value 3 is not a text"),
        ({**NAMED, "entries": "tr"}, "csv", "entries: a table has its rows"),
        ({**NAMED, "entries": {"value": "tr"}}, "html", "entries: only takes where they stand"),
        ({"name": "h3"}, "yaml", "say nowhere when an event is"),
        ({"dates": "h3"}, "markdown", "say nowhere what an event is called"),
        (NAMED, "ics", "mean nothing to the reader 'ics'"),
        ("name", "html", "'name' is not a table of fields"),
    ],
)
def test_an_error_names_the_field_and_the_value(fields, reader, said):
    with pytest.raises(SourceError) as caught:
        declared(fields, reader)
    assert "source 'a': fields" in str(caught.value)
    assert said in str(caught.value)


def test_an_unknown_order_of_dates():
    with pytest.raises(SourceError, match=r"date_order 'dym' is unknown .*'dmy'|date_order 'dym' is unknown"):
        declared(NAMED, date_order="dym")


def test_fields_are_written_into_the_file_and_read_back(tmp_path):
    first = declared({**NAMED, "time": {"at": "td", "match": r"\d+:\d\d"}}, date_order="mdy", every="12h")
    add(tmp_path, first)
    add(tmp_path, declaration({"name": "b", "title": "B", "url": "https://b.example/", "reader": "html"}))
    found = load(tmp_path, bundled=False)
    assert found["a"].fields == first.fields
    assert (found["a"].date_order, found["a"].every) == ("mdy", first.every)
    assert found["b"].fields == {}
