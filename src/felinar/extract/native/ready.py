"""All native readers, loaded when this module is imported, where they are compiled: it takes two seconds."""

from __future__ import annotations

from felinar.extract.native import is_compiled
from felinar.extract.ready import load

if is_compiled():
    load(native=True)
