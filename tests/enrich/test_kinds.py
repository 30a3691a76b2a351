"""Kinds by the form of a name and by the place of a word in it."""

import pytest

from indexer.enrich.industry import Industries
from indexer.enrich.keywords import Text
from indexer.enrich.kind import Kinds

INDUSTRIES, KINDS = Industries(), Kinds()


def kind(name: str, description: str = "", url: str | None = None) -> str | None:
    title, text = Text(name), Text(description)
    of = [label.id for label in INDUSTRIES.labels(title, text, (), None)]
    found = KINDS.label(title, text, (), None, industries=of, url=url)
    return found.id if found else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ethics Committee", "public-meeting"),
        ("Audit Committee - 12/14/23", "public-meeting"),
        ("Committee picnic in the park", None),
        ("Mac Filmmakers Group", "meetup"),
        ("Group exhibition of prints", None),
        ("Weekly sync", "call"),
        ("DevCon", "conference"),
        ("ExampleConf 2026", "conference"),
        ("Falcon watching", None),
        ("OpenDataBarCamp Musterstadt", "barcamp"),
        ("Jane Doe: Bees in the city", "talk"),
        ("Studio 54: bees in the city", None),
        ("Guest lecture by somebody", "talk"),
        ("Вебинар о пчёлах", "call"),
        ("Хакатон", "hackathon"),
    ],
)
def test_a_kind_by_the_form_of_the_name(name: str, expected: str | None) -> None:
    assert kind(name) == expected


def test_a_day_that_begins_its_description_as_a_conference_is_one() -> None:
    assert kind("Bee Day", "Annual conference on bees") == "conference"
    assert kind("Bee Day", "Bring your own bees. " * 8 + "Later there is a conference") is None


