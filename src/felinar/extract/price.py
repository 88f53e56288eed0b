"""Prices and pay: an amount with a currency, a unit of time, or both; `120 EUR/hour`, a range as two mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.words import AFTER, BEFORE, alternatives, folded
from felinar.kernels.fold import Folded

_CURRENCIES: dict[str, str] = {
    "EUR": "€|ευρώ|eur|euro|euros|euri|eure|евро|यूरो",
    "GBP": "£|gbp|quid|pound|pounds|sterling|lire sterline|livres|libras|lire|фунт|фунтов|фунта|पाउंड|pfund",
    "USD": "$|usd|us$|dollar|dollars|dolari|dolar|dolares|dólares|bucks|доллар|долларов|доллара|dollari|डॉलर|доларів",
    "RON": "ron|lei|leu|лей|леев",
    "MDL": "mdl|lei mdl",
    "RUB": "₽|rub|руб|рублей|рубля|рубль|р.|р|rubli|rublos|rubles|roubles|rubel|ruble",
    "UAH": "₴|uah|грн.|грн|гривен|гривень|гривны|grn|hryvnia",
    "INR": "₹|inr|rs|rs.|rupay|rupees|rupee|rupaye|रुपये|रुपए|रुपया|रू|रु|rupien|rupias|roupies|rupie",
    "PLN": "pln|zł|zl|złote|złoty|złotych|zloty|zlotych",
    "CZK": "czk|kč",
    "HUF": "huf|ft|forint",
    "BGN": "bgn|лв|лева|leva",
    "CHF": "chf|sfr|franken|francs|franchi|francos|fr.",
    "SEK": "sek|svenska kronor",
    "NOK": "nok",
    "DKK": "dkk",
    "KR": "kr|kronor|kroner",
    "TRY": "₺|tl|lira|try",
    "BRL": "r$|brl|reais|real",
    "AED": "aed|dirham|dirhams|дирхам",
    "CAD": "cad|c$",
    "AUD": "aud|a$",
    "CNY": "元|cny|rmb|yuan",
    "JPY": "円|jpy|yen",
    "KRW": "원|krw",
    "THB": "บาท|baht|thb",
    "ROSE": "roses|rose|rosas|trandafiri|роз|rosen",  # a code word for money that hides the amount from plain readers
}
# Crowns are those of the advert's country.
CROWN, CROWNS = "KR", {"SE": "SEK", "NO": "NOK", "DK": "DKK"}
_UNITS: dict[str, str] = {
    "half-hour": "hhr|hh|half hr|media h|meia h|half hour|half an hour|1/2 hour|1/2 h|30 min|30min|30 mins|30 minutes|30 minute|30 minutos|30 minuti|30 мин|30 минут|30 minuten|полчаса|media hora|meia hora|demi heure|halbe stunde|mezz ora|mezz'ora|demi-heure|jumatate de ora|आधा घंटा",  # noqa: E501
    "hour": "hour|hours|hourly|hr|hrs|h|ph|p/h|1hr|1 hr|1hour|1std|1 std|1 stunde|1 hora|1hora|1ora|1час|stunden|часов|1h|1 h|1 hour|60 min|60min|ora|oră|1 ora|hora|heure|1 heure|stunde|stündlich|std|час|часа|1 час|ч|घंटा|घंटे|ghanta|ghante|de ora|all ora|all'ora|de l'heure|l'heure|l heure|stundenlohn|orară|horas|60 minute|60 minutes|60 минут|60 мин|60 minuten|60 minuti|60 minutos|60 मिनट|uur|godzina|godzinę|godziny|godz|godz.|timme|timmen|i timmen|tim|tim.|timen|i timen|시급|hodina|hodinu|hod|óra|óránként|saat|saatlik|saati|година|годину|ώρα|ωρα|小时|時間|시간",  # noqa: E501
    "day": "day|days|daily|pd|zi|ziua|pe zi|día|dia|diario|jour|jours|tag|täglich|день|сутки|दिन|din|giorno|al giorno|jornada|journée|dag|dagen|om dagen|일급|dzień|dzien|dziennie|denně|napi|naponta|gün|günlük|ημέρα|μέρα|dnevno|деня",  # noqa: E501
    "week": "week|weekly|wk|pw|p/w|săptămâna|semanal|semanales|hebdo|settimanali|settimanale|в неделю|săptămână|saptamana|semana|semaine|woche|wöchentlich|неделя|неделю|हफ्ता|हफ़्ते|सप्ताह|hafte|settimana|week's|tydzień|tydzien|tygodniowo|týden|týdně|vecka|veckan|i veckan|hetente|hafta|haftalık|тиждень|седмица|εβδομάδα|nedeljno|tjedno|uge|uke",  # noqa: E501
    "month": "month|monthly|months|mo|pcm|p/m|lunară|monatliche|mensuels|mensuelle|mensuale|mensile|mensal|ежемесячно|lună|luna|lunar|mes|mensual|mensuales|mois|monat|monatlich|месяц|мес|महीना|महीने|माह|mahina|mahine|mese|mensili|mês|mensais|mensuel|al mese|maand|maandelijks|miesiąc|miesiac|miesięcznie|miesiecznie|mies|měsíc|měsíčně|mesiac|mesačne|hónap|havonta|havi|aylık|ayda|månad|månaden|i månaden|måned|måneden|i måneden|på måneden|월급|місяць|місяці|месец|месечно|mesečno|mjesečno|μήνα",  # noqa: E501
    "night": "night|nights|overnight|nightly|noapte|noaptea|noche|noite|nuit|nacht|ночь|रात|raat|notte",
    "year": "year|yearly|annum|pa|p.a.|annually|annual|an|año|ano|anual|jahr|jährlich|рік|साल|वर्ष|anno|annuo|brut/an",
    "person": "person|pp|p.p.|p.p|pax|kopf|testa|cabeza|cabeça|tête|человек|участника|व्यक्ति|persoană|persoana|persona|pessoa|personne|человека|чел|व्यक्ति|pers|head",  # noqa: E501
}
# `год` is the Russian year, but behind hryvnias the Ukrainian hour.
GOD, HRYVNIA, GODS = "god", "UAH", {True: "hour", False: "year"}
_UNITS[GOD] = "год"
_HOURS = ("hour", "hr", "h", "std", "stunde", "ora", "hora", "heure", "часа", "час", "घंटा", "ghanta")
_UNITS["half-hour"] += "".join(
    f"|{half}{blank}{word}" for half in ("1/2", "½", "half") for blank in ("", " ") for word in _HOURS
)
_CURRENCY_OF = {folded(w): code for code, words in _CURRENCIES.items() for w in words.split("|")}
_UNIT_OF = {folded(w): unit for unit, words in _UNITS.items() for w in words.split("|")}
_C = alternatives(*_CURRENCIES.values())
_U = alternatives(*_UNITS.values())
_PER_WORDS = (
    "/|per|pe|de|с|am|alla|al|a la|por cada|each|every|pro|pro|por|par|la|a|an|al|"
    "za|na|w|την|τον|τη|ανά|"
    "all'|all|l'|les|à|je|за|в|на|प्रति|en|die|der|im|por la|by the|the|each|for"
)
_PER = alternatives(_PER_WORDS)
_THOUSANDS = (
    "k|к|тыс|тыс.|тысяч|тысячи|тисяч|тисячі|тис|тис.|хил|хиляди|mii|mil|mila|bin|ezer|tis|tisíc|tys|tys.|tysięcy|tysiące|"
    "tusen|χιλιάδες|हजार|हज़ार|hazar|hajar|thousand"
)
_TO = "to|bis|до|a|à|la|al|până la|pana la"
EURO = "€"  # `12€50`: the sign stands for the decimal point, but not in `50€30 min`
_CENTS = rf"(?:[.,][0-9]{{1,2}}|{EURO}[0-9]{{2}}(?![0-9€'’]|[.,][0-9]| ?[mhм]))?"
_NUMBER = re.compile(
    r"[0-9](?<![\w.,:/+@#-].)(?:[0-9]{0,2}(?:[ .,'’\xa0][0-9]{3}){1,3}|[0-9]?(?:,[0-9]{2}){1,3},[0-9]{3}|[0-9]{0,6})"
    rf"{_CENTS}(?![0-9])"
)
_LOOSE_NUMBER = re.compile(rf"(?:[0-9]{{1,3}}(?:[ .,'’\xa0][0-9]{{3}}){{1,3}}|[0-9]{{1,7}}){_CENTS}(?![0-9])")
_BLANK = " \xa0"
# What may follow an amount: a sign, or a word of money; or a word that joins it to another number or to a unit.
_FOLLOWS = re.compile(r"[\s?.(]{0,3}(?:([^\W\d_]+)[\s'’]{0,2}([^\W\d_]+|[0-9€$£₹₽₴₺])?|[^\s,;:!)\w.]|1/2)")


def _beginnings(*lists: str) -> frozenset[str]:
    """Return the first letters of all words."""
    runs = (re.search(r"[^\W\d_]+", folded(word)) for words in lists for word in words.split("|"))
    return frozenset(run[0] for run in runs if run)


_MONEY = _beginnings(*_CURRENCIES.values(), _THOUSANDS, "eu")
_AND_WORDS = "and|y|și|und|et|e|и|i|y los|et les|e os|e i"
_JOINS = _beginnings(_PER_WORDS, _TO, _AND_WORDS)
_JOINED = frozenset("0123456789€$£₹₽₴₺") | _MONEY | _beginnings(*_UNITS.values())
# Last character of a currency -> how long its words are, longest first.
_SIZES = {
    last: tuple(sorted({len(word) for word in _CURRENCY_OF if word[-1] == last}, reverse=True))
    for last in sorted({word[-1] for word in _CURRENCY_OF})
}
# `800 de euro` is how Romanian says it.
_SUFFIX = re.compile(rf"[\s-]?({alternatives(_THOUSANDS)})?\s?(?:de\s)?({_C})(?![^\W\d_])")
_THOUSAND = re.compile(r"\s?(?:k|к|тыс\.?)(?![^\W\d_])")
_RANGE = re.compile(r"\s?(?:-|–|—|to|bis|до|a|à|la|al|până la|pana la|-)\s?(?=[0-9€$£₹])")
# "entre 1.000 y 1.200": the word between is "and" only after a word for "between".
_AND = re.compile(rf"\s(?:{alternatives(_AND_WORDS)})\s(?=[0-9€$£₹])")
_BETWEEN = re.compile(rf"{BEFORE}(?:{alternatives('between|entre|între|zwischen|tra|fra|между')})\s{{1,2}}[€$£₹]?$")
# What may stand between an amount and its unit: `80.-`, `2.400,-`, `500/-`, net or gross.
_NET = (
    "net|netto|neto|netos|neta|nets|netti|brut|brutto|bruto|brutos|bruts|"
    "lordi|lordo|gross|cash|líquidos|liquido|чистыми"
)
_BETWIXT = rf"(?:[.,/]-{{1,2}})?(?:\s?(?:{alternatives(_NET)}){AFTER})?"
_UNIT = re.compile(
    rf"{_BETWIXT}[\s?.]{{0,2}}(?:[/(]|{BEFORE}(?:{_PER}){AFTER})?\s{{0,2}}(?:{_PER}\s)?[?]?({_U}){AFTER}"
)
_BARE_UNIT = re.compile(rf"\s?(?:/|{BEFORE}(?:per|pe|pro|por|par|प्रति|за|a la|al){AFTER})\s?({_U}){AFTER}")
# An article or "for" makes a price only of an hour: `100 la hora`, `45 for half an hour`; not of "10 la ora 18".
_HOURLY = alternatives(_UNITS["half-hour"], _UNITS["hour"])
_BARE_HOUR = re.compile(rf"\s(?:for|por|pour|fur|la|die|an|l'|all'|a l'|de l'|a)\s?({_HOURLY}){AFTER}(?!\s?[0-9:])")
# `2 Std 90 €` is no price of an hour, nor is `two hours £80`.
_MANY = "hours|hrs|horas|stunden|часов|часа|घंटे|ghante|days|jours|weeks|months|nights"
_U_ONE = "|".join(word for word in _U.split("|") if word not in _MANY.split("|"))
_UNIT_BEFORE = re.compile(rf"(?:(?<![2-9])(?<![2-9]\s){BEFORE}({_U_ONE})|/\s?({_U}))\s?[:=\-–—,/]?\s{{0,2}}$")
# Turnovers and weights are no prices.
_MILLIONS = re.compile(
    r"\s?(?:m|mm|mio|mln|bn|b|million|billion|millionen|milioane|milion|millones|млн|млрд|millions|milioni)(?![^\W\d_])"
)
_WEIGHT = re.compile(r"lift|weigh|carry|push|pull")


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the amounts with currency and unit; without either a number is no price, but in a price field."""
    content = text.text
    lone = context.field == "price_text"
    crown = CROWNS.get(context.country.upper(), CROWN)
    done = 0
    for match in _NUMBER.finditer(content):
        if match.start() < done or not (lone or _may_be(content, match)):
            continue
        for start, end, value, sure in _price(content, match, lone, done, crown):
            first, last = text.span(start, end)
            done = end
            yield Found(first, last, value, confidence=sure, obscured="ROSE" in value)


