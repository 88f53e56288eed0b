"""User names on messengers and networks, by a link (`t.me/…`) or a cue (`TG: @…`); value `platform:name`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.signs import hits, register
from felinar.extract.words import AFTER, BEFORE, SIGNS, alternatives, folded, word_set
from felinar.kernels.fold import Folded

# Platform, the words for it, and the shortest and longest user name that it allows.
_PLATFORMS: dict[str, tuple[str, int, int]] = {
    "telegram": (
        "telegram|tele|telegramm|telegramul|telegramım|te1egram|telega|tlgrm|tg|телеграм|телеграмм|телеграме|телеграмме|телега|телегу|телеге|тг|टेलीग्राम",
        4,
        32,
    ),
    "instagram": (
        "instagram|insta|1nstagram|ig|инстаграм|инстаграмм|инстаграме|инстаграмме|инста|инсту|инсте|इंस्टाग्राम|इंस्टा|instagramul|instagramım",
        3,
        30,
    ),
    "facebook": ("facebook|fb|messenger|фейсбук|фейсбуке|фб|फेसबुक", 4, 50),
    "twitter": ("twitter|твиттер", 3, 15),
    "snapchat": ("snapchat|snap|снапчат|स्नैपचैट", 3, 15),
    "tiktok": ("tiktok|tik tok|тикток", 2, 24),
    "vk": ("vk|vkontakte|вк|вконтакте", 3, 32),
    "wechat": ("wechat|we chat|weixin|wechat号|微信号|微信|加微信|加我微信|加vx|вичат", 5, 20),
    "line": ("line id|line app|line|ไลน์|ไอดีไลน์", 4, 20),
    "skype": ("skype|скайп|स्काइप", 5, 32),
    "viber": ("viber|вайбер", 5, 32),
    "whatsapp": ("whatsapp|whats app|wapp|ватсап|вотсап|वाट्सएप", 5, 32),
    "signal": ("signal|сигнал", 4, 32),
    "kik": ("kik", 2, 20),
    "discord": ("discord|дискорд", 2, 32),
    "threema": ("threema", 8, 8),
    "kakaotalk": ("kakaotalk|kakao talk|kakao", 4, 20),
    "zalo": ("zalo", 5, 32),
    "ok": ("", 3, 50),  # these four by links only
    "linkedin": ("", 3, 100),
    "youtube": ("", 3, 30),
    "threads": ("", 3, 30),
}
# Short for a telephone, too: of Telegram only with "@" behind it.
_ONLY_SIGNED = frozenset(("tele",))
_OF_WORD = {folded(word): name for name, (words, _, _) in _PLATFORMS.items() for word in words.split("|") if word}
register("handle", lambda: [(word, word) for word in sorted(_OF_WORD)])
_CUES = alternatives(*(words for words, _, _ in _PLATFORMS.values()))
# Between a platform and a user name: words for "user name" let any name follow, the others only one that looks made.
_NOUNS = (
    "id|adresim|adres|hesabım|kullanıcı adı|"
    "user|username|user name|nick|nickname|handle|account|name|nume|cont|contul|usuario|utilizator|cuenta|perfil|"
    "имя|ник|логин|аккаунт|канал|группа|यूजरनेम|आईडी|utilizador|utilisateur|pseudo|compte|benutzername|konto|nome "
    "utente|profilo|profil|page|pagina|página|seite|channel|kanal|canal|bot|group|grup|gruppe|groupe|grupo|gruppo"
)
_FILLER = alternatives(
    f"{_NOUNS}|contact|me|at|on|is|este|es|é|e|ist|est|la|como|come|als|as|unter|under|sous|heiße ich|sono|sou|soy|"
    "sunt|suis|ich bin|con|com|cu|with|mit|avec|aquí|aqui|aici|hier|ici|qui|here|par likhiye|पर|है|это"
)
_NOUN = word_set(_NOUNS)
_NAME = r"[a-z0-9](?:[a-z0-9._]{0,48}[a-z0-9_])|_[a-z0-9._]{1,48}[a-z0-9_]"
_JOINT = r"[^\w\s@.,;!?'\"%&+*#$€£]{0,3}"  # a colon, a dash, an arrow, a bracket …
_AFTER_CUE = re.compile(
    rf"{BEFORE}(?P<cue>{_CUES}){AFTER}(?:[\s-]{{0,2}}(?P<filler>{_FILLER}){AFTER}){{0,3}}"
    rf"\s{{0,3}}(?P<joint>{_JOINT})\s{{0,3}}(?P<sign>@?)(?P<name>{_NAME})(?![\w@/])"
)
# With "@" before the name, up to four words of any kind may stand in between.
_SIGNED = re.compile(
    rf"{BEFORE}(?P<cue>{_CUES}){AFTER}(?:[\s-]{{1,2}}[\w{SIGNS}]{{1,15}}){{1,4}}"
    rf"\s{{0,3}}(?P<joint>{_JOINT})\s{{0,3}}(?P<sign>@)(?P<name>{_NAME})(?![\w@/])"
)
_BEFORE_CUE = re.compile(
    rf"(?<![\w.@/])@(?P<name>{_NAME})\s{{0,2}}[,(\[]?\s{{0,2}}(?:on|in|pe|en|в|на|auf|su|sur|no|पर)?\s{{0,2}}(?P<cue>{_CUES}){AFTER}"
    r"(?!\s{0,2}[:=→@])"
)
_LINK = re.compile(
    r"(?<![\w-])(?:t(?P<telegram>elegram)?\.me/(?:s/)?|(?P<instagram>instagram\.com/|instagr\.am/)"
    r"|(?P<facebook>(?:facebook|fb)\.com/|fb\.me/|m\.me/)|(?P<twitter>(?:twitter|x)\.com/)|(?P<snapchat>snapchat\.com/add/)"
    r"|(?P<tiktok>tiktok\.com/@)|(?P<vk>vk\.(?:com|ru)/)|(?P<line>line\.me/(?:r/)?ti/p/~)"
    r"|(?P<threads>threads\.(?:net|com)/@)|(?P<ok>ok\.ru/(?:profile/|group/)?)|(?P<youtube>youtube\.com/(?:@|c/|user/))|(?P<linkedin>linkedin\.com/(?:in|company)/)"
    r"|t\s?(?:\.|[(\[]\.[)\]]|dot|punct|punkt|punto|ponto|point|точка)\s?me\s?(?:/|slash)\s?)"
    rf"@?(?P<name>(?(linkedin)[a-z0-9][a-z0-9-]{{1,98}}[a-z0-9]|(?:{_NAME})))"
)
_LINKED_BY = [(name, group) for name, group in _LINK.groupindex.items() if name != "name"]
_PLAIN_LINK = re.compile(r"\.(?:me|com|net|am|ru)/")
_LINK_HINTS = ("me/", "me /", "me slash", ".com/", ".net/", "instagr.am/", "vk.ru/", "ok.ru/")
_HINT = re.compile("|".join(map(re.escape, _LINK_HINTS)))
# First steps of links that are pages of the network itself.
_PAGES_TEXT = (
    "joinchat share sharer groups pages profile.php watch reel reels p explore stories hashtag home intent "
    "profile group"
)
_PAGES = frozenset(_PAGES_TEXT.split())
# A plain word after "Telegram:" is a name only if it is not one of the words that follow there anyway.
_NOT_NAMES_TEXT = (
    "only call text chat message messages available number phone please contact write here below yes "
    "channel group see doar suna numar telefon scrie llama numero telefono escribe solo mensaje liga "
    "ligue appelez message uniquement nur nummer chiama solo messaggio scrivi whatsapp telegram viber "
    "signal instagram facebook twitter snapchat wechat line tiktok skype with link mail email gmail "
    "website direct kontakt contacto contatto preferred anytime handle account"
)
_NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())
MOST_PLACES = 10_000  # links, cues and signs that are looked at in one text: bounds the time for hostile input


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the handles in lower case; a number is no handle (it is a phone), nor is a word in a sentence."""
    content = text.text
    if "/" in content and _HINT.search(content):
        yield from _linked(text)
    cues = hits(text, "handle") if context.field != "url" else []
    done, named = 0, set()
    starts = sorted({start for start, _, _ in cues})[:MOST_PLACES]
    for start, following in pairwise([*starts, len(content)]):
        for match in _after(content, start, following) if start >= done else ():
            found = _cued(text, match, match["joint"], match["sign"])
            if found:
                done = match.end()
                named.add(match.start("name"))
                yield found
                break
    if (cues or text.notes.get("cued")) and "@" in content:  # of a part of a text: there is a cue elsewhere
        for match in islice(_BEFORE_CUE.finditer(content), MOST_PLACES):
            if match.start("name") not in named and match["cue"] not in _ONLY_SIGNED:  # "Telegram @a, Instagram: b"
                found = _cued(text, match, "", "@")
                if found:
                    yield found


