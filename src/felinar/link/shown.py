"""Which advert shows which key, as numbers: read once for each advert and kept from run to run.

A key's number is its place in the order in which keys were first seen. What a number without a region means depends on
the whole pile, so it is completed anew in every run (`graph.py`); all else in here is a matter of one advert alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring  # the C function behind json.dumps

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.kernels.sorting import places_of

Codes = npt.NDArray[np.int64]
# In alphabetical order, so that keys by the code of their kind are keys by the name of their kind.
KINDS = (
    "account", "email", "handle", "iban", "masked", "near_duplicate", "phone", "picture", "picture_copy",
    "picture_part", "picture_small", "url", "wallet",
)  # fmt: skip
ROWS = pa.schema([("advert_id", pa.int64()), ("number", pa.int32())])
SHOWN_KEYS = pa.schema([("key_kind", pa.int8()), ("key_id", pa.int64()), ("value", pa.string())])
_LARGEST = (1 << 63) - 1


@dataclass(frozen=True)
class Shown:
    """`rows`: advert_id and the number of a key that it shows, distinct. `keys`: the keys by number."""

    rows: pa.Table
    keys: pa.Table

    @classmethod
    def nothing(cls) -> Shown:
        """Return what an empty pile shows."""
        return cls(ROWS.empty_table(), SHOWN_KEYS.empty_table())

    @classmethod
    def of(cls, tables: Mapping[str, pa.Table]) -> Shown:
        """Return what was kept as `tables()` of earlier runs, one table after the other."""
        return cls(tables["shown"], tables["shown_keys"])

    def tables(self) -> dict[str, pa.Table]:
        """Return the tables by the names under which they are kept."""
        return {"shown": self.rows, "shown_keys": self.keys}


def added(before: Shown, selectors: pa.Table) -> Shown:
    """Return what these selectors (advert_id, key_kind, value) of adverts never read before add: rows and new keys."""
    kind = kind_codes(selectors["key_kind"])
    value = selectors["value"].combine_chunks().dictionary_encode()
    names: pa.StringArray = value.dictionary
    width = len(names)
    pairs, pair_of = np.unique(kind * width + value.indices.to_numpy().astype(np.int64), return_inverse=True)
    kinds, texts = pairs // max(width, 1), names.take(pa.array(pairs % max(width, 1)))
    ids = key_ids(kinds, texts)
    numbers = places_of(_ints(before.keys["key_id"]), _ints(before.keys["key_kind"]), ids, kinds)
    new = np.flatnonzero(numbers < 0)
    numbers[new] = before.keys.num_rows + np.arange(len(new))
    columns = [kinds[new].astype(np.int8), ids[new], texts.take(pa.array(new))]
    rows = [selectors["advert_id"], numbers[pair_of].astype(np.int32)]
    return Shown(pa.table(rows, schema=ROWS), pa.table([pa.array(c) for c in columns], schema=SHOWN_KEYS))


def extended(before: Shown, more: Shown) -> Shown:
    """Return both together."""
    return Shown(pa.concat_tables([before.rows, more.rows]), pa.concat_tables([before.keys, more.keys]))


def kind_codes(kinds: pa.ChunkedArray) -> Codes:
    """Return the place of each kind in KINDS."""
    coded = kinds.combine_chunks().dictionary_encode()
    place = np.array([KINDS.index(kind) for kind in coded.dictionary.to_pylist()], dtype=np.int64)
    return place[coded.indices.to_numpy()] if len(place) else np.zeros(0, np.int64)


def key_ids(kinds: Codes, values: pa.StringArray) -> Codes:
    """Return the id of each key; the same as `felinar.ids.key_id`, without the cost of a general JSON writer."""
    quote, heads = encode_basestring, [f'["{kind}",' for kind in KINDS]
    digests = (
        sha256(f"{heads[kind]}{quote(value)}]".encode("utf-8", "surrogatepass")).digest()[:8]
        for kind, value in zip(kinds.tolist(), values.to_pylist(), strict=True)
    )
    ids: Codes = (np.frombuffer(b"".join(digests), dtype=">u8") & np.uint64(_LARGEST)).astype(np.int64)
    return ids


def _ints(column: pa.ChunkedArray) -> Codes:
    ints: Codes = pc.cast(column, pa.int64()).to_numpy()
    return ints
