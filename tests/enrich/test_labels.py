"""Industries and kinds by their words, and which words those were."""

import tomllib
from pathlib import Path

import pytest

import indexer.enrich.industry
from hobnob.events import Label
from hobnob.sources import Source
from hobnob.taxonomy import industry_ids, kind_ids
from indexer.enrich.industry import Industries
from indexer.enrich.keywords import Match, Text, Words
from indexer.enrich.kind import ORDER, Kinds

INDUSTRIES, KINDS = Industries(), Kinds()
SOURCE = Source(name="s", title="S", url="https://example.org", reader="ics", industries=("nonprofit",), kind="meetup")


def industries(name: str, description: str = "", *categories: str, source: Source | None = None) -> tuple[Label, ...]:
    return INDUSTRIES.labels(Text(name), Text(description), categories, source)


def first(name: str, description: str = "") -> str | None:
    found = industries(name, description)
    return found[0].id if found else None


def kind(name: str, description: str = "", *categories: str, source: Source | None = None) -> str | None:
    found = KINDS.label(Text(name), Text(description), categories, source)
    return found.id if found else None


@pytest.mark.parametrize(
    ("name", "industry"),
    [
        ("Chicago Python User Group", "technology"),
        ("KI-Stammtisch München", "technology"),
        ("C++ on Sea", "technology"),
        ("Edmonton .NET User Group", "technology"),
        ("Softwareentwicklung in der Praxis", "technology"),
        ("City Council Meeting", "government"),
        ("Gemeinderatssitzung", "government"),
        ("Journées des infirmières et infirmiers", "health"),
        ("Radiology annual meeting", "health"),
        ("Feria de empleo", "hr"),
        ("Fachmesse für Verpackungstechnik", "manufacturing"),
        ("Salon du livre", "media"),
        ("Weinprobe im Keller", "food"),
        ("Bar Association luncheon", "legal"),
        ("International Roofing Expo", "construction"),
        ("Öffentlichkeitsarbeit für Vereine", "public-relations"),
        ("PR Summit", "public-relations"),
        ("Seafood Expo Global", "food"),
        ("Solar energy forum", "energy"),
        ("Intralogistics day", "logistics"),
        ("OWASP chapter meeting", "security"),
        ("International motor show", "automotive"),
        ("Indie games night", "gaming"),
        ("Bundeswehr und Gesellschaft", "defense"),
        ("Airshow weekend", "aerospace"),
        ("Landwirtschaft der Zukunft", "agriculture"),
        ("人工知能カンファレンス", "technology"),
    ],
)
def test_a_plain_name_gives_its_industry(name: str, industry: str) -> None:
    assert first(name) == industry


@pytest.mark.parametrize(
    "name",
    [
        "IT IS TIME TO DANCE AGAIN?",
        "It is what it is",
        "I WANT IT THAT WAY: a dance party with guests",
        "Dancing all night. IT'S BACK",
        "Monthly meeting",
        "An evening with friends",
        "Pride and prejudice",
    ],
)
def test_words_that_only_look_like_it_give_no_technology(name: str) -> None:
    assert first(name) != "technology"


def test_addresses_of_pages_and_mailboxes_say_nothing() -> None:
    """Made after sports and concert calendars, whose tickets are sold at hosts that end in ".net"."""
    text = "Tickets: https://club.tickets.net/list/android?app=ios or tickets.net, python@example.net, www.linux.org/ai"
    assert first("Women's soccer, home game", text) is None
    assert first("ASP.NET and .NET evening") == "technology"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Festival Programming", "technology"),
        ("Recital in the Auditorium", "finance"),
        ("An evening with Anna Notaro", "legal"),
        ("Work on the bridge will resume on Monday", "hr"),
    ],
)
def test_beginnings_and_everyday_words_are_not_taken_for_an_industry(name: str, wrong: str) -> None:
    assert wrong not in [label.id for label in industries(name)]


def test_a_declared_category_that_stands_beside_many_kinds_is_none() -> None:
    assert kind("Flower pots", "", "Social") is None
    assert kind("Watercolours", "", "Exhibition") is None
    assert kind("Flower pots", "", "Workshop") == "workshop"


def test_a_phrase_hides_the_words_inside_it() -> None:
    """Software architecture is no architecture."""
    assert [label.id for label in industries("Software Architecture Summit")] == ["technology"]


