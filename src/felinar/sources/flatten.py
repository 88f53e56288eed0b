"""Nested JSON -> flat columns: {"jobLocation": {"address": …}} becomes `jobLocation.address`; values -> text."""

from __future__ import annotations

from typing import Any

_DEEPEST = 20


def flat(cells: dict[str, Any]) -> dict[str, Any]:
    """Return the row without objects in objects; the values of objects in a list stand in lists."""
    for value in cells.values():
        if type(value) is dict or (type(value) is list and value and type(value[0]) is dict):
            break
    else:
        return cells
    out: dict[str, Any] = {}
    for name, value in cells.items():
        _put(out, name, value, 0)
    return out


def _put(out: dict[str, Any], name: str, value: Any, depth: int) -> None:
    if isinstance(value, dict) and depth < _DEEPEST:
        for inner, one in value.items():
            _put(out, f"{name}.{inner}", one, depth + 1)
    elif isinstance(value, list) and value and isinstance(value[0], dict) and depth < _DEEPEST:
        for one in value:
            _put(out, name, one, depth + 1)
    elif name in out:
        before = out[name] if isinstance(out[name], list) else [out[name]]
        out[name] = before + (value if isinstance(value, list) else [value])
    else:
        out[name] = value


def text_of(value: Any) -> str:
    """Return the text of a value: a list joined by commas, whole numbers without a point, nothing as the empty text."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := text_of(one)))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return ", ".join(text for one in value.values() if (text := text_of(one)))
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
