"""Extract what is new: each file of adverts is read once per set of extractors, and its mentions stand in one file.

That file is named by what it was made from, so that a run that was killed goes on where it was.
"""

from __future__ import annotations

import pyarrow as pa

from felinar.config import threads
from felinar.extract import ADVERT_COLUMNS, EXTRACTORS, extract_tables, is_compiled, is_worth_it, workers_for
from felinar.extract.pool import stop
from felinar.ids import canonical_json, sha256_hex
from felinar.pipeline.beside import Beside
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.picture_mentions import of_part, picture_mentions
from felinar.pipeline.progress import Progress
from felinar.store.lake import Lake, Part
from felinar.tables import MENTIONS

# Below so many adverts worker processes start more slowly than they read.
_FEW = 4_000


def mentions_of_new_adverts(lake: Lake, progress: Progress) -> Mentions:
    """Return the mentions of all adverts; only adverts never read before are read, and no file stays in memory."""
    parts = lake.manifest().tables.get("adverts", [])
    said = picture_mentions(lake)
    of_pictures = {part.file: of_part(lake, part, said) for part in parts}
    kept = {part.file: found for part in parts if (found := _kept(lake, part, of_pictures[part.file])) is not None}
    missing = [part for part in parts if part.file not in kept]
    if missing:
        adverts = sum(part.rows for part in missing)
        native = is_worth_it(adverts)
        if native and not is_compiled():
            _compile(progress)
        advance = progress.begin("reading adverts", adverts)
        tables = (lake.read_part(part, ADVERT_COLUMNS) for part in missing)
        workers = workers_for(adverts, threads(), native) if adverts >= _FEW else 1
        mentions = extract_tables(tables, workers=workers, progress=advance, native=native, adverts=adverts)
        for part, found in zip(missing, mentions, strict=True):
            kept[part.file] = _written(lake, part, found, of_pictures[part.file])
    stop()  # what the workers have loaded is not needed any more; it may be loaded although nothing was missing
    return Mentions(lake, parts, [kept[part.file] for part in parts])


def _kept(lake: Lake, part: Part, of_pictures: pa.Table) -> Part | None:
    """Return the file with the mentions of a file of adverts and its pictures, None where nobody has read them."""
    kept = lake.part_written(name_of_mentions(part, of_pictures))
    if kept is None and of_pictures.num_rows and (words := lake.part_written(name_of_mentions(part))) is not None:
        return _written(lake, part, lake.read_part(words), of_pictures)
    return kept


def _written(lake: Lake, part: Part, found: pa.Table, of_pictures: pa.Table) -> Part:
    """Write what was found in a file of adverts and what its pictures say, and return the file."""
    if of_pictures.num_rows:
        found = MENTIONS.sort(pa.concat_tables([MENTIONS.check(found), of_pictures]))
    return lake.write_part(name_of_mentions(part, of_pictures), found)


def name_of_mentions(part: Part, of_pictures: pa.Table | None = None) -> str:
    """Return the beginning of the name of the file that holds the mentions of a file of adverts and its pictures."""
    rules = canonical_json([part.sha256, [f"{e.name}/{e.version}" for e in EXTRACTORS]])
    if of_pictures is not None and of_pictures.num_rows:
        rules += canonical_json(of_pictures.to_pylist())
    return f"cache-mentions-{sha256_hex(rules.encode())[:20]}"


def _compile(progress: Progress) -> None:
    """Compile the native readers once, in a worker: the compiler leaves a gigabyte behind, which goes with it."""
    progress.begin("compiling the readers, once (about two minutes)")
    with Beside(_compiled, apart=True) as compiled:
        compiled.result()
    stop()  # workers that were started before know nothing of it


def _compiled() -> int:
    from felinar.extract.native.warm import compile_readers

    return compile_readers(EXTRACTORS)
