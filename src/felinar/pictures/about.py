"""What a camera or program wrote into a picture: make, model, serial number, times, place, software."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from felinar.pictures.sniff import Header

_IMAGE = {0x010F: "make", 0x0110: "model", 0x0131: "software", 0x0132: "changed_at", 0x013B: "artist"}
_CAMERA = {0x9003: "taken_at", 0xA431: "serial", 0xA435: "lens_serial", 0xA430: "owner", 0x9011: "offset"}
_CAMERA_IFD, _PLACE_IFD = 0x8769, 0x8825
_LONGEST = 200
# Programs that write their name when a picture is changed; what they state may be made up.
_EDITORS = (
    "photoshop",
    "gimp",
    "lightroom",
    "snapseed",
    "picsart",
    "canva",
    "exiftool",
    "facetune",
    "affinity",
    "paint",
)


def about(header: Header) -> dict[str, Any]:
    """Return what is stated, by name; texts are cut at 200 characters, places are degrees. Never raises."""
    try:
        exif = header.opened.getexif()
        if not exif:
            return {}
        found: dict[str, Any] = {name: _text(exif.get(tag)) for tag, name in _IMAGE.items()}
        camera = exif.get_ifd(_CAMERA_IFD)
        found |= {name: _text(camera.get(tag)) for tag, name in _CAMERA.items()}
        found |= _place(exif.get_ifd(_PLACE_IFD))
    except Exception:
        return {}
    found = {name: value for name, value in found.items() if value not in ("", None)}
    edited = _why_edited(found)
    return found | ({"edited": edited} if edited else {})


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "".join(c for c in text if c.isprintable()).strip()[:_LONGEST]


def _place(stated: dict[int, Any]) -> dict[str, float]:
    """Return latitude and longitude in degrees, nothing where they are missing or impossible."""
    try:
        latitude = _degrees(stated[2]) * (-1 if _text(stated.get(1)).upper().startswith("S") else 1)
        longitude = _degrees(stated[4]) * (-1 if _text(stated.get(3)).upper().startswith("W") else 1)
    except (KeyError, ValueError, TypeError, ZeroDivisionError, OverflowError):
        return {}
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (latitude, longitude) == (0, 0):
        return {}
    return {"latitude": round(latitude, 6), "longitude": round(longitude, 6)}


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (Fraction(str(float(part))) for part in parts)
    return float(degrees + minutes / 60 + seconds / 3600)


def _why_edited(found: dict[str, Any]) -> str:
    """Return why what the file states of itself is doubtful, empty where nothing speaks against it."""
    software = str(found.get("software", "")).lower()
    if any(name in software for name in _EDITORS):
        return f"a program for changing pictures wrote its name: {found['software']}"
    taken, changed = str(found.get("taken_at", "")), str(found.get("changed_at", ""))
    if taken and changed and changed[:10] != taken[:10]:
        return f"taken {taken}, changed {changed}"
    if ("latitude" in found or "serial" in found) and not (found.get("make") or found.get("model")):
        return "it states a place or a serial number but no camera"
    return ""
