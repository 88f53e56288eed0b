"""Picture files that come after their adverts: found by the names that the adverts give, then looked at as always."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from felinar.pipeline import carried
from felinar.pipeline.pictures import Seen, look_at_new
from felinar.pipeline.progress import Progress, Silent
from felinar.sources import Pictures
from felinar.store.lake import Lake, Part
from felinar.store.workspace import Workspace
from felinar.tables import IMAGES


def add_files(workspace: Workspace, place: Path, *, text: bool = False, progress: Progress | None = None) -> Seen:
    """Look in a folder or ZIP for the pictures that adverts of the workspace name, and return what came of them.

    The caller holds the workspace for writing. What adverts show changes by it, so the next run begins a new epoch.
    """
    lake, pictures = Lake(workspace.tables), Pictures(None, place)
    tables = lake.manifest().tables
    parts = [_found(lake, part, pictures) for part in tables.get("images", [])]
    images = pa.concat_tables([IMAGES.empty(), *(IMAGES.check(lake.read_part(part)) for part in parts)])
    seen = look_at_new(workspace, lake, images, [pictures], progress or Silent(), text=text)
    seen.counts["missing"] = pc.sum(pc.equal(images["sha256"], "")).as_py() or 0
    if seen.parts or parts != tables.get("images", []):
        files = {"images": parts, "pictures": [*tables.get("pictures", []), *seen.parts]}
        lake.commit(files, settings={carried.SETTING: "{}"})
    return seen


def _found(lake: Lake, part: Part, pictures: Pictures) -> Part:
    """Return a file of IMAGES with the SHA-256 of the pictures that were found now."""
    images = IMAGES.check(lake.read_part(part))
    missing = pc.equal(images["sha256"], "")
    names = images.filter(missing)["path"].unique().to_pylist()
    found = {name: sha256 for name in names if (sha256 := pictures.digest(name)[1])}
    if not found:
        return part
    paths = images["path"].to_pylist()
    now = [found.get(path, "") or old for path, old in zip(paths, images["sha256"].to_pylist(), strict=True)]
    ids = [new or old for new, old in zip(now, images["image_id"].to_pylist(), strict=True)]
    columns = {"image_id": ids, "sha256": now}
    for name, values in columns.items():
        images = images.set_column(images.column_names.index(name), name, pa.array(values, pa.string()))
    return lake.write_part("images", IMAGES.sort(images))
