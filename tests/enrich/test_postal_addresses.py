"""Street, postal code and city in one line, as most write them; the strings are made, the cities real.

The coordinates are the cities' own to a tenth of a degree, written by hand.
"""

import pytest

from hobnob.distance import kilometres
from hobnob.observations import Place
from indexer.enrich.gazetteer import Gazetteer
from indexer.enrich.place import Home, settle

GAZETTEER = Gazetteer()
SAME_CITY_KM = 25

ADDRESSES = {
    # Germany
    (52.52, 13.40): [
        "Hauptstraße 5 10827 Berlin",
        "Kulturhaus Mitte Torstr. 12 10119 Berlin",
        "Alexanderplatz 10178 Berlin",
        "Am Nordbahnhof 3 D-10115 Berlin",
        "Köpenicker Str. 70 10179 Berlin Germany",
        "Wiener Straße 20 10999 Berlin",
        "Café Roma Oranienstraße 5 10997 Berlin-Kreuzberg",
    ],
    (48.14, 11.58): ["Leopoldstraße 7 80802 München", "Münchner Kammer Maximilianstr. 26-28 80539 München"],
    (50.94, 6.96): ["Venloer Straße 40 50672 Köln", "Hohe Str. 1 D-50667 Köln"],
    (53.55, 10.0): ["Berliner Tor 5 20099 Hamburg", "Jungfernstieg 20354 Hamburg"],
    (49.41, 8.69): ["Hauptstr. 120 69117 Heidelberg"],
    (48.52, 9.05): ["Wilhelmstraße 7 72074 Tübingen"],
    (51.53, 9.93): ["Rathaus Markt 9 37073 Göttingen"],
    (50.11, 8.68): ["Mainzer Landstraße 50 60325 Frankfurt am Main", "Zeil 106 60313 Frankfurt a. M."],
    # Austria
    (48.21, 16.37): [
        "Mariahilfer Straße 10 1070 Wien",
        "1200 Wien",
        "Haus der Musik Seilerstätte 30 1010 Wien Österreich",
        "Stephansplatz 1 A-1010 Wien",
        "Praterstraße 1020 Wien",
    ],
    (47.07, 15.44): ["Herrengasse 16 8010 Graz"],
    (47.80, 13.05): ["Linzer Gasse 4 5020 Salzburg"],
    # Switzerland
    (47.37, 8.54): ["Bahnhofstrasse 1 8001 Zürich", "Langstrasse 20 CH-8004 Zürich"],
    (46.20, 6.15): ["Rue du Rhône 8 1204 Genève", "Quai du Mont-Blanc 1201 Genève"],
    (46.52, 6.63): ["Place de la Palud 2 1003 Lausanne"],
    # France
    (48.86, 2.35): [
        "42 rue Oberkampf 75011 Paris",
        "42 rue de Lyon 75012 Paris-12E-Arrondissement",
        "Place de la République 75003 Paris 3e",
        "Maison du Parc 12 avenue de Bordeaux 75019 Paris 19e arrondissement",
        "5 rue Soufflot 75231 PARIS CEDEX 05",
        "75011 Paris 11e",
        "14 boulevard Voltaire F-75011 Paris",
        "Théâtre de Genève 3 rue Neuve 75002 Paris",
        "Bibliothèque, 8 rue de Nantes 75019 Paris 19ème",
    ],
    (45.76, 4.84): [
        "12 rue de la Paix 69002 Lyon",
        "12 rue de la Paix 69007 Lyon 7e",
        "Halle Tony 20 place Docteur Perrin 69007 Lyon France",
    ],
    (43.30, 5.37): ["1 quai du Port 13002 Marseille", "Cours Julien 13006 Marseille 6e Arrondissement"],
    (43.60, 1.44): ["5 rue de Metz 31000 Toulouse", "1 place du Capitole 31685 Toulouse Cedex 6"],
    (47.22, -1.55): ["10 rue de Strasbourg 44000 Nantes", "Salle Paris 3 quai Ceineray 44041 NANTES CEDEX 1"],
    (48.94, 2.36): ["8 rue de la République 93200 Saint-Denis"],
    (48.11, -1.68): ["4 rue d'Antrain 35000 Rennes"],
    # Italy
    (45.46, 9.19): [
        "Via Roma 12 20121 Milano",
        "Via Torino 5 I-20123 Milano",
        "Teatro Verdi Via Pastrengo 16 20159 Milano MI",
        "Corso Venezia 20121 Milano Italia",
    ],
    (41.90, 12.50): ["Via Nazionale 194 00184 Roma", "Piazza di Spagna 00187 Roma (RM)"],
    (44.49, 11.34): ["Via Emilia 3 40124 Bologna BO", "Piazza Maggiore 1 40124 Bologna"],
    (43.77, 11.25): ["Villa Toscana Viale Milano 8 50121 Firenze"],
    (45.44, 12.33): ["Fondamenta San Lorenzo 5 30122 Venezia"],
    (45.07, 7.69): ["Via Po 17 10124 Torino"],
    # Spain
    (40.42, -3.70): [
        "Calle Mayor 5 28013 Madrid",
        "C/ Alcalá 42 28014 Madrid",
        "Paseo de La Habana 8 28036 Madrid España",
        "Centro Cultural Calle de Toledo 100 28005 Madrid",
    ],
    (41.39, 2.17): [
        "Carrer de Mallorca 401 08013 Barcelona",
        "Plaça de Catalunya 08002 Barcelona",
        "E-08001 Barcelona",
    ],
    (37.39, -5.98): ["Avenida de Portugal 3 41004 Sevilla", "Calle Sierpes 41004 Sevilla"],
    (39.47, -0.38): ["Calle Colón 12 46004 Valencia"],
    (37.88, -4.78): ["Calle Jesús María 5 14003 Córdoba"],
    (37.18, -3.60): ["Gran Vía 20 18001 Granada"],
    (39.86, -4.02): ["Calle del Comercio 9 45001 Toledo"],
    (40.97, -5.66): ["Plaza Mayor 1 37002 Salamanca"],
    # Belgium
    (51.03, 4.48): ["Stationsstraat 10 2800 Mechelen"],
    (50.85, 4.35): ["Rue Neuve 20 1000 Bruxelles", "Nieuwstraat 20 1000 Brussel", "Avenue Louise 54 B-1050 Bruxelles"],
    (51.05, 3.72): ["Korenmarkt 16 9000 Gent", "Zaal Londen Veldstraat 8 9000 Gent"],
    (51.22, 4.40): ["Meir 50 2000 Antwerpen", "Grote Markt 2000 Antwerpen"],
    (50.63, 5.57): ["Rue de Bruxelles 7 4000 Liège"],
    # Netherlands
    (52.37, 4.90): ["Damrak 70 1012 LM Amsterdam", "Haarlemmerplein 7 1013HP Amsterdam"],
    (51.92, 4.48): ["Coolsingel 40 3011 AD Rotterdam", "Delftseplein 3013 AA Rotterdam"],
    (52.09, 5.12): ["Vredenburgkade 11 3511 WC Utrecht"],
    # Portugal
    (38.72, -9.14): ["Rua Augusta 24 1100-053 Lisboa", "Praça do Comércio 1100-148 Lisboa Portugal"],
    (41.15, -8.61): ["Rua de Lisboa 5 4000-322 Porto", "Avenida dos Aliados P-4000-064 Porto"],
    # Poland
    (52.23, 21.01): ["ul. Nowy Świat 15 00-029 Warszawa", "Pałac Kultury plac Defilad 1 00-901 Warszawa"],
    (50.06, 19.94): ["Rynek 5 31-042 Kraków", "ulica Warszawska 24 31-155 Kraków"],
    (51.11, 17.03): ["ul. Świdnicka 10 50-068 Wrocław Polska"],
    # Czechia, Slovakia
    (50.08, 14.43): ["Národní 20 110 00 Praha 1", "Vinohradská 12 120 00 Praha", "Dlouhá 33 11000 Praha 1"],
    (49.20, 16.61): ["Pražská 5 602 00 Brno"],
    (48.15, 17.11): ["Hlavné námestie 1 811 01 Bratislava", "Obchodná 5 811 06 Bratislava"],
    # Hungary, Romania
    (47.50, 19.04): ["Andrássy út 22 1061 Budapest", "Király utca 20 1061 Budapest VI.", "Váci u. 9 H-1052 Budapest"],
    (46.77, 23.59): ["Strada Memorandumului 28 400114 Cluj-Napoca"],
    (44.43, 26.10): ["Calea Victoriei 12 010063 București"],
    # The north
    (59.33, 18.06): [
        "Drottninggatan 5 111 51 Stockholm",
        "Uppsalavägen 3 113 31 Stockholm",
        "Sveavägen 41 S-11134 Stockholm",
    ],
    (57.71, 11.97): ["Avenyn 20 411 36 Göteborg"],
    (55.68, 12.57): ["Nørrebrogade 44 2200 København N", "Vesterbrogade 3 1620 København V"],
    (56.16, 10.20): ["Åboulevarden 10 8000 Aarhus C"],
    (59.91, 10.75): ["Karl Johans gate 22 0159 Oslo", "Storgata 5 N-0155 Oslo"],
    (60.39, 5.32): ["Torget 2 5014 Bergen"],
    (60.17, 24.94): ["Mannerheimintie 13 00100 Helsinki", "Aleksanterinkatu 52 FIN-00100 Helsinki"],
    (61.50, 23.76): ["Hämeenkatu 14 33100 Tampere"],
    # The south-east and beyond
    (45.81, 15.98): ["Ilica 10 10000 Zagreb", "HR-10000 Zagreb"],
    (46.06, 14.51): ["Slovenska cesta 4 1000 Ljubljana"],
    (44.82, 20.46): ["Knez Mihailova 6 11000 Beograd"],
    (42.70, 23.32): ["бул. Витоша 5 1000 София"],
    (37.98, 23.73): ["Ερμού 15 105 63 Αθήνα", "Ermou 15 10563 Athens Greece"],
    (41.01, 28.95): ["İstiklal Caddesi 20 34433 İstanbul"],
    (19.43, -99.13): ["Avenida Juárez 50 06010 Ciudad de México"],
    (-34.61, -58.38): ["Avenida Corrientes 800 1043 Buenos Aires"],
    (3.14, 101.69): ["Jalan Ampang 20 50450 Kuala Lumpur"],
    (50.45, 30.52): ["вул. Хрещатик 22 01001 Київ"],
    (54.69, 25.28): ["Gedimino pr. 9 LT-01103 Vilnius"],
    (59.44, 24.75): ["Narva mnt 5 10117 Tallinn"],
}