def _after(content: str, start: int, following: int) -> Iterator[re.Match[str]]:
    """Yield the cue with a name after it; with words in between only when none of them is a cue itself."""
    match = _AFTER_CUE.match(content, start)
    if match:
        yield match
    match = _SIGNED.match(content, start) if "@" in content else None
    if match and match.start("name") <= following:
        yield match


def _linked(text: Folded) -> Iterator[Found]:
    for match in islice(_LINK.finditer(text.text), MOST_PLACES):
        platform = next((name for name, group in _LINKED_BY if match[group]), "telegram")
        name = match["name"].rstrip(".")
        if name in _PAGES or len(name) < _PLATFORMS[platform][1]:
            continue
        start, end = text.span(match.start(), match.start("name") + len(name))
        obscured = _PLAIN_LINK.search(match.group()) is None
        yield Found(start, end, f"{platform}:{name}", f"{platform} @{name}", confidence=95, obscured=obscured)


def _cued(text: Folded, match: re.Match[str], joint: str, sign: str) -> Found | None:
    handle = named(match["cue"], match.groupdict().get("filler") or "", joint, sign, match["name"])
    if handle is None:
        return None
    start, end = text.span(match.start("name") - len(sign), match.end("name"))
    return Found(start, end, handle.value, display=handle.display, confidence=handle.confidence)


