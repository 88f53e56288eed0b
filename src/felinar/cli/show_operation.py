"""Render an operation for a terminal: why it is here, what speaks against it, what it hangs on, what is in it."""

from __future__ import annotations

from typing import Any

from felinar.export.sentences import NOT_GUILT, count, day, days, few, points
from felinar.export.told import IDENTIFIERS
from felinar.store.published import Row

_ADVERTS = 20
_KEYS = 20
_IDENTIFIERS = 30
_NAMED = 3
_ADVERTS_NAMED = 20  # a reason keeps so many adverts at most


def operation_lines(told: dict[str, Any]) -> list[str]:
    """Return the lines for an operation, long lists cut with a count."""
    lines = _head(told)
    for title, side in (("For reading it", "reasons_for"), ("Against", "reasons_against")):
        if told[side]:
            lines += [f"{title}:", *map(_reason, told[side])]
        elif told["rank"] and not told["gate"]:
            lines.append(f"{title}: nothing was found.")
    if told["other_explanations"]:
        lines += ["What else explains it:", *(f"  {sentence}" for sentence in told["other_explanations"])]
    lines += _weakest(told)
    lines += ["What became of it:", *(f"  {sentence}" for sentence in told["history"])] if told["history"] else []
    lines += _identifiers(told["identifiers"]) + _keys(told["keys"])
    lines += ["Adverts:", *(_advert_line(a) for a in told["advert_list"][:_ADVERTS])]
    return lines + more(told["advert_list"], _ADVERTS)


def _head(told: dict[str, Any]) -> list[str]:
    rank = f"rank {told['rank']}, score {points(told['score'])} ({NOT_GUILT})" if told["rank"] else "not a lead"
    recognised = f", recognised as {told['recognised_as']}" if told["recognised_as"] else ""
    lines = [f"Operation {told['operation_id']}: {rank}{recognised}"]
    if told["gate"]:
        raised = f" Raised by: {few(told['gate_advert_ids'], 10)}." if told["gate_advert_ids"] else ""
        lines.append(f"!! {told['gate']}{raised}")
    lines.append(f"{count(told['adverts'], 'advert')}, {days(told)}")
    named = (("Places", "places"), ("Names", "names"))
    return lines + [f"{title}: {few(told[name], 8)}" for title, name in named if told[name]]


def _reason(reason: Row) -> str:
    ids = list(map(str, reason["advert_ids"]))
    rest = len(ids) - _NAMED
    least = "at least " if len(ids) == _ADVERTS_NAMED else ""
    more_ids = f" and {least}{rest} more" if rest > 0 else ""
    seen = f" [{', '.join(ids[:_NAMED])}{more_ids}]" if ids else ""
    return f"  {points(reason['points'])}  grade {reason['grade'] or '–'}  {reason['because']}{seen}"


def _weakest(told: dict[str, Any]) -> list[str]:
    if not told["weakest_link"]:
        return []
    lines, check = [f"What it hangs on: {told['weakest_link'].rstrip('.')}."], told["weakest_link_check"]
    if not check:
        return lines
    lines.append(f"  Shown by: {_some(check['shown_by'])}")
    if check["smaller_side"]:
        lines.append(f"  The smaller side: {_some(check['smaller_side'])}; it shares nothing else with the rest.")
    else:
        lines.append("  Keys alone do not tell its two sides apart; read the adverts that show it.")
    return lines + ([f"  Check it: felinar show {' '.join(check['compare'])}"] if check["compare"] else [])


def _some(ids: list[str], most: int = 6) -> str:
    return ", ".join(ids[:most]) + (f" and {len(ids) - most:,} more" if len(ids) > most else "")


def _identifiers(values: list[str]) -> list[str]:
    if not values:
        return []
    cut = f" (and {len(values) - _IDENTIFIERS:,} more; all with --json)" if len(values) > _IDENTIFIERS else ""
    return [f"Identifiers: {' '.join(values[:_IDENTIFIERS])}{cut}"]


def _keys(keys: list[Row]) -> list[str]:
    """Return first the keys that tie, contacts before texts and pictures, then the hubs with the reason for each."""
    ties = sorted((k for k in keys if not k["hub"]), key=lambda k: k["kind"] not in IDENTIFIERS)
    hubs = [k for k in keys if k["hub"]]
    lines = ["Keys:", *map(key_line, ties[:_KEYS]), *more(ties, _KEYS)] if ties else []
    if hubs:
        lines += ["Hubs, which tie nothing:", *(f"{key_line(k)}: {k['because']}" for k in hubs[:_KEYS])]
    return lines + more(hubs, _KEYS)


def key_line(key: Row) -> str:
    """Return a key with its value and on how many adverts it stands, here and in all."""
    hub = "hub, " if key["hub"] else ""
    shown = f"on {key['shown']:,} here, " if "shown" in key else ""
    return f"  {key['kind']} {key['value']} ({hub}{shown}{key['adverts']:,} in all)"


def _advert_line(advert: Row) -> str:
    about = f"{day(advert['posted_at'])}  {advert['site']}  {advert['place_text']}  {advert['title']}"
    return f"  {advert['advert_id']} [{advert['source_id']}]  {about}".rstrip()


def more(things: list[Any], most: int) -> list[str]:
    """Return the line that says how many were left out, if any."""
    return [f"  … and {len(things) - most:,} more; all of them with --json"] if len(things) > most else []
