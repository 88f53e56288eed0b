"""The registry of indicators: what each is called, how well it was tested, and what it may weigh.

A registry is a YAML text with a `version` and a list `indicators`. Only an indicator whose `default_use` is `score`
and whose grade is not D carries a weight; whatever else the file says, the weight of all others is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from felinar.errors import FelinarError

GRADES = {
    "A": "tested against case outcomes and upheld",
    "B": "supported by studies, fraud data or a strong norm",
    "C": "expert opinion",
    "D": "refuted, contradictory, untested or protected: never scored",
}
USES = ("score", "display", "gate", "analyst_only", "never_score")
LEVELS = ("advert", "operation")
DOMAINS = ("services", "jobs", "both")


@dataclass(frozen=True)
class Indicator:
    """One entry of the registry; `weight` is in thousandths of log-odds, negative speaks against."""

    id: str
    title: str
    family: str
    level: str
    domain: str
    structural: bool
    grade: str
    use: str
    weight: int
    compute: str
    evidence: str
    caveat: str
    source: str
    version: int

    @property
    def note(self) -> str:
        """The sentence that has to stand beside the indicator wherever it is shown."""
        refuted = " Not scored." if self.weight == 0 else ""
        return f"Grade {self.grade} ({GRADES[self.grade]}): {self.evidence}.{refuted} But: {self.caveat}."


def load_registry(text: str) -> dict[str, Indicator]:
    """Return the indicators of a registry text by id, in the order of the file; an error names the entry."""
    content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe, in C
    indicators = [_indicator(entry, int(content["version"])) for entry in content["indicators"]]
    by_id = {indicator.id: indicator for indicator in indicators}
    if len(by_id) < len(indicators):
        raise FelinarError("Two indicators of the registry have the same id. Give each its own.")
    return by_id


def _indicator(entry: dict[str, Any], file_version: int) -> Indicator:
    use, grade = _one_of(entry, "default_use", USES), _one_of(entry, "grade", GRADES)
    scored = use == "score" and grade != "D"
    return Indicator(
        id=_text(entry, "id"),
        title=_text(entry, "title"),
        family=_text(entry, "family"),
        level=_one_of(entry, "level", LEVELS),
        domain=_one_of(entry, "domain", DOMAINS),
        structural=bool(entry.get("structural", False)),
        grade=grade,
        use=use,
        weight=round(float(entry.get("prior_log_odds", 0)) * 1000) if scored else 0,
        compute=_text(entry, "compute"),
        evidence=_text(entry, "evidence"),
        caveat=_text(entry, "caveat"),
        source=_text(entry, "source"),
        version=int(entry.get("version", file_version)),
    )


def _text(entry: dict[str, Any], field: str) -> str:
    if field not in entry:
        raise FelinarError(f"Indicator '{entry.get('id', '?')}' of the registry has no '{field}'. Add it.")
    return str(entry[field]).rstrip(".")


def _one_of(entry: dict[str, Any], field: str, allowed: Any) -> str:
    value = _text(entry, field)
    if value not in allowed:
        known = ", ".join(allowed)
        raise FelinarError(f"Indicator '{entry['id']}' of the registry has {field} '{value}'. Allowed: {known}.")
    return value
