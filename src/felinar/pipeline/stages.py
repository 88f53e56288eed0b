"""From adverts and mentions to operations and leads: what each stage is given, and what is carried from run to run."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.config import threads, without_collector
from felinar.engine.duckdb import DuckDB
from felinar.link import Epoch, link_shown
from felinar.link.selector import CONTACT_KINDS, LEAST_CONFIDENCE, selectors
from felinar.link.shown import Shown, added, extended
from felinar.link.text import group_tables
from felinar.pipeline.alike import alike_pictures
from felinar.pipeline.beside import Beside
from felinar.pipeline.carried import Begun, Carried, carry
from felinar.pipeline.how_linked import how_linked, kept, linked_before
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.progress import Progress
from felinar.pipeline.remade import part_of, resolved, scored, touched_by_run
from felinar.pipeline.signs import TABLE as SIGNS
from felinar.pipeline.signs import read_signs
from felinar.pipeline.start import begin
from felinar.pipeline.template_files import template_files
from felinar.pipeline.usual import keep
from felinar.resolve import Resolved
from felinar.store.judgements import Judgement
from felinar.store.lake import Lake, Part
from felinar.store.workspace import Workspace
from felinar.tables import BY_NAME

AT_ONCE = 50_000  # adverts whose texts are held at a time
MANY = 20_000  # adverts from which templates are made in a process of their own
Numbers = npt.NDArray[np.int64]
# What each stage reads of the adverts, of the mentions and of the pictures; nothing else comes into memory.
_COMPARED = ("advert_id", "title", "body")
_ASKED = ("advert_id", "source", "site", "url", "account")
_CONTACTS = ("advert_id", "kind", "value", "confidence")
_PICTURES = ("advert_id", "path", "sha256")


def derive(workspace: Workspace, lake: Lake, mentions: Mentions, *, full: bool, show: Progress) -> None:
    """Make all derived tables, and make them current. Each stage is given the columns that it reads, no more."""
    start = begin(workspace, lake, full=full)
    pile, before = start.pile, start.before
    engine = DuckDB(spill_folder=workspace.tables / "spill")
    # Arrow and DuckDB work without Python: a thread reads and writes for other stages what these wait for.
    with ThreadPoolExecutor(1) as along:
        images = along.submit(lake.read, "images", _PICTURES)
        selected = along.submit(_selectors_of_new, lake, before, mentions, engine, images)
        signs = along.submit(read_signs, mentions)
        step = show.begin("comparing texts", pile.num_rows)
        ids = pile["advert_id"].to_numpy()
        begun = Begun(lake)
        given = _new_texts(lake, before), ids
        groups, texts = group_tables(*given, before=before.texts, threads=threads(), keep=begun.keep)
        step(pile.num_rows)
        goes_on = before.texts is not None
        templates = partial(template_files, mentions, groups, before.groups, texts.epoch_groups, goes_on=goes_on)
        with Beside(templates, apart=_is_large(pile) and not goes_on) as beside:
            show.begin("linking")
            more = selected.result()
            now = Carried(extended(before.shown, more), texts, groups, frozenset(), holds=True)
            carrying = along.submit(carry, lake, before, now, more, mentions.adverts, begun)
            pictures, of_pictures, said_of_pictures = alike_pictures(lake)
            verdicts, epoch = _on_keys(start.judged), Epoch(*start.epoch)
            linked = link_shown(
                pile, now.shown, images.result(), groups, epoch=epoch, verdicts=verdicts, pictures=pictures
            )
            del now, texts, more, images, selected  # the largest things in memory, once they are written
            written = _written(along, lake, keys=linked.keys)
            written["links"] = along.submit(lake.write_part, "links", linked.links)
            how = how_linked(ids, linked)
            then = linked_before(lake) if start.goes_on else None
            again = touched_by_run(start, lake, mentions, linked, how, then)
            keeping = along.submit(kept, lake, how)
            beside.lend(along)  # linking has use for every processor, what follows hardly for two
            show.begin("resolving")
            part = part_of(again, linked, signs.result(), ids)
            made = resolved(start, lake, part)
            memberships = made.memberships
            written |= _written(along, lake, memberships=memberships)
            if part.is_whole:  # what describes all operations would stand in memory beside what scores them
                written |= _written(along, lake, operations=made.operations())
            else:
                written["operations"] = along.submit(_write_operations, lake, made)
            del made
            show.begin("scoring")
            with without_collector():
                written |= _written(along, lake, **scored(start, lake, part, memberships))
            show.begin("templates")
            parts = {name: [part.result()] for name, part in written.items()} | beside.result()
        files, settings = carrying.result()
    of_epoch_files, said_of_run = keep(lake, start.usual, ids, start.ever)
    files |= {"mentions": mentions.parts, SIGNS: signs.result().files}
    files |= of_pictures | keeping.result() | of_epoch_files
    lake.commit(parts | files, epoch=start.epoch, settings=settings | said_of_pictures | said_of_run)


def _written(along: Executor, lake: Lake, **made: pa.Table) -> dict[str, Future[Part]]:
    """Return the files of these tables, which the executor begins to write."""
    return {name: along.submit(lake.write_part, name, BY_NAME[name].check(table)) for name, table in made.items()}


def _write_operations(lake: Lake, made: Resolved) -> Part:
    """Describe the operations and return their file."""
    return lake.write_part("operations", BY_NAME["operations"].check(made.operations()))


def _is_large(pile: pa.Table) -> bool:
    """Return whether templates, for which nothing else waits, are sooner made in a process of their own."""
    return pile.num_rows >= MANY and threads() > 1


def _new_texts(lake: Lake, before: Carried) -> Iterator[pa.Table]:
    """Yield the texts that the index does not hold, a few at a time; those that it holds need not be read again."""
    held = frozenset() if before.texts is None else before.read
    for part in lake.manifest().tables.get("adverts", []):
        if part.sha256 not in held:
            yield from lake.batches(part, _COMPARED, AT_ONCE)


def _selectors_of_new(
    lake: Lake, before: Carried, mentions: Mentions, engine: DuckDB, pictures: Future[pa.Table]
) -> Shown:
    """Return what the adverts show that no run has read before."""
    new = mentions.of([part for part in mentions.adverts if part.sha256 not in before.read])
    empty = BY_NAME["adverts"].empty().select(_ASKED)
    adverts = pa.concat_tables([empty, *(lake.read_part(part, _ASKED).cast(empty.schema) for part in new.adverts)])
    contacts = new.read(_CONTACTS, kinds=CONTACT_KINDS, least_confidence=LEAST_CONFIDENCE)
    images = pictures.result()
    if before.read:
        images = images.filter(pc.is_in(images["advert_id"], adverts["advert_id"]))
    return added(before.shown, selectors(adverts, contacts, images, engine))


def _on_keys(judged: list[Judgement]) -> dict[tuple[str, str], bool]:
    """Return what people judged of keys: (kind, value) to hub or not."""
    on_keys = (j for j in judged if j.scope == "key" and j.verdict != "unsure")
    return {(j.left, j.right): j.verdict == "hub" for j in on_keys}
