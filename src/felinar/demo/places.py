"""Countries, cities, sites and companies of the synthetic world. The sites' names cannot exist."""

from __future__ import annotations

CITIES = {
    "GB": "London Leeds Sheffield Bristol Liverpool Manchester Birmingham Reading Nottingham Glasgow Leicester",
    "IE": "Dublin Cork Galway Limerick Waterford",
    "US": "Houston Dallas Atlanta Miami Chicago Denver Phoenix Seattle Boston Portland Tampa Orlando Austin Memphis",
    "CA": "Toronto Montreal Calgary Ottawa Vancouver Winnipeg",
    "AU": "Sydney Melbourne Brisbane Perth Adelaide",
    "SE": "Stockholm Malmö Uppsala Örebro",
    "RO": "București Cluj-Napoca Iași Timișoara Constanța Brașov Craiova Oradea Sibiu Bacău Arad Galați Ploiești",
    "MD": "Chișinău Bălți Cahul Orhei Ungheni",
    "ES": "Madrid Barcelona Valencia Sevilla Zaragoza Málaga Murcia Bilbao Alicante Córdoba Valladolid Vigo",
    "RU": "Москва Казань Самара Омск Пермь Воронеж Волгоград Саратов Тюмень Тверь Тула Уфа",
    "UA": "Київ Харків Одеса Дніпро Львів Полтава",
    "IN": "Delhi Mumbai Pune Jaipur Lucknow Kanpur Indore Bhopal Patna Nagpur Surat Chandigarh",
    "PT": "Lisboa Porto Braga Coimbra Faro Aveiro Setúbal Leiria Évora Viseu",
    "FR": "Paris Lyon Marseille Toulouse Nice Nantes Strasbourg Montpellier Bordeaux Lille Rennes Reims",
    "DE": "Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden",
    "IT": "Roma Milano Napoli Torino Palermo Genova Bologna Firenze Bari Catania Verona Padova",
}
CITY = {country: tuple(names.split()) for country, names in CITIES.items()}

# The language that most adverts of a country are written in, then others that are met there.
SPOKEN = {
    "GB": ("en", "ro"),
    "IE": ("en", "pt"),
    "US": ("en", "es"),
    "CA": ("en", "fr"),
    "AU": ("en", "hi_latin"),
    "SE": ("en", "ru"),
    "RO": ("ro", "en"),
    "MD": ("ro", "ru"),
    "ES": ("es", "ro"),
    "RU": ("ru", "en"),
    "UA": ("ru", "en"),
    "IN": ("hi", "hi_latin", "en"),
    "PT": ("pt", "en"),
    "FR": ("fr", "es"),
    "DE": ("de", "ro", "ru"),
    "IT": ("it", "ro", "es"),
}
# How many operations of 100 live in each country while its numbers last.
WEIGHTS = {
    "GB": 14, "IE": 3, "US": 10, "CA": 3, "AU": 1, "SE": 1, "RO": 10, "MD": 3, "ES": 9, "RU": 8, "UA": 3, "IN": 9,
    "PT": 7, "FR": 8, "DE": 5, "IT": 9,
}  # fmt: skip
CURRENCY = {
    "GB": "£{}", "IE": "€{}", "US": "${}", "CA": "${}", "AU": "${}", "SE": "{} kr", "RO": "{} lei", "MD": "{} lei",
    "ES": "{} €", "RU": "{} руб", "UA": "{} грн", "IN": "₹{}", "PT": "{} €", "FR": "{} €", "DE": "{} €", "IT": "{} €",
}  # fmt: skip
PRICE_UNIT = {"RO": 5, "MD": 20, "SE": 10, "RU": 80, "UA": 40, "IN": 50}

SITES = (
    "citywall.example", "smallads.example", "noticeboard.example", "servicemart.example", "localpost.example",
    "workfinder.example", "jobcorner.example", "marketsquare.example", "allaround.example", "quickpost.example",
    "townlist.example", "helpnearby.example", "dailyads.example", "openboard.example",
)  # fmt: skip
FOOTER_SITES = ("pinpost.example", "greenlist.example")
COMPANY_FIRST = (
    "North", "Blue", "Sun", "Terra", "Alba", "Delta", "Nova", "Green", "River", "Alto", "Prima", "Silva", "Vita",
    "Orion",
    "Castel", "Linden", "Maple", "Porto", "Ridge", "Stella", "Unita", "Vega", "West", "Amber", "Cedar", "Eco", "Fjord",
)  # fmt: skip
COMPANY_LAST = (
    "Works", "Services", "Logistics", "Farms", "Hotels", "Care", "Group", "Build", "Staff", "Trade",
    "Personal", "Harvest",
    "Clean", "Partners", "House", "Garden", "Transport", "Pack", "Studio", "Resort", "Agro", "Line",
)  # fmt: skip
MONTHS = ("01/2026", "02/2026", "03/2026", "04/2026", "05/2026", "06/2026", "09/2026", "10/2026")
STOCK_PICTURES = tuple(
    f"stock/{name}-{i:02d}.jpg" for name in ("towels", "candles", "office", "field") for i in range(5)
)
HANDLE_FIRST = ("calm", "green", "sunny", "little", "north", "quiet", "happy", "silver", "rosy", "warm", "easy", "true")
HANDLE_LAST = ("studio", "garden", "hands", "work", "house", "bird", "river", "care", "jobs", "time", "corner", "line")
MAIL_DOMAINS = ("mail.example.com", "post.example.org", "inbox.example.net")
TYPO_DOMAIN = "mial.example.com"