def _may_be(content: str, match: re.Match[str]) -> bool:
    """Whether what touches the number lets it be a price: most numbers are sorted out here, before any long pattern."""
    start, end = match.span()
    if EURO in match[0] or _currency_before(content, start)[1]:
        return True
    follows = _FOLLOWS.match(content, end)
    if follows is None or follows[1] is None or follows[1] in _MONEY:
        return follows is not None
    return follows[1] in _JOINS and (follows[2] is None or follows[2] in _JOINED or follows[2] in _JOINS)


def _price(
    content: str, match: re.Match[str], lone: bool, floor: int, crown: str
) -> Iterator[tuple[int, int, str, int]]:
    """Return the price that begins with this number, or the two ends of a range; `crown` is what crowns are."""
    start, end = match.span()
    begin, prefix = _currency_before(content, start)
    if begin < floor:  # "150 € 2h": the sign is that of the price before
        begin, prefix = start, ""
    second = None
    joint = _RANGE.match(content, end)
    if joint is None and _BETWEEN.search(content[max(0, start - 12) : start]):
        joint = _AND.match(content, end)
    if joint:
        skip = _skip_currency(content, joint.end())
        second = _LOOSE_NUMBER.match(content, skip)
    last = second.end() if second else end
    currency, after, thousands = _currency_of(content, second or match, prefix)
    unit, unit_end = _unit(content, after, bool(currency))
    if second is not None and not currency and not lone:
        second, last = None, end
        currency, after, thousands = _currency_of(content, match, prefix)
        unit, unit_end = _unit(content, after, bool(currency))
    if not currency and not unit and not lone:
        return
    if _MILLIONS.match(content, after) or (currency == "GBP" and _WEIGHT.search(content[max(0, start - 30) : start])):
        return
    currency = crown if currency == CROWN else currency
    if not unit:
        unit = _unit_before(content, floor, begin)
    unit = GODS[currency == HRYVNIA] if unit == GOD else unit
    sure = 90 if currency else 60 if unit else 50
    amounts = [(begin, last if second is None else end, match.group())]
    if second is not None:
        amounts.append((second.start(), second.end(), second.group()))
    for i, (a, b, digits) in enumerate(amounts):
        amount = _amount(digits, thousands)
        if amount and not (not currency and not lone and float(amount) < 5):
            stop = unit_end if i == len(amounts) - 1 else b
            yield a, max(stop, b), f"{amount}{' ' + currency if currency else ''}{'/' + unit if unit else ''}", sure


