"""Where the towns of the gazetteer lie (GeoNames, CC BY 4.0), made by scripts/build_gazetteer.py."""

from __future__ import annotations

import gzip
from array import array
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from sys import byteorder
from typing import NamedTuple


class Where(NamedTuple):
    """A point on the globe, in degrees."""

    latitude: float
    longitude: float


def where(places: Iterable[str]) -> dict[str, Where]:
    """Return the towns (`City, CC`, as a mention's value names them) that the gazetteer knows, with where they lie."""
    lines, hundredths = _known()
    found = {place: lines[place] for place in places if place in lines}
    return {place: Where(hundredths[line] / 100, hundredths[line + len(lines)] / 100) for place, line in found.items()}


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, int], array[int]]:
    """Return the line of each town, and all latitudes, then all longitudes; read once per process, in about 0.1 s."""
    data = resources.files("felinar.extract").joinpath("data")
    places = gzip.decompress(data.joinpath("gazetteer.txt.gz").read_bytes()).partition(b"\n\n")[0].decode()
    lines = {line.partition("\t")[0]: number for number, line in enumerate(places.split("\n"))}
    hundredths = array("h", gzip.decompress(data.joinpath("coordinates.bin.gz").read_bytes()))
    if byteorder == "big":
        hundredths.byteswap()
    return lines, hundredths
