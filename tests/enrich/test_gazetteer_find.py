"""Places as events write them; the strings are real or as real ones are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.enrich.gazetteer import Found, Gazetteer, Hints

GAZETTEER = Gazetteer()
AT_CHICAGO = Hints(near=(41.85, -87.65), country="US", time_zone="America/Chicago", language="en")
IN_GERMANY = Hints(country="DE", time_zone="Europe/Berlin", language="de")


def label(found: Found | None) -> str | None:
    return found.label if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Venue, 30 East Lake Street 11th Floor Chicago, IL 60601", "Chicago, Illinois, United States"),
        ("Braintree, 222 W Merchandise Mart Plaza, 8th Floor, Chicago, IL", "Chicago, Illinois, United States"),
        ("3600 North Halsted Chicago, IL", "Chicago, Illinois, United States"),
        ("1 Infinite Loop, Cupertino CA 95014", "Cupertino, California, United States"),
        ("30 N Gould St, Sheridan, WY", "Sheridan, Wyoming, United States"),
        ("Chicago O'Hare Hilton, Rosemont, IL", "Rosemont, Illinois, United States"),
        ("Paris Hotel, Las Vegas, NV", "Las Vegas, Nevada, United States"),
        ("Buffalo, New York, USA", "Buffalo, New York, United States"),
        ("Central Park, New York, NY", "New York City, New York, United States"),
        ("Moscone Center San Francisco", "San Francisco, California, United States"),
        ("Washington, DC 20001", "Washington, District of Columbia, United States"),
        ("Austin TX", "Austin, Texas, United States"),
        ("Mobile, AL", "Mobile, Alabama, United States"),
        ("Sydney NSW", "Sydney, New South Wales, Australia"),
        ("H3B 2Y5 Montréal, QC", "Montréal, Quebec, Canada"),
        ("Berlin, Germany", "Berlin, Germany"),
        ("c-base, Rungestraße 20, 10179 Berlin", "Berlin, Germany"),
        ("Rungestraße 20\n10179 Berlin\nDeutschland", "Berlin, Germany"),
        ("Online / Berlin", "Berlin, Germany"),
        ("TU München, Arcisstr. 21, München", "Munich, Germany"),
        ("Bahnhofstrasse 1, 8001 Zürich, CH", "Zürich, Switzerland"),
        ("WeWork, 1 Poultry, London EC2R 8EJ, UK", "London, United Kingdom"),
        ("The Shard London SE1 9SG", "London, United Kingdom"),
        ("Old Town Hall, High Street, Bath, BA1 1AA", "Bath, United Kingdom"),
        ("1012 AB Amsterdam", "Amsterdam, Netherlands"),
        ("Salón de Actos, Facultad de Informática, Madrid", "Madrid, Spain"),
        ("CABA, Argentina", "Buenos Aires, Argentina"),
        ("東京都渋谷区道玄坂1-2-3", "Tokyo, Japan"),
        ("Split, Croatia", "Split, Croatia"),
    ],
)
def test_the_city_of_an_address(text: str, expected: str) -> None:
    assert label(GAZETTEER.find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Online",
        "Room 12, Online",
        "Zoom",
        "Google Meet",
        "https://zoom.us/j/123456789",
        "TBD",
        "Remote",
        "Worldwide",
        "Library",
        "Mobile",
        "Café Milano",
        "Casa Mexico",
        "Hotel Bavaria",
        "University of Cambridge",
        "123 Main St, Springfield",
        "Room 101, Building A",
        "Georgia",
    ],
)
def test_no_city_is_better_than_a_wrong_one(text: str) -> None:
    assert GAZETTEER.find(text) is None


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        ("Main Library, Skokie", AT_CHICAGO, "Skokie, Illinois, United States"),
        ("City Hall, 121 N LaSalle St, Chicago", AT_CHICAGO, "Chicago, Illinois, United States"),
        ("City Hall, 121 N LaSalle St", AT_CHICAGO, None),
        ("Birmingham", AT_CHICAGO, "Birmingham, Alabama, United States"),
        ("Berlin", AT_CHICAGO, "Berlin, Germany"),
        ("Moscow", Hints(near=(46.42, -117.02), country="US"), "Moscow, Idaho, United States"),
        ("Stadthalle, Fürth", IN_GERMANY, "Fürth, Germany"),
        ("Halle 7", IN_GERMANY, None),
        ("Essen", IN_GERMANY, "Essen, Germany"),
        ("Gutes Essen", IN_GERMANY, None),
    ],
)
def test_what_is_known_of_the_source_helps(text: str, hints: Hints, expected: str | None) -> None:
    assert label(GAZETTEER.find(text, hints=hints)) == expected


AT_SEATTLE = Hints(near=(47.61, -122.33), country="US", time_zone="America/Los_Angeles")
AT_ROANOKE = Hints(near=(37.27, -79.94), country="US", time_zone="America/New_York")
AT_LANCASTER = Hints(near=(40.04, -76.31), country="US", time_zone="America/New_York")
AT_BLOOMINGTON = Hints(near=(39.17, -86.53), country="US", time_zone="America/Indiana/Indianapolis")


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        ("Music Building (MUS)", AT_SEATTLE, None),
        ("Parrington Hall (PAR)", AT_SEATTLE, None),
        ("Student Union Building (HUB)", AT_SEATTLE, None),
        ("High Point Branch", AT_SEATTLE, None),
        ("Fremont Branch, Meeting Room", AT_SEATTLE, None),
        ("Capitol Hill", AT_SEATTLE, None),
        ("Lake Shore Country Club", AT_SEATTLE, None),
        ("Tacoma Dome", AT_SEATTLE, "Tacoma, Washington, United States"),
        ("Union Library - 1561 Alexander Rd. - Leicester", AT_ROANOKE, None),
        ("Elmwood Park - Roanoke VA 24011", AT_ROANOKE, "Roanoke, Virginia, United States"),
        ("Highland Park - 5 Washington Ave SW Roanoke VA", AT_ROANOKE, "Roanoke, Virginia, United States"),
        ("Railway, 301 Gap Road, Ronks, PA, United States", AT_LANCASTER, "Ronks, Pennsylvania, United States"),
        ("Discover Columbia, Columbia, 17512, United States", AT_LANCASTER, "Columbia, Pennsylvania, United States"),
        ("Red Men Hall, Main St, Smithville, IN 47458, USA", AT_BLOOMINGTON, "Indiana, United States"),
        ("Lawrence, Kan., Allen Fieldhouse", AT_ROANOKE, "Lawrence, Kansas, United States"),
        ("Jacksonville, Fla.", AT_ROANOKE, "Jacksonville, Florida, United States"),
        ("Hillsboro, Ore.", AT_ROANOKE, "Hillsboro, Oregon, United States"),
        ("East Hampton, N.Y., Maidstone Club", AT_ROANOKE, "East Hampton, New York, United States"),
        ("St. George, Utah", AT_ROANOKE, "Saint George, Utah, United States"),
        ("Berlin, Germany", AT_SEATTLE, "Berlin, Germany"),
    ],
)
def test_what_a_local_source_says_is_where_it_is_unless_it_says_otherwise(
    text: str, hints: Hints, expected: str | None
) -> None:
    """As halls, libraries and teams' away games are written in calendars of towns; once cities elsewhere."""
    assert label(GAZETTEER.find(text, hints=hints)) == expected


