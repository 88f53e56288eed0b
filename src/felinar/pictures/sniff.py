"""What a file is, by its first bytes: only pictures that are safe to open, and only of a size that can be opened."""

from __future__ import annotations

import io
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from felinar.pictures.looked import MOST_BYTES

# What the decoder may try; the rest is never asked (PostScript and others can run or fetch things).
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
MOST_PIXELS = 64_000_000
_PNG, _TEXTS = b"\x89PNG\r\n\x1a\n", (b"tEXt", b"zTXt", b"iTXt", b"iCCP")
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
        opened = _opened(data)
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


def _opened(data: bytes) -> Image.Image:
    """Return the picture, not yet decoded; a PNG that hides behind too much text is opened without it."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except ValueError:  # the decoder's limit for texts: whoever looks at the picture never sees them
        if not data.startswith(_PNG):
            raise
        return Image.open(io.BytesIO(_without_texts(data)), formats=FORMATS)


def _without_texts(data: bytes) -> bytes:
    """Return a PNG without its texts and colour profile, of which none changes a pixel that is compared."""
    kept, place = [_PNG], len(_PNG)
    while place + 12 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4])
        if data[place + 4 : place + 8] not in _TEXTS:
            kept.append(data[place:end])
        place = end
    return b"".join(kept)


def _orientation(opened: Image.Image, data: bytes) -> int:
    """Return the EXIF orientation, 1 where none or nonsense is stated."""
    if opened.format == "JPEG" and b"Exif\0" not in data[:65_536]:
        return 1
    try:
        stated = opened.getexif().get(ORIENTATION, 1)
    except Exception:
        return 1
    return stated if isinstance(stated, int) and 1 <= stated <= 8 else 1
