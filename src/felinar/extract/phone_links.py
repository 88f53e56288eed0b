"""Links that hold a number in international form: tel:, wa.me/, WhatsApp's send?phone=, t.me/+, viber://."""

from __future__ import annotations

import re
from collections.abc import Iterator

from felinar.extract.phone_plans import POSSIBLE, Reading, read_abroad, read_international, read_national

# What stands before the digits of a link.
BEFORE = (
    "tel:", "callto:", "sms:", "wa.me/", "signal.me/#p/", "t.me/+",
    *(f"{host}/{verb}?phone=" for host in ("whatsapp.com", "whatsapp:/", "wa.me")
      for verb in ("", "send", "send/", "message", "message/", "chat", "chat/")),
    *(f"viber://{verb}?number=" for verb in ("chat", "contact", "add")),
)  # fmt: skip
_LINK = re.compile(rf"(?:{'|'.join(map(re.escape, BEFORE))})(?:%2b|\+)?(\d(?:[\d().\-]|%20){{5,24}}\d)")
MARKS = ("tel:", "wa.me", "phone=", "t.me/", "number=", "callto:", "sms:", "signal.me")


def links(text: str, region: str) -> Iterator[tuple[int, int, Reading]]:
    """Yield (start, end, reading) of the digits of each link in the folded text."""
    if not any(mark in text for mark in MARKS):
        return
    yield from read_links(_LINK, text, region)


def read_links(link: re.Pattern[str], text: str, region: str) -> Iterator[tuple[int, int, Reading]]:
    """Yield the same for what this pattern takes for a link; its first group is the number."""
    for match in link.finditer(text):
        digits = "".join(c for c in match.group(1).replace("%20", "") if c.isdigit())
        national = read_national(digits, region) if region else None
        found = read_abroad(digits, region) or (read_international(digits) if digits[0] != "0" else None)
        if found is None or (found.rank == POSSIBLE and national is not None and national.rank != POSSIBLE):
            found = national
        if found is not None:
            yield match.start(1), match.end(1), found
