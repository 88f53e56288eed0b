"""Reads files of lists into columns: compact, so that ten million entries fit into memory."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from felinar.errors import UnreadableInput
from felinar.hashlists.entry import Entry, Problem, microseconds
from felinar.hashlists.formats import Format, recognise
from felinar.hashlists.hashes import BYTES, PHOTODNA, Unusable, digest_of, kind_of, photodna_of
from felinar.hashlists.source import Source

# What is known of an entry besides its hashes.
ABOUT = pa.schema(
    [
        pa.field("entry", pa.string(), metadata={"meaning": "its id in the list"}),
        pa.field("category", pa.string(), metadata={"meaning": "as the list writes it; categories differ by country"}),
        pa.field("series", pa.string(), metadata={"meaning": "name of the series it belongs to"}),
        pa.field("status", pa.string(), metadata={"meaning": "what else the list says: flags, state, feedback"}),
        pa.field("photodna", pa.string(), metadata={"meaning": "kept as it came, never compared"}),
        pa.field("delivery", pa.int32(), metadata={"meaning": "number of the import that brought it"}),
    ]
)
KEY_BYTES = 16
_PART = 100_000


@dataclass
class Collected:
    """Entries in the order in which they were read: 16 bytes of key, time and state each, and hashes by entry."""

    delivery: int
    wanted: frozenset[str] = frozenset()
    keys: bytearray = field(default_factory=bytearray)
    times: array[int] = field(default_factory=lambda: array("q"))
    gone: bytearray = field(default_factory=bytearray)
    digests: dict[str, bytearray] = field(default_factory=lambda: {kind: bytearray() for kind in BYTES})
    owners: dict[str, array[int]] = field(default_factory=lambda: {kind: array("I") for kind in BYTES})
    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[dict[str, str]] = field(default_factory=list)
    damaged: str = ""
    _rows: list[tuple[str, ...]] = field(default_factory=list)
    _parts: list[pa.RecordBatch] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.times)

    def read(self, source: Source, form: Format, kind: str) -> None:
        """Take in one file."""
        for found in form.read(source, kind):
            if isinstance(found, Problem):
                self._refuse(source, found.where, found.reason, "rejected")
                self.damaged = self.damaged or (
                    f"{source.name}: {found.where}: {found.reason}" if found.damaged else ""
                )
            else:
                self._take(found, source)

    def about(self) -> pa.Table:
        """Return what is known of the entries besides their hashes."""
        self._flush()
        return pa.Table.from_batches(self._parts, schema=ABOUT)

    def _take(self, entry: Entry, source: Source) -> None:
        self.counts["read"] += 1
        gone = entry.gone
        if not gone and self.wanted and entry.category not in self.wanted:
            gone = True
            self.counts["left out by category"] += 1
        photodna = "" if gone else self._hashes(entry, source)
        if photodna is None:
            return
        self.counts["gone"] += gone
        self.keys += hashlib.blake2b(entry.key.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
        self.times.append(microseconds(entry.changed_at))
        self.gone.append(gone)
        self._rows.append((entry.key, entry.category, entry.series, entry.status, photodna))
        if len(self._rows) == _PART:
            self._flush()

    def _hashes(self, entry: Entry, source: Source) -> str | None:
        """Take in the hashes of an entry and return its PhotoDNA; None where it has no hash at all."""
        row, photodna, usable = len(self.times), "", 0
        for name, value in entry.hashes:
            kind = kind_of(name)
            try:
                if kind == PHOTODNA:
                    photodna = photodna_of(value)
                    self.counts[PHOTODNA] += 1
                elif kind:
                    self.digests[kind] += digest_of(kind, value)
                    self.owners[kind].append(row)
                else:
                    self.counts[f"other kind: {name[:30] or 'unnamed'}"] += 1
                    continue
                usable += 1
            except Unusable as problem:
                self._refuse(source, entry.where, str(problem), "hashes refused")
        if usable:
            return photodna
        self._refuse(source, entry.where, f"entry {entry.key[:60]} has no hash that can be used", "rejected")
        return None

    def _refuse(self, source: Source, where: str, reason: str, count: str) -> None:
        self.counts[count] += 1
        if len(self.rejects) < 100_000:
            self.rejects.append({"file": source.name, "where": where, "reason": reason})

    def _flush(self) -> None:
        if self._rows:
            columns = [_texts(column) for column in zip(*self._rows, strict=True)]
            delivery = pa.repeat(pa.scalar(self.delivery, pa.int32()), len(self._rows))
            self._parts.append(pa.RecordBatch.from_arrays([*columns, delivery], schema=ABOUT))
            self._rows = []


def _texts(column: tuple[str, ...]) -> pa.Array:
    """Return a column; halves of characters, which JSON can hold and no file can, become question marks."""
    try:
        return pa.array(column, pa.string())
    except UnicodeEncodeError:
        return pa.array([text.encode("utf-8", "replace").decode() for text in column], pa.string())


def collect(
    sources: Iterable[Source], form: str = "", kind: str = "", *, delivery: int = 1, wanted: Iterable[str] = ()
) -> tuple[Collected, Format]:
    """Return what the files hold, and their format, which must be one for all; raises UnreadableInput."""
    collected = Collected(delivery, frozenset(wanted))
    formats: list[Format] = []
    for source in sources:
        formats.append(recognise(source, form))
        if len({one.name for one in formats}) > 1:
            raise UnreadableInput(f"{source.name} is in another format than the files before it. Import it by itself.")
        collected.read(source, formats[0], kind)
    if not formats:
        raise UnreadableInput("The archive holds no file that can be a hash list (JSON, XML, CSV, text).")
    return collected, formats[0]
