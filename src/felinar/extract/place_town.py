"""A spelling of a town in free text, and the rules by which it is taken for the town."""

from __future__ import annotations

from dataclasses import dataclass

from felinar.extract.gazetteer import Place
from felinar.extract.name import names
from felinar.extract.place_around import JOINTS, WEAK_JOINTS
from felinar.extract.place_choice import chosen
from felinar.extract.place_words import PARTICLES, REGIONS, WEAK

LARGE, _MIDDLE, _SMALL = 100_000, 15_000, 5_000  # inhabitants


@dataclass(slots=True)
class Town:
    """A spelling of a town in a text, before it is decided whether it is meant."""

    form: str
    start: int
    end: int
    place: Place
    agrees: bool
    coded: bool  # its country or state stands after it
    cue: str
    is_word: bool
    is_part: bool  # signs on both sides part it from the rest
    stands: bool = False


def stands_alone(town: Town, shouting: bool, country: str, home: str) -> bool:
    """Whether a town counts by itself, without its neighbours."""
    large, cue = town.place.population >= LARGE, town.cue
    if town.coded:
        return True
    if town.form in REGIONS:
        return town.agrees and bool(cue)
    if town.is_word:
        near = town.agrees or (town.place.country == home and town.place.population >= _MIDDLE)
        if cue and cue not in WEAK:
            return near or large
        sized = (bool(cue) or (town.is_part and town.agrees)) and town.place.population >= _MIDDLE
        return near and sized and not shouting and town.form not in names()
    if large and (town.agrees or not country):
        return True
    if shouting:
        return town.agrees and (bool(cue) or town.place.population >= _MIDDLE)
    # Of a seat without a number of inhabitants nothing is known: it needs a cue, too.
    return (town.agrees and (bool(cue) or town.place.population > 0)) or (bool(cue) and town.place.population >= _SMALL)


def stands_in_small_letters(town: Town, country: str) -> bool:
    """Whether a town in small letters counts: after a cue, of some size, and not in another country."""
    if not town.cue or town.is_word or town.form.partition(" ")[0] in PARTICLES:
        return False
    return town.place.population >= _MIDDLE if country and town.agrees else town.place.population >= LARGE


def join(town: Town, neighbour: Town, joint: str, country: str) -> None:
    """Let a town stand for its neighbour's sake, and where no country is known let the neighbour choose it."""
    if joint not in JOINTS or (town.is_word and joint in WEAK_JOINTS):
        return
    if not country and not town.agrees:
        town.place, town.agrees = chosen(town.form, "", neighbour.place.country)
    least = LARGE if town.is_word else _SMALL
    town.stands = town.agrees or (town.place.population >= least and not (country and town.is_word))
    town.cue = town.cue or "list"
