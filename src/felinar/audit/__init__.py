"""The hash-chained log: who saw what, when and why."""

from felinar.audit.chain import Event
from felinar.audit.contact import Contact
from felinar.audit.log import actor, events, log, verify

__all__ = ["Contact", "Event", "actor", "events", "log", "verify"]
