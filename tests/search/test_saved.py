from pathlib import Path

import pytest

from hobnob.errors import BadValue, SettingsError, UnknownName, UsageError
from indexer.search import Filters, saved

BERN = Filters(text="python", near="Bern", start="today", end="+90d", industry=("technology",), online=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "feeds.toml"


def test_a_saved_feed_comes_back_as_it_was_typed(path: Path) -> None:
    assert saved.load(path) == {}
    saved.add(path, "bern-tech", BERN)
    saved.add(path, "all", Filters())
    assert saved.load(path) == {"bern-tech": BERN, "all": Filters()}
    assert saved.get(path, "bern-tech") == BERN
    assert 'from = "today"' in path.read_text()


def test_comments_and_order_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('# mine\n[one] # the first\ntext = "a"   # why\n\n[two]\nindustry = "health"\n')
    saved.add(path, "three", Filters(text="c"))
    saved.remove(path, "two")
    assert path.read_text().startswith('# mine\n[one] # the first\ntext = "a"   # why\n')
    assert list(saved.load(path)) == ["one", "three"]


def test_a_file_written_by_a_person(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('[x]\nindustry = "health"\nonline = true\nnot = ["a", "b"]\nwithin = 50\nnear = "Bern"\n')
    assert saved.get(path, "x") == Filters(
        industry=("health",), online=True, exclude=("a", "b"), within="50", near="Bern"
    )


def test_a_name_that_is_taken_is_replaced_only_when_asked(path: Path) -> None:
    saved.add(path, "x", BERN)
    with pytest.raises(UsageError, match="there is a feed 'x' already"):
        saved.add(path, "x", Filters())
    saved.add(path, "x", Filters(), replace=True)
    assert saved.get(path, "x") == Filters()


@pytest.mark.parametrize("name", ["", "Ä", "a b", "../x", "-x", "x-", "a.ics", "X", "a\n", "a" * 65, "a/b", "%2e"])
def test_names_are_safe_in_urls_and_files(path: Path, name: str) -> None:
    with pytest.raises(BadValue, match="is not a feed name"):
        saved.add(path, name, BERN)
    assert not path.exists()


def test_an_unknown_name_gets_the_nearest(path: Path) -> None:
    with pytest.raises(UnknownName) as none_yet:
        saved.get(path, "bern")
    assert none_yet.value.hint == "there are none yet"
    saved.add(path, "bern-tech", BERN)
    for unknown in (saved.get, saved.remove):
        with pytest.raises(UnknownName, match="unknown feed 'bern-teck'") as caught:
            unknown(path, "bern-teck")
        assert caught.value.nearest == ("bern-tech",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a\n", "feeds.toml"),
        ('[a]\nstart = "today"\n', "feed 'a': unknown filter 'start'"),
        ("[a]\ntext = {}\n", "feed 'a': {} is not a value of 'text'"),
        ("a = 1\n", "feed 'a': 1 is not a table"),
        ("['a b']\n", "'a b' is not a feed name"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(path: Path, text: str, message: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        saved.load(path)
    assert message in str(caught.value)
    assert "feeds.toml" in str(caught.value)


def test_one_bad_feed_does_not_hide_the_others(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('[good]\ntext = "a"\n[bad]\nstart = "today"\n')
    assert saved.get(path, "good") == Filters(text="a")
    assert saved.names(path) == ("good", "bad")


def test_a_file_that_cannot_be_written_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.mkdir()
    with pytest.raises(SettingsError, match=r"feeds\.toml"):
        saved.add(path, "x", BERN)
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_left_beside_the_file_and_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    target = tmp_path / "elsewhere.toml"
    target.write_text("# dotfiles\n")
    path.symlink_to(target)
    saved.add(path, "x", BERN)
    assert path.is_symlink()
    assert target.read_text().startswith("# dotfiles\n")
    assert list(path.parent.iterdir()) == [path]
