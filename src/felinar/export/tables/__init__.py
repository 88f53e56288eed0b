"""The tables that leave the house. To add one: a file here, and a line in this list."""

from __future__ import annotations

from felinar.export.contract import Exporter
from felinar.export.tables.adverts import ADVERTS
from felinar.export.tables.hits import HITS
from felinar.export.tables.keys import KEYS
from felinar.export.tables.leads import LEADS
from felinar.export.tables.links import LINKS
from felinar.export.tables.memberships import MEMBERSHIPS
from felinar.export.tables.mentions import MENTIONS
from felinar.export.tables.operations import OPERATIONS
from felinar.export.tables.templates import TEMPLATES
from felinar.export.tables.ties import TIES

EXPORTERS: tuple[Exporter, ...] = (
    ADVERTS,
    MENTIONS,
    KEYS,
    LINKS,
    MEMBERSHIPS,
    LEADS,
    OPERATIONS,
    HITS,
    TEMPLATES,
    TIES,
)
BY_NAME = {exporter.name: exporter for exporter in EXPORTERS}