def _currency_before(content: str, start: int) -> tuple[int, str]:
    """Return where the currency before a number begins, and its word; the number's own start if there is none."""
    bare = start - 1 if start and content[start - 1] in _BLANK else start
    for size in _SIZES.get(content[bare - 1], ()) if bare else ():
        word = content[bare - size : bare] if size <= bare else ""
        if word in _CURRENCY_OF:
            glued = word[0].isalpha() and bare > size and content[bare - size - 1].isalnum()
            return (start, "") if glued else (bare - size, word)
    return start, ""


def _skip_currency(content: str, at: int) -> int:
    return at + 1 if content[at : at + 1] in ("€", "$", "£", "₹") else at


def _currency_of(content: str, match: re.Match[str], prefix: str) -> tuple[str, int, bool]:
    """Return the sign that stands for the point of this number, else what `_currency` says."""
    return ("EUR", match.end(), False) if EURO in match[0] else _currency(content, match.end(), prefix)


def _currency(content: str, end: int, prefix: str) -> tuple[str, int, bool]:
    """Return the currency, the place after it, and whether the number counts thousands."""
    suffix = _SUFFIX.match(content, end)
    if suffix and not suffix[2][-1].isalnum() and (prefix or _begins_next(content, end, suffix)):
        suffix = None  # "$50 $60", "in 2015 $2000": the sign is that of the next number
    if suffix and not (prefix and suffix[2].isalpha() and len(suffix[2]) < 3):
        return _CURRENCY_OF[_plain(suffix[2])], suffix.end(), suffix[1] is not None
    if prefix:
        thousand = _THOUSAND.match(content, end)
        return _CURRENCY_OF[prefix], thousand.end() if thousand else end, thousand is not None
    if content.startswith("eu", end) and not content[end + 2 : end + 3].isalpha():
        return "EUR", end + 2, False
    thousand = _THOUSAND.match(content, end)
    return "", thousand.end() if thousand else end, thousand is not None


