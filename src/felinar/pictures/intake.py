"""One picture from bytes to what is kept of it: lists are asked before it is decoded, and again right after.

bytes → exact hashes → lists → header → pixels → PDQ of every turn → lists → small hashes, thumbnail, points, text
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from felinar.kernels.pdq import MIRRORED, TURN_NAMES, Pdq, as_hex, of_small, pdq
from felinar.pictures.about import about
from felinar.pictures.area import luma, small_64, trimmed
from felinar.pictures.decode import Decoded, decoded, upright
from felinar.pictures.looked import READ, REFUSED, UNREADABLE, Known, Looked, NoLists, hashed
from felinar.pictures.points import points_of
from felinar.pictures.sniff import Header, NotAPicture, Refused, header_of
from felinar.pictures.thumbnail import thumbnail
from felinar.pictures.writing import text_in

# Ways in which a picture is hashed for lists; each has eight turns.
AS_STORED, AS_HELD, ON_WHITE, TRIMMED = "", "as the camera was held", "on white", "without its border"


class _Hashed(NamedTuple):
    how: str
    found: Pdq


def look(data: bytes, lists: Known | None = None, *, points: bool = True, text: bool = False) -> Looked:
    """Return what is kept of a picture; of one on a list, only exact hashes and hits. Bad bytes never raise.

    `points`: for finding parts; `text`: what is written in it, where the program for it is installed.
    """
    lists = lists or NoLists()
    looked = hashed(READ, "", [data])
    hits = lists.exact(md5=looked.md5, sha1=looked.sha1, sha256=looked.sha256)
    if hits:
        return looked.without_content(hits)
    try:
        header = header_of(data)
        looked.format, looked.width, looked.height = header.format, header.width, header.height
        pixels = decoded(header, data)
    except Refused as reason:
        looked.state, looked.reason = REFUSED, str(reason)
        return looked
    except NotAPicture as reason:
        looked.state, looked.reason = UNREADABLE, str(reason)
        return looked
    looked = _hashed(looked, header, pixels, lists)
    if looked.state == READ and points:
        looked.points, looked.points_mirrored = points_of(pixels.pixels)
    if looked.state == READ and text:
        looked.text = text_in(upright(pixels.pixels, header.orientation))
    return looked


def _hashed(looked: Looked, header: Header, found: Decoded, lists: Known) -> Looked:
    """Return the picture with its hashes, once no list knows them."""
    ways = list(_ways(header, found))
    hits = [hit for way in ways for hit in lists.near(way.found.turns, _names(way.how), way.found.quality)]
    if hits:
        return looked.without_content(hits, ways[0].found.quality)
    looked.quality = ways[0].found.quality
    looked.pdq, looked.pdq_mirrored = _both(ways[0].found)
    if ways[-1].how == TRIMMED:
        looked.trimmed, looked.trimmed_mirrored = _both(ways[-1].found)
    looked.reason = "the file breaks off; what is there was read" if found.broken_off else ""
    small = small_64(found.pixels)
    looked.canonical, looked.canonical_mirrored = _both(of_small(luma(small)))
    looked.thumbnail = thumbnail(small, looked.width, looked.height)
    looked.about = about(header)
    return looked


def _both(found: Pdq) -> tuple[str, str]:
    """Return the hash of the picture as it is, and mirrored."""
    return as_hex(found.turns[0]), as_hex(found.turns[MIRRORED])


def _ways(header: Header, found: Decoded) -> list[_Hashed]:
    ways = [(AS_STORED, found.pixels)]
    if header.orientation != 1:
        ways.append((AS_HELD, upright(found.pixels, header.orientation)))
    if found.on_white is not None:
        ways.append((ON_WHITE, found.on_white))
    inside = trimmed(found.pixels)
    if inside is not None:
        ways.append((TRIMMED, inside))
    return [_Hashed(how, pdq(np.ascontiguousarray(pixels))) for how, pixels in ways]


@cache
def _names(how: str) -> list[str]:
    """Return how each turn came about, as it is said of a hit."""
    return [
        ", ".join(part for part in (how, turn if number or not how else "") if part)
        for number, turn in enumerate(TURN_NAMES)
    ]
