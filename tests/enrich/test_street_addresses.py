"""Street and city with neither a comma nor a postal code between them; the strings are made, the cities real.

The coordinates are the cities' own to a tenth of a degree, written by hand.
"""

import pytest

from hobnob.distance import kilometres
from hobnob.observations import Place
from indexer.enrich.gazetteer import Gazetteer, Hints
from indexer.enrich.place import Home, settle

GAZETTEER = Gazetteer()
SAME_CITY_KM = 25

ADDRESSES = {
    (43.60, 1.44): ["10 Rue Lafayette Toulouse", "La Cantine, 27 Rue d'Aubuisson Toulouse", "31000 Toulouse Toulouse"],
    (45.76, 4.84): ["5 Place Victor Hugo Lyon", "12 quai Rambaud Lyon, France"],
    (50.63, 3.06): ["Boulevard de la Liberté 36 Lille"],
    (48.86, 2.35): ["Café du Nord 14 boulevard Voltaire Paris", "Paris 75008"],
    (40.42, -3.70): ["Calle Mayor 5 Madrid", "Paseo del Prado 36 Madrid España"],
    (41.39, 2.17): ["Carrer de Mallorca 401 Barcelona"],
    (48.14, 11.58): ["Hauptstr. 5 München", "Kaiserstraße 2 München 81477 DE"],
    (52.52, 13.40): ["Pariser Platz 4a Berlin", "Kottbusser Damm 30 Berlin"],
    (53.08, 8.81): ["Am Markt 5 Bremen"],
    (45.46, 9.19): ["Via Roma 12 Milano", "Corso Garibaldi 3 Milano"],
    (45.07, 7.69): ["Via Garibaldi Torino"],
    (38.72, -9.14): ["Rua Augusta 24 Lisboa"],
    (-23.55, -46.63): ["Avenida Paulista 1000 São Paulo"],
    (52.23, 21.01): ["ul. Nowy Świat 15 Warszawa"],
    (52.37, 4.90): ["Prinsengracht 263 Amsterdam"],
    (59.33, 18.06): ["Drottninggatan 5 Stockholm"],
    (55.60, 13.00): ["Storgatan 5 Malmö"],
    (60.17, 24.94): ["Mannerheimintie 13 Helsinki"],
    (47.37, 8.54): ["Bahnhofstrasse 1 Zürich"],
    (51.51, -0.13): ["10 Downing St London SW1A 2AA", "1 Oxford Street London"],
    (-37.81, 144.96): ["100 Collins St Melbourne VIC 3000"],
    (39.80, -89.65): ["123 Main St Springfield IL"],
    (51.45, -2.60): ["456 Oak Road Bristol"],
    (15.49, 73.83): ["Panaji, Goa 🇮🇳", "Panaji :india:"],
}

TOWNS = {
    (46.17, 8.80): ["Teatro del Lago – Via Motta 1, Locarno", "Piazza Grande, 6600 Locarno"],
    (46.16, 8.77): ["Viale Papio 5, Ascona"],
    (53.47, 9.70): ["Hauptstraße 5, Buxtehude"],
    (45.82, 8.83): ["Corso Matteotti 20, Varese"],
    (48.69, 2.19): ["4 rue de Paris, Orsay"],
    (38.05, -1.21): ["Calle Mayor 3, Molina de Segura"],
}

STREETS = [
    "12 rue de Lyon",
    "12 Avenue Toulouse",
    "Rue de Paris 5",
    "Via Roma 12",
    "Via Reggio Emilia",
    "Calle de Toledo 45",
    "Plaza Puerta Toledo",
    "Berliner Tor 5",
    "Wiener Straße 5",
    "Wiener Straße 5 Hinterhaus",
    "12 rue Jack London",
    "Rue Anatole France",
    "Rue du Faubourg Saint Denis",
    "12 Rue Saint Denis",
    "Oxford Street",
    "14 Cambridge Road",
    "Rue " * 100,
]


@pytest.mark.parametrize(
    ("text", "point"), [(text, point) for point, texts in ADDRESSES.items() for text in texts], ids=str
)
def test_the_city_behind_a_street(text: str, point: tuple[float, float]) -> None:
    place = settle(Place(text=text), Home(), GAZETTEER).place
    assert place is not None
    assert place.latitude is not None
    assert place.longitude is not None
    assert kilometres(place.latitude, place.longitude, *point) <= SAME_CITY_KM


@pytest.mark.parametrize(
    ("text", "point"), [(text, point) for point, texts in TOWNS.items() for text in texts], ids=str
)
def test_a_small_town_behind_a_street(text: str, point: tuple[float, float]) -> None:
    place = settle(Place(text=text), Home(), GAZETTEER).place
    assert place is not None
    assert place.latitude is not None
    assert place.longitude is not None
    assert kilometres(place.latitude, place.longitude, *point) <= SAME_CITY_KM


@pytest.mark.parametrize("text", STREETS, ids=lambda text: text[:20])
def test_a_street_that_is_named_for_a_city_or_a_person_is_not_in_it(text: str) -> None:
    place = settle(Place(text=text), Home(), GAZETTEER).place
    assert place is None or place.latitude is None


def test_a_street_and_its_number_is_no_city_in_the_country_of_the_source() -> None:
    home = Home(hints=Hints(country="ES", time_zone="Europe/Madrid", language="es"))
    found = settle(Place(text="Calle Ignacio Zaragoza 12"), home, GAZETTEER).place
    assert found is None or found.latitude is None
    found = settle(Place(text="12 rue de Lyon"), Home(hints=Hints(country="FR", language="fr")), GAZETTEER).place
    assert found is None or found.latitude is None


@pytest.mark.parametrize(
    ("text", "country"),
    [("Valencia 🇻🇪", "VE"), ("🇪🇸 Valencia", "ES"), ("Birmingham :us:", "US"), ("Leipzig :flag-de:", "DE"),
     ("London 🇨🇦", "CA"), ("🇫🇷", "FR"), ("Lima :flag_pe:", "PE")],
)  # fmt: skip
def test_a_flag_settles_which_of_two_cities_is_meant(text: str, country: str) -> None:
    found = GAZETTEER.find(text)
    assert found is not None
    assert found.country_code == country


def test_flags_of_two_countries_and_half_a_flag_say_nothing() -> None:
    found = GAZETTEER.find("Berlin 🇩🇪🇫🇷")
    assert found is not None
    assert found.country_code == "DE"
    assert GAZETTEER.find("🇩 :nowhere: :de") is None


def test_a_flag_says_the_country() -> None:
    found = settle(Place(text="Goa 🇮🇳"), Home(), GAZETTEER).place
    assert found is not None
    assert found.latitude is None or kilometres(found.latitude, found.longitude or 0, 15.4, 74.0) < 100
    assert settle(Place(text="Doors: 19:00: late :-)"), Home(), GAZETTEER).place is not None
