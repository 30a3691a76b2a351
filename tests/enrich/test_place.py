"""Where an event is, and why we think so."""

import pytest

from hobnob.observations import Place
from indexer.enrich.gazetteer import Found, Gazetteer, Hints
from indexer.enrich.place import Home, Setting, settle

GAZETTEER = Gazetteer()
NOWHERE = Home()
CHICAGO = Home(found=GAZETTEER.resolve("Chicago"), hints=Hints(near=(41.85, -87.65), country="US"))
UNITED_STATES = Home(found=Found(label="United States", country_code="US"), hints=Hints(country="US"))


def settled(location: Place | None, home: Home = NOWHERE) -> Setting:
    return settle(location, home, GAZETTEER)


def test_a_city_by_name_gives_its_centre() -> None:
    setting = settled(Place(name="Kosmos", address_locality="Muenchen", address_country="Germany"))
    assert setting.place == Place(
        name="Kosmos",
        address_locality="Munich",
        address_region="Bavaria",
        address_country="Germany",
        latitude=48.13743,
        longitude=11.57549,
        geonames_id=2867714,
        country_code="DE",
        time_zone="Europe/Berlin",
    )
    assert setting.why == "centre of Munich, Germany"
    assert setting.is_own


def test_declared_coordinates_win() -> None:
    """The Moscone Center, whose city is written in its address."""
    setting = settled(Place(text="747 Howard St, San Francisco, CA", latitude=37.7840001234, longitude=-122.4010005678))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.longitude) == (37.784, -122.401001)
    assert (setting.place.address_locality, setting.place.country_code) == ("San Francisco", "US")
    assert setting.place.time_zone == "America/Los_Angeles"
    assert setting.why == "declared coordinates"


def test_coordinates_alone_give_city_country_and_zone() -> None:
    setting = settled(Place(latitude=52.5219, longitude=13.4132))
    assert setting.place is not None
    assert (setting.place.address_locality, setting.place.country_code) == ("Berlin", "DE")
    assert setting.place.time_zone == "Europe/Berlin"
    assert setting.why == "declared coordinates; nearest city Berlin, Germany"


def test_coordinates_tell_namesakes_apart() -> None:
    setting = settled(Place(address_locality="Springfield", latitude=39.80, longitude=-89.65))
    assert setting.place is not None
    assert setting.place.geonames_id == 4250542


def test_zero_zero_is_nowhere() -> None:
    setting = settled(Place(text="Zürich", latitude=0.0, longitude=0.0))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.geonames_id) == (47.36667, 2657896)
    assert setting.why == "the declared coordinates 0,0 are nowhere; centre of Zürich, Switzerland"


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(512.3, 13.4), (52.5, 1340.0), (float("nan"), 1.0), (1.0, float("inf"))]
)
def test_impossible_coordinates_give_way_to_the_city(latitude: float, longitude: float) -> None:
    setting = settled(Place(text="Berlin, Germany", latitude=latitude, longitude=longitude))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.longitude) == (52.52437, 13.41053)
    assert setting.why is not None
    assert setting.why.startswith("the declared coordinates")


def test_swapped_coordinates_are_put_right_when_the_country_says_so() -> None:
    """Frankfurt's fair: 50.11 N, 8.65 E; the other way round it is off Somalia."""
    setting = settled(Place(latitude=8.65, longitude=50.11, address_country="Germany"))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.longitude) == (50.11, 8.65)
    assert setting.place.address_locality == "Frankfurt am Main"
    assert setting.why is not None
    assert "swapped" in setting.why


def test_coordinates_that_only_look_odd_stay() -> None:
    """In the Atlantic, though the address says Germany: a ship, or an error that nothing puts right."""
    setting = settled(Place(latitude=40.0, longitude=-40.0, address_country="DE"))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.longitude, setting.place.country_code) == (40.0, -40.0, "DE")
    assert setting.place.geonames_id is None


def test_a_city_far_from_the_coordinates_is_not_believed() -> None:
    setting = settled(Place(text="Berlin, Germany", latitude=48.137, longitude=11.575))
    assert setting.place is not None
    assert setting.place.address_locality == "Munich"
    assert setting.why == "declared coordinates; Berlin, Germany is too far from them; nearest city Munich, Germany"


def test_coordinates_elsewhere_give_way_to_a_city_near_the_source() -> None:
    """A hall in Evanston beside Chicago that a geocoder took for one in Oregon."""
    location = Place(text="Opera House, 1 Main St, Evanston, Illinois", latitude=45.52, longitude=-122.67)
    setting = settled(location, CHICAGO)
    assert setting.place is not None
    assert (setting.place.address_locality, setting.place.time_zone) == ("Evanston", "America/Chicago")
    assert setting.why == (
        "the declared coordinates are far from the city and from the source's place; "
        "centre of Evanston, Illinois, United States"
    )
    assert settled(location).why != setting.why


def test_no_location_means_the_sources_place() -> None:
    setting = settled(None, CHICAGO)
    assert setting.place is not None
    assert setting.place.geonames_id == 4887398
    assert setting.why == "the source's place: centre of Chicago, Illinois, United States"
    assert not setting.is_own


def test_a_location_without_a_city_is_in_the_sources_place() -> None:
    setting = settled(Place(text="City Hall, 121 N LaSalle St"), CHICAGO)
    assert setting.place is not None
    assert (setting.place.text, setting.place.geonames_id) == ("City Hall, 121 N LaSalle St", 4887398)
    assert setting.why == "the location names no city; the source's place: centre of Chicago, Illinois, United States"
    assert setting.is_own


