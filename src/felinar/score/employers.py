"""The employer of a job offer, where its source names one in a column of its own."""

from __future__ import annotations

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

COLUMNS = ("company", "employer", "company_name", "hiringOrganization")


def employers(extra: pa.Array) -> dict[int, str]:
    """Return the names, folded to lower case, by the position of the advert; `extra` holds the other columns as JSON.

    Most adverts name none, and looking for the columns' names costs far less than reading JSON.
    """
    said = [pc.match_substring(extra, column).to_numpy(zero_copy_only=False) for column in COLUMNS]
    at = np.flatnonzero(np.logical_or.reduce(said))
    texts = extra.take(pa.array(at)).to_pylist()
    return {place: name for place, text in zip(at.tolist(), texts, strict=True) if (name := _employer(text))}


def _employer(extra: str) -> str:
    try:
        columns = orjson.loads(extra)
    except ValueError:
        return ""
    given = (columns.get(name) for name in COLUMNS) if isinstance(columns, dict) else ()
    return next((str(value).strip().casefold() for value in given if value), "")
