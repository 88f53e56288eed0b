"""The hash-chained log: who saw what, when and why."""

from felinar.audit.chain import Event
from felinar.audit.contact import Contact
from felinar.audit.kinds import KIND_OF, KINDS, kind_of
from felinar.audit.log import actor, events, events_before, log, verify

__all__ = ["KINDS", "KIND_OF", "Contact", "Event", "actor", "events", "events_before", "kind_of", "log", "verify"]
