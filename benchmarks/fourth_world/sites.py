"""The sites of the fourth family: what they add to adverts, how they write dates, what they break."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

START = dt.datetime(2025, 2, 3, tzinfo=dt.UTC)
Record = dict[str, object]


@dataclass(frozen=True)
class Site:
    """`footer` stands under every advert; `date` is a format of strftime, "" where the site tells no day."""

    name: str
    date: str = "%Y-%m-%dT%H:%M:%SZ"
    footer: str = ""
    joint: str = "\n"
    accounts: bool = False
    country: float = 0.5
    town: float = 0.8
    apart: float = 0.0
    html: bool = False
    line: str = ""


SITES = (
    Site("plaza.example", accounts=True, country=1.0, town=1.0),
    Site("kiosk.example", "%d %b %Y %H:%M", joint=" "),
    Site("allads.example", html=True, footer="Advert published on allads. Tell our moderators about misuse of it."),
    Site("tablica.example", "%d.%m.%Y %H:%M", country=0.0, apart=0.3),
    Site("prikbord.example", joint=" | "),
    Site("aushang.example", "%d.%m.%Y", footer="Inserate ohne Gewähr. Bitte niemals Geld vorab überweisen."),
    Site("petites.example", accounts=True, country=0.2, joint="\n\n"),
    Site("rincon.example", "%Y-%m-%d", apart=0.5, town=1.0),
    Site("piazza.example", "", joint=" "),
    Site("jobline.example", country=0.9, joint="\n- ", apart=0.2),
    Site("dayjobs.example", "%d %b %Y", html=True, country=0.3),
    Site("nearby.example", joint=" * ", line="+441632960999",
         footer="Questions about this page? Our desk: +44 1632 960999. Nearby is a free service."),
)  # fmt: skip
COPIERS = ("mirrorads.example", "feedall.example")
COPIER_LINES = ("+353209111111", "+442079460888")


def dated(rng: Random, site: Site, day: int) -> str:
    """Return the time of an advert as the site writes it; now and then nothing."""
    if not site.date or rng.random() < 0.04:
        return ""
    return (START + dt.timedelta(days=day, minutes=rng.randrange(1440))).strftime(site.date)


def spoilt(rng: Random, record: Record, written: str) -> Record:
    """Return the record as a careless delivery holds it; a wrong encoding spares contact lines that it would break."""
    body = str(record["body"])
    way = rng.random()
    if way < 0.04 and len(body) > 90:
        record["body"] = body[: rng.randrange(60, len(body))] + rng.choice(("…", "...", " (more)"))
    elif way < 0.06 and written.isascii():
        record["body"] = body.encode().decode("cp1252", errors="replace")
    elif way < 0.08:
        record["title"] = ""
    elif way < 0.10:
        record["title"] = str(record["title"]).upper()
    elif way < 0.13 and record["country"]:
        record["country"] = rng.choice(("PL", "US", "ES", "XX"))
    elif way < 0.15:
        record["city"] = ""
    return record


def marked_up(body: str) -> str:
    """Return the body with what is left of its web page."""
    return body.replace("&", "&amp;").replace("\n", "<br>\n").replace(" - ", "&nbsp;- ")


def copied(rng: Random, record: Record) -> tuple[Record, list[tuple[str, str]]]:
    """Return the advert as a copier shows it, and the copier's own line with its words if it adds one."""
    at = rng.randrange(len(COPIERS))
    url = f"https://{COPIERS[at]}/{rng.getrandbits(40):x}"
    again = record | {"site": COPIERS[at], "account": "", "posted_at": "", "url": url}
    if rng.random() >= 0.4:
        return again, []
    words = f"Seen elsewhere? Order this contact from our line {COPIER_LINES[at]}"
    again["body"] = f"{record['body']}\n{words}"
    return again, [(words, COPIER_LINES[at])]