def test_a_name_of_a_speaker_is_told_as_the_reason() -> None:
    found = KINDS.label(Text("Jane Doe: Bees in the city"), Text(""), (), None)
    assert found is not None
    assert found.why == ("begins with a person's name, 'Jane Doe'",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Workshop at PyCon 2026", "workshop"),
        ("Hands-on Kubernetes workshop during the Cloud Summit", "workshop"),
        ("Talk on the climate conference", "talk"),
        ("Rust Meetup #12: Talk by Jane Doe on async", "meetup"),
        ("Meetup: Workshop-Abend", "meetup"),
        ("Webinar series: Hackathons for beginners", "call"),
        ("Webinar: How to run a workshop", "call"),
        ("DevConf 2026: Workshop on Kubernetes", "workshop"),
        ("Pre-Conference Workshop: Teaching chemistry", "workshop"),
        ("Conference networking reception", "networking"),
        ("International Plastics Conference and Expo", "conference"),
        ("International Plastics Expo and Conference", "trade-show"),
        ("Annual Conference of the Bee Keepers Association", "conference"),
        ("Kurs: Erste Hilfe für Betriebe", "course"),
        ("Schulung Datenschutz im Verein", "course"),
        ("Cours de français débutants", "course"),
        ("Formation : premiers secours", "course"),
        ("Curso de iniciación a la fotografía", "course"),
        ("Corso di ceramica", "course"),
        ("Atelier d'écriture", "workshop"),
        ("Taller de cerámica", "workshop"),
        ("Workshop di improvvisazione", "workshop"),
        ("Oficina de escrita criativa", "workshop"),
        ("Warsztaty ceramiczne", "workshop"),
        ("Conférence : les abeilles sauvages", "talk"),
        ("Conférence de Jeanne Dupont sur le climat", "talk"),
        ("Conférence internationale sur le climat", "conference"),
        ("Conferencia: la historia del barrio", "talk"),
        ("Conferencia Internacional de Educación", "conference"),
        ("Rencontre avec l'auteur Paul Martin", "talk"),
        ("Incontro con l'autore", "talk"),
        ("Encuentro con el escritor", "talk"),
        ("Spotkanie autorskie z Anną Nowak", "talk"),
        ("Vortrag: Bienen in der Stadt", "talk"),
        ("Wykład o pszczołach", "talk"),
        ("Lezing over bijen", "talk"),
        ("Podiumsdiskussion zur Verkehrswende", "talk"),
        ("Poetry Reading with Jane Doe", "talk"),
        ("Stammtisch der Linux-Freunde", "meetup"),
        ("Linux User Group Köln", "meetup"),
        ("Tertulia literaria", "meetup"),
        ("Club de lecture", "meetup"),
        ("Club de lectura", "meetup"),
        ("Lesekreis", "meetup"),
        ("Spieleabend im Treff", "meetup"),
        ("Knitting circle", "meetup"),
        ("Live-Webinar: Steuern sparen", "call"),
        ("Conference call Q3 results", "call"),
        ("Community Call July", "call"),
        ("Seminario web: exportar a Asia", "call"),
        ("Livestream: Eröffnung", "call"),
        ("After-Work-Networking", "networking"),
        ("Afterwork des entrepreneurs", "networking"),
        ("Business Frühstück IHK", "networking"),
        ("Speed-Networking", "networking"),
        ("Hackathon for Good", "hackathon"),
        ("Global Game Jam", "hackathon"),
        ("Hackatón ciudadano", "hackathon"),
        ("Code Sprint", "hackathon"),
        ("BarCamp Bodensee", "barcamp"),
        ("Educamp Leipzig", "barcamp"),
        ("Unkonferenz Digitale Bildung", "unconference"),
        ("Tweetup im Museum", "tweetup"),
        ("Fachmesse für Pflege", "trade-show"),
        ("Salon de l'agriculture", "trade-show"),
        ("Salon du livre", "trade-show"),
        ("Feria del libro", "trade-show"),
        ("Feria de empleo", "trade-show"),
        ("Fiera del mobile", "trade-show"),
        ("Feira internacional de cosméticos", "trade-show"),
        ("Targi budowlane", "trade-show"),
        ("Vakbeurs voor de bouw", "trade-show"),
        ("Job Fair Spring", "trade-show"),
        ("Ausbildungsmesse", "trade-show"),
        ("Gewerbeschau", "trade-show"),
        ("Gemeinderatssitzung", "public-meeting"),
        ("Sitzung des Bauausschusses", "public-meeting"),
        ("Öffentliche Sitzung des Kreistags", "public-meeting"),
        ("Conseil municipal", "public-meeting"),
        ("Pleno ordinario del Ayuntamiento", "public-meeting"),
        ("Consiglio comunale", "public-meeting"),
        ("Câmara Municipal: reunião pública", "public-meeting"),
        ("Gemeenteraadsvergadering", "public-meeting"),
        ("Sesja Rady Miasta", "public-meeting"),
        ("City Council Regular Meeting", "public-meeting"),
        ("Planning and Zoning Commission", "public-meeting"),
        ("Bürgerversammlung Mitte", "public-meeting"),
        ("Mitgliederversammlung", "public-meeting"),
        ("Golf course cleanup", "other"),
        ("Class reunion 1990", "other"),
        ("World-class jazz", "other"),
        ("First Class Comedy", "other"),
        ("Solar panel installation day", "other"),
        ("Press conference", "other"),
        ("Marathon training run", "other"),
        ("Call of Duty tournament", "other"),
        ("Curtain call", "other"),
        ("Messe de minuit", "other"),
        ("Messe in h-Moll", "other"),
        ("Bach: Messe h-Moll (Konzert)", "other"),
        ("Talk show live", "other"),
        ("Fair trade shop opening", "other"),
        ("Fair housing month", "other"),
        ("County Fair", "other"),
        ("Christmas fair", "other"),
        ("Vision board party", "other"),
        ("Conference championship game", "other"),
        ("Hearing aid check", "other"),
        ("Reading Buddies", "other"),
        ("Summer reading challenge", "other"),
        ("Fun fair", "other"),
        ("Cours d'eau nettoyage", "other"),
        ("Summit hike", "other"),
        ("Yoga in the park", "other"),
        ("Concert: The Summit Trio", "other"),
        ("Film: The Conference", "other"),
        ("Theater: Die Sitzung", "other"),
        ("Ice cream social", "other"),
        ("Flohmarkt", "other"),
        ("Weihnachtsmarkt", "other"),
        ("Open call for artists", "other"),
        ("Casting call", "other"),
        ("Exhibition: Jane Doe, paintings", "other"),
        ("Vernissage", "other"),
        ("Tag der offenen Tür", "other"),
        ("Journée portes ouvertes", "other"),
        ("Fachtag Kinderschutz", "conference"),
        ("Branchentag Holz", "conference"),
        ("Jahreskongress der DGVS", "conference"),
        ("Symposium on Bees", "conference"),
        ("Jornadas de turismo", "conference"),
        ("Colloque international", "conference"),
        ("Convegno nazionale", "conference"),
        ("Congresso Brasileiro de Cardiologia", "conference"),
        ("Ogólnopolska konferencja naukowa", "conference"),
        ("Leadership Summit", "conference"),
        ("XXV Congreso Nacional de Derecho", "conference"),
        ("Annual General Conference", "conference"),
    ],
)
def test_a_kind_in_several_languages_and_what_only_sounds_like_one(name: str, expected: str) -> None:
    """The titles are made, and labelled by hand."""
    assert (kind(name) or "other") == expected


