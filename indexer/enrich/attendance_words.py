"""The words by which events say that one takes part on the net, in the languages that are most read here.

In a location the word alone says it. In a name it is often the subject ("virtual reality", "online marketing"), so it
must stand where it tells how. In a description it must stand in a sentence about the event itself.
"""

import re

__all__ = ["CALL", "EITHER", "HINTS", "LOCATION", "NAME", "NAME_ALONE", "NAME_HINTS", "NEGATED", "STREAMED", "TEXT"]

#: What people meet for, singular and plural, as far as it stands beside "online".
_MEETING = (
    r"(?:events?|meet-?ups?|meetings?|conferences?|summits?|workshops?|sessions?|editions?|talks?|lectures?|class(?:es)?"
    r"|courses?|trainings?|seminars?|panels?|discussions?|tours?|fairs?|expos?|symposi(?:um|a)|gatherings?|happy hours?"
    r"|coffees?|camps?|hackathons?|briefings?|info(?:rmation)? sessions?|open house|office hours|town ?halls?|hearings?"
    r"|forums?|q&a|networking|round ?tables?|strategy meetings?|unconferences?|bootcamps?|festivals?"
    r"|veranstaltung(?:en)?|konferenz(?:en)?|treffen|tagung(?:en)?|kurse?|vorträge?|vortrag|vorlesung(?:en)?|messen?"
    r"|stammtisch|sprechstunden?|schulung(?:en)?|fortbildung(?:en)?|infoabend|gespräch|diskussion|lesung|sitzung"
    r"|conférences?|réunions?|ateliers?|rencontres?|formations?|cours|événements?|séances?|débats?"
    r"|eventos?|conferencias?|taller(?:es)?|reuni[óo]n(?:es)?|charlas?|cursos?|jornadas?|encuentros?|seminarios?|clases?"
    r"|riunion[ei]|incontr[oi]|convegn[oi]|cors[oi]|seminari|evento|lezion[ei]|presentazion[ei]"
    r"|bijeenkomst(?:en)?|conferenties?|cursus(?:sen)?|lezing(?:en)?|spreekuur|workshopreeks"
    r"|encontros?|reuni(?:ão|ões)|palestras?|oficinas?|aulas?|confer[êe]ncias?"
    r"|spotkani[ae]|szkoleni[ae]|wykłady?|konferencj[ae]|warsztaty"
    r"|kurs(?:er)?|möten?|møter?|møder?|föreläsning|foredrag|frokost|frukost|seminarium|arrangement"
    r"|setkání|přednáška|konference|kurz|stretnutie|előadás|találkozó|képzés|konferencia"
    r"|întâlnire|întâlniri|conferință|curs|atelier|tapaaminen|tilaisuus|luento|kokous"
    r"|встреча|семинар|лекция|курс|конференция|мастер-класс|зустріч|семінар|лекція)"
)
_SERVICE = r"(?:zoom|webex|google meet|(?:ms|microsoft) teams|jitsi|skype|big ?blue ?button|gotomeeting)"
_VIA = (
    rf"(?:(?:via|on|over|by|per|por|vía|par|sur|su|på|przez|über|através do|через) {_SERVICE}"
    r"|(?:via|per|über|su) teams)"
)
_NET = (
    r"(?:online|on-line|virtual|virtuell|virtuale|digital|zoom|remote|en ligne|à distance|en l[íi]nea|онлайн|zdalnie"
    r"|webex|teams|livestream)"
)
_PERSON = (
    r"(?:in[- ]person|on[- ]?site|vor ort|(?:in )?präsenz|en présentiel|présentiel|presencial|in presenza|på stedet"
    r"|på plats|fysiskt?|stacjonarnie|osobně|prezenčně|очно|live)"
)
_AND = r" ?(?:and|&|\+|/|or|und|oder|et|ou|y|o|e|og|och|eller|i|a|и|,)? ?"
_EAST_MEETING = (
    r"(?:開催|勉強会|セミナー|講座|講演|イベント|ミートアップ|説明会|会議|配信|交流会|もくもく会|ワークショップ"
    r"|讲座|講座|活动|活動|会议|會議|研讨会|研討會|课程|課程|分享会|分享會|沙龙|沙龍|直播|工作坊"
    r"|\s?(?:세미나|모임|강의|강연|행사|회의|밋업|컨퍼런스|워크숍|교육))"
)


def _words(*phrases: str, unparted: str) -> re.Pattern[str]:
    """Phrases that begin with a word, and those of scripts that do not part words; the beginning is looked for once."""
    return re.compile(rf"\b(?:{'|'.join(phrases)})|{unparted}", re.IGNORECASE)


