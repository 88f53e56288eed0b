"""Tokens that a data owner put in place of a contact (`#EMAIL_<hash>#` in EMSCAD): equal tokens, equal contact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.contract import Context, Extractor, Found
from felinar.kernels.fold import Folded

_TOKEN = re.compile(r"#(EMAIL|PHONE|URL)_([0-9A-Za-z]{8,128})#")


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the masked tokens; the value is `email:<hash>`, `phone:<hash>` or `url:<hash>`, in lower case."""
    if "#" not in text.original:
        return
    for token in _TOKEN.finditer(text.original):
        value = f"{token[1]}:{token[2]}".lower()
        yield Found(token.start(), token.end(), value, display=token[0], confidence=95)


MASKED = Extractor(
    "masked",
    kind="masked",
    version=1,
    find=find,
    examples=(
        ("Send a CV to #EMAIL_0a1b2c3d4e5f#.", ("email:0a1b2c3d4e5f",)),
        ("#PHONE_11112222aaaa##URL_33334444bbbb#", ("phone:11112222aaaa", "url:33334444bbbb")),
        ("We are #1 and #EMAIL_# is empty", ()),
    ),
)