class Named(NamedTuple):
    """What a cue and a name make: the handle, how it is shown, how certain it is."""

    value: str
    display: str
    confidence: int


def named(cue: str, filler: str, joint: str, sign: str, name: str) -> Named | None:
    """Return the handle that a name beside a cue is, or None; all in folded characters."""
    cue = " ".join(cue.split())
    platform = _OF_WORD[cue]
    _, shortest, longest = _PLATFORMS[platform]
    marked = any(c in "0123456789_." for c in name)
    if not shortest <= len(name) <= longest or name.replace(".", "").isdigit() or name in _NOT_NAMES:
        return None
    if name in _OF_WORD or (not sign and not marked and ":" not in joint and "=" not in joint):
        return None
    if cue in _ONLY_SIGNED and not sign:
        return None
    if cue == "line" and not sign and filler != "id":
        return None
    slashed = joint == "/" and "." in name
    if not sign and not joint.strip("([{/") and filler not in _NOUN and not slashed and not _looks_made(name):
        return None
    return Named(f"{platform}:{name}", f"{platform} @{name}", 90 if sign else 85 if marked else 60)


def _looks_made(name: str) -> bool:
    """Whether the name has letters beside digits or a `_`: `24h` and `3pm` are times."""
    letters = sum(c.isalpha() for c in name)
    return letters >= 3 and ("_" in name or any(c.isdigit() for c in name))


HANDLE = Extractor(
    "handle",
    kind="handle",
    version=5,
    find=find,
    examples=(
        ("TG: @Green_Bridge", ("telegram:green_bridge",)),
        ("Instagram: bakery_house1 twitter: bakeryhouse1", ("instagram:bakery_house1", "twitter:bakeryhouse1")),
        ("телеграм @green_bridge, звоните", ("telegram:green_bridge",)),
        ("join https://t.me/Green_Bridge or facebook.com/sharer", ("telegram:green_bridge",)),
        ("@green_bridge on Telegram", ("telegram:green_bridge",)),
        ("I love twitter and instagram, tele: anna_1, insta @green_bridge tele 07700", ("instagram:green_bridge",)),
        ("Tele: @green_bridge", ("telegram:green_bridge",)),
        ("we met on the bridge", ()),
        ("WhatsApp: 07700 900123, Telegram only", ()),
        (
            "Telegram par likhiye: @green_bridge; mi usuario de telegram es luz_1",
            ("telegram:green_bridge", "telegram:luz_1"),
        ),
        ("Insta → green.bridge, t . me / Green_Bridge", ("telegram:green_bridge", "instagram:green.bridge")),
        ("Instagram is great and Facebook (great photos), viber/24h", ()),
    ),
)
