"""Persons and organisations of an event: their names, what they are, their links, and each once."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hobnob.moments import Moment
from hobnob.observations import Observation, Person
from indexer.enrich import Enricher
from indexer.enrich.names_listed import names_in
from indexer.enrich.people import LONGEST_NAME, MOST_LINKS, MOST_PEOPLE, people
from indexer.enrich.person_name import kind_of
from indexer.enrich.profiles import canonical


def observed(*performer: Person, organizer: tuple[Person, ...] = (), attendee: tuple[Person, ...] = ()) -> Observation:
    return Observation(
        source="s",
        uid="1",
        name="Evening",
        start_date=Moment(dt.date(2026, 12, 1)),
        performer=performer,
        organizer=organizer,
        attendee=attendee,
    )


def names(*written: str) -> list[str]:
    return [one.name for one in people(observed(*(Person(name=name) for name in written))).performer]


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe", "Dr. Jane Doe", "Ludwig van Beethoven", "Ana de la Cruz", "J. R. R. Tolkien", "Mary-Jane Smith",
        "Charlotte Church", "JANE DOE", "Martin Luther King, Jr.", "Nagy István", "Jürgen Müller", "Prof. Okonjo",
        "Иван Петрович Сидоров", "山田 太郎", "김철수",
    ],
)  # fmt: skip
def test_a_person_by_the_name(name: str) -> None:
    assert kind_of(name) == "Person"


@pytest.mark.parametrize(
    "name",
    [
        "Beispiel GmbH", "Beispiel AG", "Acme, Inc.", "Smith, Jones LLP", "Verein für Heimatpflege", "Universität Wien",
        "University of Somewhere", "City of Chicago", "Portland User Groups", "Robert Koch-Institut", "IEEE",
        "The Beatles", "Johnson & Johnson", "Associazione Culturale Roma", "Fondation de France", "Stadtbibliothek Ulm",
        "Studio 54", "株式会社テスト", "Московский университет", "Cleveland Division of Police",
    ],
)  # fmt: skip
def test_an_organisation_by_the_name(name: str) -> None:
    assert kind_of(name) == "Organization"


@pytest.mark.parametrize("name", ["Radiohead", "@jane", "yahoo careers", "aaronhockley", ""])
def test_a_name_that_does_not_tell(name: str) -> None:
    assert kind_of(name) is None


def test_a_plain_name_of_an_organisation_is_one_though_declared_a_person() -> None:
    found = people(
        observed(Person(name="Community Police Commission", type="Person"), Person(name="Zed", type="Person"))
    )
    assert [one.type for one in found.performer] == ["Organization", "Person"]
    declared = Person(name="Jane Doe", type="https://schema.org/MusicGroup")
    assert people(observed(declared)).performer[0].type == "Organization"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jane Doe, CTO at Acme", ["Jane Doe"]),
        ("Jane Doe (Acme)", ["Jane Doe"]),
        ("Jane Doe, PhD", ["Jane Doe"]),
        ("Jane Doe @ Acme", ["Jane Doe"]),
        ("Jane Doe - University of Somewhere", ["Jane Doe"]),
        ("Jane Doe & John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe and Mary Major", ["Jane Doe", "John Roe", "Mary Major"]),
        ("Jane Doe und John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe (Acme); John Roe (Example Inc.)", ["Jane Doe", "John Roe"]),
        ("Speakers: Jane Doe, John Roe", ["Jane Doe", "John Roe"]),
        ("David, Walter, Eric und Charlotte", ["David", "Walter", "Eric", "Charlotte"]),
        ("Johnson & Johnson", ["Johnson & Johnson"]),
        ("Ernst & Young", ["Ernst & Young"]),
        ("Smith, Jones LLP", ["Smith, Jones LLP"]),
        ("Acme, Inc.", ["Acme, Inc."]),
        ("Doe, Jane", ["Jane Doe"]),
        ("García Márquez, Gabriel", ["Gabriel García Márquez"]),
        ("von Neumann, John", ["John von Neumann"]),
        ("Müller, Anna; Doe, Jane", ["Anna Müller", "Jane Doe"]),
        ("Berlin, Germany", ["Berlin, Germany"]),
        ("Müller, Maier & Partner", ["Müller, Maier & Partner"]),
        ("Martin Luther King, Jr.", ["Martin Luther King, Jr."]),
        ("Friends of Jane Doe and John Roe", ["Friends of Jane Doe and John Roe"]),
        ("Jane%20Doe", ["Jane Doe"]),
    ],
)
def test_names_in_one_text(written: str, expected: list[str]) -> None:
    assert names(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Jane Doe <jane@example.org>", ["Jane Doe"]),
        ("jane@example.org", []),
        ("jane [at] example.org", []),
        ("Jane Doe, Tel. +49 30 1234567", ["Jane Doe"]),
        ("Jane Doe (415) 555-1234", ["Jane Doe"]),
        ("(415) 555-1234", []),
        ("TBA", []),
        ("N.N.", []),
        ("---", []),
        ("Season 2026-2027", ["Season 2026-2027"]),
        ("Jane\u202e Doe\x07", ["Jane Doe"]),
    ],
)
def test_no_mailbox_telephone_or_nobody_is_a_name(written: str, expected: list[str]) -> None:
    assert names(written) == expected


def test_a_declared_organisation_keeps_its_whole_name() -> None:
    declared = Person(name="Jane Doe & John Roe", type="Organization")
    assert people(observed(declared)).performer == (declared,)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://twitter.com/JaneD?s=20", "https://x.com/janed"),
        ("http://mobile.twitter.com/JaneD/", "https://x.com/janed"),
        ("https://twitter.com/#!/JaneD", "https://x.com/janed"),
        ("https://x.com/janed/status/1", "https://x.com/janed"),
        ("https://de.linkedin.com/in/Jane-Doe/?trk=x", "https://www.linkedin.com/in/jane-doe"),
        ("https://github.com/JaneD/", "https://github.com/janed"),
        ("https://m.facebook.com/jane.doe?ref=x", "https://www.facebook.com/jane.doe"),
        ("https://facebook.com/profile.php?id=12&x=1", "https://www.facebook.com/profile.php?id=12"),
        ("https://youtube.com/channel/UCaB/videos", "https://www.youtube.com/channel/UCaB"),
        ("https://instagram.com/janed/?hl=de", "https://www.instagram.com/janed"),
        ("https://example.social/users/Jane", "https://example.social/@jane"),
        ("https://example.social/@jane@example.org", "https://example.org/@jane"),
        ("https://bsky.app/profile/jane.example", "https://bsky.app/profile/jane.example"),
        ("https://jane.example/about?utm_source=x&a=1#b", "https://jane.example/about?a=1"),
        ("https://jane:secret@example.org/", "https://example.org/"),
        ("https://example.org/?mail=jane@example.org", "https://example.org/"),
        ("https://twitter.com/intent/tweet?text=x", None),
        ("https://www.facebook.com/sharer.php?u=x", None),
        ("mailto:jane@example.org", None),
        ("tel:+49301234567", None),
        ("http://[bad", None),
        ("https://example.org/a b\n", None),
        (None, None),
    ],
)
def test_a_profile_has_one_address(written: str | None, expected: str | None) -> None:
    assert canonical(written) == expected


def test_the_same_person_is_named_once_with_all_links() -> None:
    found = people(
        observed(
            Person(name="Jane Doe", url="https://jane.example/"),
            Person(name="John Roe"),
            Person(name="Dr. JANE DOE", same_as=("https://twitter.com/janed",)),
            organizer=(Person(name="jane doe", url="https://github.com/janed"),),
        )
    )
    jane = Person(
        name="jane doe",
        type=None,
        url="https://github.com/janed",
        same_as=("https://jane.example/", "https://x.com/janed"),
    )
    assert [one.name for one in found.performer] == ["jane doe", "John Roe"]
    assert found.organizer == (found.performer[0],)
    assert (found.organizer[0].url, found.organizer[0].same_as) == (jane.url, jane.same_as)


def test_a_profile_tells_who_a_handle_is() -> None:
    found = people(
        observed(
            Person(name="janed", url="https://github.com/janed"),
            Person(name="Jane Doe", url="https://github.com/JaneD/"),
        )
    )
    assert found.performer == (Person(name="Jane Doe", type="Person", url="https://github.com/janed"),)


def test_speakers_who_link_to_their_conference_stay_apart() -> None:
    page = "https://conference.example/"
    assert names("Jane Doe", "John Roe") == ["Jane Doe", "John Roe"]
    found = people(observed(Person(name="Jane Doe", url=page), Person(name="John Roe", url=page)))
    assert [one.name for one in found.performer] == ["Jane Doe", "John Roe"]


def test_the_links_of_several_are_nobodys() -> None:
    found = people(observed(Person(name="Jane Doe and John Roe", url="https://x.com/band")))
    assert [one.url for one in found.performer] == [None, None]


def test_a_handle_and_an_address_are_links() -> None:
    handle, site = people(
        observed(Person(name="@jane@example.social"), Person(name="https://www.jane.example/"))
    ).performer
    assert (handle.name, handle.url) == ("@jane@example.social", "https://example.social/@jane")
    assert (site.name, site.url) == ("jane.example", "https://www.jane.example/")


def test_what_is_given_is_bounded() -> None:
    many = tuple(Person(name=f"Guest number {n}") for n in range(2 * MOST_PEOPLE))
    assert len(people(observed(attendee=many)).attendee) == MOST_PEOPLE
    links = tuple(f"https://example.org/{n}" for n in range(500))
    (long,) = people(observed(Person(name="word " * 5000, same_as=links))).performer
    assert len(long.name) <= LONGEST_NAME
    assert len(long.same_as) == MOST_LINKS


def test_a_judgement_has_the_people() -> None:
    judgement = Enricher({}).judge(observed(Person(name="Jane Doe <jane@example.org>")))
    assert judgement.performer == (Person(name="Jane Doe", type="Person"),)


PIECES = [
    "Jane Doe",
    " and ",
    ", ",
    "(",
    ")",
    "@",
    "x.org",
    "&",
    "Inc.",
    ";",
    "\n",
    "%0",
    "+49 30 12345678",
    "\ud800",
    "é",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_gives_names_of_one_line(written: str) -> None:
    for name in names(written):
        assert name == " ".join(name.split())
        assert 0 < len(name) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller, Anna", "Anna Müller"),
        ("Prof. Dr. med. Anna Müller, PhD", "Müller, Anna"),
        ("Anna Mueller", "Anna Müller"),
        ("Nagy István", "István Nagy"),
        ("DOE, Jane", "jane doe"),
        ("山田 太郎", "山田太郎"),
        ("Frau Anna Müller", "Mme Anna Müller"),
    ],
)
def test_one_person_in_other_words_is_there_once(one: str, other: str) -> None:
    assert len(people(observed(Person(name=one), Person(name=other))).performer) == 1


def test_pages_that_differ_in_their_scheme_are_one_link() -> None:
    named = Person(name="Example Club", url="https://www.club.example/", same_as=("http://club.example",))
    (found,) = people(observed(organizer=(named,))).organizer
    assert (found.url, found.same_as) == ("https://www.club.example/", ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("by Thomas Miller", ["Thomas Miller"]),
        ("mit Sabine Krause und Lukas Klein", ["Sabine Krause", "Lukas Klein"]),
        ("Presented by Susan Clark", ["Susan Clark"]),
        ("Workshop leader: Emily Carter", ["Emily Carter"]),
        ("Animé par Sophie Martin", ["Sophie Martin"]),
        ("Marta Nowak i Piotr Nowak", ["Marta Nowak", "Piotr Nowak"]),
        ("Anna Weber, Lukas Klein et al.", ["Anna Weber", "Lukas Klein"]),
        ("With Love Records", ["With Love Records"]),
        ("By Design GmbH", ["By Design GmbH"]),
        ("Crosby, Stills & Young", ["Crosby, Stills & Young"]),
    ],
)
def test_who_comes_after_by_or_a_label(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Musterstädter Philharmoniker", "Organization"),
        ("ООО Ромашка", "Organization"),
        ("XYZ SE", "Organization"),
        ("Los Ejemplos", "Organization"),
        ("Freiwillige Feuerwehr Musterstadt", "Organization"),
        ("جامعة القاهرة", "Organization"),
        ("محمد علي", "Person"),
        ("דוד כהן", "Person"),
        ("Nguyễn Văn An", "Person"),
        ("Pfarrer Meier", "Person"),
    ],
)
def test_a_kind_of_name_in_more_languages(name: str, kind: str) -> None:
    assert kind_of(name) == kind
