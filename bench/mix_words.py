"""What the published mix is made of: real cities, and words of seven languages. Facts and own wording only."""

# ruff: noqa: E501 - these are tables

__all__ = ["CITIES", "FIRST_NAMES", "LANGUAGES", "SYLLABLES", "TOPICS"]

#: Name in its own spelling, ISO 3166 code, time zone, latitude, longitude, language of most of its events.
CITIES: tuple[tuple[str, str, str, float, float, str], ...] = tuple(
    (name, country, zone, float(latitude), float(longitude), language)
    for name, country, zone, latitude, longitude, language in (
        line.split("|")
        for line in """\
Berlin|DE|Europe/Berlin|52.5244|13.4105|de
München|DE|Europe/Berlin|48.1374|11.5755|de
Hamburg|DE|Europe/Berlin|53.5507|9.9930|de
Köln|DE|Europe/Berlin|50.9333|6.9500|de
Leipzig|DE|Europe/Berlin|51.3396|12.3713|de
Wien|AT|Europe/Vienna|48.2085|16.3721|de
Graz|AT|Europe/Vienna|47.0667|15.4500|de
Zürich|CH|Europe/Zurich|47.3667|8.5500|de
London|GB|Europe/London|51.5085|-0.1257|en
Manchester|GB|Europe/London|53.4809|-2.2374|en
Edinburgh|GB|Europe/London|55.9521|-3.1965|en
Dublin|IE|Europe/Dublin|53.3331|-6.2489|en
New York|US|America/New_York|40.7143|-74.0060|en
Boston|US|America/New_York|42.3584|-71.0598|en
Chicago|US|America/Chicago|41.8500|-87.6500|en
Austin|US|America/Chicago|30.2672|-97.7431|en
Denver|US|America/Denver|39.7392|-104.9847|en
Seattle|US|America/Los_Angeles|47.6062|-122.3321|en
Portland|US|America/Los_Angeles|45.5234|-122.6762|en
San Francisco|US|America/Los_Angeles|37.7749|-122.4194|en
Los Angeles|US|America/Los_Angeles|34.0522|-118.2437|en
Toronto|CA|America/Toronto|43.7064|-79.3986|en
Vancouver|CA|America/Vancouver|49.2497|-123.1193|en
Sydney|AU|Australia/Sydney|-33.8678|151.2073|en
Melbourne|AU|Australia/Melbourne|-37.8140|144.9633|en
Auckland|NZ|Pacific/Auckland|-36.8485|174.7635|en
Singapore|SG|Asia/Singapore|1.2897|103.8501|en
Nairobi|KE|Africa/Nairobi|-1.2833|36.8167|en
Lagos|NG|Africa/Lagos|6.4541|3.3947|en
Cape Town|ZA|Africa/Johannesburg|-33.9258|18.4232|en
Bengaluru|IN|Asia/Kolkata|12.9719|77.5937|en
Mumbai|IN|Asia/Kolkata|19.0728|72.8826|en
Amsterdam|NL|Europe/Amsterdam|52.3740|4.8897|en
København|DK|Europe/Copenhagen|55.6759|12.5655|en
Stockholm|SE|Europe/Stockholm|59.3294|18.0687|en
Helsinki|FI|Europe/Helsinki|60.1695|24.9354|en
Paris|FR|Europe/Paris|48.8534|2.3488|fr
Lyon|FR|Europe/Paris|45.7485|4.8467|fr
Toulouse|FR|Europe/Paris|43.6043|1.4437|fr
Nantes|FR|Europe/Paris|47.2172|-1.5534|fr
Genève|CH|Europe/Zurich|46.2022|6.1457|fr
Bruxelles|BE|Europe/Brussels|50.8504|4.3488|fr
Montréal|CA|America/Toronto|45.5088|-73.5878|fr
Madrid|ES|Europe/Madrid|40.4165|-3.7026|es
Barcelona|ES|Europe/Madrid|41.3888|2.1590|es
Ciudad de México|MX|America/Mexico_City|19.4285|-99.1277|es
Bogotá|CO|America/Bogota|4.6097|-74.0818|es
Buenos Aires|AR|America/Argentina/Buenos_Aires|-34.6132|-58.3772|es
Santiago|CL|America/Santiago|-33.4569|-70.6483|es
Lima|PE|America/Lima|-12.0432|-77.0282|es
São Paulo|BR|America/Sao_Paulo|-23.5475|-46.6361|pt
Rio de Janeiro|BR|America/Sao_Paulo|-22.9064|-43.1822|pt
Recife|BR|America/Recife|-8.0539|-34.8811|pt
Lisboa|PT|Europe/Lisbon|38.7169|-9.1399|pt
Porto|PT|Europe/Lisbon|41.1496|-8.6110|pt
Milano|IT|Europe/Rome|45.4643|9.1895|it
Roma|IT|Europe/Rome|41.8919|12.5113|it
Torino|IT|Europe/Rome|45.0705|7.6868|it
Bologna|IT|Europe/Rome|44.4938|11.3387|it
東京|JP|Asia/Tokyo|35.6895|139.6917|ja
大阪|JP|Asia/Tokyo|34.6937|135.5022|ja
福岡|JP|Asia/Tokyo|33.6000|130.4167|ja""".splitlines()
    )
)