def test_another_state_or_country_is_not_the_sources_place() -> None:
    texas = settled(Place(text="Somewhere, Texas, USA"), CHICAGO).place
    assert texas is not None
    assert (texas.address_region, texas.latitude, texas.geonames_id) == ("Texas", None, None)
    germany = settled(Place(address_country="Germany"), CHICAGO).place
    assert germany is not None
    assert (germany.country_code, germany.latitude) == ("DE", None)


def test_a_source_may_be_known_by_its_country_alone() -> None:
    place = settled(None, UNITED_STATES).place
    assert place is not None
    assert (place.country_code, place.latitude, place.address_locality) == ("US", None, None)


@pytest.mark.parametrize(
    "text", ["Online", "Zoom", "Online (link after registration)", "https://zoom.us/j/1", "Google Meet"]
)
def test_the_net_is_no_place(text: str) -> None:
    assert settled(Place(text=text), CHICAGO) == Setting()


def test_to_be_announced_is_no_place_of_its_own() -> None:
    assert settled(Place(text="TBA")) == Setting()
    setting = settled(Place(name="TBD"), CHICAGO)
    assert not setting.is_own
    assert setting.place is not None
    assert setting.place.geonames_id == 4887398


def test_a_location_nobody_knows_is_kept_as_written() -> None:
    assert settled(Place(text="Free Geek")).place == Place(text="Free Geek")
    assert settled(None) == Setting()


def test_coordinates_in_another_country_give_way_to_the_city() -> None:
    location = Place(text="Marienplatz 8, München, Germany", latitude=-1.29, longitude=36.82)
    setting = settled(location)
    assert setting.place is not None
    assert setting.place.address_locality == "Munich"
    assert setting.why == "the declared coordinates are in Kenya, not in Germany; centre of Munich, Germany"


@pytest.mark.parametrize(
    ("latitude", "longitude", "how"),
    [(41.88, 87.63, "east was taken for west"), (-87.63, 41.88, "latitude and longitude were swapped")],
)
def test_mistaken_signs_and_order_are_put_right(latitude: float, longitude: float, how: str) -> None:
    setting = settled(Place(latitude=latitude, longitude=longitude, address_country="USA"))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.longitude) == (41.88, -87.63)
    assert setting.why is not None
    assert setting.why.startswith(how)


@pytest.mark.parametrize(
    ("text", "latitude", "longitude", "meant", "why"),
    [
        (
            "Rathaus, Österreich",
            16.36,
            48.21,
            (48.21, 16.36),
            "latitude and longitude were swapped: 16.36,48.21 is not in Austria; nearest city Vienna, Austria",
        ),
        (
            "Palais des congrès, Lyon",
            4.85,
            45.78,
            (45.78, 4.85),
            "latitude and longitude were swapped: 4.85,45.78 is far from Lyon, France",
        ),
        (
            "Opera House, Sydney, Australia",
            33.86,
            151.2,
            (-33.86, 151.2),
            "north was taken for south: 33.86,151.2 is not in Australia",
        ),
    ],
)
def test_a_country_or_city_in_the_text_puts_coordinates_right(
    text: str, latitude: float, longitude: float, meant: tuple[float, float], why: str
) -> None:
    setting = settled(Place(text=text, latitude=latitude, longitude=longitude))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.longitude) == meant
    assert setting.why == why


def test_the_middle_of_a_country_is_no_place() -> None:
    setting = settled(Place(text="Hamburg, Germany", latitude=51.165691, longitude=10.451526))
    assert setting.place is not None
    assert setting.place.address_locality == "Hamburg"
    assert setting.why == "the declared coordinates are the middle of Germany; centre of Hamburg, Germany"


def test_across_a_border_coordinates_stay() -> None:
    """A fair at Basel that calls itself Swiss on the French side of the airport."""
    setting = settled(Place(text="EuroAirport, Basel, Switzerland", latitude=47.599, longitude=7.532))
    assert setting.place is not None
    assert (setting.place.latitude, setting.place.longitude) == (47.599, 7.532)


def test_a_small_area_has_its_middle_and_a_large_one_only_its_zone() -> None:
    laois, sabah = settled(Place(text="Laois, Ireland")), settled(Place(text="Sabah, Malaysia"))
    assert laois.place is not None
    assert sabah.place is not None
    assert laois.place.latitude == pytest.approx(53.0, abs=0.3)
    assert (sabah.place.latitude, sabah.place.time_zone) == (None, "Asia/Kuching")
    assert (laois.why, sabah.why) == ("somewhere in Laois, Ireland", "somewhere in Sabah, Malaysia")


def test_a_hamlet_has_a_point_and_no_number() -> None:
    place = settled(Place(text="Brookhaven National Laboratory, Upton, NY 11973")).place
    assert place is not None
    assert (place.address_locality, place.address_region, place.geonames_id) == ("Upton", "New York", None)
    assert (place.latitude, place.time_zone) == (pytest.approx(40.87, abs=0.1), "America/New_York")


def test_a_small_country_has_its_middle() -> None:
    malta, france = settled(Place(text="Malta")).place, settled(Place(text="France")).place
    assert malta is not None
    assert france is not None
    assert (malta.latitude, malta.longitude) == (pytest.approx(35.9, abs=0.2), pytest.approx(14.4, abs=0.2))
    assert (france.latitude, france.country_code) == (None, "FR")
