"""The derived tables as Parquet files under one manifest.

Invariant: `tables/CURRENT` names a manifest whose files all exist. A commit writes new files, then a new manifest,
then renames CURRENT; whoever is killed in between leaves the old state. The generation before is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from felinar.errors import WorkspaceProblem
from felinar.store.durable import put_in_place, write_text
from felinar.store.table_files import write_mapped, write_parquet
from felinar.tables import BY_NAME, SCHEMA_VERSION

_CURRENT = "CURRENT"
_FIRST = "manifest-00000001.json"
_MAPPED = ".arrow"


@dataclass(frozen=True)
class Part:
    """One Parquet file of a table."""

    file: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Manifest:
    """Which files make up each table, and the settings that they were made with."""

    generation: int = 0
    schema_version: int = SCHEMA_VERSION
    epoch: int = 0
    epoch_adverts: int = 0
    settings: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[Part]] = field(default_factory=dict)


class Lake:
    """The tables of one workspace."""

    def __init__(self, folder: Path):
        self.folder = folder

    @property
    def generation(self) -> int:
        """The number of the newest commit; 0 for an empty workspace."""
        return self.manifest().generation

    def manifest(self) -> Manifest:
        """Return what CURRENT names; an error says when it was written by another version."""
        current = self.folder / _CURRENT
        if not current.is_file() and not (written := self._manifests()):
            return Manifest()
        try:
            if not current.is_file() and written == [_FIRST]:
                return self._manifest_in(_FIRST)  # killed in the very first commit, after all of it was written
            return self._manifest_in(current.read_text(encoding="utf-8").strip())
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise self._lost(f"{current} does not name a manifest that can be read") from None

    def _manifest_in(self, name: str) -> Manifest:
        raw = json.loads((self.folder / name).read_text(encoding="utf-8"))
        if raw["schema_version"] != SCHEMA_VERSION:
            raise WorkspaceProblem(
                f"The tables in {self.folder} have schema version {raw['schema_version']}, this program writes "
                f"{SCHEMA_VERSION}. Use the version of Felinar that wrote them, or ingest the files again."
            )
        raw["tables"] = {name: [Part(**part) for part in parts] for name, parts in raw["tables"].items()}
        return Manifest(**raw)

    def _manifests(self) -> list[str]:
        """Return the names of all manifests, oldest first."""
        return sorted(path.name for path in self.folder.glob("manifest-*.json"))

    def _lost(self, what: str) -> WorkspaceProblem:
        """Return the error for a lake whose state is not known; nothing may be written into it."""
        others = " or ".join(f"'{name}'" for name in self._manifests()[::-1])
        way = f", or write the name of a manifest ({others}) into CURRENT" if others else ""
        return WorkspaceProblem(f"{what}; nothing was changed. Restore the folder from a backup{way}.")

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table, or some of its columns; empty when no run has made it. Rows stand in file order.

        A column that an older version did not write is null.
        """
        parts = self.manifest().tables.get(name, [])
        schema = BY_NAME[name].schema
        if columns is not None:
            schema = pa.schema([schema.field(column) for column in columns])
        tables = [_with_columns(self.read_part(part, columns), schema) for part in parts]
        return pa.concat_tables([schema.empty_table(), *tables])

    def read_sorted(self, name: str, columns: Sequence[str]) -> pa.Table:
        """Return these columns of a table in the order of its advert_id, each in one piece."""
        table = self.read(name, columns)
        ids = table["advert_id"].to_numpy()
        order = pa.array(np.argsort(ids, kind="stable"))
        return pa.table([_taken(table[column], order) for column in columns], schema=table.schema)

    def read_part(self, part: Part, columns: Sequence[str] | None = None, *, coded: Collection[str] = ()) -> pa.Table:
        """Return the rows of one file; an error names a file that is missing or damaged.

        Columns named in `coded` come dictionary-encoded: a number for each text that occurs. A file that was written to
        be mapped costs what is looked at, and comes whole.
        """
        import pyarrow.parquet as pq

        path = self.folder / part.file
        if path.suffix == _MAPPED:
            return self._mapped(path)
        names, texts = list(columns) if columns is not None else None, sorted(coded)
        try:
            return pq.read_table(path, columns=names, partitioning=None, read_dictionary=texts)
        except (OSError, pa.ArrowException):
            raise self._unreadable(path) from None

    def _mapped(self, path: Path) -> pa.Table:
        try:
            with pa.memory_map(str(path)) as file:
                return pa.ipc.open_file(file).read_all()
        except (OSError, pa.ArrowException):
            raise self._unreadable(path) from None

    @staticmethod
    def _unreadable(path: Path) -> WorkspaceProblem:
        state = "damaged" if path.is_file() else "missing"
        return WorkspaceProblem(
            f"{path} is {state}. Restore it from a backup; `felinar doctor` names all files that are not whole."
        )

    def batches(self, part: Part, columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
        """Return the rows of one file, so many at a time; an error names a file that is missing or damaged."""
        import pyarrow.parquet as pq

        path = self.folder / part.file
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=rows, columns=list(columns), use_threads=False):
                    yield pa.Table.from_batches([batch])
        except (OSError, pa.ArrowException):
            raise self._unreadable(path) from None

    def write_part(self, name: str, table: pa.Table, *, mapped: bool = False) -> Part:
        """Write rows to a file named by `name` and its content and return it; no reader sees it before a commit.

        A file whose name begins with `cache-` survives a crash and other commits, until `forget_caches`. `mapped`: as
        an Arrow file, twice as large, of which readers map the pages that they look at.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f"{name}.tmp"
        try:
            (write_mapped if mapped else write_parquet)(table, temporary)
        except OSError:
            temporary.unlink(missing_ok=True)  # a disk that is full needs the room
            raise
        sha256 = _sha256_of(temporary)
        file = f"{name}-{sha256[:20]}{_MAPPED if mapped else '.parquet'}"
        put_in_place(temporary, self.folder / file)
        return Part(file, sha256, table.num_rows)

    def part_written(self, name: str) -> Part | None:
        """Return the file that `write_part` wrote under this name, None where it is missing or damaged."""
        import pyarrow.parquet as pq

        for path in sorted(self.folder.glob(f"{name}-*.parquet")):
            sha256 = _sha256_of(path)
            if path.name == f"{name}-{sha256[:20]}.parquet":
                return Part(path.name, sha256, pq.read_metadata(path).num_rows)
        return None

    def commit(
        self,
        tables: Mapping[str, list[Part]],
        *,
        epoch: tuple[int, int] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> Manifest:
        """Make these files the current content of their tables and return the new manifest; others stay."""
        old = self.manifest()
        number, adverts = epoch or (old.epoch, old.epoch_adverts)
        new = Manifest(
            generation=old.generation + 1,
            epoch=number,
            epoch_adverts=adverts,
            settings={**old.settings, **(settings or {})},
            tables={**old.tables, **{name: list(parts) for name, parts in tables.items()}},
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"manifest-{new.generation:08d}.json"
        write_text(self.folder / name, json.dumps(asdict(new), indent=1, sort_keys=True))
        write_text(self.folder / _CURRENT, name + "\n")
        self._forget_all_but(new, old)
        return new

    def _forget_all_but(self, *kept: Manifest) -> None:
        """Delete files that neither of the kept generations names; only the holder of the lock may call it."""
        names = {part.file for manifest in kept for parts in manifest.tables.values() for part in parts}
        names |= {f"manifest-{manifest.generation:08d}.json" for manifest in kept} | {_CURRENT}
        for path in sorted(self.folder.iterdir()):
            if path.is_file() and path.name not in names and not path.name.startswith("cache-"):
                path.unlink()

    def forget_caches(self) -> None:
        """Delete the files called `cache-` that no kept generation names; only the holder of the lock may call it."""
        kept = {part.file for manifest in self._kept() for parts in manifest.tables.values() for part in parts}
        for path in self.folder.glob("cache-*"):
            if path.name not in kept:
                path.unlink()

    def forget_unfinished(self) -> None:
        """Delete what a delivery wrote that failed before its commit; only the holder of the lock may call it."""
        if self.folder.is_dir():
            self._forget_all_but(*self._kept())

    def _kept(self) -> list[Manifest]:
        """Return the current generation, and the one before where there is one."""
        current = self.manifest()
        before = self.folder / f"manifest-{current.generation - 1:08d}.json"
        return [current, *([self._manifest_in(before.name)] if before.is_file() else [])]

    def damaged(self) -> list[str]:
        """Return a sentence for each file of the current generation that is missing or whose bytes have changed."""
        problems = []
        for name, parts in sorted(self.manifest().tables.items()):
            for part in parts:
                path = self.folder / part.file
                if not path.is_file():
                    problems.append(f"Table {name}: the file {part.file} is missing.")
                elif _sha256_of(path) != part.sha256:
                    problems.append(f"Table {name}: the file {part.file} is not what was written.")
        return problems


def _with_columns(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return the table with the columns of this schema; those that it lacks are null."""
    there = table.column_names
    columns = [table[f.name].cast(f.type) if f.name in there else pa.nulls(table.num_rows, f.type) for f in schema]
    return pa.table(columns, schema=schema)


def _taken(column: pa.ChunkedArray, order: pa.Array) -> pa.Array:
    """Return the values in this order."""
    return column.combine_chunks().take(order)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
