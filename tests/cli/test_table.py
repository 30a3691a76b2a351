from hypothesis import given
from hypothesis import strategies as st

from cli.table import Column, columns_of, fit, labelled, table, wrapped


def plain(lines):
    """Lines without the codes that make the header bold."""
    return [text.replace("\x1b[1m", "").replace("\x1b[0m", "") for text in lines]


def test_columns_of_counts_what_a_terminal_shows() -> None:
    assert columns_of("Berlin") == 6
    assert columns_of("東京") == 4
    assert columns_of("Zu\u0308rich") == 6
    assert columns_of("👍") == 2


def test_fit_cuts_with_an_ellipsis_and_never_through_a_wide_character() -> None:
    assert fit("Berlin", 6) == "Berlin"
    assert fit("Berlin", 5) == "Berl…"
    assert fit("東京都", 4) == "東…"


@given(st.text(max_size=60), st.integers(1, 40))
def test_fit_never_exceeds_its_width(text: str, width: int) -> None:
    assert columns_of(fit(text, width)) <= max(width, 1)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200), st.integers(2, 40))
def test_wrapped_keeps_every_character_but_spaces_and_fits(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns_of(part) <= width for part in lines)


def test_a_table_that_fits_is_as_wide_as_its_text() -> None:
    lines = plain(table((Column("Name"), Column("Count", right=True)), [("a", "1"), ("bcd", "20")], 80))
    assert lines == ["Name  Count", "a         1", "bcd      20"]


def test_a_table_too_wide_cuts_the_columns_that_may_shrink() -> None:
    lines = plain(table((Column("ID"), Column("Event", least=5)), [("k3f9xa2b", "A very long name of an event")], 20))
    assert lines[1] == "k3f9xa2b  A very lo…"
    assert all(columns_of(text) <= 20 for text in lines)


def test_a_column_of_several_lines_shows_what_would_be_cut() -> None:
    columns = (Column("ID"), Column("From", least=6, lines=3), Column("To", least=6, lines=3))
    lines = plain(table(columns, [("a1", "one two three", "x"), ("b2", "four", "a b c d e f g h i j k l m n o p")], 19))
    assert lines == [
        "ID  From    To",
        "a1  one     x",
        "    two",
        "    three",
        "b2  four    a b c d",
        "            e f g h",
        "            i j k…",
    ]


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=90)), max_size=4), st.integers(20, 60))
def test_a_table_of_several_lines_is_never_wider(rows, width) -> None:
    columns = (Column("A", least=6, lines=2), Column("B", least=6, lines=4))
    assert all(columns_of(text) <= width for text in plain(table(columns, rows, width)))


def test_spare_columns_go_when_the_rest_would_not_fit_and_empty_ones_always() -> None:
    columns = (Column("Name"), Column("Place", least=10, spare=True), Column("Reader", spare=True), Column("Off"))
    row = ("a-name-that-stays-whole", "Toronto, Canada", "confs-tech", "")
    assert plain(table(columns, [row], 80))[0].split() == ["Name", "Place", "Reader"]
    assert plain(table(columns, [row], 40))[0].split() == ["Name", "Place"]
    assert plain(table(columns, [row], 24))[0].split() == ["Name"]


def test_no_control_character_of_a_cell_reaches_the_terminal() -> None:
    (_, row) = table((Column("Event"),), [("\x1b[31mred\x07\nnext \u202eline",)], 80)
    assert row == "[31mred next line"


def test_labelled_lines_up_values_and_wraps_them() -> None:
    facts = [("When", ["Tue 1 Dec"]), ("Nothing", []), ("Where", ["one two three", "four"])]
    assert list(labelled(facts, 15)) == ["When   Tue 1", "       Dec", "Where  one two", "       three", "       four"]
