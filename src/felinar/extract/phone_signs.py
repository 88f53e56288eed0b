"""Signs that look like digits: `|`, `!`, `$` and `&` beside digits, read as the letters that they look like."""

from __future__ import annotations

import re

from felinar.extract.phone_spans import Span
from felinar.kernels.fold import Folded

_SIGNS = {"|": "l", "!": "l", "¡": "l", "$": "S", "&": "B"}
_SIGN = re.compile(r"[|!¡$&]")
_ALIKE = "0-9olisbzgqоз|!"
_AS_DIGIT = re.compile(
    rf"(?<=[{_ALIKE}])[|!¡$&](?=[{_ALIKE}])|(?<=[0-9])[|!]|(?<=[0-9][|!])[|!]|[|!](?=[0-9])"
    rf"|(?<=[{_ALIKE}])\||\|(?=[{_ALIKE}])"
)


def has_signs(text: str, span: Span) -> bool:
    """Say whether signs that look like digits stand beside digits in a span."""
    return (
        _SIGN.search(text, span.start, span.end) is not None
        and _AS_DIGIT.search(text, span.start, span.end) is not None
    )


def second_form(folded: Folded) -> Folded:
    """Return the text with `|`, `!`, `$` and `&` beside digits as the letters they look like."""
    text = folded.text
    original = list(folded.original)
    letters = list(text)
    for match in _AS_DIGIT.finditer(text):
        at = match.start()
        letter = _SIGNS[match.group()]
        letters[at] = letter.lower()
        original[folded.starts[at]] = letter
    return Folded("".join(original), "".join(letters), folded.starts, folded.ends)
