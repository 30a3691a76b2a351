"""Words for streets in the languages that addresses are written in, and where in a street's name they stand."""

__all__ = ["after_name", "before_name"]

# By language (ISO 639-1): "rue de la Paix", "Calle Mayor", "ul. Długa".
_BEFORE = {
    "fr": "rue avenue av ave boulevard bd bld blvd place pl quai cours allée allées allee allees chemin impasse imp"
    " passage rte route square faubourg fbg esplanade promenade ruelle sentier villa rond-point",
    "es": "calle c/ cl avenida av avda paseo pso plaza plza pza ronda camino carretera ctra calzada calz carrera cra"
    " kra kr transversal diagonal rambla glorieta travesía cuesta prolongación bulevar blvd boulevard jirón jr callejón"
    " pasaje costanera",
    "ca": "carrer c/ avinguda av passeig plaça rambla ronda camí via travessera passatge",
    "gl": "rúa praza avenida",
    "it": "via viale v.le corso c.so piazza p.zza piazzale largo vicolo strada lungomare lungotevere lungarno salita"
    " galleria contrada calle fondamenta campo",
    "pt": "rua r avenida av travessa praça alameda al estrada rodovia largo calçada beco",
    "ro": "strada str bulevardul bd bdul calea piața piata șoseaua soseaua aleea splaiul",
    "pl": "ul ulica al aleja aleje pl plac os rondo",
    "hr": "ulica ul trg",
    "cs": "ulice ul náměstí nám třída",
    "ru": "улица ул проспект пр просп пр-т площадь пл набережная наб шоссе переулок пер бульвар бул",
    "uk": "вулиця вул проспект просп пр площа пл набережна провулок пров бульвар бул",
    "bg": "улица ул булевард бул площад пл",
    "el": "οδός οδος λεωφόρος λεωφ πλατεία πλ",
    "id": "jalan jl jln gang",
    "ms": "jalan jln lorong persiaran lebuh",
    "vi": "đường phố",
    "ar": "شارع طريق",
    "he": "רחוב רח שדרות שד",
    "sq": "rruga bulevardi sheshi",
}
# "Main Street", "Berliner Straße", "Váci utca", "Bağdat Caddesi".
_AFTER = {
    "en": "street st road rd avenue ave lane ln drive dr boulevard blvd way parkway pkwy highway hwy terrace quay"
    " crescent mall embankment broadway turnpike pike freeway row broadwalk esplanade place pl"
    " court ct square sq close gardens",
    "de": "straße strasse str gasse weg platz allee ufer damm ring chaussee promenade",
    "nl": "straat laan gracht plein kade dijk weg singel",
    "sv": "gatan gata väg vägen torg torget",
    "da": "gade vej allé plads stræde torv",
    "nb": "gate gata vei veien plass plassen allé",
    "fi": "katu tie tori",
    "hu": "utca út útja tér tere körút krt rakpart sétány",
    "tr": "caddesi cad cd cadde sokak sokağı sk sok bulvarı bulvar blv blv. meydanı",
    "cs": "náměstí třída ulice",
    "sk": "námestie ulica",
    "hr": "ulica trg cesta",
    "sl": "ulica trg cesta",
}
# "Hauptstraße", "Damrak" does not show it, "Drottninggatan".
_JOINED = {
    "de": "straße strasse str gasse platz allee ufer damm chaussee weg promenade",
    "nl": "straat laan gracht plein kade dijk weg singel",
    "sv": "gatan vägen torget",
    "da": "gade vej",
    "nb": "gate gata veien",
    "fi": "katu kuja väylä tie",
}
#: Written so all over the world.
_EVERYWHERE = frozenset({"en"})


def _by_word(words: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language, several in words.items():
        for word in several.split():
            found.setdefault(word, set()).add(language)
    return {word: frozenset(languages) for word, languages in found.items()}


_BEFORE_BY_WORD, _AFTER_BY_WORD = _by_word(_BEFORE), _by_word(_AFTER)
_ENDINGS = sorted(_by_word(_JOINED).items(), key=lambda ending: len(ending[0]), reverse=True)


def before_name(word: str) -> frozenset[str]:
    """The languages in which this word, in lower case, stands before the name of a street; none if it is no such."""
    return _BEFORE_BY_WORD.get(word, frozenset())


def after_name(word: str, *, joined: bool = False) -> frozenset[str]:
    """Those in which it stands behind the name; or, `joined`, in which a word so ends: "torstraße"."""
    if not joined:
        return _AFTER_BY_WORD.get(word, frozenset())
    return next((languages for ending, languages in _ENDINGS if word.endswith(ending)), frozenset())