@pytest.mark.parametrize(
    ("name", "description", "not_of"),
    [
        ("Ruby evening", "Two talks on Rails, then pizza and beer. Come full of energy.", {"food", "energy"}),
        ("Soirée Kotlin", "Deux présentations dans l'amphithéâtre, puis un apéro offert.", {"food", "arts"}),
        ("Aula abierta", "Una charla llena de energía en el edificio de la biblioteca.", {"energy", "construction"}),
        ("Sprechstunde", "Fragen der Bürger an die Verwaltung lassen sich hier stellen.", {"food", "manufacturing"}),
        ("Une soirée avec le chef d'orchestre", "Il vous parle de ses débuts.", {"food"}),
        ("Opowieści", "Hay de todo para todos en la plaza mayor", {"agriculture", "government"}),
    ],
)
def test_words_of_daily_life_in_a_description_are_no_industry(name: str, description: str, not_of: set[str]) -> None:
    assert not_of.isdisjoint(label.id for label in industries(name, description))


def test_a_word_of_daily_life_in_a_name_is_its_industry() -> None:
    assert first("Kaffeemesse") == first("Salon des restaurants") == "food"
    assert first("Energie und Netze") == "energy"
    assert first("Feria del edificio inteligente") == "construction"


def test_labels_know_why() -> None:
    (label,) = industries("Django Day", "Talks about Python and Kubernetes.", "Technology")
    assert label.id == "technology"
    assert label.why == ("declared category 'Technology'", "Django", "Python", "Kubernetes")
    assert 0.95 < label.score <= 1


def test_the_default_of_the_source_stands_beside_what_the_words_say() -> None:
    labels = industries("Spring fair", source=SOURCE)
    assert [(label.id, label.why) for label in labels] == [("nonprofit", ("default of the source",))]
    labels = industries("Hackathon for food banks", source=SOURCE)
    assert [label.id for label in labels] == ["nonprofit", "technology"]


def test_what_a_long_description_mentions_in_passing_does_not_count() -> None:
    passing = (
        "We meet every month to talk about our lives and our plans for the year with people from all over the city. "
        * 3
    )
    assert industries("Monthly gathering", passing + "Pizza is sponsored by a software company.") == ()


def test_declared_categories_count_in_any_language() -> None:
    assert [label.id for label in industries("Evening", "", "Landwirtschaft")] == ["agriculture"]
    assert [label.id for label in industries("Evening", "", "python")] == ["technology"]
    assert industries("Evening", "", "Featured", "Tuesday") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Barcamp Hamburg 2027", "barcamp"),
        ("BibCamp 2026", "barcamp"),
        ("DevOps Unconference", "unconference"),
        ("Climate Hackathon", "hackathon"),
        ("Tweetup at the Berlinale", "tweetup"),
        ("Hannover Messe", "trade-show"),
        ("Seafood Expo Global", "trade-show"),
        ("Feria del Libro", "trade-show"),
        ("PyCon DE", "conference"),
        ("Jahrestagung der Gesellschaft für Informatik", "conference"),
        ("Congrès national de cardiologie", "conference"),
        ("Atelier : écrire pour le web", "workshop"),
        ("Webinar: tax for freelancers", "call"),
        ("Speed networking for founders", "networking"),
        ("Chicago Python Meetup", "meetup"),
        ("Linux-Stammtisch", "meetup"),
        ("Vortrag: Die Römer am Rhein", "talk"),
        ("Yoga course for beginners", "course"),
        ("Board of Trustees", "public-meeting"),
        ("Committee on Zoning, Landmarks and Building Standards", "public-meeting"),
        ("Drinks", None),
        ("Parks and Open Space Commission", "public-meeting"),
        ("Ayuda con la tarea", None),
    ],
)
def test_kinds(name: str, expected: str | None) -> None:
    assert kind(name) == expected


def test_the_sources_kind_gives_way_to_a_plain_word() -> None:
    assert kind("Summer special", source=SOURCE) == "meetup"
    assert kind("Kubernetes workshop", source=SOURCE) == "workshop"
    assert kind("Evening", "", "Seminar") == "talk"


def test_the_tables_use_the_closed_lists() -> None:
    folder = Path(indexer.enrich.industry.__file__).parent
    table = tomllib.loads((folder / "kind_words.toml").read_text(encoding="utf-8"))
    assert set(table) == kind_ids() | {"nothing"}
    assert set(table.pop("nothing")) == {"hides"}
    assert {strength for lists in table.values() for strength in lists} <= {"strong", "weak", "last"}
    assert set(ORDER) == kind_ids()
    assert {path.stem for path in (folder / "industry_words").glob("*.toml")} == industry_ids() | {"nothing"}


