"""What kind of hash a file holds that does not say so: by its name, by the length, at last by the hashes themselves."""

from __future__ import annotations

from collections.abc import Callable

from felinar.errors import UnreadableInput
from felinar.hashlists.hashes import BYTES, kinds_by_length
from felinar.hashlists.source import Source

# A PDQ hash sets a bit for each of 256 values above their median: nearly always 128 bits. Of other hashes of this
# length one in twenty does.
_HALF, ENOUGH = 128, 32


def kind_of_file(source: Source, hash_of: Callable[[str], str]) -> str:
    """Return the kind of the hashes of a file, given how to find one in a line; an error asks for --kind."""
    found = [hash_of(line) for line in source.start.splitlines()[:-1] or [source.start]]
    kinds = [kinds for kinds in map(kinds_by_length, found) if kinds]
    if not kinds:
        raise UnreadableInput(f"{source.name} holds no hash that Felinar can compare ({', '.join(BYTES)}).")
    possible = kinds[0]
    if len(possible) == 1:
        return possible[0]
    return _of_two(source, [text for text in found if possible == kinds_by_length(text)])


def _of_two(source: Source, hashes: list[str]) -> str:
    """Return SHA-256 or PDQ, which are of one length."""
    name = source.name.lower()
    named = [kind for kind in ("pdq", "sha256") if kind in name.replace("-", "").replace("_", "")]
    if len(named) == 1:
        return named[0]
    half = sum(int(text, 16).bit_count() == _HALF for text in hashes)
    if len(hashes) >= ENOUGH and not len(hashes) < 5 * half < 4 * len(hashes):
        return "pdq" if 5 * half >= 4 * len(hashes) else "sha256"
    raise UnreadableInput(
        f"{source.name} holds hashes of 64 digits, which can be SHA-256 or PDQ. Say which: --kind sha256 or --kind pdq."
    )