#: By language: forms of a title ({topic}, {city}, {name}), and sentences of a description.
LANGUAGES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("{topic} Meetup {city}", "{city} {topic} Conference", "Evening of {topic}", "{topic} BarCamp {city}",
         "Workshop: {topic} with {name}", "{name}: {topic} in practice", "{topic} Hackathon", "Open call on {topic}"),
        ("We meet once more to talk about {topic}, and everyone is welcome.", "{name} of {name} shows how it is done.",
         "Doors open at half past six, talks start at seven.", "Bring a laptop, a question and a friend.",
         "The programme covers {topic}, {topic} and {topic}.", "There will be food and drinks afterwards.",
         "No experience is needed; beginners get their own table.", "Please register so that we know how many chairs to put out."),
    ),
    "de": (
        ("{topic}-Treffen {city}", "{city}er {topic}-Tage", "Stammtisch {topic}", "BarCamp {topic} {city}",
         "Workshop: {topic} mit {name}", "{name}: {topic} in der Praxis", "Fachtagung {topic}", "Offene Runde zu {topic}"),
        ("Wir treffen uns wieder und sprechen über {topic}; alle sind willkommen.", "{name} von {name} zeigt, wie es geht.",
         "Einlass ist um halb sieben, die Vorträge beginnen um sieben.", "Bringt einen Rechner, Fragen und gute Laune mit.",
         "Auf dem Programm stehen {topic}, {topic} und {topic}.", "Danach gibt es Essen und Getränke.",
         "Vorkenntnisse sind nicht nötig.", "Bitte meldet euch an, damit wir genügend Stühle haben."),
    ),
    "fr": (
        ("Rencontre {topic} {city}", "Journées {topic} de {city}", "Soirée {topic}", "BarCamp {topic} {city}",
         "Atelier {topic} avec {name}", "{name} : {topic} en pratique", "Conférence {topic}", "Table ronde sur {topic}"),
        ("Nous nous retrouvons pour parler de {topic}, et tout le monde est bienvenu.", "{name} de {name} montre comment faire.",
         "Ouverture des portes à dix-huit heures trente.", "Apportez un ordinateur et vos questions.",
         "Au programme : {topic}, {topic} et {topic}.", "Un verre suivra, offert par nos partenaires.",
         "Aucune expérience n'est nécessaire.", "Inscrivez-vous pour que nous préparions la salle."),
    ),
    "es": (
        ("Encuentro de {topic} en {city}", "Jornadas {topic} {city}", "Noche de {topic}", "BarCamp {topic} {city}",
         "Taller de {topic} con {name}", "{name}: {topic} en la práctica", "Congreso de {topic}", "Charla abierta sobre {topic}"),
        ("Volvemos a reunirnos para hablar de {topic}; todo el mundo es bienvenido.", "{name} de {name} enseña cómo se hace.",
         "Las puertas abren a las seis y media.", "Trae un portátil, preguntas y ganas de aprender.",
         "El programa incluye {topic}, {topic} y {topic}.", "Después habrá comida y bebida.",
         "No hace falta experiencia previa.", "Inscríbete para que sepamos cuántas sillas preparar."),
    ),
    "pt": (
        ("Encontro de {topic} em {city}", "Semana {topic} {city}", "Noite de {topic}", "BarCamp {topic} {city}",
         "Oficina de {topic} com {name}", "{name}: {topic} na prática", "Congresso de {topic}", "Roda de conversa sobre {topic}"),
        ("Vamos nos reunir outra vez para falar de {topic}; todos são bem-vindos.", "{name} da {name} mostra como se faz.",
         "As portas abrem às seis e meia.", "Traga um computador e as suas perguntas.",
         "O programa tem {topic}, {topic} e {topic}.", "Depois haverá comida e bebida.",
         "Não é preciso ter experiência.", "Inscreva-se para sabermos quantas cadeiras preparar."),
    ),
    "it": (
        ("Incontro {topic} {city}", "Giornate {topic} di {city}", "Serata {topic}", "BarCamp {topic} {city}",
         "Laboratorio di {topic} con {name}", "{name}: {topic} in pratica", "Convegno {topic}", "Tavola rotonda su {topic}"),
        ("Ci ritroviamo per parlare di {topic}, e tutti sono benvenuti.", "{name} di {name} mostra come si fa.",
         "Le porte aprono alle sei e mezza.", "Portate un portatile e le vostre domande.",
         "In programma: {topic}, {topic} e {topic}.", "Seguirà un rinfresco.",
         "Non serve esperienza.", "Iscrivetevi, così prepariamo le sedie."),
    ),
    "ja": (
        ("{topic}勉強会 in {city}", "{city}{topic}カンファレンス", "{topic}の夕べ", "{topic}もくもく会",
         "{name}さんと学ぶ{topic}入門", "{topic}ハンズオン", "{city}{topic}交流会", "{topic}オンライン座談会"),
        ("{topic}について話し合う会です。どなたでも歓迎します。", "{name}の{name}さんが実例を紹介します。",
         "開場は十八時三十分、開始は十九時です。", "ノートパソコンをお持ちください。",
         "内容は{topic}、{topic}、{topic}です。", "終了後に懇親会があります。",
         "初心者の方も安心してご参加ください。", "席に限りがありますので、事前にお申し込みください。"),
    ),
}  # fmt: skip

