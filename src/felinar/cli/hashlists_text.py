"""Lines that `felinar hashlists` prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_HEAD = ("list", "format", "entries", "MD5", "SHA-1", "SHA-256", "PDQ", "imports", "last", "note")


def list_text(found: Iterable[Mapping[str, Any]]) -> str:
    """Return a table of the lists."""
    rows = [
        (
            said["name"] + ("" if said["role"] == "known" else " (left out, never a hit)"),
            said["format"],
            *(f"{said['counts'][kind]:,}" for kind in ("entries", "md5", "sha1", "sha256", "pdq")),
            str(said["delivery"]),
            said["deliveries"][-1]["at"][:10],
            said["note"] or "no purpose noted",
        )
        for said in found
    ]
    return "\n".join("\t".join(row) for row in (_HEAD, *rows)) if rows else "No hash list was imported yet."


def checked_line(row: Mapping[str, Any]) -> list[str]:
    """Return a line per hit of a checked file, one line where it has none."""
    if not row["hits"]:
        said = f"known file ({row['known_file']})" if row["known_file"] else row["reason"]
        return ["\t".join((row["state"], "", "", "", "", "", str(row["quality"]), said, row["path"]))]
    return [_hit(row["state"], hit, row["path"]) for hit in row["hits"]]


def stored_line(row: Mapping[str, Any]) -> str:
    """Return the line of a stored picture that is on a list."""
    return _hit("stored", row, row["path"])


def checked_summary(files: int, states: Mapping[str, int], hits: int) -> str:
    """Return a sentence on what was checked."""
    told = ", ".join(f"{number:,} {state}" for state, number in states.items())
    closing = " Nothing of a picture on a list was kept; report it by the route of your country." if hits else ""
    return f"{files:,} files checked{': ' + told if told else ''}. Hits: {hits:,}.{closing}"


def _hit(state: str, hit: Mapping[str, Any], path: str) -> str:
    category = f"category {hit['category']}" if hit["category"] else ""
    verdict = hit["verdict"] + (f" ({hit['how']})" if hit["how"] else "")
    cells = (state, hit["list"], hit["entry"], category, hit["kind"], str(hit["distance"]), str(hit["quality"] or ""))
    return "\t".join((*cells, verdict, path))
