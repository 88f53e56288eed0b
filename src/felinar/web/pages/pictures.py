"""Pictures on a page: grey boxes; only when asked for, which is logged, the blur of 32 pixels. Nothing else is kept.

A picture on a list of known material is a grey tile with the way to report it, and there is no way to look at it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from felinar.export.sentences import count, few
from felinar.export.told import IDENTIFIERS
from felinar.store.published import Row
from felinar.store.thumbnails import KNOWN, Thumbnail, thumbnails
from felinar.web.visit import Visit

MOST = 24  # tiles on one page
# Widest first. Parts in common are other pictures.
_KINDS = {"picture_small": "copies of it", "picture_copy": "copies of it", "picture": "the same file"}
_MOST_CONTACTS = 40
REPORT = (
    "on a list of known abuse material: nothing of it is kept or shown. Report it by the route of your country "
    "(the police, or a hotline of INHOPE)"
)
_SAID = {
    KNOWN: REPORT,
    "read": "not shown",
    "refused": "was not opened, by rule",
    "unreadable": "could not be read as a picture",
    "": "no file came with it",
}
NO_PICTURES: dict[str, Any] = {"tiles": [], "more": 0, "shown": False, "may_show": False}


def strip(visit: Visit, sha256s: Iterable[str], said: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the tiles of these pictures, in their order: what came of each, and its blur where that was asked for.

    `said` is told beside a tile. The address asks for the blurs with `pictures=shown`.
    """
    names = list(dict.fromkeys(sha256s))
    there = thumbnails(visit.desk.workspace.thumbnails, names[:MOST])
    asked = visit.query.get("pictures") == "shown"
    nothing = Thumbnail("", b"")
    tiles = [_tile(one, there.get(one, nothing), asked, (said or {}).get(one, "")) for one in names[:MOST]]
    may_show = any(one.png for one in there.values())
    return {"tiles": tiles, "more": max(0, len(names) - MOST), "shown": asked and may_show, "may_show": may_show}


def looked_at(pictures: dict[str, Any]) -> dict[str, Any]:
    """Return what the log keeps of a strip: which blurs were shown; nothing where none was."""
    shown = [tile["sha256"] for tile in pictures["tiles"] if tile["blur"]]
    return {"pictures": shown} if shown else {}


def _tile(sha256: str, found: Thumbnail, asked: bool, beside: str) -> dict[str, Any]:
    blur = f"data:image/png;base64,{b64encode(found.png).decode()}" if asked and found.png else ""
    said = "a blur of 32 pixels" if blur else _SAID.get(found.state, _SAID["unreadable"])
    return {"sha256": sha256, "state": found.state or "missing", "said": said, "beside": beside, "blur": blur}


def of_advert(visit: Visit, row: Row) -> dict[str, Any]:
    """Return the strip of an advert's pictures, in its order."""
    return strip(visit, [picture["sha256"] or picture["image_id"] for picture in row["pictures"]])


def of_key(visit: Visit, key: Row) -> dict[str, Any]:
    """Return the strip of a key: the picture, of a group of alike ones that in its middle; none for other keys."""
    if not key["key_kind"].startswith("picture"):
        return NO_PICTURES
    said = "" if key["key_kind"] == "picture" else "in the middle of its group"
    return strip(visit, [key["value"]], {key["value"]: said})


def of_lead(visit: Visit, keys: Sequence[Row], adverts: Collection[int]) -> dict[str, Any]:
    """Return the strip of an operation: the pictures that tie its adverts, each with the contacts that it ties.

    `keys` are those of the operation, `adverts` its ids. Where a wider group ties the same adverts, it is told alone.
    """
    contacts = [key for key in keys if key["key_kind"] in IDENTIFIERS and not key["hub"]][:_MOST_CONTACTS]
    shown_by = {key["value"]: _showing(visit, key, adverts) for key in contacts}
    told, wider = dict[str, str](), list[set[int]]()
    for kind, noun in _KINDS.items():
        own_kind = []
        for key in (key for key in keys if key["key_kind"] == kind and not key["hub"] and key["shown"] > 1):
            own = _showing(visit, key, adverts)
            if len(told) < MOST and not any(own <= group for group in wider):
                tied = few([visit.contact(value) for value, showing in shown_by.items() if showing & own], 6)
                told[key["value"]] = f"{noun} on {count(len(own), 'advert')} here{tied and f', with {tied}'}"
                own_kind.append(own)
        wider += own_kind
    return strip(visit, told, told)


def _showing(visit: Visit, key: Row, adverts: Collection[int]) -> set[int]:
    return set(adverts).intersection(visit.reading.adverts_of_key(key["key_no"]))
