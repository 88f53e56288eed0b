"""What can go wrong with one request, beside what `felinar.errors` knows."""

from __future__ import annotations

from felinar.errors import FelinarError


class NotThere(FelinarError):
    """An id that nothing published has, a file that is not in the inbox; status 404."""


class TooMany(FelinarError):
    """More than one person should read in a day; status 429."""
