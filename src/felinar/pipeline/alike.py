"""Which stored pictures are alike: looked for anew when a picture came in or went, else as the run before found it."""

from __future__ import annotations

import pyarrow as pa

from felinar.config import threads
from felinar.ids import canonical_json
from felinar.link.alike import COMPARED, GROUPS, RULES, Alike, alike
from felinar.store.lake import Lake, Part

TABLE, BLANK_TABLE, SETTING = "carried_picture_groups", "carried_picture_blank", "pictures"
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
    found = alike(lake.read("pictures", COMPARED), threads=threads())
    blank = pa.table([found.blank], schema=_BLANK)
    files = {TABLE: [lake.write_part(TABLE, found.groups)], BLANK_TABLE: [lake.write_part(BLANK_TABLE, blank)]}
    return found, files, {SETTING: of_today}