def _begins_next(content: str, end: int, suffix: re.Match[str]) -> bool:
    """Whether a sign stands off from the number before it and touches the one behind it."""
    return suffix.start(2) > end and content[suffix.end() : suffix.end() + 1].isdigit()


def _unit(content: str, at: int, with_currency: bool) -> tuple[str, int]:
    match = (
        _UNIT.match(content, at) if with_currency else _BARE_UNIT.match(content, at) or _BARE_HOUR.match(content, at)
    )
    return (_UNIT_OF[_plain(match[1])], match.end()) if match else ("", at)


def _unit_before(content: str, floor: int, start: int) -> str:
    """Return the unit of a rate list, where the time stands first: `1h 120 €`."""
    match = _UNIT_BEFORE.search(content[max(floor, start - 22) : start])
    return _UNIT_OF[_plain(match[1] or match[2])] if match else ""


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


@lru_cache(maxsize=4096)
def _amount(digits: str, thousands: bool) -> str:
    """Return the amount with a point for decimals, without zeros that say nothing."""
    whole, cents = digits, ""
    if (len(digits) > 2 and digits[-3] in ".,€") or (len(digits) > 1 and digits[-2] in ".,"):
        at = max(map(digits.rfind, ".,€"))
        whole, cents = digits[:at], digits[at + 1 :].rstrip("0")
    number = "".join(c for c in whole if c.isdigit()).lstrip("0") or "0"
    if thousands:
        number, cents = str(round(float(f"{number}.{cents or 0}") * 1000)), ""
    return "" if number == "0" and not cents else number + ("." + cents if cents else "")