# With one of these beside it, the name of a service is that of a bar or an office: "Zoom Bar", "Café Internet".
_HOUSE = (
    r"(?:bars?|caf[ée]s?|club|lounge|pub|kneipe|restaurant|bistro|kitchen|brewery|hotel|hostel|kino|cin[ée]mas?|theat(?:er|re)"
    r"|teatro|galler(?:y|ia)|galerie|galería|arena|halle?|saal|haus|house|huis|hus|tower|turm|building|gebäude|cent(?:er|re|ro)"
    r"|zentrum|museum|museo|musée|park|plaza|street|road|stra(?:ß|ss)e|lab|labs|office|büro|hq|headquarters|archive|campus|zoo"
    r"|erlebniswelt|shop|store|studios?|kavárna|klub|kawiarnia|krog|torg)"
)
_BEFORE_HOUSE = "".join(
    rf"(?<!\b{word} )"
    for word in (
        "bar", "café", "cafe", "caffè", "club", "klub", "kino", "cinema", "cinéma", "cine", "hotel", "hôtel", "teatro",
        "pub", "sala", "saal", "zum", "zur", "kavárna", "kawiarnia",
    )
)  # fmt: skip
_SERVICES = r"(?:zoom|webex|skype|jitsi|discord|hopin|remote(?:ly)?|internet|youtube|twitch)"

#: What makes a location one of the net: names of services, and words that no street or hall has alone.
LOCATION = re.compile(
    r"\b(?:online|on-line|virtual(?:ly|e)?|virtuell(?:e[srnm]?)?|virtuel|virtueel|virtu[áa]ln[íeě]|wirtualnie|webinar"
    r"|ms teams|via teams|per teams|microsoft teams|google (?:meet|hangouts?)|gotomeeting|gotowebinar"
    rf"|{_BEFORE_HOUSE}{_SERVICES}(?![ -]{_HOUSE}\b)"
    r"|big ?blue ?button|live ?stream|video ?(?:call|chat|conference)|videokonferenz|telefonkonferenz|teleconference"
    r"|live på facebook|facebook live|en ligne|à distance|distanciel|wideokonferencja|videohovor"
    r"|visio(?:conférence)?|en l[íi]nea|videoconfer[eê]ncia|a distancia|à distância|videoconferenza|da remoto|remot[oa]"
    r"|a distanza|op afstand|på distans|zdalnie|digitalt|digitaal|etänä|etäyhteydellä"
    r"|(?<!\S)teams(?=$|\W+(?:call|link|meeting|online))"
    r"|διαδικτυακά|онлайн|дистанционно|çevrimiçi|nätet|på nett(?:et)?|verkossa)\b"
    r"|オンライン|ウェビナー|线上|線上|在线|網上|网上|온라인|腾讯会议|zoomで",
    re.IGNORECASE,
)

