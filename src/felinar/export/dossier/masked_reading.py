"""Read what is published under masks: whatever is told from these rows, a page or a table, names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from felinar.export.dossier.masks import Masks
from felinar.store.published import Row
from felinar.store.published_desk import DeskReading


class MaskedReading(DeskReading):
    """The published rows with labels instead of identities."""

    masks: Masks

    @classmethod
    def under(cls, path: Path, masks: Masks) -> MaskedReading:
        """Return a reader of what is published there, under these masks."""
        reading = cls.open(path)
        reading.masks = masks
        return reading

    @contextmanager
    def _rows(self, sql: str, *parameters: Any) -> Iterator[Iterator[Row]]:
        with super()._rows(sql, *parameters) as rows:
            yield map(self.masks.row, rows)