def test_a_short_description_or_one_that_says_what_it_is_tells_the_kind() -> None:
    assert kind("ABC", "Travel trade show") == "trade-show"
    assert (
        kind("ABC", "Come along to the river. ABC is a yearly hackathon by and for people who like bees") == "hackathon"
    )


def test_a_category_that_holds_a_word_for_a_kind_tells_it() -> None:
    found = KINDS.label(Text("Bees"), Text(""), ("Author Talk", "Science & History"), None)
    assert found is not None
    assert (found.id, found.why) == ("talk", ("declared category 'Author Talk'",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Carpets & Tiles Show", "trade-show"),
        ("Solar Exhibition", "trade-show"),
        ("The Biogas Show Europe", "trade-show"),
        ("Salon Habitat et Immobilier", "trade-show"),
        ("International Fruit Fair 2027", "trade-show"),
        ("Smart Building Exhibition", "trade-show"),
        ("The Puppet Show", None),
        ("Fashion Show", None),
        ("Exhibition of watercolours", None),
        ("Show me the way to energy", None),
        ("School fair", None),
    ],
)
def test_what_shows_things_is_a_trade_show_where_it_is_of_a_trade(name: str, expected: str | None) -> None:
    found = kind(name)
    assert (None if found == "other" else found) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("JUG Musterstadt: records", "meetup"),
        ("PHPUG Musterstadt", "meetup"),
        ("MUG Musterstadt #2 – Monetise your app", "meetup"),
        ("Musterstadt.rb – June", "meetup"),
        ("Coffee in a MUG", None),
        ("A BUG in the garden", None),
        ("Comic Con 2027", "conference"),
        ("Kraken Con: Day 2", "conference"),
        ("Dibujar Con Letras", None),
        ("Café Con 3 Amigos", None),
        ("The Class Carnival", None),
        ("Pottery class", "course"),
        ("Python Night #12", "meetup"),
        ("Jazz Night #12", None),
        ("Spotkanie programistów", "meetup"),
        ("Konzert in der Messe", "other"),
        ("KrakenCON", "conference"),
        ("Krakencon 2027", "conference"),
        ("Krakencon Group", "meetup"),
        ("Bacon and eggs", None),
        ("Silicon 2027", None),
        ("MusterstadtJUG: records", "meetup"),
        ("Quand la ville rencontre la forêt", None),
    ],
)
def test_groups_and_conventions_by_how_they_are_written(name: str, expected: str | None) -> None:
    assert kind(name) == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("Une cité idéale en collage ! Un atelier pour les enfants.", "workshop"),
        ("Anfragen klar stellen, das will gelernt sein. In diesem Workshop üben wir es.", "workshop"),
        ("Das Museum am Fluss lädt am Abend zu einem Vortrag ins Planetarium ein, Eintritt frei.", "talk"),
        ("Les robots n'ont plus de secret pour eux, et ce stage est fait pour les enfants.", "course"),
        ("We finally talk about bees again: join us on Tuesday for a webinar.", "call"),
        ("Le programme sera connu bientôt, mais notez déjà la date du prochain meetup.", "meetup"),
        ("Last year many of us went to Paris together, for a conference about trees.", None),
    ],
)
def test_a_description_that_speaks_of_itself_tells_the_kind(description: str, expected: str | None) -> None:
    assert kind("Bees", description) == expected


def test_a_page_on_a_platform_for_groups_is_a_meetup_if_nothing_else_is_said() -> None:
    assert kind("Bees", url="https://www.meetup.com/bees/events/1/") == "meetup"
    assert kind("Bees", url="https://bees.connpass.com/event/1/") == "meetup"
    assert kind("Bees: a workshop", url="https://www.meetup.com/bees/events/1/") == "workshop"
    assert kind("Bees", url="https://example.org/?from=https://www.meetup.com/") is None