#: In a name, wherever the event is.
NAME = _words(
    r"(?:webinar|webinaire|webinář|webinár|webcast|live ?stream|вебинар|вебінар|διαδικτυακ)\w*",
    r"(?<![\w.])(?:online|on-line|virtual|digital|remote|zoom|digitale?|digitalt|digitaal|virtuelle?[srnm]?)[ -]"
    rf"{_MEETING}\b",
    rf"(?:online|digital|web|video)-?{_MEETING}\b",
    r"(?:çevrimiçi|online|онлайн)[ -]\w*(?:seminer|toplantı|семинар|курс)\w*",
    rf"{_MEETING} (?:virtual|virtuale|virtuelle|online|on-line|en ligne|en l[íi]nea|a distanza|à distance)\b",
    rf"{_VIA}\b",
    r"(?:in|im|в) zoom\b",
    r"visio-?conférence\b",
    r"vidéoconférence\b",
    unparted=r"[(\[【](?:online|virtual|virtuell|zoom|via zoom|on zoom|remote|en ligne|en l[íi]nea|online only"
    r"|オンライン|线上|線上|온라인|онлайн|digital)[)\]】]"
    rf"|(?:オンライン|线上|線上|在线|網上|网上|온라인){_EAST_MEETING}"
    r"|(?:^|[-–—|:•] )(?:online|virtual|virtuell|en ligne|en l[íi]nea|онлайн)(?:$|:| [-–—|])"
    r"|[-–—|,:•] (?:online|virtual|digital|remote)$",
)
# Subjects that are called so: not a way to take part.
_SUBJECT = (
    r"(?!(?i:marketing|gaming|games?|spiele?|privacy|safety|security|dating|shop\w*|trading|banking|business|retail|abuse"
    r"|harassment|identity|identities|handel|sales|advertising|media|communit\w+|recht|payments?|presence|learning"
    r"|education|poker|casino|reality|realities|worlds?|assistants?|machines?|currenc\w+|production|environments?|twins?"
    r"|care|work\w*|sensing|sucht|sicherheit|hass|content|commerce|journalis\w+|publishing|fundraising|research)\b)"
)
#: In the name of an event that names no place: the words may stand more freely, but not for what it is about.
NAME_ALONE = re.compile(
    rf"\b(?:Online|ONLINE|Virtual|VIRTUAL)[ -]{_SUBJECT}"
    rf"(?:[\w+#&.-]+ ){{0,4}}(?i:{_MEETING})\b"
    r"|(?<=\S)[ -](?:Online|ONLINE|Virtual|VIRTUAL|Remote|REMOTE)(?:$|:| [-–—|+])"
    r"|^\S+ online$|://(?:remote|online)\b"
)
_HYBRID = (
    r"(?:hybrid(?:e[srnm]?|a|t|ní|ně|ne|ná|ný)?|híbrid[oa]|h?ibrid[oa]|hybr[yi]d(?:owo|ow[eay])|hibrit"
    r"|гибрид(?:н\w+)?)"
)
#: In a name, location or description: here and there.
EITHER = _words(
    rf"hybrid(?:e[srnm]?|ní|ow\w+)?[ -]{_MEETING}\b",
    rf"{_MEETING} (?:híbrid[oa]|hybride|ibrid[oa]|hybrid|hybrydow\w+)\b",
    r"(?:formato?|modalidade?|modalità|mode|form) (?:híbrid[oa]|hybride|ibrid[oa]|hybrid)\b",
    r"(?:im|en|in) hybrid-?format\b",
    r"(?:hybridně|hybrydowo)\b",
    rf"{_PERSON}{_AND}(?:also |auch |via |per |on |su |aussi )?{_NET}\b",
    rf"{_NET}{_AND}(?:auch )?{_PERSON}\b",
    r"гибридн\w+ формат",
    unparted=rf"[(\[]{_HYBRID}[)\]]|(?:^|[-–—|:•/,] ?){_HYBRID}(?:$| ?:| [-–—|(]|[,/])|(?<=\S) hybrid(?:$|:| [-–—|])"
    r"|ハイブリッド(?:開催|形式|配信|イベント)|線上線下|线上线下|线下和线上|하이브리드",
)
#: A description that has none of these (in lower case) is not looked at further.
HINTS = (
    "online", "on-line", "zoom", "stream", "virtu", "hybrid", "híbrid", "ibrid", "ligne", "visio", "línea",
    "teams", "remot", "digita", "meet.", "google meet", "webex", "webinar", "direct", "en vivo", "diretta",
    "zdalni", "strøm", "ström", "link w", "link n", "онлайн", "гибрид", "オンライン", "线上", "線上", "온라인",
    "διαδικτυ", "etänä", "etäyht", "verkossa",
)  # fmt: skip
#: And a name that has neither of these nor of those.
NAME_HINTS = (
    *HINTS, "web", "video", "vidéo", "çevrimiçi", "вебин", "вебін", "在线", "網上", "网上", "线下", "ハイブリッド",
    "하이브리드", "hybryd", "hibri", "jitsi", "skype", "button", "gotomeeting", "distan",
)  # fmt: skip
_GAP = r"[^.!?\n]{0,30}?"
_SENT = (
    r"(?:sent|e-?mailed|shared|provided|verschickt|zugeschickt|versendet|zugesandt|mitgeteilt|envoyé|inviato|enviado)"
)
#: In a description: the event itself is on the net.
TEXT = _words(
    rf"(?:{_MEETING}|we|it|this) (?:is|are|will be|takes? place|will take place|meets?)"
    r" (?:held |hosted |an? |fully |entirely |completely |100 ?% |also )*(?:online|virtual(?:ly)?|remote(?:ly)?)\b",
    r"(?:held|hosted|meets?|attend|participate|join(?: us)?) (?:\w+ ){0,2}"
    rf"(?:online|virtually|remotely|(?:via|on|by) {_SERVICE})\b",
    rf"(?:an?|this|our|fully) (?:free |live )?(?:virtual|online)[ -]{_MEETING}\b",
    r"(?:zoom|webinar|dial-?in|joining|webex)[- ]?(?:link|url|details|id|number|code|daten|zugang)\b",
    r"(?:einwahl|zugangs|teams|video)-?(?:link|daten)\b",
    rf"link (?:will be|wird|sera|verrà|será) [^.!?\n]{{0,40}}?{_SENT}\b|link nach anmeldung\b",
    rf"findet {_GAP}\b(?:online|virtuell|digital|(?:per|via|über) {_SERVICE})\b",
    rf"(?:déroule\w*|tiendra|aura lieu|tient) {_GAP}(?:en ligne|en visio|à distance|(?:par|sur|via) {_SERVICE})",
    rf"(?:realizará|realiza|celebrará|será|tendrá lugar|impartirá) {_GAP}"
    rf"(?:online|virtual|en l[íi]nea|(?:por|vía|via) {_SERVICE})\b",
    rf"(?:será|realizad[oa]|acontece|decorre|ocorre) {_GAP}(?:online|on-line|virtual|remot[oa])\b",
    rf"(?:terrà|svolge|svolgerà|sarà|avrà luogo) {_GAP}(?:online|on line|da remoto|(?:su|via) (?:{_SERVICE}|teams))\b",
    r"online (?:te volgen|plaats|gehouden|bij te wonen|térben|formában)\b",
    rf"odb(?:ędzie|ywa) się {_GAP}(?:online|on-line|zdalnie)",
    rf"(?:proběhne|koná|uskuteční) {_GAP}(?:online|on-line)",
    rf"(?:пройд[её]т|состоится|проходит|відбудеться|пройде) {_GAP}(?:онлайн|online|в zoom|дистанционно)",
    rf"(?:va avea loc|se desfășoară|se va desfășura) {_GAP}(?:online|on-line)\b",
    rf"(?:hålls|avholdes|afholdes|genomförs|gjennomføres|foregår) {_GAP}(?:digitalt|online|på nett|via {_SERVICE})\b",
    rf"(?:järjestetään|pidetään) {_GAP}(?:etänä|etäyhteydellä|verkossa|teamsissa|zoomissa)\b",
    r"διαδικτυακά",
    unparted=r"(?:zoom|オンライン|teams|youtube ?live) ?(?:で|にて)(?:の)?(?:開催|実施|行い|行な|参加|配信)"
    r"|オンライン開催|(?:线上|線上|网上|網上)(?:举行|舉行|进行|進行|参加|參加|直播)"
    r"|(?:온라인|zoom|줌)(?:으로|에서|로) ?(?:진행|개최|참여|열)",
)
#: In a description: there, and on the net beside it.
STREAMED = _words(
    r"live-?\s?stream(?:s|ed|ing)?\b[^.!?\n]{0,40}?\b(?:available|verfügbar|angeboten|offered|provided)\b",
    r"(?:auch|also|zusätzlich|aussi|también|anche|även|også|både|as well as)\b[^.!?\n]{0,25}?\b"
    r"(?:per|via|im|als|by|en|in|digitalt|online) ?(?:live-?stream\w*|streaming|zoom|teams|online|directo|diretta)\b",
    r"(?:is|be|wird|werden) (?:also |auch |per )?(?:live-?)?stream(?:ed|t)\b|gestreamt\b",
    r"retransmise?s? en direct\b|transmit\w+ (?:en (?:vivo|directo)|ao vivo)\b",
    r"(?:strømmes|streames|strömmas|livesänds)\b|sänds [^.!?\n]{0,20}?(?:digitalt|live|online)\b",
    r"(?:in|anche in) diretta (?:streaming|facebook|youtube)\b",
    r"(?:via|on|by) (?:the |our )?(?:live ?)?stream\b",
    unparted=r"ライブ配信|同步直播",
)
NEGATED = re.compile(
    r"(?:\b(?:not|no|kein\w*|nicht|pas|never|nie|não|non|inte|ikke|isn't|не)|n['’]t)\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)

#: Addresses under which one joins a call, by service.
CALL = re.compile(
    r"https?://(?:[\w-]+\.)*(?:zoom\.us/(?:j|my|w|s|meeting|webinar)/|teams\.(?:microsoft|live)\.com/(?:l/)?meet"
    r"|meet\.google\.com/|webex\.com/|goto(?:meeting|webinar)\.com/|gotomeet\.me/|whereby\.com/|meet\.jit\.si/"
    r"|bigbluebutton\.|bbb\.|bluejeans\.com/|hopin\.com/events/|crowdcast\.io/|airmeet\.com/|streamyard\.com/)",
    re.IGNORECASE,
)
