"""Lines about pictures: what came of those of a delivery, which were not read, which link nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from felinar.export.sentences import count

EXTRA = "Install the extra (pip install 'felinar[pictures]'), then: felinar pictures add FOLDER"


def pictures_told(states: Mapping[str, int]) -> list[str]:
    """Return what came of the pictures of a delivery; `states` are files by what they were."""
    if not states:
        return []
    told = ", ".join(f"{number:,} {state}" for state, number in states.items() if number)
    lines = [f"Pictures: {told or 'none that is new'}."]
    if states.get("missing"):
        lines.append("  Missing ones are known by their name alone; say where they lie: --pictures FOLDER or ZIP.")
    if states.get("not opened"):
        lines.append(f"  What opens pictures is not installed, so only exact hashes were compared. {EXTRA}")
    if states.get("known"):
        lines.append(
            f"  !! {count(states['known'], 'picture')} on a hash list: nothing is kept of it but the log entry. Report "
            "it by the route of your country; which adverts show it: felinar audit list"
        )
    return lines


def listed(data: Mapping[str, Any]) -> str:
    """Return how many pictures there are by state, those that were not read, and those that link nothing."""
    states = ", ".join(f"{number:,} {state}" for state, number in data["states"].items())
    lines = [f"Pictures: {states or 'none'}."]
    lines += [f"{row['state']}\t{row['sha256'][:12]}…\t{row['path']}\t{row['reason']}" for row in data["not_read"]]
    if data["refused"]:
        lines.append("These link nothing. If one of them should: felinar judge not-a-hub key:ID --reason …")
        lines += [f"key:{row['key_id']}\t{row['kind']}\t{row['because']}" for row in data["refused"]]
    return "\n".join(lines)
