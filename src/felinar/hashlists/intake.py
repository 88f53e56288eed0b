"""A delivery of a list taken in: read, merged over what is there, written; what was refused is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from felinar.errors import UnreadableInput
from felinar.hashlists import store
from felinar.hashlists.collect import Collected, collect
from felinar.hashlists.formats import Format
from felinar.hashlists.hashes import BYTES, PHOTODNA, TITLES
from felinar.hashlists.merge import merged, nothing
from felinar.hashlists.source import sha256_of, sources_of
from felinar.hashlists.written import counts_of, save


@dataclass(frozen=True)
class Order:
    """What a person asks for; empty: found out, or as at the import before."""

    name: str = ""
    form: str = ""
    kind: str = ""
    note: str = ""
    categories: tuple[str, ...] = ()
    replace: bool = False


@dataclass(frozen=True)
class Taken:
    """What came of an import: `said` is what is kept of the list, `counts` of this delivery."""

    name: str
    said: dict[str, Any]
    counts: dict[str, int]
    damaged: str
    rejects: Path
    before: int = 0
    entries: int = 0
    hashes: dict[str, int] = field(default_factory=dict)


def take_in(folder: Path, paths: Sequence[Path], order: Order, at: str) -> Taken:
    """Return what came of importing files as one delivery of one list; the time is that of the import."""
    name = store.checked_name(order.name or store.name_from(paths[0].name))
    before = store.about(folder, name) if name in store.names(folder) else {}
    wanted = order.categories or tuple(before.get("categories", ()))
    delivery = int(before.get("delivery", 0)) + 1
    sources = [source for path in paths for source in sources_of(path)]
    collected, form = collect(sources, order.form, order.kind, delivery=delivery, wanted=wanted)
    _check(name, collected, form, before, order)
    arrays = merged(nothing() if order.replace else store.load(folder, name), collected)
    files = [{"name": path.name, "sha256": sha256_of(path)} for path in paths]
    told = {"at": at, "files": files, "replaced_all": order.replace, **dict(sorted(collected.counts.items()))}
    said = {
        "name": name,
        "format": form.name,
        "role": form.role,
        "note": order.note or before.get("note", ""),
        "categories": list(wanted),
        "delivery": delivery,
        "deliveries": [*before.get("deliveries", ()), told],
    }
    version = save(folder, name, arrays, said, collected.rejects)
    counts = counts_of(arrays)
    old = int(before.get("counts", {}).get("entries", 0))
    return Taken(
        name, said, dict(collected.counts), collected.damaged, version / store.REJECTS, old, counts["entries"], counts
    )


def _check(name: str, collected: Collected, form: Format, before: dict[str, Any], order: Order) -> None:
    """Raise UnreadableInput where taking this in would do harm."""
    if before and before["role"] != form.role:
        raise UnreadableInput(
            f"'{name}' is a list of {_role(before['role'])}, this is one of {_role(form.role)}. Give it a name of its "
            "own: --name."
        )
    if before and before["format"] != form.name and not order.replace:
        raise UnreadableInput(
            f"'{name}' came as {before['format']}, this is {form.name}: their entries have different ids. Give it a "
            "name of its own (--name), or put it in place of the old list (--replace)."
        )
    if order.replace and collected.damaged:
        raise UnreadableInput(f"{collected.damaged}. The list that is there was kept; get the file again.")
    if not len(collected):
        first = f" First problem: {collected.rejects[0]['reason']}." if collected.rejects else ""
        raise UnreadableInput(f"Nothing in the file can be used, so nothing was changed.{first}")


def _role(role: str) -> str:
    return "known material" if role == "known" else "known files to leave out"


def sentences(taken: Taken) -> list[str]:
    """Return what a person should know of an import."""
    counts, hashes = taken.counts, taken.hashes
    listed = ", ".join(f"{hashes[kind]:,} {TITLES[kind]}" for kind in BYTES if hashes[kind]) or "no hash to compare"
    lines = [f"{taken.name}: {taken.entries:,} entries ({taken.before:,} before), with {listed}."]
    lines.append(
        f"Read {counts.get('read', 0):,} entries, {counts.get('gone', 0):,} of them withdrawn, deleted or left out; "
        f"{counts.get('rejected', 0):,} could not be used, {counts.get('hashes refused', 0):,} hashes were refused"
        + (f" (each with its reason: {taken.rejects})." if _refused(taken) else ".")
    )
    if hashes[PHOTODNA]:
        lines.append(
            f"{hashes[PHOTODNA]:,} entries have a PhotoDNA value: kept, never compared (the method is closed)."
        )
    others = [f"{number:,} {kind.partition(': ')[2]}" for kind, number in sorted(counts.items()) if ": " in kind]
    lines += [f"Not used, of other kinds: {', '.join(others)}."] if others else []
    if taken.damaged:
        lines.append(f"The file is damaged: {taken.damaged}. What could be read is in; get the file again.")
    if taken.said["role"] != "known":
        lines.append("These are known files, not good ones: they are left out, and never a hit.")
    return lines


def _refused(taken: Taken) -> bool:
    return bool(taken.counts.get("rejected", 0) or taken.counts.get("hashes refused", 0))