def test_a_declared_country_must_hold() -> None:
    assert label(GAZETTEER.find("Cambridge", country="GB")) == "Cambridge, United Kingdom"
    assert label(GAZETTEER.find("Birmingham", country="GB")) == "Birmingham, United Kingdom"
    assert label(GAZETTEER.find("Birmingham, AL", country="US")) == "Birmingham, Alabama, United States"
    assert GAZETTEER.find("Chicago", country="DE") is None


def test_a_point_nearby_tells_namesakes_apart() -> None:
    illinois, massachusetts = (39.80, -89.65), (42.10, -72.59)
    assert label(GAZETTEER.find("Springfield", near=illinois)) == "Springfield, Illinois, United States"
    assert label(GAZETTEER.find("Springfield", near=massachusetts)) == "Springfield, Massachusetts, United States"


@pytest.mark.parametrize(
    ("text", "country", "hints", "expected"),
    [
        ("Cambridge", "GB", Hints(near=(42.37, -71.11), country="US"), "Cambridge, United Kingdom"),
        ("Springfield, MO", None, Hints(near=(39.80, -89.65), country="US"), "Springfield, Missouri, United States"),
        ("Brest", None, Hints(near=(48.1, -4.3), language="be"), "Brest, France"),
        ("Birmingham", None, Hints(country="US", language="de"), "Birmingham, Alabama, United States"),
        ("Brest", None, Hints(language="fr"), "Brest, France"),
        ("Brest", None, Hints(language="ru"), "Brest, Belarus"),
        ("Portland", None, Hints(language="en"), "Portland, Oregon, United States"),
    ],
    ids=["country", "region", "near the source", "country of the source", "language", "another", "population"],
)
def test_what_tells_namesakes_apart_each_before_the_next(
    text: str, country: str | None, hints: Hints, expected: str
) -> None:
    assert label(GAZETTEER.find(text, country=country, hints=hints)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salamanca, Spain", "Salamanca, Spain"),
        ("Kreuzberg, Berlin", "Kreuzberg, Germany"),
        ("Falmouth, Cornwall, UK", "Falmouth, United Kingdom"),
        ("Desenzano del Garda (BS), Italy", "Desenzano del Garda, Italy"),
        ("Duitama, Boyacá, Colombia", "Duitama, Colombia"),
        ("Laois, Ireland", "Laois, Ireland"),
        ("Bali, Indonesia", "Bali, Indonesia"),
        ("Tunis, Tunisia", "Tunis, Tunisia"),
        ("Upton, NY", "Upton, New York, United States"),
        ("Menlo Park, USA", "Menlo Park, California, United States"),
        ("Hong Kong, China", "Hong Kong"),
        ("San Juan, Puerto Rico, USA", "San Juan, Puerto Rico"),
        ("Library, 12375 SW Fifth Street, Beaverton, Oregon 97005 United States", "Beaverton, Oregon, United States"),
    ],
)
def test_states_and_counties_of_the_world(text: str, expected: str) -> None:
    assert label(GAZETTEER.find(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("〒540-0008 大阪府大阪市中央区大手前1-1", "Osaka, Japan"),
        ("愛知県名古屋市中村区", "Nagoya, Japan"),
        ("中国 上海市浦东新区", "Shanghai, China"),
        ("四川省成都市武侯区天府大道", "Chengdu, China"),
        ("香港", "Hong Kong"),
        ("서울", "Seoul, South Korea"),
        ("القاهرة، مصر", "Cairo, Egypt"),
    ],
)
def test_other_scripts(text: str, expected: str) -> None:
    assert label(GAZETTEER.find(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SF", "San Francisco, California, United States"),
        ("Greater Boston", "Boston, Massachusetts, United States"),
        ("Downtown Denver", "Denver, Colorado, United States"),
        ("Ruhrgebiet", "Essen, Germany"),
        ("København K", "Copenhagen, Denmark"),
        ("Frankfurt a.M.", "Frankfurt am Main, Germany"),
        ("Paris + online", "Paris, France"),
        ("Wien und Zoom", "Vienna, Austria"),
    ],
)
def test_how_people_call_cities(text: str, expected: str) -> None:
    assert label(GAZETTEER.find(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("San Deigo, CA, USA", "San Diego, California, United States"),
        ("Beijng, China", "Beijing, China"),
        ("Lugano-Viganello, Switzerland", "Lugano, Switzerland"),
        ("Grand Hyatt San Antonio Riverwalk, TX, USA", "San Antonio, Texas, United States"),
        ("Hong Kong SAR, China", "Hong Kong"),
        ("Taipei, China", "Taipei, Taiwan"),
        ("Qwertzville, USA", "United States"),
        ("San Deigo", None),
    ],
)
def test_what_is_written_slightly_wrong_where_its_country_is_known(text: str, expected: str | None) -> None:
    assert label(GAZETTEER.find(text)) == expected


