"""Places as users type them. The numbers are GeoNames ids, looked up at geonames.org."""

import pytest

from hobnob.errors import BadValue, UnknownName, UsageError
from indexer.enrich.gazetteer import Gazetteer
from indexer.enrich.placenames import key

ZURICH, MUNICH, TOKYO, NEW_YORK, WASHINGTON = 2657896, 2867714, 1850147, 5128581, 4140963


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("text", "geonames_id"),
    [
        ("Zürich", ZURICH),
        ("Zurich", ZURICH),
        ("zuerich", ZURICH),
        ("Цюрих", ZURICH),
        ("8001 Zürich", ZURICH),
        ("München", MUNICH),
        ("Munchen", MUNICH),
        ("Muenchen", MUNICH),
        ("Munich", MUNICH),
        ("Monaco di Baviera", MUNICH),
        ("東京", TOKYO),
        ("Tokio", TOKYO),
        ("NYC", NEW_YORK),
        ("New York", NEW_YORK),
        ("New York, NY", NEW_YORK),
        ("DC", WASHINGTON),
        ("Washington, DC", WASHINGTON),
        ("washington d.c.", WASHINGTON),
        ("Washington, US", WASHINGTON),
        ("LA", 5368361),
        ("SF", 5391959),
        ("Portland, OR", 5746545),
        ("portland or", 5746545),
        ("Portland", 5746545),
        ("Portland, ME", 4975802),
        ("Paris", 2988507),
        ("Paris, Texas", 4717560),
        ("Springfield, IL, US", 4250542),
        ("Cambridge, UK", 2653941),
        ("Cambridge, MA", 4931972),
        ("London, Ontario", 6058560),
        ("London, England, UK", 2643743),
        ("Toronto, CA", 6167865),
        ("San Francisco, CA", 5391959),
        ("Athens, GA", 4180386),
        ("Tel Aviv, IL", 293397),
        ("Sydney NSW Australia", 2147714),
        ("Singapore", 1880252),
        ("Frankfurt", 2925533),
        ("Québec", 6325494),
    ],
)
def test_a_city_is_found_however_it_is_written(gazetteer: Gazetteer, text: str, geonames_id: int) -> None:
    assert gazetteer.resolve(text).geonames_id == geonames_id


def test_a_city_comes_with_all_that_a_search_needs(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("portland, oregon")
    assert found.label == "Portland, Oregon, United States"
    assert (found.city, found.region, found.country_code) == ("Portland", "Oregon", "US")
    assert (found.latitude, found.longitude) == pytest.approx((45.5234, -122.6762), abs=0.01)
    assert found.time_zone == "America/Los_Angeles"
    assert found.radius_km is not None
    assert 5 <= found.radius_km <= 15


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("ドイツ", "DE"),
        ("DE", "DE"),
        ("Holland", "NL"),
        ("UK", "GB"),
        ("usa", "US"),
        ("U.S.A.", "US"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Mexico", "MX"),
        ("Luxembourg", "LU"),
    ],
)
def test_a_country_has_no_point(gazetteer: Gazetteer, text: str, code: str) -> None:
    found = gazetteer.resolve(text)
    assert (found.country_code, found.latitude, found.longitude, found.geonames_id) == (code, None, None, None)


def test_a_region_reaches_to_its_farthest_city(gazetteer: Gazetteer) -> None:
    """Bavaria is about 360 km from Aschaffenburg to Passau and 370 km from north to south."""
    found = gazetteer.resolve("Bayern")
    assert found.label == "Bavaria, Germany"
    assert found.geonames_id is None
    assert found.radius_km is not None
    assert 180 <= found.radius_km <= 280
    assert gazetteer.resolve("California, US").label == "California, United States"
    assert gazetteer.resolve("Texas").label == "Texas, United States"
    assert gazetteer.resolve("Ontario").label == "Ontario, Canada"


def test_coordinates_are_taken_as_they_are(gazetteer: Gazetteer) -> None:
    found = gazetteer.resolve("47.37, 8.54")
    assert (found.latitude, found.longitude) == (47.37, 8.54)
    assert (found.country_code, found.time_zone) == ("CH", "Europe/Zurich")
    assert gazetteer.resolve("-33.86,151.21").time_zone == "Australia/Sydney"


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Brlin", "Berlin"),
        ("Lodnon", "London"),
        ("Germny", "Germany"),
        ("Zuerihc", "Zürich"),
        ("Berln", "Berlin"),
        ("Munchn", "Munich"),
        ("Sanfrancisco", "San Francisco"),
    ],
)
def test_a_mistyped_city_gets_the_nearest(gazetteer: Gazetteer, text: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as caught:
        gazetteer.resolve(text)
    assert caught.value.what == "place"
    assert nearest in caught.value.nearest


def test_a_country_after_it_does_not_save_an_unknown_place(gazetteer: Gazetteer) -> None:
    for text in ("Xyzzyville, US", "Cook County IL, US", "", " ", "a", "91.0,200.0x"):
        with pytest.raises(UsageError):
            gazetteer.resolve(text)


def test_a_city_after_its_postal_code_is_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("8001 Zürich, Switzerland").city == gazetteer.resolve("Zürich").city


@pytest.mark.parametrize("text", ["10115", "10115, DE", "10115, Germany", "94107, California", "SW1A 1AA, UK"])
def test_a_postal_code_says_what_to_give_instead(gazetteer: Gazetteer, text: str) -> None:
    with pytest.raises(BadValue) as caught:
        gazetteer.resolve(text)
    assert caught.value.hint is not None
    assert "LATITUDE,LONGITUDE" in caught.value.hint


def test_a_point_belongs_to_the_city_around_it(gazetteer: Gazetteer) -> None:
    alexanderplatz, louvre, moscone = (52.5219, 13.4132), (48.8606, 2.3376), (37.7840, -122.4010)
    found = [gazetteer.near(*point) for point in (alexanderplatz, louvre, moscone)]
    assert [city and city.city for city in found] == ["Berlin", "Paris", "San Francisco"]
    assert gazetteer.near(0.0, -150.0) is None
    assert gazetteer.near(90.0, 180.0) is None


def test_the_antimeridian_parts_nothing(gazetteer: Gazetteer) -> None:
    """Labasa, Fiji, lies at 179.4 E; so do its surroundings, and Taveuni's villages at 179.9 W."""
    found = gazetteer.near(-16.43, 179.37)
    assert found is not None
    assert found.country_code == "FJ"


def test_the_packaged_file_says_where_it_is_from_and_fits_this_program(gazetteer: Gazetteer) -> None:
    assert "GeoNames" in gazetteer.atlas.meta["source"]
    assert "Attribution 4.0" in gazetteer.atlas.meta["licence"]
    for name in ("Zürich", "São Paulo", "Kraków", "Nürnberg", "Ho Chi Minh City", "St. Louis", "Reykjavík", "Tromsø"):
        assert gazetteer.atlas.cities(key(name)), name
