"""The hash-chained log: who saw what, when and why."""

from felinar.audit.chain import Event
from felinar.audit.contact import Contact
from felinar.audit.kinds import KIND_OF, KINDS, kind_of
from felinar.audit.log import actor, events, events_before, log, verify
from felinar.audit.questions import Finding, report

__all__ = [
    "KINDS",
    "KIND_OF",
    "Contact",
    "Event",
    "Finding",
    "actor",
    "events",
    "events_before",
    "kind_of",
    "log",
    "report",
    "verify",
]