def test_every_list_of_the_industries_words_is_one_that_counts() -> None:
    folder = Path(indexer.enrich.industry.__file__).with_name("industry_words")
    for path in folder.glob("*.toml"):
        known = {"hides"} if path.stem == "nothing" else {"named", "strong", "weak", "categories"}
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        lists = [name for name, content in table.items() if isinstance(content, list)]
        lists += [name for content in table.values() if isinstance(content, dict) for name in content]
        assert set(lists) <= known, path.name


@pytest.mark.parametrize(
    ("name", "industry"),
    [
        ("Werkzeugmaschinentage", "manufacturing"),
        ("Lange Nacht der Museen", "arts"),
        ("Salon de l'agriculture", "agriculture"),
        ("Feria de turismo", "travel"),
        ("Fiera dei gioielli", "retail"),
        ("Feira de logística", "logistics"),
        ("Vakbeurs voor de bouw", "construction"),
        ("Targi pracy", "hr"),
        ("Bokmässan", "media"),
        ("Выставка вооружений и оборонной промышленности", "defense"),
        ("北京国际汽车展览会", "automotive"),
        ("국제 보안 엑스포", "security"),
        ("معرض الطاقة", "energy"),
    ],
)
def test_names_in_many_languages(name: str, industry: str) -> None:
    assert first(name) == industry


@pytest.mark.parametrize(
    "name",
    [
        "Veterans Day",
        "Meet at the food court",
        "Love is the law",
        "Home game",
        "Virtual event, join Zoom",
        "Spring break",
        "Open to the public",
    ],
)
def test_phrases_that_only_sound_like_an_industry_are_hidden(name: str) -> None:
    assert industries(name) == ()


def test_a_word_that_may_be_of_an_industry_counts_where_nothing_else_speaks() -> None:
    assert [(label.id, label.score) for label in industries("Gadgets evening")] == [("technology", 0.45)]
    assert industries("Gadgets evening", source=SOURCE)[0].id == "nonprofit"
    assert industries("Gadgets in the village") == ()


def test_categories_of_other_platforms_are_known() -> None:
    (label,) = industries("Evening", "", "Auto, Boat &  Air")
    assert (label.id, label.why) == ("automotive", ("declared category 'Auto, Boat &  Air'",))
    assert [label.id for label in industries("Evening", "", "Charity & Causes")] == ["nonprofit"]


def test_who_organizes_supports_what_is_said() -> None:
    def labels(name: str, organizer: str) -> list[Label]:
        return list(INDUSTRIES.labels(Text(name), Text(""), (), None, [organizer]))

    (label,) = labels("Court dinner", "City Bar Association")
    assert (label.id, label.why) == ("legal", ("Court", "organizer 'City Bar Association'"))


def test_what_is_hostile_is_read_like_anything_else() -> None:
    for text in ("\ud800" * 1500, "*" * 1500, "a\x00b" * 500, "İ" * 1500, "ﷺ" * 1500, "#" + "日" * 1499):
        assert len(industries(text, text, text)) <= 3


def test_how_a_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text(
        '[a]\nstrong = ["AI", "große messe", "soft*", "node.js", "技術", "*bahn"]\nweak = ["big dat*"]\n'
        '[b]\nhides = ["soft drink*"]',
        encoding="utf-8",
    )
    words = Words(path)

    def found(text: str) -> list[Match]:
        return list(words.find(Text(text)))

    assert found("AI for all") == [Match("a", "strong", "AI", 0)]
    assert found("ai for all") == []
    assert found("AI FOR ALL") == []
    assert found("Die GROSSE Messe") == [Match("a", "strong", "GROSSE Messe", 1)]
    assert found("all softwares") == [Match("a", "strong", "softwares", 1)]
    assert found("Node.js and node js") == [Match("a", "strong", "Node js", 0), Match("a", "strong", "node js", 3)]
    assert found("big databases") == [Match("a", "weak", "big databases", 0)]
    assert found("big") == []
    assert found("Die Modellbahn") == [Match("a", "strong", "Modellbahn", 1)]
    assert found("soft drinks, software") == [Match("a", "strong", "software", 2)]
    assert found("新しい技術の会") == [Match("a", "strong", "技術", 0)]
