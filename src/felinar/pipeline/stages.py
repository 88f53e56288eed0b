"""From adverts and mentions to operations and leads: what each stage is given, and what is carried from run to run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.config import threads, without_collector
from felinar.engine.duckdb import DuckDB
from felinar.link import Epoch, link_shown, template
from felinar.link.selector import CONTACT_KINDS, LEAST_CONFIDENCE, selectors
from felinar.link.shown import Shown, added, extended
from felinar.link.text import group_tables
from felinar.pipeline.alike import alike_pictures
from felinar.pipeline.beside import Beside
from felinar.pipeline.carried import Carried, carried, carry
from felinar.pipeline.epoch import epoch_of
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.progress import Progress
from felinar.resolve import Before, operations, resolve
from felinar.score import reading, score
from felinar.store.judgements import Judgement, judgements
from felinar.store.lake import Lake, Part
from felinar.store.workspace import Workspace
from felinar.tables import BY_NAME

AT_ONCE = 50_000  # adverts whose texts are held at a time
MANY = 20_000  # adverts from which templates are made in a process of their own
Numbers = npt.NDArray[np.int64]
# What each stage reads of the adverts, of the mentions and of the pictures; nothing else comes into memory.
_COMPARED = ("advert_id", "title", "body")
_SPANS = ("advert_id", "field", "start", "kind", "end")
_ASKED = ("advert_id", "source", "site", "url", "account")
_CONTACTS = ("advert_id", "kind", "value", "confidence")
_PICTURES = ("advert_id", "path", "sha256")
_DESCRIBED = ("advert_id", "value", "display", "confidence")


def derive(workspace: Workspace, lake: Lake, mentions: Mentions, *, full: bool, show: Progress) -> None:
    """Make all derived tables, and make them current. Each stage is given the columns that it reads, no more."""
    judged = judgements(workspace.desk)
    pile = lake.read_sorted("adverts", ("advert_id", "site", "posted_at"))
    before = carried(lake, anew=full)
    epoch = epoch_of(lake.manifest(), pile.num_rows, full=not before.holds)
    before = before if epoch[0] == lake.manifest().epoch else replace(before, texts=None)
    engine = DuckDB(spill_folder=workspace.tables / "spill")
    # Arrow and DuckDB work without Python: a thread reads and writes for other stages what these wait for.
    with ThreadPoolExecutor(1) as along:
        selected = along.submit(_selectors_of_new, lake, before, mentions, engine)
        scored = along.submit(_scored, mentions)
        step = show.begin("comparing texts", pile.num_rows)
        ids = pile["advert_id"].to_numpy()
        groups, texts = group_tables(_new_texts(lake, before), ids, before=before.texts, threads=threads())
        step(pile.num_rows)
        of_epoch = None if before.texts is None else texts.epoch_groups
        templates = partial(_templates, mentions, groups, before.groups, of_epoch)
        with Beside(templates, apart=_is_large(pile)) as beside:
            show.begin("linking")
            more = selected.result()
            now = Carried(extended(before.shown, more), texts, groups, frozenset(), holds=True)
            carrying = along.submit(carry, lake, before, now, more, mentions.adverts)
            pictures, of_pictures, said_of_pictures = alike_pictures(lake)
            made: dict[str, pa.Table] = {}
            made["keys"], made["links"] = link_shown(
                pile, now.shown, lake.read("images", _PICTURES), groups, epoch=Epoch(*epoch), verdicts=_on_keys(judged),
                pictures=pictures,
            )  # fmt: skip
            del now, texts, more  # the largest things in memory, once they are written
            written = _written(along, lake, made, ("keys", "links"))
            show.begin("resolving")
            made["memberships"], made["operations"] = resolve(
                pile, _places_and_names(mentions), made["keys"], made["links"],
                before=_before(lake, same_rules=before.holds), judgements=judged,
            )  # fmt: skip
            written |= _written(along, lake, made, ("memberships", "operations"))
            step = show.begin("scoring")
            with without_collector():
                made["hits"], made["leads"] = score(**scored.result(), **made)
            step(1)
            written |= _written(along, lake, made, ("hits", "leads"))
            show.begin("templates")
            parts = {name: [part.result()] for name, part in written.items()} | beside.result()
        files, settings = carrying.result()
    files |= of_pictures | {"mentions": mentions.parts}
    lake.commit(parts | files, epoch=epoch, settings=settings | said_of_pictures)


def _written(along: Executor, lake: Lake, made: dict[str, pa.Table], names: Sequence[str]) -> dict[str, Future[Part]]:
    """Return the files of these tables, which the executor begins to write."""
    return {name: along.submit(lake.write_part, name, BY_NAME[name].check(made[name])) for name in names}


def _is_large(pile: pa.Table) -> bool:
    """Return whether templates, for which nothing else waits, are sooner made in a process of their own."""
    return pile.num_rows >= MANY and threads() > 1


def _new_texts(lake: Lake, before: Carried) -> Iterator[pa.Table]:
    """Yield the texts that the index does not hold, a few at a time; those that it holds need not be read again."""
    held = frozenset() if before.texts is None else before.read
    for part in lake.manifest().tables.get("adverts", []):
        if part.sha256 not in held:
            yield from lake.batches(part, _COMPARED, AT_ONCE)


def _templates(
    mentions: Mentions, groups: pa.Table, groups_before: pa.Table, of_epoch: Numbers | None
) -> dict[str, list[Part]]:
    """Write the templates and what fills their slots, and return the files.

    `of_epoch` are the groups found when the epoch began, None where it begins: their templates stay.
    """
    lake = mentions.lake
    old = None
    if of_epoch is not None:
        old = template.Before(groups_before, lake.read("templates"), lake.read("slot_values"), of_epoch)
    texts = (table for part in mentions.adverts for table in lake.batches(part, _COMPARED, AT_ONCE))
    found, filled = template.templates(texts, groups, mentions.each(_SPANS, coded=("field", "kind")), before=old)
    return {"templates": [lake.write_part("templates", found)], "slot_values": [lake.write_part("slot_values", filled)]}


def _places_and_names(mentions: Mentions) -> pa.Table:
    """Return the mentions by which operations are described."""
    columns, sure = dict.fromkeys(operations.KINDS, _DESCRIBED), operations.LEAST_CONFIDENCE
    tables = mentions.by_kind(columns, least_confidence=sure, coded=("value", "display"))
    return pa.concat_tables(
        [table.append_column("kind", pa.repeat(kind, table.num_rows)) for kind, table in tables.items()]
    )


def _scored(mentions: Mentions) -> dict[str, Any]:
    """Return what scoring reads of the adverts and their mentions; of a body it needs the length alone."""
    lake, columns = mentions.lake, reading.ADVERT_COLUMNS
    adverts = [reading.slim(lake.read_part(part, columns)) for part in mentions.adverts]
    signs = mentions.by_kind(reading.MENTION_COLUMNS, least_confidence=reading.LEAST_CONFIDENCE, coded=reading.CODED)
    empty = reading.slim(BY_NAME["adverts"].empty())
    unused = {name: BY_NAME[name].empty() for name in ("images", "templates", "slot_values")}
    return {"adverts": pa.concat_tables([empty, *adverts]), "mentions": signs, **unused}


def _selectors_of_new(lake: Lake, before: Carried, mentions: Mentions, engine: DuckDB) -> Shown:
    """Return what the adverts show that no run has read before."""
    new = mentions.of([part for part in mentions.adverts if part.sha256 not in before.read])
    empty = BY_NAME["adverts"].empty().select(_ASKED)
    adverts = pa.concat_tables([empty, *(lake.read_part(part, _ASKED).cast(empty.schema) for part in new.adverts)])
    contacts = new.read(_CONTACTS, kinds=CONTACT_KINDS, least_confidence=LEAST_CONFIDENCE)
    images = lake.read("images", _PICTURES)
    if before.read:
        images = images.filter(pc.is_in(images["advert_id"], adverts["advert_id"]))
    return added(before.shown, selectors(adverts, contacts, images, engine))


def _before(lake: Lake, *, same_rules: bool) -> Before:
    """Return what the run before left; operations written before they had a history have none."""
    parts = lake.manifest().tables.get("operations", [])
    has_history = all("history" in lake.read_part(part).column_names for part in parts)
    operations = lake.read("operations") if has_history else BY_NAME["operations"].empty()
    return Before(lake.read("memberships"), operations, same_rules=same_rules and has_history)


def _on_keys(judged: list[Judgement]) -> dict[tuple[str, str], bool]:
    """Return what people judged of keys: (kind, value) to hub or not."""
    on_keys = (j for j in judged if j.scope == "key" and j.verdict != "unsure")
    return {(j.left, j.right): j.verdict == "hub" for j in on_keys}
