"""Mend texts that no later stage could store: NUL characters and lone halves of surrogate pairs."""

from __future__ import annotations

from typing import Any

from felinar.sources.contract import Problems


def mend_text(number: int, column: str, text: str, problems: Problems) -> str:
    """Return the text without NUL, lone surrogates as U+FFFD; a warning says so."""
    if "\0" in text:
        problems.warning(number, column, "NUL characters were dropped", text)
        text = text.replace("\0", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        problems.warning(number, column, "half of a character (a lone surrogate) was replaced by U+FFFD", text)
    return text


def mend_row(number: int, cells: dict[str, Any], problems: Problems) -> dict[str, Any]:
    """Return the cells with every text mended, at any depth."""
    return {mend_text(number, "", key, problems): _mend(number, key, value, problems) for key, value in cells.items()}


def _mend(number: int, column: str, value: Any, problems: Problems) -> Any:
    if isinstance(value, str):
        return mend_text(number, column, value, problems)
    if isinstance(value, dict):
        return mend_row(number, value, problems)
    if isinstance(value, list):
        return [_mend(number, column, one, problems) for one in value]
    return value
