"""The scorecard: what was measured, as data for JSON and as a page for people."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from felinar.evaluate.languages import LanguageScore
from felinar.evaluate.leads import TOPS, LeadScore
from felinar.evaluate.numbers import PhoneScore
from felinar.evaluate.partition import Agreement

SYNTHETIC = "Synthetic world: this measures agreement with its author, not trafficking."


@dataclass(frozen=True)
class LinkScore:
    """How well predicted operations agree with the true ones; `missing` adverts stood in no cluster.

    `largest_cluster` and `largest_operation` are the adverts of the largest predicted and of the largest true one.
    """

    b_cubed: Agreement
    by_kind: dict[str, Agreement]
    pairwise: Agreement
    adjusted_rand: float
    false_component: int
    false_component_share: float
    largest_cluster: int
    largest_operation: int
    clusters: int
    missing: int
    unknown: int


@dataclass(frozen=True)
class Scorecard:
    """What was measured; a part is None when its file was not given."""

    synthetic: bool
    adverts: int
    operations: int
    links: LinkScore | None = None
    phones: PhoneScore | None = None
    leads: LeadScore | None = None
    languages: LanguageScore | None = None
    notes: list[str] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """Return the numbers as plain data for JSON."""
        data = asdict(self)
        return {"note": SYNTHETIC, **data} if self.synthetic else data

    def text(self) -> str:
        """Return a page for people."""
        lines = [SYNTHETIC] if self.synthetic else []
        lines.append(f"{self.adverts:,} adverts of {self.operations:,} operations in the truth.")
        lines += _links_text(self.links, self.adverts) if self.links else []
        lines += _phones_text(self.phones) if self.phones else []
        lines += _leads_text(self.leads) if self.leads else []
        lines += _languages_text(self.languages) if self.languages else []
        return "\n".join(lines + self.notes)


def _three(score: Agreement) -> str:
    return f"F1 {score.f1:.3f} (precision {score.precision:.3f}, recall {score.recall:.3f})"


def _links_text(links: LinkScore, adverts: int) -> list[str]:
    lines = [
        f"Operations: B-cubed {_three(links.b_cubed)}",
        f"  pairwise {_three(links.pairwise)}; ARI {links.adjusted_rand:.3f}",
        f"  largest false component {links.false_component:,} adverts ({links.false_component_share:.2%}); "
        f"largest cluster {links.largest_cluster:,} of {adverts:,} (largest true operation "
        f"{links.largest_operation:,}); {links.clusters:,} clusters; "
        f"{links.missing:,} adverts in none",
    ]
    return lines + [f"  {kind:<20} B-cubed {_three(score)}" for kind, score in links.by_kind.items()]


def _phones_text(phones: PhoneScore) -> list[str]:
    return [
        f"Phones: {_three(phones.score)}; {phones.matched:,} of {phones.shown:,} shown numbers read; "
        f"junk {phones.junk:.2%} of {phones.read:,} readings"
    ]


def _leads_text(leads: LeadScore) -> list[str]:
    lines = [
        f"Leads: {leads.leads:,}; {leads.planted:,} operations planted; average precision {leads.average_precision:.3f}"
    ]
    lines += [_top_text(leads, top) for top in TOPS]
    groups = "; ".join(f"{group} {found} of {planted}" for group, (found, planted) in leads.found_by_group.items())
    return [*lines, f"  found in the whole list: {groups or 'nothing was planted'}"]


def _top_text(leads: LeadScore, top: int) -> str:
    false = ", ".join(f"{kind} {count}" for kind, count in leads.false_by_kind[top].items()) or "none"
    exposed = leads.exposed[top]
    return (
        f"  top {top}: precision {leads.precision[top]:.2f}, planted found {leads.found[top]} "
        f"({leads.found_per_1000_adverts[top]:.0f} per 1,000 adverts read), "
        f"independents and duos {leads.private_share[top]:.0%}; false: {false}; "
        f"{exposed.operations:,} innocent operations exposed, {exposed.private_operations:,} of them private"
    )


def _languages_text(languages: LanguageScore) -> list[str]:
    lines = [
        f"Languages: innocent adverts of others stand in leads {languages.gap:+.3f} more often than those in "
        f"{languages.main} (95 %: {languages.low:+.3f} to {languages.high:+.3f}); false leads "
        f"{languages.false_lead_gap:+.3f}, planted adverts found {languages.found_gap:+.3f}"
    ]
    return lines + [
        f"  {language:<9} exposed {s.exposed_share:.1%} of {s.innocent:,}; found {s.found_share:.0%} of {s.planted:,}; "
        f"{s.false_leads} of {s.leads} leads false"
        for language, s in languages.slices.items()
    ]
