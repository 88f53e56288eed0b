"""What a file is, by its first bytes: only pictures that are safe to open, and only of a size that can be opened."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from felinar.pictures.looked import MOST_BYTES

# What the decoder may try; the rest is never asked (PostScript and others can run or fetch things).
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
MOST_PIXELS = 64_000_000
_MARKUP = (b"<svg", b"<?xml", b"<!doctype", b"<html")
ORIENTATION = 0x0112

Image.MAX_IMAGE_PIXELS = None  # the limit is our own, from the header, with a sentence


class NotAPicture(Exception):
    """The bytes are no picture that can be read; the message says why."""


class Refused(Exception):
    """The picture is not opened, by rule; the message says why."""


class Header(NamedTuple):
    """What the header says: format, size, orientation (EXIF, 1: as it is), and the picture, not yet decoded."""

    format: str
    width: int
    height: int
    orientation: int
    opened: Image.Image


def header_of(data: bytes) -> Header:
    """Return what the first bytes say, nothing decoded yet; raises Refused or NotAPicture."""
    if not data:
        raise NotAPicture("the file is empty")
    if len(data) > MOST_BYTES:
        raise Refused(f"the file has {len(data):,} bytes; at most {MOST_BYTES:,} are opened")
    start = data[:256].lstrip().lower()
    if any(mark in start for mark in _MARKUP):
        raise Refused("it is markup (SVG, XML, HTML), which can hold programs; it is never drawn")
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise NotAPicture("its first bytes are those of no picture format that is read") from None
    except (OSError, ValueError, SyntaxError, OverflowError, TypeError, KeyError, EOFError) as problem:
        raise NotAPicture(f"its header is damaged ({problem})") from None
    width, height = opened.size
    if width < 1 or height < 1:
        raise NotAPicture("its header says that it has no pixels")
    if width * height > MOST_PIXELS:
        raise Refused(f"it has {width:,} x {height:,} pixels; at most {MOST_PIXELS:,} are opened")
    return Header(opened.format or "", width, height, _orientation(opened, data), opened)


def _orientation(opened: Image.Image, data: bytes) -> int:
    """Return the EXIF orientation, 1 where none or nonsense is stated."""
    if opened.format == "JPEG" and b"Exif\0" not in data[:65_536]:
        return 1
    try:
        stated = opened.getexif().get(ORIENTATION, 1)
    except Exception:
        return 1
    return stated if isinstance(stated, int) and 1 <= stated <= 8 else 1
