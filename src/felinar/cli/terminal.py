"""What adverts may do to a terminal: nothing. Control characters are shown as signs, marks that turn text are dropped.

An advert that holds an escape sequence could else move the cursor, rename the window, or hide a line from the reader.
"""

from __future__ import annotations

import re

# Control characters except tab and line feed; U+0080 to U+009F begin sequences too.
_CONTROL = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_CONTROL |= {0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_TABLE: dict[int, int | None] = {**_CONTROL, **dict.fromkeys(_TURNING)}
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return a text as a terminal may show it: ESC as ␛, other control characters likewise, turning marks left out."""
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


def plain_json(text: str) -> str:
    """Return JSON that says the same, in which such characters are escaped; those below U+0020 are escaped already."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