#: Numbers before names that are no postal codes: years, halls, house numbers, rooms.
NO_CODES = {
    "1200 Boston Post Road, Guilford, CT": (41.29, -72.68),
    "3600 Berlin Turnpike, Newington, CT": (41.69, -72.73),
    "12345 Athens, Georgia": (33.95, -83.36),
    "Suite 4000 Denver, CO": (39.74, -104.99),
    "1100 Toledo Street, Chicago, IL": (41.88, -87.63),
    "5000 Cambridge Drive, Austin, TX 78701": (30.27, -97.74),
}


@pytest.mark.parametrize(
    ("text", "point"), [(text, point) for point, texts in ADDRESSES.items() for text in texts], ids=str
)
def test_the_city_behind_a_postal_code(text: str, point: tuple[float, float]) -> None:
    setting = settle(Place(text=text), Home(), GAZETTEER)
    assert _distance(setting.place, point) <= SAME_CITY_KM


@pytest.mark.parametrize(("text", "point"), NO_CODES.items())
def test_other_numbers_are_no_postal_codes(text: str, point: tuple[float, float]) -> None:
    setting = settle(Place(text=text), Home(), GAZETTEER)
    assert _distance(setting.place, point) <= SAME_CITY_KM


@pytest.mark.parametrize(
    "text",
    ["10827", "Raum 1200 Tivoli", "12 rue de Rivoli", "Calle de Toledo 45", "1200 1200 1200 1200", "10000 Schritte"],
)
def test_a_code_or_a_street_alone_is_no_city(text: str) -> None:
    setting = settle(Place(text=text), Home(), GAZETTEER)
    assert setting.place is None or setting.place.latitude is None


def _distance(place: Place | None, point: tuple[float, float]) -> float:
    if place is None or place.latitude is None or place.longitude is None:
        return float("inf")
    return kilometres(place.latitude, place.longitude, *point)
