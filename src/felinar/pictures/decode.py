"""From bytes to pixels, so that every reader of the same picture gets the same ones: red, green, blue, 8 bits each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, ImageFile

from felinar.pictures.sniff import FORMATS, Header, NotAPicture

Pixels = NDArray[np.uint8]  # (height, width, 3)
_SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N")
_STRIP = 256  # rows
_HAS_ALPHA = ("LA", "PA", "RGBA", "La", "RGBa")
# How to turn stored pixels so that they stand as the camera was held (EXIF 2.32, tag Orientation).
_TURNS = {
    2: (False, 0, 1),
    3: (False, 1, 1),
    4: (False, 1, 0),
    5: (True, 0, 0),
    6: (True, 0, 1),
    7: (True, 1, 1),
    8: (True, 1, 0),
}


class Decoded(NamedTuple):
    """The stored pixels, those on white where some are see-through (else None), and whether the file breaks off."""

    pixels: Pixels
    on_white: Pixels | None
    broken_off: bool


def decoded(header: Header, data: bytes) -> Decoded:
    """Return the first picture of a file; raises NotAPicture where nothing can be decoded."""
    try:
        if header.format in ("JPEG", "MPO"):
            found = _jpeg(data)
            if found is not None:
                return found
        return _any(*_loaded(header.opened, data))
    except MemoryError:
        raise NotAPicture("it needs more memory than one picture may have") from None
    except NotAPicture:
        raise
    except Exception as problem:  # decoders raise all kinds of errors for damaged files
        raise NotAPicture(f"it cannot be decoded ({type(problem).__name__}: {problem})") from None


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Return the pixels as the camera was held."""
    if orientation not in _TURNS:
        return pixels
    swapped, rows, columns = _TURNS[orientation]
    turned = pixels.transpose(1, 0, 2) if swapped else pixels
    return np.ascontiguousarray(turned[:: -1 if rows else 1, :: -1 if columns else 1])


def _jpeg(data: bytes) -> Decoded | None:
    """Return a JPEG decoded by its own, faster decoder; None for what that does not know (CMYK)."""
    try:
        space = simplejpeg.decode_jpeg_header(data, strict=False)[2]
    except ValueError:
        return None
    if space not in ("YCbCr", "RGB", "Gray"):
        return None
    wanted = "GRAY" if space == "Gray" else "RGB"
    broken = False
    try:
        pixels = simplejpeg.decode_jpeg(data, wanted)
    except ValueError:
        try:
            pixels, broken = simplejpeg.decode_jpeg(data, wanted, strict=False), True
        except ValueError as problem:
            raise NotAPicture(f"it cannot be decoded ({problem})") from None
    return Decoded(np.repeat(pixels, 3, axis=2) if wanted == "GRAY" else pixels, None, broken)


def _loaded(opened: Image.Image, data: bytes) -> tuple[Image.Image, bool]:
    """Return the picture decoded, and whether its file breaks off: then what is there is looked at."""
    try:
        opened.load()
        return opened, False
    except OSError:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        again = Image.open(io.BytesIO(data), formats=FORMATS)
        again.load()
        return again, True
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _any(opened: Image.Image, broken_off: bool) -> Decoded:
    if opened.mode in _SIXTEEN_BITS or opened.mode in ("I", "F"):
        return Decoded(np.repeat(_to_eight_bits(opened)[:, :, None], 3, axis=2), None, broken_off)
    see_through = opened.mode in _HAS_ALPHA or "transparency" in opened.info
    on_white = _by_strips(opened, _on_white) if see_through and _is_see_through(opened) else None
    return Decoded(_by_strips(opened, _plain), on_white, broken_off)


def _strips(opened: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Yield a picture strip by strip, each with its first row: a large one is never in memory in two forms at once."""
    width, height = opened.size
    for top in range(0, height, _STRIP):
        yield top, opened.crop((0, top, width, min(height, top + _STRIP)))


def _by_strips(opened: Image.Image, way: Callable[[Image.Image], Image.Image]) -> Pixels:
    """Return the pixels, made three colours strip by strip."""
    pixels = np.empty((opened.height, opened.width, 3), dtype=np.uint8)
    for top, strip in _strips(opened):
        pixels[top : top + strip.height] = np.asarray(way(strip))
    return pixels


def _plain(strip: Image.Image) -> Image.Image:
    return strip if strip.mode == "RGB" else strip.convert("RGB")


def _on_white(strip: Image.Image) -> Image.Image:
    white = Image.new("RGBA", strip.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, strip.convert("RGBA")).convert("RGB")


def _is_see_through(opened: Image.Image) -> bool:
    return any(np.asarray(strip.convert("RGBA"))[:, :, 3].min() < 255 for _, strip in _strips(opened))


def _to_eight_bits(opened: Image.Image) -> NDArray[np.uint8]:
    """Return grey values of 16 bits or more in 8 bits: the highest 8 of 16; others scaled to what occurs."""
    values = np.asarray(opened)
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        return (values >> 8).astype(np.uint8)
    values = values.astype(np.float64)
    low, high = float(values.min()), float(values.max())
    if low >= 0 and high <= 65_535 and opened.mode == "I":
        return (values / 257).astype(np.uint8)
    return np.zeros(values.shape, np.uint8) if high <= low else ((values - low) * 255 / (high - low)).astype(np.uint8)