#: What events are about, in no language's own spelling or in all of them; {topic} draws from here.
TOPICS: dict[str, tuple[str, ...]] = {
    "": (
        "Python", "Rust", "C++", ".NET", "Kubernetes", "DevOps", "Open Data", "OpenStreetMap", "WordPress", "GIS", "UX",
        "Blockchain", "Cloud", "FinTech", "BioTech", "SEO", "Marketing", "Robotics", "3D", "IoT", "Yoga", "Jazz",
    ),
    "en": ("nursing", "architecture", "logistics", "farming", "journalism", "tax law", "photography", "wine", "teaching", "solar power"),
    "de": ("Pflege", "Architektur", "Logistik", "Landwirtschaft", "Journalismus", "Steuerrecht", "Fotografie", "Wein", "Bildung", "Solarenergie"),
    "fr": ("soins infirmiers", "architecture", "logistique", "agriculture", "journalisme", "droit fiscal", "photographie", "vin", "enseignement", "énergie solaire"),
    "es": ("enfermería", "arquitectura", "logística", "agricultura", "periodismo", "derecho fiscal", "fotografía", "vino", "educación", "energía solar"),
    "pt": ("enfermagem", "arquitetura", "logística", "agricultura", "jornalismo", "direito fiscal", "fotografia", "vinho", "educação", "energia solar"),
    "it": ("infermieristica", "architettura", "logistica", "agricoltura", "giornalismo", "diritto fiscale", "fotografia", "vino", "didattica", "energia solare"),
    "ja": ("看護", "建築", "物流", "農業", "報道", "税法", "写真", "日本酒", "教育", "太陽光発電"),
}  # fmt: skip

FIRST_NAMES = (
    "Ada",
    "Lin",
    "José",
    "Zoë",
    "Amina",
    "Jürgen",
    "Chloé",
    "Piotr",
    "Noor",
    "Giulia",
    "Kofi",
    "Sora",
    "Mary",
    "Anders",
)

#: Family and company names are made of these, so that the texts have many rare words, as real ones do.
SYLLABLES = (
    "ba",
    "ker",
    "lin",
    "mo",
    "ra",
    "sto",
    "vel",
    "ni",
    "dor",
    "ta",
    "wes",
    "gar",
    "ho",
    "pel",
    "sun",
    "ki",
    "bru",
    "len",
    "fa",
    "zan",
)
