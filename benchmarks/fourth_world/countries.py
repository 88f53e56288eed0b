"""Where the fourth family lives: numbers that belong to nobody, towns, languages and money of its countries.

The countries that `felinar.demo` lacks have no range reserved for fiction: their prefixes here are of the right
length, but not assigned (a test asks libphonenumber).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from felinar.demo.numbers import NUMBERING, Number, Numbering, Pool, Range


def _unassigned(prefixes: str, digits: int) -> tuple[Range, ...]:
    return tuple(Range(int(prefix) * 10**digits, 10**digits) for prefix in prefixes.split())


PLANS = NUMBERING | {
    "PL": Numbering("48", "", (3, 3, 3), _unassigned("490 491 493 495 702 705 709 802 805", 6), reserved=False),
    "NL": Numbering("31", "0", (2, 4, 4), _unassigned("601 603 606 670 674 677 690 693 698", 6), "-", reserved=False),
    "BE": Numbering("32", "0", (4, 2, 2, 2), _unassigned("441 443 445 446 448 449", 6), reserved=False),
    "AT": Numbering("43", "0", (4, 3, 4), _unassigned("640 642 644 649", 7), reserved=False),
    "CH": Numbering("41", "0", (3, 3, 2, 2), _unassigned("741 743 745 746 747 749", 6), reserved=False),
}


@dataclass(frozen=True)
class Country:
    """`weight`: operations of a hundred or so; `languages`: the usual one, then others; `dear`: its money to a euro."""

    weight: int
    languages: str
    money: str
    towns: str
    dear: int = 1


COUNTRIES = {
    "PL": Country(12, "pl ru", "{} zł", "Gdynia Toruń Opole Kielce Rzeszów Radom Gliwice Zabrze Płock Tychy", 4),
    "NL": Country(10, "nl en pl", "€ {}", "Breda Tilburg Zwolle Arnhem Haarlem Almere Leiden Delft Venlo Assen Gouda"),
    "GB": Country(
        9, "en pl ro", "£{}", "Luton Bolton Wigan Crewe Slough Barnsley Dundee Falkirk Newport Wrexham Rugby"
    ),
    "IT": Country(8, "it ro", "{} euro", "Trento Pavia Lecce Ancona Rimini Prato Modena Parma Foggia Pescara Udine"),
    "US": Country(8, "en es", "${}", "Dayton Lansing Topeka Macon Provo Yuma Laredo Erie Flint Salem Duluth Bangor"),
    "IE": Country(7, "en pl pt", "€{}", "Sligo Ennis Athlone Tralee Kilkenny Dundalk Navan Drogheda Carlow Wexford"),
    "FR": Country(6, "fr es", "{} €", "Pau Nîmes Tours Orléans Mulhouse Rouen Avignon Valence Troyes Annecy Laval"),
    "RO": Country(
        6, "ro", "{} lei", "Alexandria Reșița Bistrița Giurgiu Călărași Slobozia Lugoj Mediaș Turda Roman", 5
    ),
    "IN": Country(6, "hi en", "₹{}", "जोधपुर उदयपुर कोटा अजमेर बीकानेर अलवर ग्वालियर मेरठ आगरा वाराणसी", 40),
    "ES": Country(5, "es ro", "{} €", "Albacete León Logroño Toledo Cuenca Segovia Zamora Soria Teruel Ávila Gijón"),
    "PT": Country(5, "pt en", "{} euros", "Beja Guarda Bragança Tomar Lagos Tavira Elvas Mafra Fafe Chaves Peniche"),
    "AT": Country(5, "de ro", "{} €", "Wien Graz Linz Salzburg Innsbruck Villach Wels Steyr Dornbirn Bregenz"),
    "BE": Country(5, "nl fr", "{} €", "Gent Brugge Leuven Mechelen Hasselt Namur Mons Charleroi Tournai Kortrijk"),
    "CH": Country(4, "de fr it", "{} CHF", "Bern Basel Zürich Luzern Winterthur Biel Lausanne Lugano Thun Chur"),
    "RU": Country(4, "ru", "{} руб.", "Псков Рязань Калуга Липецк Брянск Орёл Вологда Курган Томск Пенза", 60),
    "CA": Country(3, "en fr", "${}", "Moncton Sudbury Brandon Kelowna Laval Guelph Barrie Lethbridge"),
    "UA": Country(3, "ru", "{} грн", "Суми Рівне Луцьк Житомир Черкаси Чернігів Ужгород Тернопіль", 40),
    "MD": Country(2, "ro ru", "{} lei", "Soroca Comrat Edineț Hîncești Căușeni Strășeni", 20),
    "DE": Country(2, "de pl", "{} Euro", "Görlitz Cottbus Gera Fulda Hagen Trier Passau Zwickau Hanau Herne"),
}
LANDS = {
    "en": "Holland Germany Norway Spain", "pl": "Holandia Niemcy Norwegia Belgia", "nl": "Duitsland België Zweden",
    "de": "Österreich Holland Schweiz", "fr": "Belgique Suisse Allemagne", "es": "Alemania Francia Holanda",
    "it": "Germania Svizzera Austria", "pt": "França Suíça Holanda", "ro": "Germania Olanda Anglia",
    "ru": "Польша Германия Чехия", "hi": "दुबई क़तर सिंगापुर",
}  # fmt: skip


class Lines:
    """Hands out numbers; now and then one that somebody else gave up months ago, as networks do."""

    def __init__(self, rng: Random) -> None:
        self.pool = Pool(PLANS)
        self.pool.start(rng)
        self._given_up: dict[str, list[tuple[int, Number]]] = {country: [] for country in PLANS}

    def take(self, rng: Random, country: str, day: int) -> Number:
        """Return a number for use from that day on."""
        old = self._given_up[country]
        if old and rng.random() < 0.02:
            at = rng.randrange(len(old))
            if old[at][0] + 120 < day:
                return old.pop(at)[1]
        return self.pool.take(country)

    def give_up(self, number: Number, day: int) -> None:
        """Note that nobody uses the number after that day."""
        self._given_up[number.country].append((day, number))
