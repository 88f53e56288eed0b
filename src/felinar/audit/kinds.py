"""What each action of the log is in the words of the law: Directive (EU) 2016/680, article 25 (and `admin`)."""

from __future__ import annotations

KINDS = ("collection", "alteration", "consultation", "disclosure", "combination", "erasure", "admin")

KIND_OF = {
    "ingest": "collection",
    "import": "collection",
    "preview": "consultation",
    "imports": "admin",
    "settings": "admin",
    "run": "combination",
    "leads": "consultation",
    "exploration sample": "consultation",
    "base rates": "consultation",
    "show": "consultation",
    "search": "consultation",
    "list": "consultation",
    "hubs": "consultation",
    "original": "consultation",
    "hashlists": "consultation",
    "pictures": "consultation",
    "export": "disclosure",
    "ask": "disclosure",
    "answer": "disclosure",
    "dossier": "consultation",
    "dossiers": "consultation",
    "case": "alteration",
    "cases": "consultation",
    "judge": "alteration",
    "status": "alteration",
    "note": "alteration",
    "watch": "alteration",
    "filter": "alteration",
    "acknowledge": "alteration",
    "suppress": "alteration",
    "watches": "consultation",
    "alerts": "consultation",
    "runs": "admin",
    "patterns": "admin",
    "audit": "admin",
    "access": "admin",
    "serve": "admin",
    "sign in": "admin",
    "sign out": "admin",
    "purpose": "admin",
    "refused": "admin",
}


def kind_of(action: str) -> str:
    """Return the kind of an action; one that this version does not know counts as admin."""
    return KIND_OF.get(action, "admin")
