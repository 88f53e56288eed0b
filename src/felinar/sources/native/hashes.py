"""SHA-256 of many texts: the ids of adverts, and of pictures that are known by name only."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from felinar.sources.native.texts import Texts
from felinar.sources.native.write_json import write_identities

_BITS = np.uint64((1 << 63) - 1)
# What makes an advert itself, in the order of canonical JSON.
ITSELF = ("body", "contact_text", "posted_at", "site", "source", "source_id", "title", "url")
# A byte of a text takes six in JSON at worst (\u0001).
_WORST = 6


def advert_ids(columns: dict[str, Texts], source: str) -> NDArray[np.int64]:
    """Return the id of each row, as `identity.advert_id_of` makes it."""
    names = [name for name in ITSELF if name != "source"]
    heads = [b'{"' + names[0].encode() + b'":', *(b',"' + name.encode() + b'":' for name in names[1:])]
    heads[names.index("source_id")] = b',"source":' + orjson.dumps(source) + b',"source_id":'
    given = [columns[name] for name in names]
    bounds = np.stack([one.bounds for one in given])
    rows = bounds.shape[1] - 1
    size = _WORST * int((bounds[:, -1] - bounds[:, 0]).sum()) + rows * (len(b"".join(heads)) + 2 * len(names) + 1)
    out, ends = np.empty(size, dtype=np.uint8), np.zeros(rows + 1, dtype=np.int64)
    head_bounds = np.cumsum([0, *map(len, heads)])
    contents = tuple(_writable(one.content) for one in given)
    write_identities(contents, bounds, np.frombuffer(b"".join(heads), dtype=np.uint8), head_bounds, out, ends)
    first = digests(out, ends).reshape(rows, 32)[:, :8]
    return (np.ascontiguousarray(first).view(">u8").ravel().astype(np.uint64) & _BITS).astype(np.int64)


def hexadecimal(texts: Texts) -> pa.StringArray:
    """Return the SHA-256 of each text as 64 hexadecimal digits."""
    digits = digests(texts.content, texts.bounds).tobytes().hex().encode()
    bounds = np.arange(0, len(digits) + 1, 64, dtype=np.int32)
    return pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(digits))


def digests(content: NDArray[np.uint8], bounds: NDArray[np.integer]) -> NDArray[np.uint8]:
    """Return the SHA-256 of each text, 32 bytes each, one after the other."""
    view, ends = memoryview(content.data), bounds.tolist()
    parts = [sha256(view[begin:end]).digest() for begin, end in pairwise(ends)]
    return np.frombuffer(b"".join(parts), dtype=np.uint8)


def _writable(content: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the same bytes as an array of the kind that kernels make: one kernel takes arrays of one kind."""
    return content if content.flags.writeable else content.copy()
