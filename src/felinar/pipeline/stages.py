"""From adverts and mentions to operations and leads: what each stage is given, and what is carried from run to run."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from felinar.config import threads
from felinar.engine.duckdb import DuckDB
from felinar.link import Epoch, link_shown
from felinar.link.selector import CONTACT_KINDS, LEAST_CONFIDENCE, selectors
from felinar.link.shown import Shown, added, extended
from felinar.link.template import templates
from felinar.link.text import group_adverts
from felinar.pipeline.carried import Carried, carried, carry
from felinar.pipeline.epoch import epoch_of
from felinar.pipeline.mentions import Mentions
from felinar.pipeline.progress import Progress
from felinar.resolve import Before, resolve
from felinar.score import reading, score
from felinar.store.judgements import Judgement, judgements
from felinar.store.lake import Lake
from felinar.store.workspace import Workspace
from felinar.tables import BY_NAME

# What each stage reads of the adverts, of the mentions and of the pictures; nothing else comes into memory.
_COMPARED = ("advert_id", "title", "body")
_SPANS = ("advert_id", "field", "start", "kind", "end")
_ASKED = ("advert_id", "source", "site", "url", "account")
_CONTACTS = ("advert_id", "kind", "value", "confidence")
_PICTURES = ("advert_id", "path", "sha256")
_DESCRIBED = ("advert_id", "kind", "value", "display", "confidence")


def derive(workspace: Workspace, lake: Lake, mentions: Mentions, *, full: bool, show: Progress) -> None:
    """Make all derived tables, and make them current. Each stage is given the columns that it reads, no more."""
    judged = judgements(workspace.desk)
    pile = lake.read_sorted("adverts", ("advert_id", "site", "posted_at"))
    before = carried(lake, anew=full)
    epoch = epoch_of(lake.manifest(), pile.num_rows, full=not before.holds)
    before = before if epoch[0] == lake.manifest().epoch else replace(before, texts=None)
    engine = DuckDB(spill_folder=workspace.tables / "spill")
    made: dict[str, pa.Table] = {}

    step = show.begin("comparing texts", pile.num_rows)
    adverts = lake.read_sorted("adverts", _COMPARED)
    groups, texts = group_adverts(adverts, before=before.texts, threads=threads())
    step(pile.num_rows)
    show.begin("templates")
    made["templates"], made["slot_values"] = templates(adverts, groups, mentions.read(_SPANS))
    del adverts

    show.begin("linking")
    more = _selectors_of_new(lake, before, mentions, engine)
    shown = extended(before.shown, more)
    made["keys"], made["links"] = link_shown(
        pile, shown, lake.read("images", _PICTURES), groups, epoch=Epoch(*epoch), verdicts=_on_keys(judged)
    )
    del groups

    show.begin("resolving")
    made["memberships"], made["operations"] = resolve(
        pile, mentions.read(_DESCRIBED, kinds=("place", "name")), made["keys"], made["links"],
        before=_before(lake, same_rules=before.holds), judgements=judged, engine=engine,
    )  # fmt: skip

    step = show.begin("scoring")
    signs = mentions.read(reading.MENTION_COLUMNS, least_confidence=reading.LEAST_CONFIDENCE, coded=reading.CODED)
    adverts, images = lake.read_sorted("adverts", reading.ADVERT_COLUMNS), BY_NAME["images"].empty()
    made["hits"], made["leads"] = score(adverts=adverts, images=images, mentions=signs, **made)
    del adverts, signs
    step(1)

    parts = {name: [lake.write_part(name, BY_NAME[name].check(table))] for name, table in made.items()}
    files, settings = carry(lake, before, shown, more, texts, mentions.adverts)
    lake.commit(parts | files | {"mentions": mentions.parts}, epoch=epoch, settings=settings)


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
