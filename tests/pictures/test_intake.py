"""Looking at a picture: lists first, right pixels from every kind of file, clear words for what is none."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from felinar.kernels.pdq import MIRRORED, QUALITY, RADIUS, as_hex, from_hex, pdq
from felinar.kernels.points import unpacked
from felinar.pictures.decode import upright
from felinar.pictures.intake import look
from felinar.pictures.looked import KNOWN, MATCH, READ, REFUSED, UNREADABLE, Hit, Looked
from felinar.pictures.sniff import ORIENTATION

Make = Callable[..., np.ndarray]
AsFile = Callable[..., bytes]


def away(one: str, other: str) -> int:
    return int(np.bitwise_count(from_hex(one) ^ from_hex(other)).sum())


class OneEntry:
    """A list with one hash on it."""

    def __init__(self, pdq_hash: str = "", md5: str = "") -> None:
        self.md5, self.words = md5, from_hex(pdq_hash) if pdq_hash else None

    def exact(self, *, md5: str, sha1: str, sha256: str) -> list[Hit]:
        return [Hit("test", "1", "md5", 0, MATCH)] if md5 == self.md5 else []

    def near(self, hashes: np.ndarray, names: Sequence[str], quality: int) -> list[Hit]:
        if self.words is None:
            return []
        far = np.bitwise_count(hashes ^ self.words).sum(axis=1)
        return [Hit("test", "1", "pdq", int(far[i]), MATCH, names[i]) for i in np.flatnonzero(far <= RADIUS)]


def test_a_picture_is_read_with_all_its_hashes(abstract: Make, as_file: AsFile) -> None:
    pixels = abstract(1)
    data = as_file(pixels)
    looked = look(data)
    assert (looked.state, looked.format, looked.width, looked.height) == (READ, "PNG", 400, 300)
    assert looked.sha256 == hashlib.sha256(data).hexdigest()
    assert looked.sha1 == hashlib.sha1(data).hexdigest()
    assert looked.md5 == hashlib.md5(data).hexdigest()
    assert looked.pdq == as_hex(pdq(pixels).turns[0])
    assert looked.quality >= QUALITY
    assert away(looked.canonical, looked.pdq) <= RADIUS
    assert max(Image.open(io.BytesIO(looked.thumbnail)).size) == 32
    assert len(unpacked(looked.points).words) == len(unpacked(looked.points).places) > 0


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "L"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "LA"), ("GIF", "P"), ("BMP", "RGB"),
     ("TIFF", "RGB"), ("TIFF", "CMYK"), ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGB"),
     ("AVIF", "RGB")],
)  # fmt: skip
def test_every_kind_of_file_has_nearly_the_same_hash(kind: str, mode: str, abstract: Make, as_file: AsFile) -> None:
    pixels = abstract(2)
    looked = look(as_file(pixels, kind, mode))
    assert looked.state == READ, looked.reason
    assert looked.quality >= QUALITY
    assert away(looked.pdq, as_hex(pdq(pixels).turns[0])) <= RADIUS


def test_sixteen_bits_and_one_bit_are_read(abstract: Make, as_file: AsFile) -> None:
    grey = np.asarray(Image.fromarray(abstract(3)).convert("L"))
    expected = as_hex(pdq(np.repeat(grey[:, :, None], 3, axis=2)).turns[0])
    deep = Image.fromarray(grey.astype(np.uint16) * 257)
    assert look(as_file(deep, "PNG", deep.mode)).pdq == expected
    assert look(as_file(deep, "TIFF", deep.mode)).pdq == expected
    one_bit = Image.fromarray(((grey > 128) * 255).astype(np.uint8))
    assert look(as_file(one_bit, "PNG", "1")).pdq == look(as_file(one_bit, "PNG", "L")).pdq


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pixels_are_turned_as_the_camera_was_held(orientation: int, abstract: Make) -> None:
    from PIL import ImageOps

    picture = Image.fromarray(abstract(4, 90, 60))
    exif = picture.getexif()
    exif[ORIENTATION] = orientation
    expected = np.asarray(ImageOps.exif_transpose(picture))
    assert np.array_equal(upright(np.asarray(picture), orientation), expected)


@pytest.mark.parametrize("orientation", [1, 2, 3, 5, 6, 8])
def test_a_list_knows_the_picture_stored_turned(orientation: int, abstract: Make, as_file: AsFile) -> None:
    pixels = abstract(5, 256, 256)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    data = as_file(pixels, "JPEG", exif=exif, quality=92)
    for shown in (pixels, upright(pixels, orientation)):
        assert look(data, OneEntry(as_hex(pdq(shown).turns[0]))).state == KNOWN


def test_of_a_picture_on_a_list_only_exact_hashes_and_hits_are_kept(abstract: Make, as_file: AsFile) -> None:
    data = as_file(abstract(6))
    plain = look(data)
    for lists, quality in ((OneEntry(md5=plain.md5), 0), (OneEntry(plain.pdq), plain.quality)):
        found = look(data, lists)
        kept = Looked(KNOWN, found.reason, plain.sha256, plain.sha1, plain.md5, len(data), quality=quality)
        kept.hits = found.hits
        assert found == kept
        assert found.hits


def test_a_list_is_asked_by_exact_hash_before_the_header_is_read() -> None:
    data = b"no picture at all"
    assert look(data, OneEntry(md5=hashlib.md5(data).hexdigest())).state == KNOWN


def test_mirrored_and_bordered_copies_are_known(abstract: Make, as_file: AsFile) -> None:
    pixels = abstract(7)
    known = OneEntry(as_hex(pdq(pixels).turns[0]))
    mirrored = look(as_file(pixels[:, ::-1]), known)
    assert mirrored.hits[0].how == "mirrored"
    framed = np.full((380, 500, 3), 250, dtype=np.uint8)
    framed[40:340, 50:450] = pixels
    assert "without its border" in look(as_file(framed), known).hits[0].how
    framed[40:340, 50:450] = pixels[:, ::-1]
    assert "mirrored" in look(as_file(framed), known).hits[0].how
    assert pdq(pixels).turns.shape[0] > MIRRORED


def test_see_through_pixels_are_looked_at_both_ways(abstract: Make, as_file: AsFile) -> None:
    pixels = abstract(8)
    alpha = np.full((300, 400, 1), 255, dtype=np.uint8)
    alpha[:, :200] = 0
    seen = pixels.copy()
    seen[:, :200] = 255
    data = as_file(Image.fromarray(np.concatenate([pixels, alpha], axis=2)), "PNG", "RGBA")
    assert look(data, OneEntry(as_hex(pdq(pixels).turns[0]))).hits[0].how == "as it is"
    assert look(data, OneEntry(as_hex(pdq(seen).turns[0]))).hits[0].how == "on white"


def header_only(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "state", "words"),
    [
        (b"", UNREADABLE, "the file is empty"),
        (b"hello", UNREADABLE, "no picture format"),
        (b"\xff\xd8\xff\xe0" + bytes(40), UNREADABLE, ""),
        (b"  <svg xmlns='http://www.w3.org/2000/svg'/>", REFUSED, "markup"),
        (b"<?xml version='1.0'?><svg/>", REFUSED, "markup"),
        (header_only(30_000, 30_000), REFUSED, "30,000 x 30,000 pixels"),
        (header_only(11_000, 11_000), REFUSED, "11,000 x 11,000 pixels"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", UNREADABLE, "no picture format"),
    ],
)
def test_what_is_no_picture_is_said_in_words(data: bytes, state: str, words: str) -> None:
    looked = look(data)
    assert looked.state == state
    assert words in looked.reason
    assert looked.sha256 == hashlib.sha256(data).hexdigest()
    assert not looked.pdq


def test_a_picture_does_not_hide_behind_a_heap_of_packed_text(abstract: Make, as_file: AsFile) -> None:
    data, packed = as_file(abstract(9)), b"Comment\0\0" + zlib.compress(bytes(3_000_000))
    chunk = struct.pack(">I", len(packed)) + b"zTXt" + packed + struct.pack(">I", zlib.crc32(b"zTXt" + packed))
    looked = look(data[:33] + chunk + data[33:])
    assert looked.state == READ
    assert looked.pdq == look(data).pdq


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(abstract: Make, as_file: AsFile) -> None:
    for kind in ("JPEG", "PNG"):
        data = as_file(abstract(9), kind)
        looked = look(data[: len(data) * 3 // 4])
        assert looked.state in (READ, UNREADABLE)
        assert looked.reason


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 3), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=20), st.integers(0, 6000)
)
def test_damaged_files_never_raise(which: int, changes: list[tuple[int, int]], size: int) -> None:
    data = bytearray(DAMAGED[which][:size] if size else DAMAGED[which])
    for place, value in changes:
        if place < len(data):
            data[place] = value
    assert look(bytes(data)).state in (READ, REFUSED, UNREADABLE)


def _small_files() -> list[bytes]:
    rows, columns = np.mgrid[0:48, 0:64]
    picture = Image.fromarray(np.stack([rows * 5, columns * 4, rows ^ columns], axis=2).astype(np.uint8))
    files = []
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        out = io.BytesIO()
        picture.save(out, kind)
        files.append(out.getvalue())
    return files


DAMAGED = _small_files()