def test_a_name_that_goes_on_is_not_cut() -> None:
    assert label(GAZETTEER.find("Porto de Galinhas, Brazil")) == "Brazil"


def test_what_has_one_zone_has_it_without_a_city() -> None:
    zones = {
        text: (found := GAZETTEER.find(text)) and found.time_zone for text in ("Germany", "Bali, Indonesia", "USA")
    }
    assert zones == {"Germany": "Europe/Berlin", "Bali, Indonesia": "Asia/Makassar", "USA": None}


def test_a_region_or_country_without_a_city_is_found_as_such() -> None:
    found = GAZETTEER.find("Georgia, USA")
    assert found is not None
    assert (found.label, found.geonames_id) == ("Georgia, United States", None)
    assert label(GAZETTEER.find("Levante, Italy")) == "Italy"
    assert label(GAZETTEER.find("Cook County IL, US")) == "Illinois, United States"
    assert label(GAZETTEER.find("Fayetteville, US")) == "United States"


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = GAZETTEER.find(text)
    assert found is None or found.country_code in GAZETTEER.atlas.countries


def test_a_very_long_text_is_read_from_its_end() -> None:
    assert label(GAZETTEER.find("word, " * 200_000 + "Berlin, Germany")) == "Berlin, Germany"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Faenza", "Faenza, Italy"),
        ("Görlitz", "Görlitz, Germany"),
        ("Évora", "Évora, Portugal"),
        ("г. Казань", "Kazan, Russia"),
        ("Fort Lauderdale", "Fort Lauderdale, Florida, United States"),
        ("Ft. Lauderdale", "Fort Lauderdale, Florida, United States"),
        ("Mission", None),
        ("Neustadt", None),
    ],
)
def test_a_known_name_alone_is_a_city(text: str, expected: str | None) -> None:
    assert label(GAZETTEER.find(text)) == expected