PRICE = Extractor(
    "price",
    kind="price",
    version=6,
    find=find,
    examples=(
        ("120 euro/hour", ("120 EUR/hour",)),
        ("12€50 de l'heure, 50€30 min", ("12.5 EUR/hour", "50 EUR/half-hour")),
        ("180 грн/год, 100 руб/год", ("180 UAH/hour", "100 RUB/year")),
        ("60 roses ?Hhr 80 roses ?Hour 120 roses and more", ("60 ROSE/half-hour", "80 ROSE/hour", "120 ROSE")),
        ("£80 per hour or £500 overnight", ("80 GBP/hour", "500 GBP/night")),
        ("150 lei pe ora, 1.200,50 lei", ("150 RON/hour", "1200.5 RON")),
        ("зарплата 60 000 руб в месяц", ("60000 RUB/month",)),
        ("₹500 प्रति घंटा", ("500 INR/hour",)),
        ("1500-2000 € netto", ("1500 EUR", "2000 EUR")),
        ("12 EUR pro Stunde", ("12 EUR/hour",)),
        ("100 € l'heure, 1200 € par mois", ("100 EUR/hour", "1200 EUR/month")),
        ("80 euros la hora; 900 euros al mes", ("80 EUR/hour", "900 EUR/month")),
        ("May 2015 $2000 per month, $50 - $99.90 $550", ("2000 USD/month", "50 USD", "99.9 USD", "550 USD")),
        ("1h 100€, 30 min 60€. 100€ 1h 150€ 2h", ("100 EUR/hour", "60 EUR/half-hour", "100 EUR/hour", "150 EUR")),
        ("from $2.5k per month, 2к за час, 15 hazar rupaye", ("2500 USD/month", "2000/hour", "15000 INR")),
        ("£20ph, £15 pp, € 2.400,- brutto monatlich", ("20 GBP/hour", "15 GBP/person", "2400 EUR/month")),
        ("entre 1.000 y 1.200 euros netos al mes", ("1000 EUR/month", "1200 EUR/month")),
        ("30min/£40; 1/2 Std 50 €; 1,50,000 रुपये", ("40 GBP/half-hour", "50 EUR/half-hour", "150000 INR")),
        ("deschis de la 10 la ora 18", ()),
        ("lift 30 pounds, a flow of $200M+. Since 2019, 24 hours, call 07700 900123, room of 20 m2, 5 days a week", ()),
    ),
)
