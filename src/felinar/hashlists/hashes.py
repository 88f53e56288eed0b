"""Kinds of hashes that lists hold: which can be compared, and which values of them say nothing.

PhotoDNA is closed: it is kept as it came and never compared. Hashes that would match blank pictures or empty files are
refused, because they do match them, by the thousand.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

# Bytes of each kind that can be compared. PDQ is compared by its distance, the others by equality.
BYTES = {"md5": 16, "sha1": 20, "sha256": 32, "pdq": 32}
EXACT = ("sha256", "sha1", "md5")  # the surest first: a picture is named by one hash of an entry
PHOTODNA = "photodna"
KINDS = (*BYTES, PHOTODNA)
TITLES = {"md5": "MD5", "sha1": "SHA-1", "sha256": "SHA-256", "pdq": "PDQ", PHOTODNA: "PhotoDNA"}
# Fewer set bits, or more, lie within the radius of a picture of one colour.
FEWEST_BITS, MOST_BITS = 32, 224
_PHOTODNA_BYTES = 144
_EMPTY_FILE = frozenset(hashlib.new(kind, b"", usedforsecurity=False).digest() for kind in EXACT)
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]+").fullmatch
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_AROUND = re.compile(r"^(hash|image|video|photo(?!dna)|file|raw)+|(hash|value)+$")
_ALSO = {"pdna": PHOTODNA, "photodna": PHOTODNA, "hashpdna": PHOTODNA}


class Unusable(ValueError):
    """A hash that cannot or must not be compared; the message says why."""


def kind_of(name: str) -> str:
    """Return the kind that a list means by a name (`SHA-1`, `HASH_PDQ`, `VideoMD5`), empty for one that is not used."""
    plain = _NO_LETTER.sub("", name.lower())
    kind = _ALSO.get(plain) or _AROUND.sub("", plain)
    return kind if kind in KINDS else _ALSO.get(kind, "")


def digest_of(kind: str, text: str) -> bytes:
    """Return the bytes of a hash in hexadecimal digits of either case; raises Unusable."""
    text = text.strip()
    size = BYTES[kind]
    if len(text) != 2 * size or not _HEXADECIMAL(text):
        raise Unusable(f"{TITLES[kind]} has {2 * size} hexadecimal digits, this is '{_short(text)}'")
    digest = bytes.fromhex(text)
    if digest.count(digest[0]) == size:
        raise Unusable(f"{TITLES[kind]} {_short(text)} is the same digits all through: no hash of a picture")
    if kind == "pdq":
        bits = int.from_bytes(digest).bit_count()
        if not FEWEST_BITS <= bits <= MOST_BITS:
            raise Unusable(f"PDQ {_short(text)} has {bits} of 256 bits set: it would match pictures of one colour")
    elif digest in _EMPTY_FILE:
        raise Unusable(f"{TITLES[kind]} {_short(text)} is that of an empty file")
    return digest


def photodna_of(text: str) -> str:
    """Return a PhotoDNA value as it came (base64 or hexadecimal of 144 bytes, case kept); raises Unusable."""
    text = text.strip()
    if len(text) == 2 * _PHOTODNA_BYTES and _HEXADECIMAL(text):
        return text
    try:
        if len(base64.b64decode(text, validate=True)) == _PHOTODNA_BYTES:
            return text
    except (binascii.Error, ValueError):
        pass
    raise Unusable(f"PhotoDNA has 144 bytes in base64 or hexadecimal, this is '{_short(text)}'")


def kinds_by_length(text: str) -> tuple[str, ...]:
    """Return the kinds whose hashes have as many hexadecimal digits as this text; none where it is no hash."""
    if not _HEXADECIMAL(text):
        return ()
    return tuple(kind for kind, size in BYTES.items() if 2 * size == len(text))


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:16]}…"
