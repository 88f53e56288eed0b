"""Which stored pictures are alike: looked for anew when a picture came in or went, else as the run before found it.

What is costly, laying two pictures over each other, is done once for a pair: what came of it is carried on.
"""

from __future__ import annotations

import pyarrow as pa

from felinar.config import threads
from felinar.ids import canonical_json
from felinar.link.alike import COMPARED, GROUPS, RULES, Alike, alike
from felinar.link.laid import Laid
from felinar.store.lake import Lake, Manifest, Part

TABLE, BLANK_TABLE, LAID_TABLE = "carried_picture_groups", "carried_picture_blank", "carried_picture_laid"
SETTING, RULES_SETTING = "pictures", "picture_rules"
_BLANK = pa.schema([("sha256", pa.string())])


def alike_pictures(lake: Lake) -> tuple[Alike, dict[str, list[Part]], dict[str, str]]:
    """Return what is alike among the stored pictures, and the files and settings to commit with it."""
    manifest = lake.manifest()
    pictures = manifest.tables.get("pictures", [])
    if not pictures:
        return Alike.nothing(), {}, {}
    of_today = canonical_json([RULES, *sorted(part.sha256 for part in pictures)])
    if manifest.settings.get(SETTING) == of_today:
        groups, blank = (lake.read_part(manifest.tables[name][0]) for name in (TABLE, BLANK_TABLE))
        return Alike(groups.cast(GROUPS), blank["sha256"].combine_chunks()), {}, {}
    laid = _laid_before(lake, manifest)
    found = alike(lake.read("pictures", COMPARED), threads=threads(), laid=laid)
    blank = pa.table([found.blank], schema=_BLANK)
    tables = {TABLE: found.groups, BLANK_TABLE: blank, LAID_TABLE: laid.table()}
    files = {name: [lake.write_part(name, table)] for name, table in tables.items()}
    return found, files, {SETTING: of_today, RULES_SETTING: RULES}


def _laid_before(lake: Lake, manifest: Manifest) -> Laid:
    """Return what earlier runs under the same rules found of pairs."""
    parts = manifest.tables.get(LAID_TABLE, [])
    if not parts or manifest.settings.get(RULES_SETTING) != RULES:
        return Laid()
    return Laid.of(lake.read_part(parts[0]))
