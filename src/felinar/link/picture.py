"""Pictures as keys: the same file by SHA-256, else the same file name, which says less."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def picture_names(images: pa.Table) -> frozenset[str]:
    """Return the ids of pictures that are known by name only, since their files were not delivered."""
    named = images.filter(pc.equal(pc.fill_null(images["sha256"], ""), ""))
    return frozenset(named["image_id"].to_pylist())
