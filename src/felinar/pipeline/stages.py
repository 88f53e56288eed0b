"""From adverts and mentions to operations and leads: what each stage is given, and what is carried from run to run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from felinar.config import threads, without_collector
from felinar.engine.duckdb import DuckDB
from felinar.link import Epoch, Linked, link_shown, template
from felinar.link.selector import CONTACT_KINDS, LEAST_CONFIDENCE, selectors
from felinar.link.shown import Shown, added, extended
from felinar.link.text import group_tables
from felinar.pipeline.alike import alike_pictures
from felinar.pipeline.beside import Beside
from felinar.pipeline.carried import Carried, carried, carry
from felinar.pipeline.epoch import epoch_of
from felinar.pipeline.holding import holding
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.progress import Progress
from felinar.pipeline.signs import Signs, read_signs
from felinar.pipeline.touched import KEYS_READ, LINKS_READ, Bools, linked_otherwise, places, touched
from felinar.pipeline.usual import Seen, keep, seen, usual
from felinar.resolve import Before, resolve
from felinar.resolve.again import resolve_again
from felinar.resolve.constraints import among, constraints, members
from felinar.score import score
from felinar.score.again import with_untouched
from felinar.score.usual import Usual
from felinar.store.judgements import Judgement, all_judgements, judgements
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


@dataclass(frozen=True)
class Start:
    """What a run begins with: the adverts by id, what people judged (`ever`: withdrawn too), and what is carried over.

    `goes_on`: the epoch goes on and its rules hold, so only what was touched since the run before is made again.
    """

    pile: pa.Table
    judged: list[Judgement]
    ever: list[Judgement]
    before: Carried
    epoch: tuple[int, int]
    seen: Seen
    usual: Usual
    goes_on: bool


def derive(workspace: Workspace, lake: Lake, mentions: Mentions, *, full: bool, show: Progress) -> None:
    """Make all derived tables, and make them current. Each stage is given the columns that it reads, no more."""
    start = _start(workspace, lake, full=full)
    pile, before = start.pile, start.before
    engine = DuckDB(spill_folder=workspace.tables / "spill")
    # Arrow and DuckDB work without Python: a thread reads and writes for other stages what these wait for.
    with ThreadPoolExecutor(1) as along:
        images = along.submit(lake.read, "images", _PICTURES)
        selected = along.submit(_selectors_of_new, lake, before, mentions, engine, images)
        signs = along.submit(read_signs, mentions)
        linked_before = along.submit(_linked_before, lake)
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
            linked = link_shown(
                pile, now.shown, images.result(), groups, epoch=Epoch(*start.epoch), verdicts=_on_keys(start.judged),
                pictures=pictures,
            )  # fmt: skip
            del now, texts, more, images  # the largest things in memory, once they are written
            written = _written(along, lake, keys=linked.keys, links=linked.links)
            show.begin("resolving")
            again = _touched(start, lake, mentions, linked, linked_before.result())
            made = _resolved(start, lake, linked, again, signs.result())
            written |= _written(along, lake, **made)
            step = show.begin("scoring")
            with without_collector():
                written |= _written(along, lake, **_scored(start, lake, linked, again, signs.result(), made))
            step(1)
            show.begin("templates")
            parts = {name: [part.result()] for name, part in written.items()} | beside.result()
        files, settings = carrying.result()
    of_epoch_files, said_of_run = keep(lake, start.usual, ids, start.ever)
    files |= of_pictures | of_epoch_files | {"mentions": mentions.parts}
    lake.commit(parts | files, epoch=start.epoch, settings=settings | said_of_pictures | said_of_run)


def _start(workspace: Workspace, lake: Lake, *, full: bool) -> Start:
    """Return what the run begins with; where nothing can be carried over, or the pile has grown, an epoch begins."""
    ever = all_judgements(workspace.desk)  # read first: what is judged from now on is for the next run
    judged = judgements(workspace.desk)
    pile = lake.read_sorted("adverts", ("advert_id", "site", "posted_at"))
    then = seen(lake, ever)
    before = carried(lake, anew=full or not then.holds)
    epoch = epoch_of(lake.manifest(), pile.num_rows, full=not before.holds)
    goes_on = epoch[0] == lake.manifest().epoch
    before = before if goes_on else replace(before, texts=None)
    return Start(pile, judged, ever, before, epoch, then, usual(lake) if goes_on else Usual(), goes_on)


def _touched(start: Start, lake: Lake, mentions: Mentions, linked: Linked, linked_before: Sequence[pa.Table]) -> Bools:
    """Return which adverts are looked at again, by their place among the sorted ids: all where an epoch begins."""
    ids = start.pile["advert_id"].to_numpy()
    if not start.goes_on:
        return np.ones(len(ids), dtype=np.bool_)
    seeds = linked_otherwise(ids, linked, *linked_before)
    new = [part for part in mentions.adverts if part.sha256 not in start.before.read]
    asked = [lake.read_part(part, ("advert_id",))["advert_id"].to_numpy() for part in new]
    latest = (judgement for judgement in start.ever if judgement.judgement_id > start.seen.judgement)
    asked += [np.array(side, dtype=np.int64) for judgement in latest for side in members(judgement)]
    for wanted in asked:
        at, known = places(ids, wanted)
        seeds[at[known]] = True
    same = among(constraints(start.judged).together, ids, columns=2)
    return touched(ids, linked, seeds, lake.read("memberships"), same)


def _linked_before(lake: Lake) -> tuple[pa.Table, pa.Table]:
    """Return what tells whether adverts are linked otherwise than in the run before."""
    return lake.read("links", LINKS_READ), lake.read("keys", KEYS_READ)


def _resolved(start: Start, lake: Lake, linked: Linked, again: Bools, signs: Signs) -> dict[str, pa.Table]:
    """Return the memberships and operations, those of touched adverts made again."""
    adverts = start.pile.filter(pa.array(again))
    before = _before(lake, same_rules=start.before.holds)
    make = resolve if again.all() else resolve_again
    memberships, operations = make(
        adverts, signs.described(adverts["advert_id"]), *linked.of(again), before=before, judgements=start.judged
    )
    return {"memberships": memberships, "operations": operations}


def _scored(
    start: Start, lake: Lake, linked: Linked, again: Bools, signs: Signs, made: dict[str, pa.Table]
) -> dict[str, pa.Table]:
    """Return the hits and leads, those of operations with touched adverts made again."""
    whole, memberships = bool(again.all()), made["memberships"].filter(pa.array(again))
    part = signs if whole else signs.of(memberships["advert_id"])
    keys, links = linked.of(again)
    unused = {name: BY_NAME[name].empty() for name in ("images", "templates", "slot_values", "operations")}
    hits, leads = score(
        adverts=part.adverts, mentions=part.mentions, keys=keys, links=links, memberships=memberships,
        usual=start.usual, **unused,
    )  # fmt: skip
    if not whole:
        then = lake.read("memberships")
        of_then = then.filter(pc.is_in(then["advert_id"], memberships["advert_id"].combine_chunks()))
        changed = pc.unique(pa.concat_tables([memberships, of_then])["operation_id"])
        hits, leads = with_untouched(hits, leads, before=(lake.read("hits"), lake.read("leads")), again=changed)
    return {"hits": hits, "leads": leads}


def _written(along: Executor, lake: Lake, **made: pa.Table) -> dict[str, Future[Part]]:
    """Return the files of these tables, which the executor begins to write."""
    return {name: along.submit(lake.write_part, name, BY_NAME[name].check(table)) for name, table in made.items()}


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
        mentions = holding(mentions, template.adverts_needed(groups, old))
    texts = (table for part in mentions.adverts for table in lake.batches(part, _COMPARED, AT_ONCE))
    found, filled = template.templates(texts, groups, mentions.each(_SPANS, coded=("field", "kind")), before=old)
    return {"templates": [lake.write_part("templates", found)], "slot_values": [lake.write_part("slot_values", filled)]}


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
