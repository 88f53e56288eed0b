"""The words of the second family: lines with choices, names of both sexes, towns, markers out of the lexicon."""

from __future__ import annotations

import functools
import re
from importlib import resources
from pathlib import Path
from random import Random

import yaml

TOWNS = {
    "GB": "Derby Norwich Exeter Swansea Hull York Plymouth Oxford Bath Coventry Preston Ipswich",
    "US": "Tucson Omaha Tulsa Raleigh Fresno Boise Tacoma Mobile Spokane Reno Toledo Akron Wichita",
    "CA": "Halifax Regina Saskatoon Hamilton Windsor Kingston",
    "ES": "Granada Oviedo Santander Cádiz Almería Huelva Burgos Salamanca Badajoz Lugo Tarragona",
    "FR": "Dijon Nancy Metz Caen Angers Brest Limoges Amiens Perpignan Besançon Orléans",
    "RO": "Suceava Pitești Brăila Buzău Deva Botoșani Focșani Zalău Tulcea Vaslui Slatina",
    "DE": "Kassel Bonn Mainz Erfurt Rostock Bielefeld Augsburg Karlsruhe Bochum Chemnitz",
}
SPEAKS = {"GB": "en", "US": "en", "CA": "en", "ES": "es", "FR": "fr", "RO": "ro", "DE": "de"}
ABROAD = {"GB": "ro", "US": "es", "CA": "fr", "ES": "ro", "FR": "es", "RO": "en", "DE": "ro"}
WEIGHTS = {"GB": 20, "US": 22, "CA": 6, "ES": 18, "FR": 14, "RO": 14, "DE": 6}
MONEY = {"GB": "£{}", "US": "${}", "CA": "${}", "ES": "{} euros", "FR": "{} €", "RO": "{} lei", "DE": "{} Euro"}
NAMES = {
    "en": "Abby Ben Carla Dean Erin Faith Gemma Heidi Ivy Jack Kelly Leah Molly Nadia Owen Paige Robin Sam Tara Wendy",
    "es": "Adela Bruno Celia Dolores Estela Fabio Gloria Hugo Isabel Jorge Lorena Marcos Nieves Olga Pablo Raquel",
    "fr": "Agathe Benoît Corinne Denis Elsa Fanny Gilles Hélène Isabelle Jeanne Karine Lucas Margot Noémie Odile",
    "ro": "Adriana Bogdan Camelia Dana Emilia Florin Georgiana Horia Ileana Laurențiu Monica Nicoleta Ovidiu Petra",
    "de": "Anja Bernd Carola Dirk Elke Frieda Gisela Heike Ilse Jens Karla Lotte Marlene Nora Olaf Paula Renate Sven",
}
MONTHS = {
    "en": "March April June September", "es": "marzo abril junio septiembre", "fr": "mars avril juin septembre",
    "ro": "martie aprilie iunie septembrie", "de": "März April Juni September",
}  # fmt: skip
CUES = {
    "en": ("Ring {c}", "{c} for enquiries", "Mobile {c}", "Reach us: {c}"),
    "es": ("Llamar al {c}", "Información: {c}", "Móvil {c}"),
    "fr": ("Appeler le {c}", "Renseignements {c}", "Portable : {c}"),
    "ro": ("Sunați {c}", "Detalii la {c}", "Tel {c}"),
    "de": ("Anruf {c}", "Auskunft: {c}", "Handy {c}"),
}
DIGITS = {
    "en": "zero one two three four five six seven eight nine",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "ro": "zero unu doi trei patru cinci șase șapte opt nouă",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
}  # fmt: skip
SERVICE_MARKS = {
    "trust_claim": 0.15, "leaving_soon": 0.12, "no_hidden_numbers": 0.1, "introduce_yourself": 0.08, "team_voice": 0.08,
    "round_the_clock": 0.12, "rotating_staff": 0.02, "independent_claim": 0.15,
}  # fmt: skip
JOB_MARKS = {
    "no_experience": 0.3, "language_not_needed": 0.08, "accommodation": 0.2, "travel_paid": 0.08, "urgent_start": 0.25,
    "documents_handled": 0.05, "upfront_fee": 0.02, "deducted_from_wages": 0.03, "high_pay": 0.12, "cash_pay": 0.06,
    "chat_only": 0.08, "employer_hidden": 0.08, "work_abroad": 0.1, "contract_later": 0.02, "regular_job_signs": 0.3,
}  # fmt: skip
# The lexicon also knows how agencies speak of their staff; such phrases have no place in a world of ours.
_LEFT_OUT = re.compile(r"ladies|girls|faces|fete|chicas|filles|damen|nou[ăa]\b|colegele", re.IGNORECASE)
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")


@functools.cache
def sections() -> dict[str, list[str]]:
    """Return the lines of `words.txt` by section."""
    found: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found[line[1:-1]] = current = []
        elif line and not line.startswith("#"):
            current.append(line)
    return found


@functools.cache
def marks(concept: str, language: str) -> list[str]:
    """Return the phrases of a concept in one language."""
    text = resources.files("felinar.extract").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    phrases = _lexicon(text)["concepts"][concept].get(language, [])
    return [phrase for phrase in phrases if not _LEFT_OUT.search(phrase)]


@functools.cache
def _lexicon(text: str) -> dict[str, dict[str, dict[str, list[str]]]]:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def drawn(rng: Random, line: str) -> str:
    """Return a line with each of its choices made."""
    return _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), line)
