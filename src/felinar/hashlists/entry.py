"""What a format reads out of a list: entries, and what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Entry(NamedTuple):
    """One entry. A newer one with the same key replaces it; `gone`: withdrawn or deleted, or stated to be harmless.

    `hashes` are (name of the kind as the list writes it, value); `changed_at` is ISO 8601 or empty; `where` tells a
    person where it stands in the file.
    """

    key: str
    hashes: tuple[tuple[str, str], ...]
    where: str
    category: str = ""
    series: str = ""
    status: str = ""
    changed_at: str = ""
    gone: bool = False


class Problem(NamedTuple):
    """What could not be read, and where; `damaged`: the file itself is broken, so more may be missing."""

    where: str
    reason: str
    damaged: bool = False


def microseconds(text: str) -> int:
    """Return microseconds since 1970 of a time in ISO 8601 (UTC where no zone is stated), 0 where there is none."""
    if not text:
        return 0
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return 0
    since = (when if when.tzinfo else when.replace(tzinfo=UTC)) - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def time_of_seconds(stated: object) -> str:
    """Return a time in seconds since 1970 as ISO 8601, empty where there is none."""
    try:
        return (EPOCH + timedelta(seconds=int(text_of(stated)))).isoformat()
    except (ValueError, OverflowError):
        return ""


def text_of(value: object) -> str:
    """Return a value as lists mean it: text without blanks around it, numbers as digits, nothing for null."""
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else str(value)


def listed(value: object) -> list[Any]:
    """Return a value that should be a list; of anything else nothing."""
    return value if isinstance(value, list) else []


def is_true(value: object) -> bool:
    """Say whether a flag is set; lists write true, "true", "True", 1 and "1"."""
    return value is True or text_of(value).lower() in ("true", "1", "yes")