def test_a_field_for_the_city_says_more_than_a_line() -> None:
    assert GAZETTEER.find("Zermatt") is None
    assert label(GAZETTEER.find("Zermatt", hints=Hints(is_locality=True))) == "Zermatt, Switzerland"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frankfurt (Oder)", "Frankfurt (Oder), Germany"),
        ("Halle/Saale", "Halle (Saale), Germany"),
        ("Paris (France)", "Paris, France"),
        ("Granada", None),
        ("Köln-Deutz", "Deutz, Germany"),
        ("Wien-Neubau", "Neubau, Austria"),
        ("Berlin-Hamburg", None),
        ("Granada, España", "Granada, Spain"),
        ("Via Garibaldi 3, 40124 Bologna (BO)", "Bologna, Italy"),
        ("Via Roma 1, 10121 Torino TO", "Turin, Italy"),
        ("West Palm Beach, CA, USA", "West Palm Beach, Florida, United States"),
        ("Paris, TX", "Paris, Texas, United States"),
        ("Luxembourg", "Luxembourg"),
    ],
)
def test_brackets_and_codes_behind_a_city(text: str, expected: str | None) -> None:
    assert label(GAZETTEER.find(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Universität Wien", "Vienna, Austria"),
        ("Messe Düsseldorf", "Düsseldorf, Germany"),
        ("Politecnico di Torino", "Turin, Italy"),
        ("University of Edinburgh", "Edinburgh, United Kingdom"),
        ("Zürich HB", "Zürich, Switzerland"),
        ("University of Washington", None),
        ("Columbia University", None),
        ("University of Georgia", None),
        ("Gare du Nord", None),
    ],
)
def test_a_house_of_which_a_city_has_one(text: str, expected: str | None) -> None:
    assert label(GAZETTEER.find(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D.F.", "Mexico City, Mexico"),
        ("Brasília, DF", "Brasília, Brazil"),
        ("Trójmiasto", "Gdańsk, Poland"),
        ("Tampa Bay", "Tampa, Florida, United States"),
    ],
)
def test_nicknames_kept_by_hand(text: str, expected: str | None) -> None:
    assert label(GAZETTEER.find(text)) == expected
